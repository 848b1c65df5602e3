using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Triage;

/// <summary>
/// Says how soon somebody must act on what a patient told. A pure function: the same history, facts and time give the same result, in whatever order the history
/// comes. Nothing that is missing lowers a level: an open question is at least amber, and a time, area or order that is not known is taken as what raises.
/// </summary>
/// <remarks>
/// The phone evaluates the same rules with the same steps (<c>Client/triage/judge.ts</c>); a table of cases and a sample of random histories hold the two together.
/// </remarks>
public sealed class TriageEngine
{
    private const double MillisecondsPerHour = 3_600_000;

    private readonly TriageRulebook rulebook;
    private readonly TreatmentFacts facts;
    private readonly Instant now;
    private readonly Told[] told;

    private TriageEngine(TriageRulebook rulebook, IEnumerable<CheckIn> history, TreatmentFacts facts, OffsetDateTime now)
    {
        this.rulebook = rulebook;
        this.facts = facts;
        this.now = now.ToInstant();
        told = [.. history.Select(checkIn => new Told(checkIn.Answers, TimeOf(checkIn)))];
    }

    /// <summary>Judges a course now.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="history">All answers, in any order. Those of the latest time decide, with those whose time is not known; the others are what they are compared with.</param>
    /// <param name="facts">What is known of the treatment.</param>
    /// <param name="now">When the answers arrived, or now.</param>
    /// <param name="calendar">The clinic's working days; null where they are not known, and a working day is then taken as 24 hours.</param>
    public static TriageResult Judge(TriageRulebook rulebook, IEnumerable<CheckIn> history, TreatmentFacts facts, OffsetDateTime now, ClinicCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(facts);
        return new TriageEngine(rulebook, history, facts, now).Judge(now, calendar);
    }

    /// <summary>What the clinic has to have done by when at a level, whatever gave the level: a phone may have shown a graver one.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="level">The level.</param>
    /// <param name="facts">What is known of the treatment.</param>
    /// <param name="arrival">From when the clinic's clock runs.</param>
    /// <param name="calendar">The clinic's working days; null where they are not known.</param>
    public static IReadOnlyList<Deadline> Deadlines(TriageRulebook rulebook, TriageLevel level, TreatmentFacts facts, OffsetDateTime arrival, ClinicCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(facts);
        return new TriageEngine(rulebook, [], facts, arrival).Deadlines(level, arrival, calendar);
    }

    private TriageResult Judge(OffsetDateTime arrival, ClinicCalendar? calendar)
    {
        var holding = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var occasions = new HashSet<TriageOccasion>();
        Instant? latest = told.Max(one => one.At);
        Told[] current = [.. told.Where(one => one.At is null || one.At == latest)];
        foreach (Told one in current)
        {
            JudgeOne(one, holding, open);
        }

        occasions.UnionWith(open.Select(id => rulebook.Questionnaire.Get(id).Group == TriageRulebook.SafetyGroup ? TriageOccasion.BlankSafety : TriageOccasion.Blank));
        OffsetDateTime? treated = Treated;
        ScheduledCheckIn? missed = treated is { } start ? CheckInSchedule.Missed(rulebook, start, told.Where(one => one.At is not null).Select(one => one.At!.Value), now) : null;
        if (missed is not null)
        {
            occasions.Add(TriageOccasion.MissedCheckIn);
        }

        if (treated is null || Array.Exists(current, one => one.At is null))
        {
            occasions.Add(TriageOccasion.UnknownTime);
        }

        TriageRule[] reasons = [.. rulebook.Rules.Where(rule => rule.On is { } on ? occasions.Contains(on) : holding.Contains(rule.Id)).OrderByDescending(rule => rule.Level)];
        TriageLevel? level = reasons.Length > 0 ? reasons[0].Level : current.Length > 0 ? TriageLevel.Green : null;
        int? day = treated is null ? null : current.Length == 0 ? DayOf(now) : latest is { } at ? DayOf(at) : null;
        string[] ask = [.. rulebook.Questionnaire.Questions.Select(question => question.Id).Where(open.Contains)];
        return level is { } reached
            ? new TriageResult(reached, day, reasons, [rulebook.Get(reached).Does, .. reasons.Select(rule => rule.Does).OfType<Wording>().Distinct()], ask, missed?.Id, Deadlines(reached, arrival, calendar))
            : new TriageResult(null, day, [], [], [], null, []);
    }

