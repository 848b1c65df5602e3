using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.CheckIns;

namespace Threadwell.Web.Appointments;

/// <summary>What was done about an appointment to which nobody came, and what is next: call the same day, try twice more, write, and only then count the patient as lost, by a named person.</summary>
/// <param name="Task">The task.</param>
/// <param name="Events">What was done, the earliest first.</param>
public sealed record NoShowCase(CareTask Task, IReadOnlyList<CareTaskEvent> Events)
{
    /// <summary>How often nobody answered.</summary>
    public int Tries => Events.Count(happened => happened.What == NoShowTasks.NotReached);

    /// <summary>The letter that was sent; null while none was.</summary>
    public CareTaskEvent? Letter => Events.FirstOrDefault(happened => happened.What == NoShowTasks.Letter);

    /// <summary>What is next ("call", "letter", "lost"); null where the task is done.</summary>
    public string? Next => Task.State is CareTaskState.Closed or CareTaskState.Contacted ? null : Letter is not null ? "lost" : Tries >= NoShowTasks.Calls ? "letter" : "call";
}

/// <summary>The tasks that follow an appointment to which nobody came.</summary>
internal static class NoShowTasks
{
    /// <summary>How often one calls: the same day, and twice more.</summary>
    public const int Calls = 3;

    /// <summary>The event of a call that nobody answered.</summary>
    public const string NotReached = "NotReached";

    /// <summary>The event of a letter that was sent.</summary>
    public const string Letter = "Letter";

    private static readonly DeadlineStep Contacted = new() { Id = "contacted", Owner = ActionOwner.Clinic, Text = new Wording("Call the patient", "Gọi cho bệnh nhân") };

    /// <summary>Opens the task in the transaction in which the appointment is given up. It falls due when the clinic closes that day.</summary>
    /// <returns>The task.</returns>
    public static CareTask Open(ThreadwellContext database, Appointment appointment, ClinicOpening opening, DateTimeZone zone, Instant now, Guid by)
    {
        LocalDate today = now.InZone(zone).Date;
        Instant closes = opening.On(today) is { Count: > 0 } spans ? zone.AtLeniently(today + spans[^1].Closes).ToInstant() : now;
        Instant due = Instant.Max(closes, now);
        var task = new CareTask
        {
            Id = Guid.CreateVersion7(),
            PatientId = appointment.PatientId,
            TreatmentId = appointment.TreatmentId,
            Kind = CareTaskKind.NoShow,
            Occasion = OccasionOf(appointment.Id),
            Level = TriageLevel.Amber,
            OpenedAt = now,
            DeadlinesJson = TaskDeadlines.ToJson([new Deadline(Contacted, due.InZone(zone).ToOffsetDateTime())]),
            NextDueAt = due,
            State = CareTaskState.New,
            Owner = ActionOwner.Clinic,
        };
        database.CareTasks.Add(task);
        database.CareTaskEvents.Add(Event(task, "Opened", by, now, ""));
        return task;
    }

    /// <summary>The task of an appointment; null where there is none.</summary>
    public static async Task<NoShowCase?> FindAsync(ThreadwellContext database, Appointment appointment, CancellationToken cancellation)
    {
        string occasion = OccasionOf(appointment.Id);
        CareTask? task = await database.CareTasks.FirstOrDefaultAsync(row => row.PatientId == appointment.PatientId && row.Kind == CareTaskKind.NoShow && row.Occasion == occasion, cancellation);
        return task is null ? null : new NoShowCase(task, await database.CareTaskEvents.AsNoTracking().Where(row => row.TaskId == task.Id).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellation));
    }

    /// <summary>Notes what was done about it.</summary>
    /// <param name="database">The record, tracking the task.</param>
    /// <param name="found">The task.</param>
    /// <param name="step">"notReached", "contacted", "letter" or "lost".</param>
    /// <param name="note">Words to it.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="now">Now.</param>
    /// <param name="today">Today in the clinic.</param>
    /// <returns>Whether the step fits how far the task has come.</returns>
    public static bool Note(ThreadwellContext database, NoShowCase found, string step, string note, Guid by, Instant now, LocalDate today)
    {
        CareTask task = found.Task;
        switch (step)
        {
            case "notReached" when found.Next == "call":
                Acknowledge(task, now);
                database.CareTaskEvents.Add(Event(task, NotReached, by, now, note));
                break;
            case "contacted" when found.Next is not null:
                Acknowledge(task, now);
                (task.State, task.ContactedAt, task.NextDueAt) = (CareTaskState.Contacted, now, null);
                database.CareTaskEvents.Add(Event(task, "Contacted", by, now, note));
                break;
            case "letter" when found.Next == "letter":
                database.CareTaskEvents.Add(Event(task, Letter, by, now, note));
                task.NextDueAt = null;
                break;
            case "lost" when found.Next == "lost":
                Close(database, task, note, by, now);
                database.LifeEvents.Add(new LifeEvent { Id = Guid.CreateVersion7(), PatientId = task.PatientId, Kind = LifeEventKind.LostToFollowUp, Day = today, Note = note, RecordedBy = by, CreatedAt = now });
                break;
            default:
                return false;
        }

        task.Revision++;
        return true;
    }

    /// <summary>Ends the task of an appointment to which the patient did come. One that was closed stays so; where that made her lost, she is not.</summary>
    /// <param name="database">The record, tracking the task.</param>
    /// <param name="found">The task.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task UndoAsync(ThreadwellContext database, NoShowCase found, string reason, Guid by, Instant now, CancellationToken cancellation)
    {
        CareTask task = found.Task;
        if (task.State != CareTaskState.Closed)
        {
            Close(database, task, reason, by, now);
            task.Revision++;
        }
        else if (task.ClosedAt is { } closed
            && await database.LifeEvents.FirstOrDefaultAsync(row => row.PatientId == task.PatientId && row.Kind == LifeEventKind.LostToFollowUp && row.CreatedAt == closed && row.StruckAt == null, cancellation) is { } lost)
        {
            lost.StruckAt = now;
        }
    }

    private static void Close(ThreadwellContext database, CareTask task, string why, Guid by, Instant now)
    {
        (task.State, task.ClosedAt, task.NextDueAt, task.CloseReason) = (CareTaskState.Closed, now, null, why);
        database.CareTaskEvents.Add(Event(task, "Closed", by, now, why));
    }

    private static string OccasionOf(Guid appointment) => $"noshow:{appointment:n}";

    private static void Acknowledge(CareTask task, Instant now)
    {
        task.AcknowledgedAt ??= now;
        task.State = task.State == CareTaskState.New ? CareTaskState.Acknowledged : task.State;
    }

    private static CareTaskEvent Event(CareTask task, string what, Guid by, Instant now, string note) =>
        new() { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = now, ByUserId = by, What = what, Note = note };
}
