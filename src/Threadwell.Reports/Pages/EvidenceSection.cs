using Threadwell.Evidence;

namespace Threadwell.Reports.Pages;

/// <summary>Every number behind the model: assumptions first, then what was published, each with its grade and source.</summary>
internal static class EvidenceSection
{
    public static void Add(HtmlText html)
    {
        Fact[] all = [.. EvidenceCatalogue.All];
        Fact[] assumed = [.. all.Where(fact => fact.Grade == EvidenceGrade.Assumption)];
        Fact[] published = [.. all.Where(fact => fact.Grade != EvidenceGrade.Assumption)];
        html.Raw("<section aria-labelledby=\"evidence\">").Element("h2", "The numbers behind it", "id=\"evidence\"");
        html.Element("p", $"{published.Length} published numbers and {assumed.Length} assumptions. An assumption is a number that nobody has measured: it is chosen within a range, for a reason, until the study named replaces it.");
        if (assumed.Length > 0)
        {
            html.Raw("<details><summary>").Element("span", $"{assumed.Length} assumptions").Raw("</summary>");
            html.Table(
                "Assumptions",
                ["Id", "What", "#Value", "Range", "Reason", "What would replace it"],
                assumed.OrderBy(fact => fact.Id, StringComparer.Ordinal)
                    .Select(fact => (IReadOnlyList<string>)[fact.Id, fact.Quantity, Value(fact), Range(fact), fact.Conditions, fact.Source]));
            html.Raw("</details>\n");
        }

        html.Raw("<details><summary>").Element("span", $"{published.Length} published numbers").Raw("</summary>");
        html.Table(
            "Published numbers",
            ["Id", "What", "#Value", "Range", "Conditions", "Source", "Grade"],
            published.OrderBy(fact => fact.Id, StringComparer.Ordinal)
                .Select(fact => (IReadOnlyList<string>)[fact.Id, fact.Quantity, Value(fact), Range(fact), fact.Conditions, fact.Source, EvidenceWords.Of(fact.Grade)]));
        html.Raw("</details></section>\n");
    }

    private static string Value(Fact fact) => EvidenceWords.WithUnit(fact.Value, fact.Unit);

    private static string Range(Fact fact) => EvidenceWords.Range(fact);
}