    private void JudgeOne(Told one, HashSet<string> holding, HashSet<string> open)
    {
        var evaluator = new ConditionEvaluator(rulebook.Questionnaire, one.Answers, now.InUtc().Date, CourseOf(one));
        holding.UnionWith(rulebook.Rules.Where(rule => rule.When is { } when && evaluator.Evaluate(when).Truth == Truth.True).Select(rule => rule.Id));

        // A question that hangs on an open one is not asked yet: the open one stands for it.
        open.UnionWith(rulebook.Questionnaire.Questions
            .Where(question => !question.Optional && !question.IsAnsweredBy(one.Answers.Find(new AnswerKey(question.Id))) && evaluator.IsAsked(new AnswerKey(question.Id)) == Truth.True)
            .Select(question => question.Id));
    }

    private AnswerCourse CourseOf(Told one) => new()
    {
        Named = rulebook.Content.Conditions,
        Words = rulebook.Words,
        At = one.At?.ToUnixTimeMilliseconds(),
        SinceTreatment = one.At is { } at && Treated is { } treated ? Elapsed.Known(Hours(treated.ToInstant(), at)) : Elapsed.Unknown,
        SinceAnaesthetic = SinceAnaesthetic(one),
        Days = one.At is { } answered && DayOf(answered) is { } day ? Elapsed.Known(day) : Elapsed.Unknown,
        Areas = facts.Areas,
        Sides = facts.Sides,
        Others = [.. told.Where(other => other != one).Select(other => new OtherAnswers(other.Answers, other.At?.ToUnixTimeMilliseconds(), SinceAnaesthetic(other)))],
    };

    // A treatment that is still to come contradicts the answers that came after it.
    private OffsetDateTime? Treated => facts.TreatedAt is { } treated && treated.ToInstant() <= now ? treated : null;

    // Answers from before the treatment or from the time to come have a wrong time: theirs or the treatment's.
    private Instant? TimeOf(CheckIn checkIn) =>
        checkIn.AnsweredAt?.ToInstant() is { } at && at <= now + Duration.FromMinutes(rulebook.ClockToleranceMinutes) && !(Treated?.ToInstant() > at) ? at : null;

    private Elapsed SinceAnaesthetic(Told one)
    {
        Instant? treated = Treated?.ToInstant();
        return one.At is not { } at ? Elapsed.Unknown
            : facts.AnaestheticAt?.ToInstant() is { } injected ? (injected <= at && !(injected > treated) ? Elapsed.Known(Hours(injected, at)) : Elapsed.Unknown)

            // The anaesthetic came before the treatment's end, nobody knows by how much.
            : treated is { } end ? new Elapsed(Hours(end, at), double.PositiveInfinity)
            : Elapsed.Unknown;
    }

    private int? DayOf(Instant at) => Treated is { } treated ? Period.DaysBetween(treated.Date, at.WithOffset(treated.Offset).Date) : null;

    private static double Hours(Instant from, Instant to) => (to.ToUnixTimeMilliseconds() - from.ToUnixTimeMilliseconds()) / MillisecondsPerHour;

    private Deadline[] Deadlines(TriageLevel level, OffsetDateTime arrival, ClinicCalendar? calendar)
    {
        OffsetDateTime from = Treated is { } treated ? arrival.WithOffset(treated.Offset) : arrival;
        IReadOnlyList<DeadlineStep> steps = rulebook.Get(level).Steps;
        return [.. steps.Select(step => new Deadline(step, Due(step, steps, from, calendar)))];
    }

    private OffsetDateTime Due(DeadlineStep step, IReadOnlyList<DeadlineStep> steps, OffsetDateTime from, ClinicCalendar? calendar)
    {
        if (step.Minutes is { } minutes)
        {
            return from + Duration.FromMinutes(minutes);
        }

        if (step.SameDay is true)
        {
            // Late in the evening the day ends before the steps on the way.
            OffsetDateTime midnight = from.Date.PlusDays(1).AtMidnight().WithOffset(from.Offset);
            return Later(midnight, from + Duration.FromMinutes(steps.Max(other => other.Minutes ?? 0)));
        }

        OffsetDateTime within24 = from + Duration.FromHours(24);
        OffsetDateTime due = calendar?.After(from, step.WorkingDays!.Value) ?? within24;
        bool early = DayOf(from.ToInstant()) is not { } day || day <= step.AtMostHoursUntilDay;
        return early && step.AtMostHours is { } hours ? Earlier(due, from + Duration.FromHours(hours)) : due;
    }

    private static OffsetDateTime Earlier(OffsetDateTime one, OffsetDateTime other) => one.ToInstant() <= other.ToInstant() ? one : other;

    private static OffsetDateTime Later(OffsetDateTime one, OffsetDateTime other) => one.ToInstant() >= other.ToInstant() ? one : other;

    // Told by reference: two check-ins that say the same are still two.
    private sealed class Told(AnswerSheet answers, Instant? at)
    {
        public AnswerSheet Answers { get; } = answers;

        public Instant? At { get; } = at;
    }
}
