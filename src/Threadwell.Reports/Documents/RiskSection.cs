using System.Collections.Immutable;
using Threadwell.Anatomy;
using Threadwell.Care.Risks;
using Threadwell.Evidence;

namespace Threadwell.Reports.Documents;

/// <summary>
/// Complications of a case in words: ranges where absorbable threads were measured, others labelled as mixed or as reported, never as incidence and never as one person's odds.
/// The same text stands in a consultation, in a consent and in the terminal.
/// </summary>
public static class RiskSection
{
    // Below this, the difference between studies is no more than chance would make of it, and nothing is said.
    private const double TellingHeterogeneityPercent = 50;

    /// <summary>Paragraphs, tables and lists.</summary>
    /// <param name="which">What is known of the case.</param>
    /// <param name="largestDimpling">Dimpling by mechanics relative to the limit at which it begins to show; null where no prediction was made.</param>
    /// <param name="language">Language of the text.</param>
    public static IEnumerable<DocumentBlock> Blocks(ComplicationCase which, double? largestDimpling, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(language);
        ImmutableArray<ComplicationEstimate> all = ComplicationModel.Of(which);
        yield return new ParagraphBlock(language.Text("risks.absorbable"));
        yield return Table(all, RateBasis.AbsorbableThreads, language);
        yield return new ListBlock([.. Notes(which, all, language)]);
        yield return new ParagraphBlock(language.Text("risks.mixed"));
        yield return Table(all, RateBasis.MixedThreads, language);
        if (Differing(all, RateBasis.MixedThreads, language) is { Length: > 0 } differing)
        {
            yield return new ParagraphBlock(differing);
        }

        yield return new ParagraphBlock(language.Text("risks.reported"));
        yield return new ListBlock([.. Of(all, RateBasis.ReportedFrequencyUnknown).Select(estimate => language.Text("risks.reported.item", Name(estimate, language), Sources(estimate)))]);
        yield return new ParagraphBlock(language.Text("risks.age"));
        yield return new ListBlock([.. all.Where(estimate => estimate is { ByAge: not null, Complication.Basis: RateBasis.AbsorbableThreads }).Select(estimate => AtAge(estimate, language))]);
        yield return new ParagraphBlock(language.Text("risks.modifiers"));
        yield return new ListBlock([.. ComplicationModel.Modifiers.Select(modifier => language.Text("risks.modifier", modifier.Says.In(language.Name), string.Join(", ", modifier.Sources)))]);
        if (largestDimpling is { } dimpling)
        {
            yield return new ParagraphBlock(language.Text(dimpling > 1 ? "risks.mechanics.beyond" : "risks.mechanics.below", language.Number(dimpling, "0.00")));
        }
    }

    // No pooled rate of mixed threads has its interval or number of patients printed: a column of nothing is left out.
    private static TableBlock Table(ImmutableArray<ComplicationEstimate> all, RateBasis basis, DocumentLanguage language)
    {
        ComplicationEstimate[] rows = [.. Of(all, basis)];
        bool counted = rows.SelectMany(row => row.Series).Any(series => series.Patients is not null);
        IEnumerable<string> Cells(string name, string rate, string interval, string source) => counted ? [name, rate, interval, source] : [name, rate, source];
        return new TableBlock(
            [.. Cells(language.Text("risks.problem"), language.Text("risks.rate"), language.Text("risks.interval"), language.Text("risks.source"))],
            [.. rows.Select(row => Cells(Name(row, language), Published(row, language), Interval(row, language), Sources(row)).ToArray())]);
    }

    private static string Published(ComplicationEstimate estimate, DocumentLanguage language) =>
        Range(estimate.Complication.LowestPercent!.Value, estimate.Complication.HighestPercent!.Value, language);

    private static string Interval(ComplicationEstimate estimate, DocumentLanguage language) => estimate.Series.Any(series => series.Patients is not null)
        ? Range(Rounded(estimate.LowPercent!.Value), Rounded(estimate.HighPercent!.Value), language)
        : language.Text("risks.interval.none");

    // Whole numbers from 10 on: an interval is not known to a tenth there.
    private static double Rounded(double percent) => percent < 10 ? Math.Round(percent, 1) : Math.Round(percent);

    private static string Range(double low, double high, DocumentLanguage language) => low.Equals(high) ? language.Number(low) : language.Text("risks.range", language.Number(low), language.Number(high));

    // What the studies were, and in what none of them is like the case.
    private static IEnumerable<string> Notes(ComplicationCase which, ImmutableArray<ComplicationEstimate> all, DocumentLanguage language)
    {
        SeriesRate[] series = [.. Of(all, RateBasis.AbsorbableThreads).SelectMany(estimate => estimate.Series)];
        yield return language.Text(
            "risks.studies", EvidenceCatalogue.Value("complication-series.pdo.patients", "1"), EvidenceCatalogue.Value("complication-series.pdo-anchored.patients", "1"), EvidenceCatalogue.Value("complication-series.looping.patients", "1"));
        if (which.Material is { } material && series.All(rate => rate.Differences.Contains(SeriesDifference.Material)))
        {
            yield return language.Text("risks.other.material", MaterialWords.Name(material, language));
        }

        if (which.Area is { } area && series.All(rate => rate.Differences.Contains(SeriesDifference.Area)))
        {
            yield return language.Text(area is TreatmentArea.Neck ? "risks.other.neck" : "risks.other.area", AreaWords.Name(area, language));
        }

        string[] alike = [.. series.Where(rate => rate.Differences.IsEmpty).Select(rate => rate.Rate.Id).Distinct(StringComparer.Ordinal)];
        if (alike.Length > 0)
        {
            yield return language.Text("risks.alike", string.Join(", ", alike));
        }

        if (Differing(all, RateBasis.AbsorbableThreads, language) is { Length: > 0 } differing)
        {
            yield return differing;
        }
    }

    private static string Differing(ImmutableArray<ComplicationEstimate> all, RateBasis basis, DocumentLanguage language)
    {
        ComplicationEstimate[] differing = [.. Of(all, basis).Where(estimate => estimate.Heterogeneity is { Percent: >= TellingHeterogeneityPercent })];
        return differing.Length == 0 ? "" : language.Text("risks.differing", string.Join("; ", differing.Select(estimate => Differing(estimate, language))));
    }

    private static string Differing(ComplicationEstimate estimate, DocumentLanguage language)
    {
        string share = language.Number(Math.Round(estimate.Heterogeneity!.Percent));
        return estimate.Heterogeneity.Published is { } published
            ? language.Text("risks.differing.published", Name(estimate, language), share, published.Id)
            : language.Text("risks.differing.computed", Name(estimate, language), share, estimate.Heterogeneity.Series);
    }

    private static string AtAge(ComplicationEstimate estimate, DocumentLanguage language)
    {
        AgeRates rates = estimate.ByAge!;
        string says = language.Text("risks.age.rate", Name(estimate, language), language.Number(rates.Over50.Value), language.Number(rates.UpTo50.Value), rates.Over50.Id);
        return rates.Own is { } own ? language.Text(own == rates.Over50 ? "risks.age.over" : "risks.age.up-to", says) : says;
    }

    private static IEnumerable<ComplicationEstimate> Of(ImmutableArray<ComplicationEstimate> all, RateBasis basis) => all.Where(estimate => estimate.Complication.Basis == basis);

    private static string Name(ComplicationEstimate estimate, DocumentLanguage language) => estimate.Complication.Name.In(language.Name);

    private static string Sources(ComplicationEstimate estimate) => string.Join(", ", estimate.Complication.Sources);
}
