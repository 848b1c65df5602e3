using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>A prediction's numbers in words, the same in the terminal, the page and the picture's description.</summary>
public static class CourseWords
{
    /// <summary>A time in months with its unit; null is a time that was not reached in the time simulated.</summary>
    public static string Months(double? months, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return months is { } value ? language.Report("months", language.Number(value, "0.#")) : language.Report("never");
    }

    /// <summary>A length with its unit.</summary>
    public static string Millimetres(double value, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report("mm", language.Number(value, 1));
    }

    /// <summary>The rows of the summary: group, what, value. Lift, support and the state against day 0 are kept apart.</summary>
    public static IReadOnlyList<(string Group, string What, string Value)> Summary(PredictionDocument prediction, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        PredictionSummary summary = prediction.Summary;
        var course = new MeanCourse(prediction);
        string lift = language.Report("group.lift");
        string support = language.Report("group.support");
        string dayZero = language.Report("group.day-zero");
        (string endWhat, string endValue) = SupportEnd(summary.SupportEndMonths, language);
        return
        [
            (lift, language.Report("lift.now"), Millimetres(summary.LiftNowMm, language)),
            (lift, language.Report("lift.half"), Months(summary.LiftHalfLifeMonths, language)),
            (lift, language.Report("lift.visible", language.Number(summary.VisibleThresholdMm)), Months(summary.VisibleLiftEndMonths, language)),
            (lift, language.Report("lift.end"), Months(summary.LiftEndMonths, language)),
            (support, language.Report("firmness.largest"), Percent(LargestGain(prediction), language)),
            (support, language.Report("firmness.half"), Months(summary.SupportHalfLifeMonths, language)),
            (support, endWhat, endValue),
            (dayZero, language.Report("day-zero.back"), Months(summary.BackToDayZeroMonths, language)),
            (dayZero, language.Report("day-zero.treated"), Millimetres(course.AgainstDayZero[^1], language)),
            (dayZero, language.Report("day-zero.untreated"), Millimetres(course.Untreated[^1], language)),
        ];
    }

    /// <summary>The course in a few sentences, for readers who do not see the chart.</summary>
    internal static string Describe(PredictionDocument prediction, DocumentLanguage language)
    {
        var course = new MeanCourse(prediction);
        double end = prediction.Summary.SimulatedMonths;
        double half = end / 2;
        return language.Report(
            "describe",
            language.Number(course.Lift[0], 1),
            language.Number(course.At(course.Lift, half), 1),
            language.Number(half, "0.#"),
            language.Number(course.Lift[^1], 1),
            language.Number(end, "0"),
            Months(prediction.Summary.LiftHalfLifeMonths, language),
            language.Number(prediction.SupportIndex[^1], 2),
            language.Number(prediction.UntreatedSupportIndex[^1], 2));
    }

    /// <summary>Until when support differs from untreated; a gain that stays within the margin from the start has no end to name.</summary>
    private static (string What, string Value) SupportEnd(double? months, DocumentLanguage language) => months == 0
        ? (language.Report("firmness.difference"), language.Report("firmness.never", Percent(EvidenceCatalogue.Value("support.end-margin", "1"), language)))
        : (language.Report("firmness.end"), Months(months, language));

    private static double LargestGain(PredictionDocument prediction)
    {
        double largest = 0;
        for (int time = 0; time < prediction.SupportIndex.Count; time++)
        {
            largest = Math.Max(largest, prediction.SupportIndex[time] - prediction.UntreatedSupportIndex[time]);
        }

        return largest;
    }

    private static string Percent(double share, DocumentLanguage language) => language.Report("percent", language.Number(100 * share, "0"));
}
