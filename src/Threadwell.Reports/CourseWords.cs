using System.Globalization;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Reports;

/// <summary>A prediction's numbers in words, the same in the terminal, the page and the picture's description.</summary>
public static class CourseWords
{
    /// <summary>What stands where a time was not reached.</summary>
    public const string NotReached = "not reached in the time simulated";

    /// <summary>A time in months with its unit, or <see cref="NotReached"/> for null.</summary>
    public static string Months(double? months) =>
        months is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.#} months") : NotReached;

    /// <summary>A length with its unit.</summary>
    public static string Millimetres(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} mm").Replace('-', '−');

    /// <summary>The rows of the summary: group, what, value. Lift, support and the state against day 0 are kept apart.</summary>
    public static IReadOnlyList<(string Group, string What, string Value)> Summary(PredictionDocument prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        PredictionSummary summary = prediction.Summary;
        string visible = summary.VisibleThresholdMm.ToString("0.##", CultureInfo.InvariantCulture);
        var course = new MeanCourse(prediction);
        return
        [
            ("Lift", "on the day of treatment", Millimetres(summary.LiftNowMm)),
            ("Lift", "below half after", Months(summary.LiftHalfLifeMonths)),
            ("Lift", $"no longer visible to others (below {visible} mm) after", Months(summary.VisibleLiftEndMonths)),
            ("Lift", "no longer measurable after", Months(summary.LiftEndMonths)),
            ("Support", "largest gain over untreated", Percent(LargestGain(prediction))),
            ("Support", "gain below half after", Months(summary.SupportHalfLifeMonths)),
            SupportEnd(summary.SupportEndMonths),
            ("Against day 0", "back to the position before treatment after", Months(summary.BackToDayZeroMonths)),
            ("Against day 0", "position at the end, treated", Millimetres(course.AgainstDayZero[^1])),
            ("Against day 0", "position at the end, untreated", Millimetres(course.Untreated[^1])),
        ];
    }

    /// <summary>The course in a few sentences, for readers who do not see the chart.</summary>
    internal static string Describe(PredictionDocument prediction)
    {
        var course = new MeanCourse(prediction);
        double end = prediction.Summary.SimulatedMonths;
        double half = end / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Mean lift {course.Lift[0]:0.0} mm on day 0, {course.At(course.Lift, half):0.0} mm after {half:0} months and {course.Lift[^1]:0.0} mm after {end:0} months; it falls below half after: {Months(prediction.Summary.LiftHalfLifeMonths)}. ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"Skin support relative to day 0 ends at {prediction.SupportIndex[^1]:0.00} treated and {prediction.UntreatedSupportIndex[^1]:0.00} untreated.");
    }

    /// <summary>Until when support differs from untreated; a gain that stays within the margin from the start has no end to name.</summary>
    private static (string Group, string What, string Value) SupportEnd(double? months) => months == 0
        ? ("Support", "difference from untreated", $"never above {Percent(EvidenceCatalogue.Value("support.end-margin", "1"))} more than untreated")
        : ("Support", "not to be told from untreated after", Months(months));

    private static double LargestGain(PredictionDocument prediction)
    {
        double largest = 0;
        for (int time = 0; time < prediction.SupportIndex.Count; time++)
        {
            largest = Math.Max(largest, prediction.SupportIndex[time] - prediction.UntreatedSupportIndex[time]);
        }

        return largest;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
