using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.Patients;
using Threadwell.Web.Text;

namespace Threadwell.Web.CheckIns;

/// <summary>What became of a check-in that arrived.</summary>
internal enum ReceptionOutcome
{
    /// <summary>It was kept, now or when it arrived the first time.</summary>
    Kept,

    /// <summary>Another check-in has its key.</summary>
    Conflict,

    /// <summary>The treatment has not begun, or was called off.</summary>
    NotTreated,

    /// <summary>There is no such treatment.</summary>
    Missing,
}

/// <summary>What became of a check-in that arrived, with the answer to the patient where it was kept.</summary>
internal sealed record Reception(ReceptionOutcome Outcome, CheckInAnswer? Answer)
{
    /// <summary>As the API answers.</summary>
    public IResult ToResult() => Outcome switch
    {
        ReceptionOutcome.Kept => Results.Ok(Answer),
        ReceptionOutcome.Conflict => Problem("Another check-in was sent under this key.", "Send the answers under a new key."),
        ReceptionOutcome.NotTreated => Problem("The treatment has not taken place.", "There are no check-ins before a treatment; for anything urgent call the clinic."),
        _ => Results.NotFound(),
    };

    private static IResult Problem(string title, string detail) => Results.Problem(Spoken.Say(detail), statusCode: StatusCodes.Status409Conflict, title: Spoken.Say(title));
}

/// <summary>
/// Takes in what a patient answers after a treatment: judges it with all that was told before, and keeps it together with what the clinic then has to do. Both are in one
/// transaction: there is no red without its task.
/// </summary>
/// <param name="database">The record.</param>
/// <param name="time">The clinic's zone.</param>
/// <param name="clock">When it arrives: the clinic's clock starts here.</param>
internal sealed class CheckInReception(ThreadwellContext database, ClinicTime time, IClock clock)
{
    private static readonly TriageRulebook Rulebook = TriageFile.Shipped;

    /// <summary>Takes one in. The same one again is answered as before.</summary>
    /// <param name="treatment">Key of the treatment that it follows.</param>
    /// <param name="utf8">What was sent (docs/api.md).</param>
    /// <param name="teller">Who answered.</param>
    /// <param name="user">The account on which it was told; null where it came over a phone's own access.</param>
    /// <param name="device">The enrolled phone; null for an account.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">It is not of the documented form; nothing is kept.</exception>
    public async Task<Reception> ReceiveAsync(Guid treatment, ReadOnlyMemory<byte> utf8, CheckInTeller teller, Guid? user, Guid? device, CancellationToken cancellation)
    {
        var message = CheckInMessage.Parse(utf8, Rulebook);

        // The same one on another line waits here, and so does a doctor who lowers what stands.
        await using IDbContextTransaction? transaction = await CheckInLock.BeginAsync(database, cancellation);
        if (await database.CheckIns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == message.Id, cancellation) is { } known)
        {
            return await AgainAsync(known, treatment, message, cancellation);
        }

        if (await TreatmentCourse.FindAsync(database, time, treatment, cancellation) is not { } course)
        {
            return new Reception(ReceptionOutcome.Missing, null);
        }

        if (!course.HasBegun)
        {
            return new Reception(ReceptionOutcome.NotTreated, null);
        }

        var now = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());
        Instant arrivedAt = TreatmentCourse.NextOf(now, course.CheckIns, course.Lowered);
        StoredCheckIn arrived = RowOf(course, message, CheckInJudgement.Of(course, message.CheckIn, now, Rulebook), teller, user, device, arrivedAt);
        database.CheckIns.Add(arrived);
        await AddTaskAsync(course, arrived, now, cancellation);
        await database.SaveChangesAsync(cancellation);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellation);
        }

        return await AnswerAsync(arrived, cancellation);
    }

    private async Task<Reception> AgainAsync(StoredCheckIn known, Guid treatment, CheckInMessage message, CancellationToken cancellation) =>
        known.TreatmentId == treatment && known.AnswersJson == message.AnswersJson && known.ScheduledId == message.ScheduledId && known.PhoneLevel == message.PhoneLevel
            ? await AnswerAsync(known, cancellation)
            : new Reception(ReceptionOutcome.Conflict, null);

    private async Task<Reception> AnswerAsync(StoredCheckIn row, CancellationToken cancellation)
    {
        TreatmentCourse course = (await TreatmentCourse.FindAsync(database, time, row.TreatmentId, cancellation))!;
        List<CareTask> tasks = await HoldingTasks.Of(database, row.TreatmentId).AsNoTracking().OrderByDescending(task => task.OpenedAt).ThenByDescending(task => task.Id).ToListAsync(cancellation);
        return new Reception(ReceptionOutcome.Kept, CheckInAnswer.Of(course, row, tasks, Rulebook));
    }

    private static StoredCheckIn RowOf(TreatmentCourse course, CheckInMessage message, CheckInJudgement judged, CheckInTeller teller, Guid? user, Guid? device, Instant arrivedAt) => new()
    {
        Id = message.Id,
        PatientId = course.Treatment.PatientId,
        TreatmentId = course.Treatment.Id,
        ScheduledId = message.ScheduledId,
        AnsweredAt = message.AnsweredAt,
        ArrivedAt = arrivedAt,
        Teller = teller,
        ByUserId = user,
        DeviceId = device,
        AnswersJson = message.AnswersJson,
        RulebookVersion = Rulebook.Version,
        Level = judged.Level,
        PhoneLevel = message.PhoneLevel,
        Day = judged.Day,
        Reasons = string.Join(' ', judged.Reasons.Select(rule => rule.Id)),
        Open = string.Join(' ', judged.Open),
    };

    // What was shown is promised: the task has the graver of the levels that the phone and the clinic gave, and of what stands where no open task holds that.
    private async Task AddTaskAsync(TreatmentCourse course, StoredCheckIn arrived, Instant now, CancellationToken cancellation)
    {
        TriageLevel level = arrived.Shown();
        if (course.Standing is { } standing && standing > level
            && !await HoldingTasks.Of(database, arrived.TreatmentId).AnyAsync(task => task.Level >= standing, cancellation))
        {
            level = standing;
        }

        if (level == TriageLevel.Green)
        {
            return;
        }

        IReadOnlyList<Deadline> deadlines = TriageEngine.Deadlines(Rulebook, level, course.Facts, now.InZone(course.Zone).ToOffsetDateTime(), course.Calendar);
        await TaskOpening.AddAsync(
            database,
            course,
            new CareTask
            {
                Id = Guid.CreateVersion7(),
                PatientId = arrived.PatientId,
                TreatmentId = arrived.TreatmentId,
                CheckInId = arrived.Id,
                Kind = CareTaskKind.CheckIn,
                Level = level,
                OpenedAt = now,
                DeadlinesJson = TaskDeadlines.ToJson(deadlines),
                State = CareTaskState.New,
                Owner = deadlines[0].Step.Owner,
            },
            cancellation);
    }
}
