using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Consents;

namespace Threadwell.Web.Reminders;

/// <summary>A patient's consent to messages: none is sent without one that stands.</summary>
internal static class MessageConsent
{
    /// <summary>Those that were not withdrawn.</summary>
    /// <param name="database">The record.</param>
    public static IQueryable<StoredConsent> Standing(ThreadwellContext database) => database.Consents.Where(row => row.Kind == ConsentKind.Messages && row.WithdrawnAt == null);

    /// <summary>Whether one of a patient stands.</summary>
    /// <param name="database">The record.</param>
    /// <param name="patient">The patient.</param>
    public static Task<bool> StandsAsync(ThreadwellContext database, Guid patient) => Standing(database).AnyAsync(row => row.PatientId == patient);
}
