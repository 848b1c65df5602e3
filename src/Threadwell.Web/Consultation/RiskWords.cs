using Threadwell.Care.Risks;
using Threadwell.Evidence;
using Threadwell.Reports.Documents;
using Threadwell.Web.Text;

namespace Threadwell.Web.Consultation;

/// <summary>Complications in words: ranges where absorbable threads were measured, others labelled as mixed or as reported, never as incidence.</summary>
internal static class RiskWords
{
    /// <summary>Tables and lists of the section on risks.</summary>
    /// <param name="language">Language of the text.</param>
    public static IEnumerable<DocumentBlock> Blocks(DocumentLanguage language)
    {
        var texts = new LanguageTexts(typeof(InformationText), language.Name);
        yield return new ParagraphBlock(texts["risks.technique"]);
        yield return new ParagraphBlock(texts["risks.absorbable"]);
        yield return Table(RateBasis.AbsorbableThreads, texts, language);
        yield return new ParagraphBlock(texts["risks.mixed"]);
        yield return Table(RateBasis.MixedThreads, texts, language);
        yield return new ParagraphBlock(texts["risks.reported"]);
        yield return new ListBlock([.. Of(RateBasis.ReportedFrequencyUnknown).Select(rate => texts["risks.reported.item", Name(rate, language), string.Join(", ", rate.Sources)])]);
        (_, Fact youngerDimples, Fact olderDimples) = ComplicationRates.ByAge.First(row => row.Id == "dimpling");
        (_, Fact youngerInfection, Fact olderInfection) = ComplicationRates.ByAge.First(row => row.Id == "infection");
        yield return new ParagraphBlock(texts[
            "risks.age", language.Number(olderDimples.Value), language.Number(youngerDimples.Value), language.Number(olderInfection.Value), language.Number(youngerInfection.Value), olderDimples.Id]);
    }

    private static TableBlock Table(RateBasis basis, LanguageTexts texts, DocumentLanguage language) => new(
        [texts["risks.problem"], texts["risks.rate"], texts["risks.source"]],
        [.. Of(basis).Select(rate => new[] { Name(rate, language), Range(rate, texts, language), string.Join(", ", rate.Sources) })]);

    private static IEnumerable<ComplicationRate> Of(RateBasis basis) => ComplicationRates.All.Where(rate => rate.Basis == basis);

    private static string Name(ComplicationRate rate, DocumentLanguage language) => language.Name == "vi" ? rate.Name.Vi : rate.Name.En;

    private static string Range(ComplicationRate rate, LanguageTexts texts, DocumentLanguage language) => rate.Rates.Length == 1
        ? texts["risks.one", language.Number(rate.LowestPercent!.Value)]
        : texts["risks.range", language.Number(rate.LowestPercent!.Value), language.Number(rate.HighestPercent!.Value)];
}
