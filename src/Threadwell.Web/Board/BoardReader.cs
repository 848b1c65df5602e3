using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.CheckIns;

namespace Threadwell.Web.Board;

/// <summary>A card of the board.</summary>
/// <param name="Task">The task.</param>
/// <param name="Patient">The patient's name.</param>
/// <param name="Number">Number of her record.</param>
/// <param name="OwnerName">Who has it; null while nobody does.</param>
/// <param name="Day">Day after the treatment today; null where it is not known.</param>
/// <param name="Reasons">Why, as the patient told it.</param>
/// <param name="CheckIn">The check-in that opened it; null where none did.</param>
/// <param name="NobodyTold">Whether nobody has taken it and whoever has it could not be told by message.</param>
/// <param name="Next">The open step that falls due first, or fell due first; null where none is open.</param>
internal sealed record BoardCard(CareTask Task, string Patient, int Number, string? OwnerName, int? Day, IReadOnlyList<Wording> Reasons, StoredCheckIn? CheckIn, bool NobodyTold, TaskDeadline? Next);

/// <summary>Reads the tasks of the board.</summary>
internal static class BoardReader
{
    // What was closed lately stays in sight for so long.
    private static readonly Duration Recent = Duration.FromDays(3);
    private const int MostClosed = 20;

    /// <summary>Open tasks and those closed lately, the gravest and most urgent first.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">Zone of the clinic.</param>
    /// <param name="now">Now.</param>
    /// <param name="mine">Whose tasks alone; null for everybody's.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<BoardCard>> ReadAsync(ThreadwellContext database, DateTimeZone zone, Instant now, Guid? mine, CancellationToken cancellation)
    {
        IQueryable<CareTask> tasks = database.CareTasks.AsNoTracking().Where(task => mine == null || task.OwnerId == mine);
        Instant since = now - Recent;
        List<CareTask> open = await tasks.Where(task => task.State != CareTaskState.Closed).ToListAsync(cancellation);
        List<CareTask> closed = await tasks.Where(task => task.State == CareTaskState.Closed && task.ClosedAt >= since).OrderByDescending(task => task.ClosedAt).Take(MostClosed).ToListAsync(cancellation);
        CareTask[] all = [.. open, .. closed];
        Guid[] patients = [.. all.Select(task => task.PatientId).Distinct()];
        Guid[] treatments = [.. all.Select(task => task.TreatmentId).OfType<Guid>().Distinct()];
        Guid[] checkIns = [.. all.Select(task => task.CheckInId).OfType<Guid>()];
        Guid[] owners = [.. all.Select(task => task.OwnerId).OfType<Guid>().Distinct()];
        var names = await database.Patients.Where(row => patients.Contains(row.Id)).Select(row => new { row.Id, row.FullName, row.Number }).ToDictionaryAsync(row => row.Id, cancellation);
        var ended = await database.Treatments.Where(row => treatments.Contains(row.Id)).Select(row => new { row.Id, row.EndedAt }).ToDictionaryAsync(row => row.Id, row => row.EndedAt, cancellation);
        Dictionary<Guid, StoredCheckIn> told = await database.CheckIns.AsNoTracking().Where(row => checkIns.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var people = await database.Users.Where(row => owners.Contains(row.Id)).Select(row => new { row.Id, row.FullName }).ToDictionaryAsync(row => row.Id, row => row.FullName, cancellation);
        IReadOnlySet<Guid> untold = await StaffMessages.NobodyToldAsync(database, all, cancellation);
        return [.. all.Select(task => new BoardCard(
            task,
            names[task.PatientId].FullName,
            names[task.PatientId].Number,
            task.OwnerId is { } owner ? people.GetValueOrDefault(owner) : null,
            task.TreatmentId is { } treatment && ended.GetValueOrDefault(treatment) is { } at ? Period.DaysBetween(at.InZone(zone).Date, now.InZone(zone).Date) : null,
            CheckInOf(task) is { } checkIn ? [.. KeptReasons.Of(checkIn, TriageFile.Shipped).Select(rule => rule.Says)] : [],
            CheckInOf(task),
            untold.Contains(task.Id),
            TaskDeadlines.Open(task) is [var next, ..] ? next : null))
            .OrderByDescending(card => card.Task.State == CareTaskState.Closed ? TriageLevel.Green : card.Task.Level)
            .ThenBy(card => card.Task.State == CareTaskState.Closed ? -card.Task.ClosedAt!.Value.ToUnixTimeMilliseconds() : card.Next?.Due.ToInstant().ToUnixTimeMilliseconds() ?? long.MaxValue)
            .ThenBy(card => card.Task.OpenedAt).ThenBy(card => card.Task.Id)];

        StoredCheckIn? CheckInOf(CareTask task) => task.CheckInId is { } id ? told.GetValueOrDefault(id) : null;
    }
}
