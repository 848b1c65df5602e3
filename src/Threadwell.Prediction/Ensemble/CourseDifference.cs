using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// How far the courses of one plan go beyond those of another plan for the same person, course by course. What is uncertain of her tissue, of healing, of the material and of the hand is drawn alike for both, so that most of
/// it leaves the difference; the bands of either plan by itself cannot tell that.
/// </summary>
public sealed record CourseDifference
{
    /// <summary>Fewer pairs than the fewest courses that bands are told of say nothing.</summary>
    public const int FewestPairs = 20;

    // Half of the last digit that is shown: closer values count as the same.
    private const double SameMm = 0.005;
    private const double SameMonths = 0.05;
    private const double SameShare = 0.0005;

    /// <summary>Number of pairs of courses whose numbers were drawn alike.</summary>
    public required int Courses { get; init; }

    /// <summary>Times, days: the stored ones of both that lie within the shorter one.</summary>
    public required IReadOnlyList<double> TimesDays { get; init; }

    /// <summary>Mean lift over its targets of the first less that of the second, mm, with the catalogue's values.</summary>
    public required IReadOnlyList<double> LiftMm { get; init; }

    /// <summary>Its band over the pairs, mm.</summary>
    public required CurveBand LiftBandMm { get; init; }

    /// <summary>Support above the untreated course of the first less that of the second, a share of day 0, with the catalogue's values.</summary>
    public required IReadOnlyList<double> SupportGain { get; init; }

    /// <summary>Its band over the pairs.</summary>
    public required CurveBand SupportGainBand { get; init; }

    /// <summary>How often either plan has the larger of each number of the summary.</summary>
    public required SummaryOdds Summary { get; init; }

    /// <summary>Compares two predictions.</summary>
    /// <param name="first">The one.</param>
    /// <param name="firstSamples">The courses behind its bands.</param>
    /// <param name="second">The other, of the same person.</param>
    /// <param name="secondSamples">The courses behind its bands.</param>
    /// <returns>The difference; null where there are too few courses whose numbers were drawn alike: another seed, other uncertain numbers, or another version of the model.</returns>
    public static CourseDifference? Of(PredictionDocument first, EnsembleSamples firstSamples, PredictionDocument second, EnsembleSamples secondSamples)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(firstSamples);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(secondSamples);
        if (firstSamples.ModelVersion != secondSamples.ModelVersion || !firstSamples.Facts.SequenceEqual(secondSamples.Facts, StringComparer.Ordinal))
        {
            return null;
        }

        Dictionary<string, DrawnCourse> others = secondSamples.Courses.GroupBy(Draw).ToDictionary(alike => alike.Key, alike => alike.First());
        (DrawnCourse First, DrawnCourse Second)[] drawn = [.. firstSamples.Courses.Where(course => others.ContainsKey(Draw(course))).Select(course => (course, others[Draw(course)]))];
        if (drawn.Length < FewestPairs)
        {
            return null;
        }

        double end = Math.Min(first.TimesDays[^1], second.TimesDays[^1]);
        double[] times = [.. first.TimesDays.Concat(second.TimesDays).Where(day => day <= end).Distinct().Order()];
        (Means First, Means Second)[] pairs = [.. drawn.Select(pair => (Means.Of(pair.First, firstSamples.TimesDays, times), Means.Of(pair.Second, secondSamples.TimesDays, times)))];
        (PredictionSummary First, PredictionSummary Second)[] summaries = [.. drawn.Select(pair => (SummaryOf(first, pair.First), SummaryOf(second, pair.Second)))];
        (Means one, Means other) = (Means.Of(first, times), Means.Of(second, times));
        Odds Months(Func<PredictionSummary, double?> of) => Odds.Of(summaries, of, SameMonths);
        return new CourseDifference
        {
            Courses = pairs.Length,
            TimesDays = times,
            LiftMm = [.. times.Select((_, time) => one.Lift[time] - other.Lift[time])],
            LiftBandMm = Bands.Of(pairs, times.Length, (pair, time) => pair.First.Lift[time] - pair.Second.Lift[time]),
            SupportGain = [.. times.Select((_, time) => one.Gain[time] - other.Gain[time])],
            SupportGainBand = Bands.Of(pairs, times.Length, (pair, time) => pair.First.Gain[time] - pair.Second.Gain[time]),
            Summary = new SummaryOdds
            {
                LiftNowMm = Odds.Of(summaries, summary => summary.LiftNowMm, SameMm),
                LiftHalfLifeMonths = Months(summary => summary.LiftHalfLifeMonths),
                LiftEndMonths = Months(summary => summary.LiftEndMonths),
                VisibleLiftEndMonths = Months(summary => summary.VisibleLiftEndMonths),
                LargestSupportGain = Odds.Of(drawn, course => SampleCourse.LargestGain([.. course.SupportIndex], [.. course.UntreatedSupportIndex]), SameShare),
                SupportHalfLifeMonths = Months(summary => summary.SupportHalfLifeMonths),
                SupportEndMonths = Months(summary => summary.SupportEndMonths),
                BackToDayZeroMonths = Months(summary => summary.BackToDayZeroMonths),
            },
        };
    }

    private static string Draw(DrawnCourse course) => string.Join(' ', course.Shares.Select(share => share.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    private static PredictionSummary SummaryOf(PredictionDocument prediction, DrawnCourse course) => CourseSummary.Of(
        prediction.TimesDays,
        [.. prediction.Landmarks.Select((landmark, target) => landmark with { LiftMm = course.LiftMm[target], UntreatedMm = course.UntreatedMm[target] })],
        course.SupportIndex,
        course.UntreatedSupportIndex);

    // Mean lift over the targets, and support above the untreated course, at the common times.
    private sealed record Means(double[] Lift, double[] Gain)
    {
        public static Means Of(PredictionDocument course, double[] times) =>
            Of([.. course.Landmarks.Select(landmark => landmark.LiftMm)], course.SupportIndex, course.UntreatedSupportIndex, course.TimesDays, times);

        public static Means Of(DrawnCourse course, IReadOnlyList<double> stored, double[] times) => Of(course.LiftMm, course.SupportIndex, course.UntreatedSupportIndex, stored, times);

        private static Means Of(IReadOnlyList<IReadOnlyList<double>> lifts, IReadOnlyList<double> support, IReadOnlyList<double> untreated, IReadOnlyList<double> stored, double[] times) => new(
            [.. times.Select(day => lifts.Average(lift => CourseTimes.At(lift, stored, day)))],
            [.. times.Select(day => CourseTimes.At(support, stored, day) - CourseTimes.At(untreated, stored, day))]);
    }
}
