using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Reminders;

/// <summary>To whom an e-mail goes: a patient, or somebody who asked a doctor.</summary>
/// <param name="Patient">The patient; null where it goes to whoever asked.</param>
/// <param name="Question">The question; null where it goes to a patient.</param>
internal sealed record Addressee(Patient? Patient, PublicQuestion? Question)
{
    /// <summary>The address.</summary>
    public string Email => Patient?.Email ?? Question!.Email;

    /// <summary>The language: "en" or "vi".</summary>
    public string Language => Patient?.Language ?? Question!.Language;

    /// <summary>To whom a message goes.</summary>
    /// <param name="database">The record.</param>
    /// <param name="row">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Addressee> OfAsync(ThreadwellContext database, OutboxMessage row, CancellationToken cancellation)
    {
        if (!MessageKinds.IsOfQuestion(row.Template))
        {
            return new Addressee(await database.Patients.AsNoTracking().SingleAsync(one => one.Id == row.PatientId, cancellation), null);
        }

        Guid asked = MessageKinds.QuestionOf(row);
        return new Addressee(null, await database.Questions.AsNoTracking().SingleAsync(one => one.Id == asked, cancellation));
    }
}
