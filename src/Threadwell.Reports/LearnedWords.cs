using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>What follow-up visits taught, in words: the same in the terminal and on the page.</summary>
public static class LearnedWords
{
    /// <summary>Headings of <see cref="SummaryRows"/>.</summary>
    public static IReadOnlyList<string> SummaryHeadings(DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return [language.Report("learned.column.what"), language.Report("learned.before"), language.Report("learned.after")];
    }

    /// <summary>Each number of the summary before and after.</summary>
    public static IEnumerable<IReadOnlyList<string>> SummaryRows(PredictionDocument prediction, LearnedDocument learned, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(learned);
        return CourseWords.Summary(prediction, language).Zip(CourseWords.Summary(learned.Posterior, language), (before, after) => (IReadOnlyList<string>)
            [$"{before.Group}: {before.What}", $"{before.Value} {before.Range}".TrimEnd(), $"{after.Value} {after.Range}".TrimEnd()]);
    }

    /// <summary>Headings of <see cref="VisitRows"/>.</summary>
    public static IReadOnlyList<string> VisitHeadings(DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return [language.Report("learned.column.visit"), language.Report("learned.column.measured"), language.Report("learned.column.expected"), language.Report("learned.column.share"), language.Report("learned.column.now")];
    }

    /// <summary>Each measurement beside what was expected of it.</summary>
    public static IEnumerable<IReadOnlyList<string>> VisitRows(LearnedDocument learned, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(language);
        string Band(NumberBand band) => language.Report("learned.band", language.Number(band.Median ?? 0, "0.0"), language.Number(band.Low90 ?? 0, "0.0"), language.Number(band.High90 ?? 0, "0.0"));
        return learned.Observations.Select(one => (IReadOnlyList<string>)
        [
            language.Report("learned.visit", language.Number(one.Day, "0"), PlanWords.Landmark(one.Landmark, language)),
            language.Report("learned.measured", language.Number(one.PositionMm, "0.0"), language.Number(one.MeasuredErrorMm, "0.0")),
            Band(one.Prior),
            language.Report(one.IsUnforeseen ? "learned.share.unforeseen" : "learned.share", language.Number(100 * one.PriorShare, "0")),
            Band(one.Posterior),
        ]);
    }

    /// <summary>The numbers of the model of which most was learned.</summary>
    public static IEnumerable<IReadOnlyList<string>> FactRows(LearnedDocument learned, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(language);
        return learned.Facts.Select(fact => (IReadOnlyList<string>)
            [$"{EvidenceCatalogue.Get(fact.Name).Quantity} ({EvidenceCatalogue.Get(fact.Name).Id})", language.Number(fact.Mean, "+0.0;−0.0"), language.Number(100 * fact.Deviation, "0") + " %"]);
    }
}
