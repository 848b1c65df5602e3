using NodaTime;
using Threadwell.Care.Triage;

namespace Threadwell.Web.CheckIns;

/// <summary>What triage says of answers that arrive.</summary>
/// <param name="Level">The level.</param>
/// <param name="Day">Day after the treatment on which they were given; null where it is not known.</param>
/// <param name="Reasons">The rules that hold, the most severe first.</param>
/// <param name="Open">Ids of questions that they leave open.</param>
internal sealed record CheckInJudgement(TriageLevel Level, int? Day, IReadOnlyList<TriageRule> Reasons, IReadOnlyList<string> Open)
{
    /// <summary>
    /// Judges answers that arrive with all that was told before. Answers that were given earlier than others which have arrived already (a phone was without a line) are
    /// judged by their own day, and the later ones are judged again with what is now known: the graver of the two counts.
    /// </summary>
    /// <param name="course">The treatment's course without them.</param>
    /// <param name="arrived">The answers.</param>
    /// <param name="now">When they arrived.</param>
    /// <param name="rulebook">The rulebook.</param>
    public static CheckInJudgement Of(TreatmentCourse course, CheckIn arrived, Instant now, TriageRulebook rulebook)
    {
        CheckIn[] earlier = [.. course.CheckIns.Select(row => course.Told(row, rulebook))];
        TriageResult whole = Judge(earlier);
        Instant? at = arrived.AnsweredAt?.ToInstant();
        if (!Array.Exists(earlier, one => one.AnsweredAt?.ToInstant() > at))
        {
            return new CheckInJudgement(whole.Level!.Value, whole.Day, whole.Reasons, whole.Ask);
        }

        // A check-in that has not come is a matter of the whole course: what came later is not missed.
        TriageResult own = Judge([.. earlier.Where(one => !(one.AnsweredAt?.ToInstant() > at))]);
        TriageRule[] reasons = [.. rulebook.Rules.Where(rule => whole.Reasons.Contains(rule) || (rule.On != TriageOccasion.MissedCheckIn && own.Reasons.Contains(rule))).OrderByDescending(rule => rule.Level)];
        return new CheckInJudgement(reasons.Length > 0 ? reasons[0].Level : TriageLevel.Green, own.Day, reasons, own.Ask);

        TriageResult Judge(IReadOnlyList<CheckIn> before) => TriageEngine.Judge(rulebook, [.. before, arrived], course.Facts, now.InZone(course.Zone).ToOffsetDateTime(), course.Calendar);
    }
}
