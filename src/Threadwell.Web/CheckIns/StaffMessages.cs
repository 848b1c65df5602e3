using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.CheckIns;

/// <summary>Writes the messages that tell somebody of the clinic of a task that is now his: by e-mail, and to each browser of his that agreed. They are sent from the outbox, also at night.</summary>
internal static class StaffMessages
{
    /// <summary>Name of the text.</summary>
    public const string Template = "escalation";

    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>Adds the messages of one step to what is saved next; the same step of the same task is told once.</summary>
    /// <param name="database">The record.</param>
    /// <param name="task">The task, with the owner who is told; nothing is added where it has none.</param>
    /// <param name="step">Why he has it ("acknowledged" for the first, then "secondDoctor", "headOfDepartment").</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddAsync(ThreadwellContext database, CareTask task, string step, Instant now, CancellationToken cancellation)
    {
        if (task.OwnerId is not { } owner)
        {
            return;
        }

        string key = $"{Template}/{task.Id}/{step}";
        string fields = JsonSerializer.Serialize(new { task = task.Id, level = task.Level, step }, Options);
        Add(key, MessageChannel.Email, null);
        foreach (Guid browser in await database.PushSubscriptions.Where(row => row.UserId == owner && row.EndedAt == null).OrderBy(row => row.CreatedAt).Select(row => row.Id).ToListAsync(cancellation))
        {
            Add($"{key}/{browser}", MessageChannel.Push, browser);
        }

        void Add(string idempotency, MessageChannel channel, Guid? browser) => database.Outbox.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            IdempotencyKey = idempotency,
            UserId = owner,
            PushSubscriptionId = browser,
            Channel = channel,
            Template = Template,
            FieldsJson = fields,
            DueAt = now,
            Urgent = true,
            State = MessageState.Waiting,
            NextTryAt = now,
        });
    }
}
