using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Triage;
using Threadwell.Plans.Files;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>A step of a task and when it falls due.</summary>
/// <param name="Step">Name of the step, as the rulebook has it ("acknowledged").</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="Due">When.</param>
/// <param name="IfUnanswered">Whether it falls due only when nobody has acknowledged.</param>
internal sealed record TaskDeadline(string Step, ActionOwner Owner, OffsetDateTime Due, bool IfUnanswered);

/// <summary>The steps of a task, as its row keeps them, and which of them are open.</summary>
internal static class TaskDeadlines
{
    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>As the row keeps them.</summary>
    public static string ToJson(IEnumerable<Deadline> deadlines) => ToJson(deadlines.Select(one => new TaskDeadline(one.Step.Id, one.Step.Owner, one.Due, one.Step.IfUnanswered ?? false)));

    /// <summary>As the row keeps them.</summary>
    public static string ToJson(IEnumerable<TaskDeadline> deadlines) =>
        JsonSerializer.Serialize(deadlines.Select(one => new Kept(one.Step, one.Owner, OffsetDateTimePattern.Rfc3339.Format(one.Due), one.IfUnanswered)), Options);

    /// <summary>The steps of a task.</summary>
    public static IReadOnlyList<TaskDeadline> Of(CareTask task) =>
        [.. JsonSerializer.Deserialize<List<Kept>>(task.DeadlinesJson, Options)!.Select(one => new TaskDeadline(one.Step, one.Owner, OffsetDateTimePattern.Rfc3339.Parse(one.Due).GetValueOrThrow(), one.IfUnanswered))];

    /// <summary>Whether a step is still to be done: a task that is closed needs none any more, and one that somebody has is not handed on.</summary>
    public static bool IsOpen(CareTask task, TaskDeadline step) => task.State != CareTaskState.Closed && !IsDone(task, step) && !(step.IfUnanswered && task.AcknowledgedAt is not null);

    /// <summary>Whether a step was done: nothing is ticked off that did not happen. A step of a closed task may be neither open nor done.</summary>
    public static bool IsDone(CareTask task, TaskDeadline step) => step switch
    {
        // Handed on once, it is with the next.
        { IfUnanswered: true } => task.Owner >= step.Owner,
        { Step: "acknowledged" } => task.AcknowledgedAt is not null,
        { Step: "seen" } => task.SeenAt is not null,
        _ => task.ContactedAt is not null,
    };

    /// <summary>The open steps, the one that falls due first before the others.</summary>
    public static IReadOnlyList<TaskDeadline> Open(CareTask task) => [.. Of(task).Where(step => IsOpen(task, step)).OrderBy(step => step.Due.ToInstant())];

    /// <summary>When the program itself has to look again: the next time at which an open step falls due; null where none does any more.</summary>
    /// <param name="task">The task.</param>
    /// <param name="now">Now: what is overdue already is shown, and not waited for.</param>
    public static Instant? Next(CareTask task, Instant now) =>
        Open(task).Where(step => step.IfUnanswered || step.Due.ToInstant() > now).Select(step => (Instant?)step.Due.ToInstant()).FirstOrDefault();

    private sealed record Kept(string Step, ActionOwner Owner, string Due, bool IfUnanswered);
}
