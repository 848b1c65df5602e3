using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Reminders;

/// <summary>Pushes to phones that are enrolled, and ends them: with the phone's enrolment, and with the patient's consent to messages.</summary>
internal static class PhonePush
{
    /// <summary>Whether reminders are on: a browser of the phone agreed, and the patient has not ended messages.</summary>
    /// <param name="database">The record.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="phone">Her phone.</param>
    public static async Task<bool> IsOnAsync(ThreadwellContext database, Guid patient, Guid phone) =>
        await database.PushSubscriptions.AnyAsync(row => row.PatientId == patient && row.DeviceId == phone && row.EndedAt == null)
        && !await database.ReminderChoices.AnyAsync(row => row.PatientId == patient && !row.Push);

    /// <summary>Ends what phones of a patient agreed to, with what is saved next.</summary>
    /// <param name="database">The record.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="now">Now.</param>
    /// <param name="phone">Which; null for all. A relative's has agreed to nothing.</param>
    public static async Task EndAsync(ThreadwellContext database, Guid patient, Instant now, Guid? phone = null)
    {
        foreach (PushSubscription open in await database.PushSubscriptions.Where(row => row.PatientId == patient && row.DeviceId != null && (phone == null || row.DeviceId == phone) && row.EndedAt == null).ToListAsync())
        {
            open.EndedAt = now;
        }
    }
}
