using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
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
/// <param name="logger">Hears of what cannot be handed on or opened; it stops nothing else that is due.</param>
internal sealed partial class Escalation(ThreadwellContext database, ClinicTime time, IClock clock, ILogger<Escalation> logger)
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
            try
            {
                database.ChangeTracker.Clear();
                CareTask? task = await database.CareTasks.SingleOrDefaultAsync(row => row.Id == id && row.State == CareTaskState.New, cancellation);
                handedOn += task is not null && await HandOnAsync(task, cancellation) ? 1 : 0;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                // Those behind it must not wait for it.
                LogNotHandedOn(logger, id, error);
            }
        }

        return handedOn;
    }

    private async Task<bool> HandOnAsync(CareTask task, CancellationToken cancellation)
    {
        ClinicSettings settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();
        OnCallRota rota = await OnCallRota.AtAsync(database, settings, Now.InZone(await time.ZoneAsync(cancellation)).Date, cancellation);
        long revision = task.Revision;
        bool isTold = true;
        TaskDeadline[] due = [.. TaskDeadlines.Open(task).Where(step => step.IfUnanswered && step.Due.ToInstant() <= Now)];
        foreach (TaskDeadline step in due)
        {
            task.Owner = step.Owner;
            task.OwnerId = rota.Find(step.Owner, task.OwnerId) ?? task.OwnerId;
            string name = await database.Users.Where(user => user.Id == task.OwnerId).Select(user => user.FullName).FirstOrDefaultAsync(cancellation) ?? "";
            database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = Now, What = "Escalated", Note = name });
            isTold = await StaffMessages.AddAsync(database, task, step.Step, Now, cancellation);
        }

        if (!isTold)
        {
            await StaffMessages.AddNotToldAsync(database, task, Now, cancellation);
        }

        task.NextDueAt = TaskDeadlines.Next(task, Now);
        if (due.Length > 0)
        {
            // A page that was read before shows another owner; where nothing was handed on it is as good as before.
            task.Revision++;
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            return due.Length > 0;
        }
        catch (DbUpdateException error) when (!cancellation.IsCancellationRequested)
        {
            // Somebody who acknowledges, or hands it on, at this very moment is quicker; anything else is a fault.
            database.ChangeTracker.Clear();
            if (error is DbUpdateConcurrencyException || await database.CareTasks.AnyAsync(row => row.Id == task.Id && row.Revision != revision, cancellation))
            {
                return false;
            }

            throw;
        }
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
                opened += await TryOpenAsync(row.Id, CareTaskKind.MorningCall, MorningCall, cancellation);
            }

            // One reminder of silence at a time: while it is open, further days of the same silence are no other thing to do.
            ScheduledCheckIn? missed = CheckInSchedule.Missed(Rulebook, ended, told[row.Id].Select(one => TreatmentCourse.ToldAt(one.AnsweredAt, one.ArrivedAt, row.EndedAt, Rulebook)), Now);
            if (missed is not null && !known[row.Id].Any(task => task.Kind == CareTaskKind.MissedCheckIn && (task.State != CareTaskState.Closed || task.Occasion == Missed(missed))))
            {
                opened += await TryOpenAsync(row.Id, CareTaskKind.MissedCheckIn, Missed(missed), cancellation);
            }
        }

        return opened;
    }

    private static string Missed(ScheduledCheckIn item) => $"missed:{item.Id}";

    private async Task<int> TryOpenAsync(Guid treatment, CareTaskKind kind, string occasion, CancellationToken cancellation)
    {
        try
        {
            return await OpenAsync(treatment, kind, occasion, cancellation);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            LogNotOpened(logger, occasion, treatment, error);
            return 0;
        }
    }

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
        try
        {
            await database.SaveChangesAsync(cancellation);
            return 1;
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Another may have just opened it: it is opened once. Anything else is a fault.
            database.ChangeTracker.Clear();
            if (await database.CareTasks.AnyAsync(row => row.TreatmentId == treatment && row.Occasion == occasion, cancellation))
            {
                return 0;
            }

            throw;
        }
    }

    private static OffsetDateTime Later(OffsetDateTime one, OffsetDateTime other) => one.ToInstant() >= other.ToInstant() ? one : other;

    [LoggerMessage(LogLevel.Error, "Task {Task} could not be handed on; it is tried again in some seconds.")]
    private static partial void LogNotHandedOn(ILogger logger, Guid task, Exception error);

    [LoggerMessage(LogLevel.Error, "Task {Occasion} of treatment {Treatment} could not be opened; it is tried again in some seconds.")]
    private static partial void LogNotOpened(ILogger logger, string occasion, Guid treatment, Exception error);
}
