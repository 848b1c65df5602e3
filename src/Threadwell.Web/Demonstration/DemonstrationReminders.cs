using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Demonstration;

/// <summary>Messages as a patient of the demonstration would have had them. None was sent, and none waits: made-up patients are never written to.</summary>
internal static class DemonstrationReminders
{
    private const int Lately = 30;

    /// <summary>Adds the reminders of the last weeks' check-ins.</summary>
    /// <param name="database">The record.</param>
    /// <param name="treatment">A treatment that has ended.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="now">Now.</param>
    public static void Add(ThreadwellContext database, StoredTreatment treatment, DateTimeZone zone, Instant now)
    {
        foreach ((ScheduledCheckIn checkIn, LocalDate day) in CheckInSchedule.Of(TriageFile.Shipped, treatment.EndedAt!.Value.InZone(zone).Date).Where(item => item.CheckIn.Call != true))
        {
            Instant due = WantedMessages.CheckInDueAt(day, zone);
            if (due > now || due < now - Duration.FromDays(Lately))
            {
                continue;
            }

            string key = MessageKinds.ByEmail(MessageKinds.CheckInKey(treatment.Id, checkIn.Id));
            database.Outbox.Add(new OutboxMessage
            {
                Id = MessageKinds.IdOf(key),
                IdempotencyKey = key,
                PatientId = treatment.PatientId,
                Channel = MessageChannel.Email,
                Template = MessageKinds.CheckIn,
                DueAt = due,
                Urgent = false,
                State = MessageState.Sent,
                NextTryAt = due,
                Tries = 1,
                SentAt = due,
            });
        }
    }
}
