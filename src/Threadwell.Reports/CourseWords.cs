using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>A row of the summary.</summary>
/// <param name="Group">Lift, support, or the state against day 0.</param>
/// <param name="What">What is told.</param>
/// <param name="Value">The value of the single course.</param>
/// <param name="Range">The 90 % band in brackets; null where no bands were computed.</param>
public sealed record SummaryRow(string Group, string What, string Value, string? Range);

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

    /// <summary>The rows of the summary. Lift, support and the state against day 0 are kept apart.</summary>
    public static IReadOnlyList<SummaryRow> Summary(PredictionDocument prediction, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        PredictionSummary summary = prediction.Summary;
        var course = new MeanCourse(prediction);
        string lift = language.Report("group.lift");
        string support = language.Report("group.support");
        string dayZero = language.Report("group.day-zero");
        SummaryBands? bands = prediction.Ensemble?.Summary;
        (string endWhat, string endValue) = SupportEnd(summary.SupportEndMonths, language);
        NumberBand? untreatedEnd = Last(prediction.Ensemble?.MeanUntreatedMm);
        SummaryRow[] rows =
        [
            new(lift, language.Report("lift.now"), Millimetres(summary.LiftNowMm, language), Range(bands?.LiftNowMm, "0.0", language)),
            new(lift, language.Report("lift.half"), Months(summary.LiftHalfLifeMonths, language), Range(bands?.LiftHalfLifeMonths, "0.#", language)),
            new(
                lift,
                language.Report("lift.visible", language.Number(summary.VisibleThresholdMm)),
                From(summary.VisibleLiftEndMonths, language),
                Range(bands?.VisibleLiftEndMonths, "0.#", language)),
            new(lift, language.Report("lift.end"), From(summary.LiftEndMonths, language), Range(bands?.LiftEndMonths, "0.#", language)),
            new(support, language.Report("firmness.largest"), Percent(LargestGain(prediction), language), Range(bands?.LargestSupportGain, "0 %", language)),
            new(support, language.Report("firmness.half"), Months(summary.SupportHalfLifeMonths, language), Range(bands?.SupportHalfLifeMonths, "0.#", language)),
            new(support, endWhat, endValue, summary.SupportEndMonths == 0 ? null : Range(bands?.SupportEndMonths, "0.#", language)),
            new(dayZero, language.Report("day-zero.back"), From(summary.BackToDayZeroMonths, language), Range(bands?.BackToDayZeroMonths, "0.#", language)),
            new(dayZero, language.Report("day-zero.treated"), Millimetres(course.AgainstDayZero[^1], language), Range(Last(prediction.Ensemble?.MeanPositionMm), "0.0", language)),
            new(dayZero, language.Report("day-zero.untreated"), Millimetres(course.Untreated[^1], language), Range(untreatedEnd, "0.0", language)),
        ];

        // Lift is what a clinic's patients move, and the position that is lift and ageing together.
        string untreated = language.Report("day-zero.untreated");
        return ClinicWords.Source(prediction.Clinic, language) is { } clinic
            ? [.. rows.Select(row => row.Group == support || row.What == untreated ? row : row with { What = $"{row.What} ({clinic})" })]
            : rows;
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

    /// <summary>The month from which something holds, in words: a lift too small to be seen at all has none to name.</summary>
    private static string From(double? months, DocumentLanguage language) => months == 0 ? language.Report("months.always") : Months(months, language);

    /// <summary>Until when support differs from untreated; a gain that stays within the margin from the start has no end to name.</summary>
    private static (string What, string Value) SupportEnd(double? months, DocumentLanguage language) => months == 0
        ? (language.Report("firmness.difference"), language.Report("firmness.never", Percent(EvidenceCatalogue.Value("support.end-margin", "1"), language)))
        : (language.Report("firmness.end"), Months(months, language));

    /// <summary>The 90 % band of a number; null where no band was computed, and where not even its low end is reached, which the value says itself.</summary>
    private static string? Range(NumberBand? band, string format, DocumentLanguage language)
    {
        if (band?.Low90 is null)
        {
            return null;
        }

        string Words(double? value) => value is { } reached ? language.Number(reached, format) : language.Report("band.never");
        string low = Words(band.Low90), high = Words(band.High90);
        return low == high ? language.Report("band.same", low) : language.Report("band", low, high);
    }

    private static NumberBand? Last(CurveBand? band) => band is null
        ? null
        : new NumberBand { Low90 = band.Low90[^1], Low50 = band.Low50[^1], Median = band.Median[^1], High50 = band.High50[^1], High90 = band.High90[^1] };

    /// <summary>What the numbers in brackets are; null where no bands were computed.</summary>
    public static string? BandsExplained(PredictionDocument prediction, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        return prediction.Ensemble is { } ensemble ? language.Report("band.explained", ensemble.Samples, ensemble.Facts) : null;
    }

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
