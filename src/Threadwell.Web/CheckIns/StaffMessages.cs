using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.CheckIns;

/// <summary>
/// Writes the messages that tell somebody of the clinic of a task that is now his: to each browser of his that agreed, for accounts have no address. They are sent from the outbox, also at night. Where no
/// browser of his agreed nobody is told, which the task then says.
/// </summary>
internal static class StaffMessages
{
    /// <summary>Name of the text.</summary>
    public const string Template = "escalation";

    // The event of a task whose owner no message can reach, and those by which it came to an owner.
    private const string NotTold = "NotTold";
    private const string Opened = "Opened";
    private const string Escalated = "Escalated";

    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>Adds the messages of one step to what is saved next; the same step of the same task is told once.</summary>
    /// <param name="database">The record.</param>
    /// <param name="task">The task, with the owner who is told; nothing is added where it has none.</param>
    /// <param name="step">Why he has it ("acknowledged" for the first, then "secondDoctor", "headOfDepartment").</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether there is a browser to tell him by.</returns>
    public static async Task<bool> AddAsync(ThreadwellContext database, CareTask task, string step, Instant now, CancellationToken cancellation)
    {
        if (task.OwnerId is not { } owner)
        {
            return false;
        }

        string fields = JsonSerializer.Serialize(new { task = task.Id, level = task.Level, step }, Options);
        List<Guid> browsers = await database.PushSubscriptions.Where(row => row.UserId == owner && row.EndedAt == null).OrderBy(row => row.CreatedAt).Select(row => row.Id).ToListAsync(cancellation);
        database.Outbox.AddRange(browsers.Select(browser => new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            IdempotencyKey = $"{Template}/{task.Id}/{step}/{browser}",
            UserId = owner,
            PushSubscriptionId = browser,
            Channel = MessageChannel.Push,
            Template = Template,
            FieldsJson = fields,
            DueAt = now,
            Urgent = true,
            State = MessageState.Waiting,
            NextTryAt = now,
        }));
        return browsers.Count > 0;
    }

    /// <summary>Notes on a task that whoever has it now cannot be told by message, with his name; it is saved next.</summary>
    /// <param name="database">The record.</param>
    /// <param name="task">The task.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddNotToldAsync(ThreadwellContext database, CareTask task, Instant now, CancellationToken cancellation)
    {
        string name = await database.Users.Where(user => user.Id == task.OwnerId).Select(user => user.FullName).FirstOrDefaultAsync(cancellation) ?? "";
        database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = now, What = NotTold, Note = name });
    }

    /// <summary>Whether nobody has taken a grave task and whoever has it could not be told by message.</summary>
    /// <param name="task">The task.</param>
    /// <param name="events">What was done about it, in any order.</param>
    public static bool IsNobodyTold(CareTask task, IReadOnlyCollection<CareTaskEvent> events)
    {
        Instant? cameToOwner = events.Where(row => row.What is Opened or Escalated).Select(row => (Instant?)row.At).Max();
        return IsToBeTold(task) && events.Any(row => row.What == NotTold && !(row.At < cameToOwner));
    }

    /// <summary>The tasks of a list of which nobody was told (<see cref="IsNobodyTold"/>).</summary>
    /// <param name="database">The record.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlySet<Guid>> NobodyToldAsync(ThreadwellContext database, IReadOnlyCollection<CareTask> tasks, CancellationToken cancellation)
    {
        Guid[] waiting = [.. tasks.Where(IsToBeTold).Select(task => task.Id)];
        ILookup<Guid, CareTaskEvent> events = (await database.CareTaskEvents.AsNoTracking().Where(row => waiting.Contains(row.TaskId)).ToListAsync(cancellation)).ToLookup(row => row.TaskId);
        return tasks.Where(task => IsNobodyTold(task, [.. events[task.Id]])).Select(task => task.Id).ToHashSet();
    }

    private static bool IsToBeTold(CareTask task) => task is { State: CareTaskState.New, Level: >= TriageLevel.Red };
}
