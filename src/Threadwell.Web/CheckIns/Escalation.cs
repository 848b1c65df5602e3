using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Patients;

namespace Threadwell.Web.CheckIns;

/// <summary>
/// What falls due by itself: a grave task that nobody has acknowledged goes to the second doctor and then to the head of department, and a task is opened for a call the
/// morning after and for a check-in of the first week that has not come. All that is known lies in rows, so it may be run at any time, also after a stop or a jump of
/// the clock: what was done is not done again, and what was missed is made up for.
/// </summary>
/// <param name="database">The record; nothing else may be pending in it.</param>
/// <param name="time">The clinic's zone.</param>
/// <param name="clock">The clock.</param>
internal sealed class Escalation(ThreadwellContext database, ClinicTime time, IClock clock)
{
    /// <summary>Occasion of the call the morning after.</summary>
    public const string MorningCall = "call";

    /// <summary>Step of that call.</summary>
    public const string CallStep = "called";

    // The first week, and a week in which its last check-in may still be found missing.
    private static readonly Duration Watched = Duration.FromDays(14);

    // The call is for that morning; a day later the check-ins have taken its place.
    private const int LastDayOfCall = 2;

    private static readonly LocalTime CallUntil = new(12, 0);
    private static readonly Duration LeastForCall = Duration.FromHours(2);
    private static readonly TriageRulebook Rulebook = TriageFile.Shipped;

    private Instant Now { get; } = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>Does what is due.</summary>
    /// <returns>How many tasks were handed on or opened.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation) => await HandOnAsync(cancellation) + await OpenAsync(cancellation);

    private async Task<int> HandOnAsync(CancellationToken cancellation)
    {
        List<Guid> waiting = await database.CareTasks.Where(task => task.State == CareTaskState.New && task.Level >= TriageLevel.Red && task.NextDueAt <= Now).OrderBy(task => task.NextDueAt).Select(task => task.Id).ToListAsync(cancellation);
        int handedOn = 0;
        foreach (Guid id in waiting)
        {
            database.ChangeTracker.Clear();
            CareTask? task = await database.CareTasks.SingleOrDefaultAsync(row => row.Id == id && row.State == CareTaskState.New, cancellation);
            handedOn += task is not null && await HandOnAsync(task, cancellation) ? 1 : 0;
        }

        return handedOn;
    }

