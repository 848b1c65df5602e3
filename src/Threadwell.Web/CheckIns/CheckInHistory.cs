using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;

namespace Threadwell.Web.CheckIns;

/// <summary>The facts of a treatment as the phone's judgement takes them.</summary>
internal sealed record FactsAnswer(string? TreatedAt, string? AnaestheticAt, IReadOnlyList<string>? Areas, string? Sides);

/// <summary>The clinic's working days; weekdays from 1 Monday to 7 Sunday.</summary>
internal sealed record CalendarAnswer(IReadOnlyList<int> WorkingDays, IReadOnlyList<string> Closed, string ClosesAt);

/// <summary>When the clinic reads check-ins on a weekday.</summary>
internal sealed record HoursAnswer(int Weekday, string Opens, string Closes);

/// <summary>A check-in that was told. <see cref="AnsweredAt"/> is the time that counts: where the phone's own could not be right, when it arrived.</summary>
internal sealed record ToldAnswer(Guid Id, string ScheduledId, string AnsweredAt, string ArrivedAt, int? Day, TriageLevel Level, TriageLevel Shown, JsonElement Answers);

/// <summary>How a check-in of the schedule stands.</summary>
internal enum ScheduleState
{
    /// <summary>Its day has not come.</summary>
    ToCome,

    /// <summary>It is asked for now.</summary>
    Due,

    /// <summary>Answers were given on its day, or for it.</summary>
    Done,

    /// <summary>The next one has taken its place.</summary>
    Passed,
}

/// <summary>A check-in of the schedule.</summary>
internal sealed record ScheduledAnswer(string Id, string Day, Wording Text, bool IsCall, ScheduleState State);

/// <summary>All that a phone needs to judge by itself, and to know what is asked for.</summary>
/// <param name="TreatmentId">The treatment.</param>
/// <param name="Now">The clinic's time.</param>
/// <param name="RulebookVersion">Version of the rules in force.</param>
/// <param name="Facts">Facts; null where the record does not hold them.</param>
/// <param name="Calendar">Working days; null where the clinic has given none.</param>
/// <param name="Hours">When check-ins are read; empty where the clinic has given none.</param>
/// <param name="Contact">Whom to call.</param>
/// <param name="Standing">The level that stands; null where none was shown.</param>
/// <param name="CheckIns">All that was told, in the order of arrival.</param>
/// <param name="Schedule">The schedule; empty while the end of the treatment is not known.</param>
internal sealed record CheckInHistory(
    Guid TreatmentId,
    string Now,
    int RulebookVersion,
    FactsAnswer Facts,
    CalendarAnswer? Calendar,
    IReadOnlyList<HoursAnswer> Hours,
    ContactAnswer Contact,
    TriageLevel? Standing,
    IReadOnlyList<ToldAnswer> CheckIns,
    IReadOnlyList<ScheduledAnswer> Schedule)
{
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary>Reads it; null where there is no such treatment.</summary>
    public static async Task<CheckInHistory?> FindAsync(ThreadwellContext database, ClinicTime time, IClock clock, CurrentUser user, Guid treatment, CancellationToken cancellation) =>
        await TreatmentCourse.FindAsync(database, time, treatment, cancellation) is { } course ? Of(course, clock.GetCurrentInstant(), user, TriageFile.Shipped) : null;

    /// <summary>The history of a course.</summary>
    /// <param name="course">The course.</param>
    /// <param name="now">The clinic's time.</param>
    /// <param name="user">Who asks: a relative's phone needs the answers to judge by, and not what the patient or the clinic wrote in words of their own.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static CheckInHistory Of(TreatmentCourse course, Instant now, CurrentUser user, TriageRulebook rulebook)
    {
        CheckIn[] told = [.. course.CheckIns.Select(row => course.Told(row, rulebook))];
        return new CheckInHistory(
            course.Treatment.Id,
            Written(now.InZone(course.Zone).ToOffsetDateTime()),
            rulebook.Version,
            new FactsAnswer(
                course.Facts.TreatedAt is { } treated ? Written(treated) : null,
                course.Facts.AnaestheticAt is { } injected ? Written(injected) : null,
                course.Facts.Areas,
                course.Facts.Sides is { } sides ? Pages.PageWords.Of(sides) : null),
            course.Calendar is { } calendar
                ? new CalendarAnswer([.. calendar.WorkingDays.Select(day => (int)day).Order()], [.. calendar.Closed.Order().Select(LocalDatePattern.Iso.Format)], Minutes.Format(calendar.ClosesAt))
                : null,
            [.. course.Hours.Select(row => new HoursAnswer(row.Weekday, Minutes.Format(row.Opens), Minutes.Format(row.Closes)))],
            CheckInAnswer.ContactOf(course),
            course.Standing,
            [.. course.CheckIns.Zip(told, (row, checkIn) => new ToldAnswer(row.Id, row.ScheduledId, Written(checkIn.AnsweredAt!.Value), Written(row.ArrivedAt.InZone(course.Zone).ToOffsetDateTime()), row.Day, row.Level, row.Shown(), JsonSerializer.Deserialize<JsonElement>(AnswerReader.ToJson(user.FamilyAccessId is null ? checkIn.Answers : WithoutWords(checkIn.Answers)))))],
            course.Facts.TreatedAt is { } ended ? ScheduleOf(course, ended, told, now, rulebook) : []);
    }

    // The rules read the words of the newest answers alone; what earlier words led to is in the level that stands.
    private static AnswerSheet WithoutWords(AnswerSheet answers) => new(answers.All.Where(answer => answer.Value is not TextAnswer));

    private static List<ScheduledAnswer> ScheduleOf(TreatmentCourse course, OffsetDateTime treated, IReadOnlyList<CheckIn> told, Instant now, TriageRulebook rulebook)
    {
        LocalDate today = now.InZone(course.Zone).Date;
        (ScheduledCheckIn CheckIn, LocalDate Day)[] due = [.. CheckInSchedule.Of(rulebook, treated.Date)];
        string? current = due.LastOrDefault(one => one.CheckIn.Call is not true && one.Day <= today).CheckIn?.Id;
        return [.. due.Select(one => new ScheduledAnswer(
            one.CheckIn.Id,
            LocalDatePattern.Iso.Format(one.Day),
            one.CheckIn.Text,
            one.CheckIn.Call is true,
            one.Day > today ? ScheduleState.ToCome
            : course.CheckIns.Any(row => row.ScheduledId == one.CheckIn.Id) || (one.CheckIn.Call is not true && told.Any(checkIn => checkIn.AnsweredAt!.Value.InZone(course.Zone).Date == one.Day)) ? ScheduleState.Done
            : one.CheckIn.Call is true ? (one.Day == today ? ScheduleState.Due : ScheduleState.Passed)
            : one.CheckIn.Id == current ? ScheduleState.Due
            : ScheduleState.Passed))];
    }

    private static string Written(OffsetDateTime time) => OffsetDateTimePattern.Rfc3339.Format(time);
}
