using System.Net;
using Threadwell.Evidence;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Trials.Validation;

namespace Threadwell.Reports.Pages;

/// <summary>The model beside published measurements as one page that needs nothing beside it. What was published is quoted in English.</summary>
public sealed class ValidationPage
{
    private readonly HtmlText html = new();
    private readonly ValidationReport report;
    private readonly DocumentLanguage language;

    private ValidationPage(ValidationReport report, DocumentLanguage language)
    {
        this.report = report;
        this.language = language;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="report">What was computed.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(ValidationReport report, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        return new ValidationPage(report, language).Write();
    }

    private string Write()
    {
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("validation.title")).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("validation.heading")).Element("p", Text("validation.lead"), "class=\"lead\"");
        html.Element("p", Text("validation.count", report.Passed, report.Passed + report.Failed), "class=\"estimate\"").Raw("</header>\n");
        html.Raw("<section>").Element("p", Text("validation.fitted.count", report.FittedFacts, report.DerivedFacts));
        if (report.Samples > 0)
        {
            html.Element("p", Text("validation.band.what"));
        }

        html.Table(
            Text("validation.table"),
            [Text("column.id"), Text("validation.column.target"), Text("validation.column.published"), Text("validation.column.model"), Text("validation.column.result")],
            report.Targets.Select(target => (IReadOnlyList<Cell>)[Unbroken(target.Id), English(target.Quantity), English(target.Published), string.Join("; ", target.Values.Select(value => ValidationWords.Amount(value.Model, value, language))), ValidationWords.Result(target, language)]));
        html.Raw("</section>\n");
        foreach (ValidationOutcome target in report.Targets)
        {
            Add(target);
        }

        html.Raw("<section>").Element("p", Text("validation.model", report.ModelVersion));
        html.Element("h2", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private void Add(ValidationOutcome target)
    {
        string id = target.Id.ToLowerInvariant();
        html.Raw($"<section aria-labelledby=\"{id}\">").Raw($"<h2 id=\"{id}\">").Raw(WebUtility.HtmlEncode(target.Id)).Raw(" ").Element("span", target.Quantity, EnglishAttribute()).Raw("</h2>");
        html.Element("p", ValidationWords.Result(target, language), "class=\"estimate\"");
        html.Element("p", Text("validation.conditions", target.Conditions)).Element("p", Text("validation.was", target.Published));
        html.Raw("<ul>");
        foreach (string source in target.Sources)
        {
            html.Element("li", $"{source}: {Citation(source)}", EnglishAttribute());
        }

        html.Raw("</ul>\n");
        if (target.FittedFacts.Count > 0)
        {
            html.Element("p", Text("validation.fitted", string.Join(", ", target.FittedFacts)));
        }

        if (target.WithoutFitBy.Length > 0)
        {
            html.Element("p", Text("validation.without", target.WithoutFitBy));
        }

        if (target.Remark.Length > 0)
        {
            html.Element("p", target.Remark, EnglishAttribute());
        }

        html.Raw("<figure class=\"chart\">").Raw(ValidationChart.ToSvg(target, language)).Raw("</figure>");
        html.Table(
            Text("validation.values", target.Id),
            [Text("column.what"), "#" + Text("validation.column.model"), "#" + Text("validation.column.band"), "#" + Text("validation.column.without"), Text("validation.column.range"), Text("validation.column.result"), Text("validation.column.overlap")],
            target.Values.Select(value => (IReadOnlyList<Cell>)[value.What, ValidationWords.Amount(value.Model, value, language), ValidationWords.Band(value, language), value.WithoutFit is { } without ? ValidationWords.Amount(without, value, language) : "–", ValidationWords.Range(value, language), value.Passed is { } passed ? Text(passed ? "validation.passed" : "validation.failed") : Text("validation.shown"), ValidationWords.Overlap(value, language)]));
        if (ValidationWords.Draws(target, language) is { Length: > 0 } draws)
        {
            html.Element("p", Text("validation.draws.what", draws));
        }

        foreach (string warning in target.Warnings)
        {
            html.Element("p", warning, EnglishAttribute());
        }

        html.Raw("</section>\n");
    }

    private Cell English(string text) => new(text, language.Name == "en" ? null : "en");

    private string EnglishAttribute() => language.Name == "en" ? "" : "lang=\"en\"";

    private static string Citation(string id) => EvidenceCatalogue.FindStatement(id)?.Source ?? EvidenceCatalogue.Find(id)[0].Source;

    // An id that is parted at its hyphen is hard to find.
    private static string Unbroken(string id) => id.Replace('-', '\u2011');

    private string Text(string key, params object[] values) => language.Report(key, values);
}
