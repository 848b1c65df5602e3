using System.Globalization;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>A line of why.</summary>
/// <param name="Id">Id of the rule.</param>
/// <param name="Level">Its level.</param>
/// <param name="Says">What was told, as the patient reads it.</param>
internal sealed record ReasonAnswer(string Id, TriageLevel Level, Wording Says);

/// <summary>A step that the clinic has to have done.</summary>
internal sealed record DeadlineAnswer(string Step, ActionOwner Owner, Wording Text, DateTimeOffset Due);

/// <summary>Whom to call.</summary>
/// <param name="Phone">The clinic's number; may be empty.</param>
/// <param name="Hospital">The hospital to which an emergency is sent; may be empty.</param>
/// <param name="Emergency">Number that calls an ambulance.</param>
internal sealed record ContactAnswer(string Phone, string Hospital, string Emergency);

/// <summary>What the patient is shown after a check-in, in both languages, so that the phone shows it in hers.</summary>
/// <param name="Id">Key of the check-in.</param>
/// <param name="ArrivedAt">When it arrived.</param>
/// <param name="Level">The level that the clinic's judgement gave these answers.</param>
/// <param name="Standing">The level that stands, and is shown: never below <paramref name="Level"/>.</param>
/// <param name="Title">Name of the level that stands.</param>
/// <param name="Day">Day after the treatment; null where it is not known.</param>
/// <param name="Reasons">Why, the most severe first.</param>
/// <param name="Does">What she does now.</param>
/// <param name="Ask">Ids of questions that are asked again at once.</param>
/// <param name="Due">By when the clinic answers: of the amber task of these answers while it is open, or else of the newest open one of others (<see cref="HoldingTasks"/>); null where there is none.</param>
/// <param name="Deadlines">What the clinic has to have done about these answers, while their own task is open; else empty.</param>
/// <param name="Contact">Whom to call.</param>
/// <param name="RulebookVersion">Version of the rules that judged.</param>
internal sealed record CheckInAnswer(
    Guid Id,
    DateTimeOffset ArrivedAt,
    TriageLevel Level,
    TriageLevel Standing,
    Wording Title,
    int? Day,
    IReadOnlyList<ReasonAnswer> Reasons,
    IReadOnlyList<Wording> Does,
    IReadOnlyList<string> Ask,
    DateTimeOffset? Due,
    IReadOnlyList<DeadlineAnswer> Deadlines,
    ContactAnswer Contact,
    int RulebookVersion)
{
    // The step of the rulebook by which an amber is answered.
    private const string AnswerStep = "answered";

    /// <summary>The answer to a check-in that is kept.</summary>
    /// <param name="course">The treatment's course, with it.</param>
    /// <param name="row">The check-in.</param>
    /// <param name="holding">The treatment's tasks that hold a level (<see cref="HoldingTasks"/>), the newest first.</param>
    /// <param name="rulebook">The rulebook.</param>
    public static CheckInAnswer Of(TreatmentCourse course, StoredCheckIn row, IReadOnlyList<CareTask> holding, TriageRulebook rulebook)
    {
        TriageLevel standing = course.Standing ?? row.Shown();
        TriageRule[] reasons = [.. KeptReasons.Of(row, rulebook)];
        CareTask? own = holding.FirstOrDefault(task => task.CheckInId == row.Id);
        TaskDeadline? promised = Promised(own is null ? holding : [own, .. holding]);

        // A level that stands without an open promise is counted from the arrival.
        OffsetDateTime due = promised?.Due ?? TriageEngine.Deadlines(rulebook, TriageLevel.Amber, course.Facts, row.ArrivedAt.InZone(course.Zone).ToOffsetDateTime(), course.Calendar)[0].Due;
        return new CheckInAnswer(
            row.Id,
            row.ArrivedAt.InZone(course.Zone).ToDateTimeOffset(),
            row.Level,
            standing,
            rulebook.Get(standing).Title,
            row.Day,
            [.. reasons.Select(rule => new ReasonAnswer(rule.Id, rule.Level, rule.Says))],
            [.. new[] { rulebook.Get(standing).Does }.Concat(reasons.Select(rule => rule.Does).OfType<Wording>()).Distinct().Select(text => Filled(text, course, row.Day, due))],
            row.Open.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            promised?.Due.ToDateTimeOffset(),
            own is null ? [] : [.. TaskDeadlines.Of(own).Select(step => new DeadlineAnswer(step.Step, step.Owner, Step(own.Level, step.Step, rulebook), step.Due.ToDateTimeOffset()))],
            ContactOf(course),
            row.RulebookVersion);
    }

    /// <summary>Whom a patient calls.</summary>
    public static ContactAnswer ContactOf(TreatmentCourse course) => new(course.Settings.Phone, course.Settings.EmergencyHospital, Care.Aftercare.TreatmentFacts.AmbulanceInVietNam);

    /// <summary>What is done at a step, in words.</summary>
    public static Wording Step(TriageLevel level, string step, TriageRulebook rulebook) => rulebook.Get(level).Steps.FirstOrDefault(one => one.Id == step)?.Text ?? new Wording(step, step);

    // The answer that the clinic still owes by an amber task: the first task's that owes one. What was answered promises nothing more.
    private static TaskDeadline? Promised(IEnumerable<CareTask> tasks) =>
        tasks.Where(task => task.Level == TriageLevel.Amber)
            .SelectMany(task => TaskDeadlines.Of(task).Where(step => step.Step == AnswerStep && TaskDeadlines.IsOpen(task, step)))
            .FirstOrDefault();

    private static Wording Filled(Wording text, TreatmentCourse course, int? day, OffsetDateTime due)
    {
        ContactAnswer contact = ContactOf(course);
        string at = due.ToString("HH:mm", CultureInfo.InvariantCulture);
        string date = due.ToString("dd/MM/uuuu", CultureInfo.InvariantCulture);
        return new Wording(
            Fill(text.En, "the clinic", "the nearest emergency department", $"{at} on {date}"),
            Fill(text.Vi, "phòng khám", "khoa cấp cứu gần nhất", $"{at} ngày {date}"));

        string Fill(string words, string clinic, string hospital, string by) => words
            .Replace("{phone}", contact.Phone.Length > 0 ? contact.Phone : clinic, StringComparison.Ordinal)
            .Replace("{hospital}", contact.Hospital.Length > 0 ? contact.Hospital : hospital, StringComparison.Ordinal)
            .Replace("{emergency}", contact.Emergency, StringComparison.Ordinal)
            .Replace("{day}", day?.ToString(CultureInfo.InvariantCulture) ?? "?", StringComparison.Ordinal)
            .Replace("{due}", by, StringComparison.Ordinal);
    }
}
