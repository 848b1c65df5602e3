using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Pages;

/// <summary>What follow-up visits taught of a patient as one page that needs nothing beside it: before and after side by side.</summary>
public static class LearnedPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="prediction">The prediction before.</param>
    /// <param name="learned">What was learned.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(PredictionDocument prediction, LearnedDocument learned, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(language);
        string Text(string key, params object[] values) => language.Report(key, values);
        var html = new HtmlText();
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("learned.heading")).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("learned.heading"));
        html.Element("p", Text("learned.lead", learned.Observations.Count), "class=\"lead\"").Element("p", Text("estimate"), "class=\"estimate\"").Raw("</header>\n");
        Plot("before", "learned.before", prediction);
        Plot("after", "learned.after", learned.Posterior);
        html.Raw("<section aria-labelledby=\"numbers\">").Element("h2", Text("learned.numbers"), "id=\"numbers\"");
        html.Table(Text("learned.numbers"), LearnedWords.SummaryHeadings(language), LearnedWords.SummaryRows(prediction, learned, language).Select(Cells));
        html.Raw("</section>\n<section aria-labelledby=\"visits\">").Element("h2", Text("learned.visits"), "id=\"visits\"").Element("p", Text("learned.visits.what"));
        html.Table(Text("learned.visits"), [.. LearnedWords.VisitHeadings(language).Select((heading, column) => column == 0 ? heading : "#" + heading)], LearnedWords.VisitRows(learned, language).Select(Cells));
        html.Raw("</section>\n<section aria-labelledby=\"facts\">").Element("h2", Text("learned.facts"), "id=\"facts\"").Element("p", Text(learned.Facts.Count == 0 ? "learned.facts.none" : "learned.facts.what"));
        if (learned.Facts.Count > 0)
        {
            html.Table(Text("learned.facts"), [Text("learned.column.fact"), "#" + Text("learned.column.moved"), "#" + Text("learned.column.left")], LearnedWords.FactRows(learned, language).Select(Cells));
        }

        html.Element("h2", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();

        void Plot(string id, string heading, PredictionDocument shown)
        {
            string words = Text("learned.chart", string.Join("; ", CourseWords.Summary(shown, language).Take(2).Select(line => $"{line.What} {line.Value} {line.Range}".TrimEnd())));
            // The course is the mean over the landmarks: only a visit that measured all of them has its like.
            MeasuredPoint[] points =
            [
                .. learned.Observations.GroupBy(one => one.Day).Where(visit => visit.Select(one => one.Landmark).Distinct(StringComparer.Ordinal).Count() == shown.Landmarks.Count)
                    .Select(visit => new MeasuredPoint(visit.Key / MeanCourse.DaysPerMonth, visit.Average(one => one.PositionMm), Math.Sqrt(visit.Sum(one => one.MeasuredErrorMm * one.MeasuredErrorMm)) / visit.Count())),
            ];
            html.Raw($"<section aria-labelledby=\"h-{id}\">").Element("h2", Text(heading), $"id=\"h-{id}\"").Raw("<figure>");
            foreach (bool narrow in (bool[])[false, true])
            {
                html.Raw(OutcomeChart.ToSvg(shown, points, [], shown.Summary.SimulatedMonths, words, language, narrow, "learned.points"));
            }

            html.Raw("</figure></section>\n");
        }
    }

    private static IReadOnlyList<Cell> Cells(IReadOnlyList<string> row) => [.. row.Select(words => (Cell)words)];
}