    private async Task<bool> HandOnAsync(CareTask task, CancellationToken cancellation)
    {
        ClinicSettings settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();
        OnCallRota rota = await OnCallRota.AtAsync(database, settings, Now.InZone(await time.ZoneAsync(cancellation)).Date, cancellation);
        TaskDeadline[] due = [.. TaskDeadlines.Open(task).Where(step => step.IfUnanswered && step.Due.ToInstant() <= Now)];
        foreach (TaskDeadline step in due)
        {
            task.Owner = step.Owner;
            task.OwnerId = rota.Find(step.Owner, task.OwnerId) ?? task.OwnerId;
            string name = await database.Users.Where(user => user.Id == task.OwnerId).Select(user => user.FullName).FirstOrDefaultAsync(cancellation) ?? "";
            database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = Now, What = "Escalated", Note = name });
            await StaffMessages.AddAsync(database, task, step.Step, Now, cancellation);
        }

        task.NextDueAt = TaskDeadlines.Next(task, Now);
        task.Revision++;

        // Somebody who acknowledges at this very moment is quicker.
        return await SaveAsync(cancellation) && due.Length > 0;
    }

    private async Task<int> OpenAsync(CancellationToken cancellation)
    {
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        Instant since = Now - Watched;
        var treated = await database.Treatments.Where(row => row.Kind == TreatmentKind.Planned && row.State == TreatmentState.Ended && row.EndedAt >= since && row.EndedAt <= Now)
            .Select(row => new { row.Id, EndedAt = row.EndedAt!.Value, Called = row.NextMorningJson != "" }).ToListAsync(cancellation);
        Guid[] keys = [.. treated.Select(row => row.Id)];
        var told = (await database.CheckIns.Where(row => keys.Contains(row.TreatmentId)).Select(row => new { row.TreatmentId, row.ScheduledId, row.AnsweredAt, row.ArrivedAt }).ToListAsync(cancellation)).ToLookup(row => row.TreatmentId);
        var known = (await database.CareTasks.Where(row => row.TreatmentId != null && keys.Contains(row.TreatmentId.Value) && (row.Kind == CareTaskKind.MissedCheckIn || row.Kind == CareTaskKind.MorningCall))
            .Select(row => new { Treatment = row.TreatmentId!.Value, row.Kind, row.Occasion, row.State }).ToListAsync(cancellation)).ToLookup(row => row.Treatment);
        int opened = 0;
        foreach (var row in treated)
        {
            OffsetDateTime ended = row.EndedAt.InZone(zone).ToOffsetDateTime();
            int day = Period.DaysBetween(ended.Date, Now.InZone(zone).Date);
            if (day is >= 1 and <= LastDayOfCall && !row.Called && !told[row.Id].Any(one => one.ScheduledId == MorningCall) && !known[row.Id].Any(task => task.Kind == CareTaskKind.MorningCall))
            {
                opened += await OpenAsync(row.Id, CareTaskKind.MorningCall, MorningCall, cancellation);
            }

            // One reminder of silence at a time: while it is open, further days of the same silence are no other thing to do.
            ScheduledCheckIn? missed = CheckInSchedule.Missed(Rulebook, ended, told[row.Id].Select(one => TreatmentCourse.ToldAt(one.AnsweredAt, one.ArrivedAt, row.EndedAt, Rulebook)), Now);
            if (missed is not null && !known[row.Id].Any(task => task.Kind == CareTaskKind.MissedCheckIn && (task.State != CareTaskState.Closed || task.Occasion == Missed(missed))))
            {
                opened += await OpenAsync(row.Id, CareTaskKind.MissedCheckIn, Missed(missed), cancellation);
            }
        }

        return opened;
    }

    private static string Missed(ScheduledCheckIn item) => $"missed:{item.Id}";

    private async Task<int> OpenAsync(Guid treatment, CareTaskKind kind, string occasion, CancellationToken cancellation)
    {
        database.ChangeTracker.Clear();
        TreatmentCourse course = (await TreatmentCourse.FindAsync(database, time, treatment, cancellation))!;
        OffsetDateTime now = Now.InZone(course.Zone).ToOffsetDateTime();
        TriageLevel level = kind == CareTaskKind.MorningCall ? TriageLevel.Green : Rulebook.Rules.Single(rule => rule.On == TriageOccasion.MissedCheckIn).Level;
        string deadlines = kind == CareTaskKind.MorningCall
            ? TaskDeadlines.ToJson([new TaskDeadline(CallStep, ActionOwner.Clinic, Later((now.Date + CallUntil).WithOffset(now.Offset), now + LeastForCall), IfUnanswered: false)])
            : TaskDeadlines.ToJson(TriageEngine.Deadlines(Rulebook, level, course.Facts, now, course.Calendar));
        var task = new CareTask
        {
            Id = Guid.CreateVersion7(),
            PatientId = course.Treatment.PatientId,
            TreatmentId = treatment,
            Kind = kind,
            Occasion = occasion,
            Level = level,
            OpenedAt = Now,
            DeadlinesJson = deadlines,
            State = CareTaskState.New,
            Owner = ActionOwner.Clinic,
        };
        await TaskOpening.AddAsync(database, course, task, cancellation);
        return await SaveAsync(cancellation) ? 1 : 0;
    }

    // False where another has just done it: the next look finds what that left.
    private async Task<bool> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }

    private static OffsetDateTime Later(OffsetDateTime one, OffsetDateTime other) => one.ToInstant() >= other.ToInstant() ? one : other;
}
