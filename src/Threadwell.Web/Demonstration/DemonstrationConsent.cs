using System.Text;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Consents;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Demonstration;

/// <summary>Signs consents of the demonstration's patients as the page does: the same text, bound by the same hash, on a day that has passed.</summary>
/// <param name="files">Keeps what was shown.</param>
/// <param name="pictures">Draws what was shown.</param>
internal sealed class DemonstrationConsent(FileStore files, ConsentPictures pictures)
{
    private static readonly ConsentKind[] Given = [ConsentKind.Treatment, ConsentKind.ClinicalPhotos, ConsentKind.Messages];

    /// <summary>Signs for a patient, in front of the doctor.</summary>
    /// <param name="database">The record, in which patient and plan are already kept.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="version">The plan's version.</param>
    /// <param name="at">When.</param>
    public async Task SignAsync(ThreadwellContext database, Patient patient, Guid version, Instant at)
    {
        ConsentSubject subject = await new ConsentSubjects(database, files).FindAsync(patient.Id, version, null) ?? throw new InvalidOperationException("The plan of the demonstration is not kept.");
        ConsentFile shown = new ConsentWriter(pictures).Write(subject, patient.Language);
        ConsentFile answered = shown with { Choices = [.. shown.Choices.Select(choice => choice with { Given = Given.Contains(choice.Kind) })] };
        var then = new Then(at);
        var desk = new ConsentDesk(database, files, new ClinicTime(database, then), then);
        var doctor = new CurrentUser { UserId = DemonstrationAccounts.IdOf(Role.Doctor), Name = DemonstrationAccounts.FullNameOf(Role.Doctor), Role = Role.Doctor, IsDemonstration = true };
        await desk.SignAsync(answered, patient.Id, SignatureKind.Typed, Encoding.UTF8.GetBytes(patient.FullName), doctor);
    }

    private sealed class Then(Instant at) : IClock
    {
        public Instant GetCurrentInstant() => at;
    }
}
