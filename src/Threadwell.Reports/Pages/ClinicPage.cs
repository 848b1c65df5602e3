using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Pages;

/// <summary>What a clinic's patients taught as one page that needs nothing beside it.</summary>
public static class ClinicPage
{
    private static readonly string[] Assumed = ["A-460", "A-461", "A-462"];

    /// <summary>Writes the page.</summary>
    /// <param name="clinic">What was learned.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(ClinicDocument clinic, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        ArgumentNullException.ThrowIfNull(language);
        string Text(string key, params object[] values) => language.Report(key, values);
        var html = new HtmlText();
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("recalibration.heading")).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("recalibration.heading"));
        html.Element("p", Text("recalibration.lead", clinic.Patients, clinic.Measurements), "class=\"lead\"").Element("p", Text("estimate"), "class=\"estimate\"").Raw("</header>\n");
        html.Raw("<section aria-labelledby=\"believed\">").Element("h2", Text("recalibration.believed"), "id=\"believed\"").Element("p", Text("recalibration.believed.what"));
        html.Table(Text("recalibration.believed"), Headings(ClinicWords.BeliefHeadings(language)), ClinicWords.BeliefRows(clinic, language).Select(Cells));
        html.Element("p", Text("recalibration.assumed")).Raw("<ul>");
        foreach (Fact fact in Assumed.SelectMany(EvidenceCatalogue.Find))
        {
            html.Element("li", $"{fact.Id}: {fact.Quantity}: {language.Number(fact.Value)}", language.Name == "en" ? "" : "lang=\"en\"");
        }

        html.Raw("</ul></section>\n<section aria-labelledby=\"fit\">").Element("h2", Text("recalibration.fit"), "id=\"fit\"").Element("p", Text("recalibration.fit.what"));
        foreach (string sentence in ClinicWords.Fit(clinic, language))
        {
            html.Element("p", sentence, clinic.Fit.Fits == false ? "class=\"estimate\"" : "");
        }

        html.Raw("<figure class=\"chart\">").Raw(TenthsChart.ToSvg(clinic.Fit.Tenths, language)).Raw("</figure>");
        html.Table(
            Text("recalibration.cases"),
            [Text("recalibration.column.case"), Text("recalibration.column.treatment"), "#" + Text("recalibration.column.day"), "#" + Text("learned.column.measured"), "#" + Text("recalibration.column.foretold"), "#" + Text("recalibration.column.below"), "#" + Text("recalibration.column.beyond")],
            clinic.Cases.SelectMany(patient => patient.Visits.Select(visit => (IReadOnlyList<Cell>)
            [
                patient.Name, patient.Treatment, language.Number(visit.Day, "0"), Text("mm", language.Number(visit.PositionMm, "0.0")), Text("learned.measured", language.Number(visit.ForetoldMm, "0.0"), language.Number(visit.DeviationMm, "0.0")),
                ClinicWords.Percent(visit.Share, language), ClinicWords.Percent(patient.Beyond, language),
            ])));
        html.Element("p", Text("validation.model", clinic.ModelVersion)).Element("h2", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static IReadOnlyList<string> Headings(IReadOnlyList<string> headings) => [.. headings.Select((heading, column) => column == 0 ? heading : "#" + heading)];

    private static IReadOnlyList<Cell> Cells(IReadOnlyList<string> row) => [.. row.Select(words => (Cell)words)];
}
