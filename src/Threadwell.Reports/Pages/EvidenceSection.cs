using Threadwell.Evidence;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Pages;

/// <summary>Every number behind the model: assumptions first, then what was published, each with its grade and source. The catalogue itself is in English.</summary>
internal static class EvidenceSection
{
    public static void Add(HtmlText html, DocumentLanguage language)
    {
        Fact[] all = [.. EvidenceCatalogue.All];
        Fact[] assumed = [.. all.Where(fact => fact.Grade == EvidenceGrade.Assumption)];
        Fact[] published = [.. all.Where(fact => fact.Grade != EvidenceGrade.Assumption)];
        html.Raw("<section aria-labelledby=\"evidence\">").Element("h2", language.Report("evidence"), "id=\"evidence\"");
        html.Element("p", language.Report("evidence.what", published.Length, assumed.Length));
        string id = language.Report("column.id");
        string what = language.Report("column.what");
        string value = "#" + language.Report("column.value");
        string range = language.Report("column.range");
        if (assumed.Length > 0)
        {
            html.Raw("<details><summary>").Element("span", language.Report("evidence.assumptions", assumed.Length)).Raw("</summary>");
            html.Table(
                language.Report("evidence.assumptions.table"),
                [id, what, value, range, language.Report("column.reason"), language.Report("column.replace")],
                assumed.OrderBy(fact => fact.Id, StringComparer.Ordinal)
                    .Select(fact => (IReadOnlyList<Cell>)[fact.Id, English(fact.Quantity), Value(fact), EvidenceWords.Range(fact, language), English(fact.Conditions), English(fact.Source)]));
            html.Raw("</details>\n");
        }

        html.Raw("<details><summary>").Element("span", language.Report("evidence.published", published.Length)).Raw("</summary>");
        html.Table(
            language.Report("evidence.published.table"),
            [id, what, value, range, language.Report("column.conditions"), language.Report("column.source"), language.Report("column.grade")],
            published.OrderBy(fact => fact.Id, StringComparer.Ordinal)
                .Select(fact => (IReadOnlyList<Cell>)[fact.Id, English(fact.Quantity), Value(fact), EvidenceWords.Range(fact, language), English(fact.Conditions), English(fact.Source), EvidenceWords.Of(fact.Grade, language)]));
        html.Raw("</details></section>\n");

        string Value(Fact fact) => EvidenceWords.WithUnit(fact.Value, fact.Unit, language);
        Cell English(string text) => new(text, language.Name == "en" ? null : "en");
    }
}
