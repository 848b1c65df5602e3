using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Pages;

/// <summary>What decides the result of a plan as one page that needs nothing beside it.</summary>
public static class CausesPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="causes">What was computed.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(CauseDocument causes, ThreadPlan plan, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(causes);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(language);
        string Text(string key, params object[] values) => language.Report(key, values);
        var html = new HtmlText();
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("causes.title", PlanWords.Of(plan.Area, language))).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("causes.heading"));
        html.Element("p", Text("causes.lead", PlanWords.Of(plan.Area, language), PlanWords.Of(plan.Patient, language)), "class=\"lead\"");
        html.Element("p", Text("estimate"), "class=\"estimate\"").Raw("</header>\n");
        foreach (OutcomeCauses outcome in causes.Outcomes)
        {
            string id = outcome.Outcome.ToString().ToLowerInvariant();
            html.Raw($"<section aria-labelledby=\"h-{id}\">").Element("h2", CauseWords.Of(outcome.Outcome, language), $"id=\"h-{id}\"");
            html.Element("p", CauseWords.Spread(outcome, language)).Raw("<figure>").Raw(CauseChart.ToSvg(outcome, language)).Raw(CauseChart.ToSvg(outcome, language, narrow: true)).Raw("</figure>");
            html.Table(
                Text("causes.table"),
                [Text("causes.column.cause"), "#" + Text("causes.column.total"), "#" + Text("causes.column.alone")],
                outcome.Causes.OrderByDescending(share => share.Total).Select(share => (IReadOnlyList<Cell>)
                    [CauseWords.Of(share.Cause, language), CauseWords.Share(share, language), CauseWords.Alone(share, language)]));
            html.Raw("</section>\n");
        }

        html.Raw("<section aria-labelledby=\"what-if\">").Element("h2", Text("causes.what-if"), "id=\"what-if\"").Element("p", Text("causes.what-if.what"));
        html.Table(
            Text("causes.what-if"),
            [.. CauseWords.WhatIfHeadings(language).Select((heading, column) => column == 0 ? heading : "#" + heading)],
            CauseWords.WhatIfRows(causes, language).Select(row => (IReadOnlyList<Cell>)[.. row.Select(words => (Cell)words)]));
        html.Raw("</section>\n<section aria-labelledby=\"how\">").Element("h2", Text("causes.how"), "id=\"how\"");
        html.Element("p", Text("causes.how.what", causes.Samples, causes.Failed, language.Number(causes.Months)));
        html.Element("p", Text("method.reduced.value", causes.ReducedModel.Nodes, language.Number(causes.ReducedModel.EdgeLengthMm, "0.0"), language.Number(causes.ReducedModel.LiftErrorMm, "0.00"), language.Number(100 * causes.ReducedModel.LiftScaleError, "0"), language.Number(causes.ReducedModel.SupportError, "0.000")));
        html.Element("h2", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }
}
