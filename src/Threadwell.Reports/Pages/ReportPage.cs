using System.Globalization;
using System.Net;
using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Pages;

/// <summary>
/// The report of a prediction as one page that needs nothing beside it: styles, pictures and typeface are inside, no script, readable in light and dark and on paper.
/// </summary>
public sealed class ReportPage
{
    // Months at which the tables show the course; those beyond the time simulated fall away.
    private static readonly double[] ShownMonths = [0, 1, 3, 6, 9, 12, 18, 24, 36, 48, 60];

    private readonly HtmlText html = new();
    private readonly CoursePrediction prediction;
    private readonly PredictionDocument document;
    private readonly ThreadPlan plan;
    private readonly DocumentLanguage language;
    private readonly MeanCourse course;
    private readonly double[] shown;

    private ReportPage(CoursePrediction prediction, DocumentLanguage language)
    {
        this.prediction = prediction;
        this.language = language;
        document = prediction.Document;
        plan = prediction.Plan;
        course = new MeanCourse(document);
        double end = document.Summary.SimulatedMonths;
        shown = [.. ShownMonths.Where(month => month < end - 1e-6), end];
    }

    /// <summary>Writes the page.</summary>
    /// <param name="prediction">What is reported.</param>
    /// <param name="liftPng">The picture of <see cref="LiftPicture.Render"/> in the same language; the one for narrow screens is drawn here.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(CoursePrediction prediction, byte[] liftPng, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(liftPng);
        ArgumentNullException.ThrowIfNull(language);
        return new ReportPage(prediction, language).Write(liftPng);
    }

    private string Write(byte[] liftPng)
    {
        string area = PlanWords.Of(plan.Area, language);
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("title", area)).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n");
        html.Raw("<header>").Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("heading", area));
        html.Element("p", Text("lead", Capital(PlanWords.Of(plan.Patient, language)), plan.Threads.Count, PlanWords.Of(plan.Aftercare, language)), "class=\"lead\"");
        html.Element("p", Text("estimate"), "class=\"estimate\"").Raw("</header>\n");
        AddWarnings();
        AddSummary();
        AddPictures(area, liftPng);
        AddCourse();
        AddPlan();
        AddThreads();
        EvidenceSection.Add(html, language);
        AddMethod();
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private void AddWarnings()
    {
        string[] warnings = [.. plan.Warnings.Concat(document.Warnings).Distinct(StringComparer.Ordinal)];
        if (warnings.Length == 0)
        {
            return;
        }

        OpenSection("warnings", "warnings", "class=\"warnings\" ").Raw("<ul>");
        foreach (string warning in warnings)
        {
            Cell said = Said(warning);
            html.Element("li", said.Text, said.Language is { } other ? $"lang=\"{other}\"" : "");
        }

        html.Raw("</ul></section>\n");
    }

    private void AddSummary()
    {
        OpenSection("summary", "summary").Raw("<div class=\"cards\">\n");
        var explained = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Text("group.lift")] = Text("group.lift.what"),
            [Text("group.support")] = Text("group.support.what"),
            [Text("group.day-zero")] = Text("group.day-zero.what"),
        };
        foreach (IGrouping<string, SummaryRow> group in CourseWords.Summary(document, language).GroupBy(row => row.Group))
        {
            html.Raw("<div class=\"card\">").Element("h3", group.Key).Element("p", explained[group.Key], "class=\"quiet\"").Raw("<dl>");
            foreach (SummaryRow row in group)
            {
                html.Raw("<div>").Element("dt", row.What).Element("dd", row.Value, char.IsDigit(row.Value.TrimStart('−')[0]) ? "" : "class=\"none\"");
                if (row.Range is not null)
                {
                    html.Element("dd", row.Range, "class=\"range\"");
                }

                html.Raw("</div>");
            }

            html.Raw("</dl></div>\n");
        }

        html.Raw("</div>\n");
        if (CourseWords.BandsExplained(document, language) is { } bands)
        {
            html.Element("p", bands);
        }

        Fact advice = EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice");
        Fact measured = EvidenceCatalogue.Get("outcome.duration-of-lift-published");
        html.Element(
            "p",
            Text("summary.advice", Number(advice.Low!.Value), Number(advice.High!.Value), advice.Id, Number(measured.Low!.Value), Number(measured.High!.Value), measured.Id));
        html.Element("p", Text("summary.fades")).Raw("</section>\n");
    }

    private void AddPictures(string area, byte[] liftPng)
    {
        OpenSection("pictures", "pictures").Raw("<figure><picture><source media=\"").Raw(PageStyle.NarrowScreen).Raw("\" srcset=\"data:image/png;base64,")
            .Raw(Convert.ToBase64String(LiftPicture.RenderNarrow(prediction, language))).Raw("\"><img alt=\"")
            .Raw(WebUtility.HtmlEncode(Text("pictures.alt", area, plan.Threads.Count, CourseWords.Millimetres(document.Summary.LiftNowMm, language))))
            .Raw("\" src=\"data:image/png;base64,").Raw(Convert.ToBase64String(liftPng)).Raw("\"></picture>");
        html.Element("figcaption", Text("pictures.caption")).Raw("</figure></section>\n");
    }

    private void AddCourse()
    {
        OpenSection("course", "course").Raw("<figure>").Raw(CourseChart.ToSvg(document, language)).Raw(CourseChart.ToSvg(document, language, narrow: true));
        html.Element("figcaption", Text("course.caption")).Raw("</figure>\n");
        string[] headings =
        [
            Text("column.month"), "#" + Text("column.lift"), "#" + Text("column.treated"), "#" + Text("column.untreated"), "#" + Text("column.support"), "#" + Text("column.support-untreated"),
        ];
        html.Table(Text("course.table"), headings, shown.Select(month => (IReadOnlyList<Cell>)
        [
            Number(month),
            Number(course.At(course.Lift, month), "0.00"),
            Number(course.At(course.AgainstDayZero, month), "0.00"),
            Number(course.At(course.Untreated, month), "0.00"),
            Number(course.At(document.SupportIndex, month), "0.000"),
            Number(course.At(document.UntreatedSupportIndex, month), "0.000"),
        ]));
        AddElasticity();
        html.Table(
            Text("course.landmarks"),
            [Text("column.landmark"), .. shown.Select(month => "#" + Number(month))],
            document.Landmarks.Select(landmark => (IReadOnlyList<Cell>)
                [PlanWords.Landmark(landmark.Name, language), .. shown.Select(month => (Cell)Number(course.At(landmark.LiftMm, month), "0.00"))]));
        html.Raw("</section>\n");
    }

    /// <summary>R2, R5 and R7 beside the untreated ones; nothing in predictions that have none.</summary>
    private void AddElasticity()
    {
        if (document.Elasticity is not { } elasticity)
        {
            return;
        }

        (string Name, IReadOnlyList<double> Treated, IReadOnlyList<double> Untreated)[] ratios =
            [("R2", elasticity.R2, elasticity.UntreatedR2), ("R5", elasticity.R5, elasticity.UntreatedR5), ("R7", elasticity.R7, elasticity.UntreatedR7)];
        html.Table(
            Text("course.elasticity"),
            [Text("column.month"), .. ratios.SelectMany(ratio => (string[])["#" + Text("column.r-treated", ratio.Name), "#" + Text("column.r-untreated", ratio.Name)])],
            shown.Select(month => (IReadOnlyList<Cell>)
                [Number(month), .. ratios.SelectMany(ratio => (Cell[])[Number(course.At(ratio.Treated, month), "0.000"), Number(course.At(ratio.Untreated, month), "0.000")])]));
    }

    private void AddPlan()
    {
        OpenSection("plan", "plan");
        html.Table(
            Text("planned.threads"),
            [
                Text("column.thread"), Text("column.material"), "#" + Text("column.diameter"), Text("column.barbs"), Text("column.held"),
                "#" + Text("column.length"), "#" + Text("column.depth"), Text("column.tension"), Text("column.why"),
            ],
            plan.Threads.Select(thread => (IReadOnlyList<Cell>)
            [
                thread.Id,
                PlanWords.Of(thread.Material),
                Number(thread.DiameterMm),
                Barbs(thread),
                PlanWords.Of(thread.Anchor, language),
                Number(PlanWords.LengthMm(thread), "0"),
                Number(thread.DepthMm, "0.0"),
                PlanWords.Tension(thread, language),
                Said(thread.Reason),
            ]));
        html.Raw("</section>\n");
    }

    private string Barbs(PlannedThread thread) => thread.Barbs == BarbKind.None
        ? PlanWords.Of(thread.Barbs, language)
        : Text("barbs", PlanWords.Of(thread.Barbs, language), Number(thread.BarbsPerCm), Text(thread.Direction == BarbDirection.Bidirectional ? "barbs.both" : "barbs.one"));

    private void AddThreads()
    {
        OpenSection("threads", "threads").Element("p", Text("threads.what"));
        string[] headings =
        [
            Text("column.month"), "#" + Text("column.strength"), "#" + Text("column.stiffness"), "#" + Text("column.mass"),
            "#" + Text("column.tension-n"), "#" + Text("column.collagen"), "#" + Text("column.elastin"), "#" + Text("column.slipped"),
        ];
        foreach (ThreadCourse thread in document.Threads)
        {
            string material = PlanWords.Of(plan.Threads.First(planned => planned.Id == thread.Id).Material);
            double[] slipped = [.. thread.SlippedBarbs.Select(count => (double)count)];
            html.Raw("<details><summary>").Element("span", Text("threads.one", thread.Id, material)).Raw("</summary>");
            html.Table(Text("threads.table", thread.Id), headings, shown.Select(month => (IReadOnlyList<Cell>)
            [
                Number(month),
                Number(course.At(thread.Strength, month), "0 %"),
                Number(course.At(thread.Stiffness, month), "0 %"),
                Number(course.At(thread.Mass, month), "0 %"),
                Number(course.At(thread.TensionN, month), "0.00"),
                Number(course.At(thread.Collagen, month), "0.0000"),
                Number(course.At(thread.Elastin, month), "0.0000"),
                Number(Math.Floor(course.At(slipped, month)), "0"),
            ]));
            html.Raw("</details>\n");
        }

        html.Raw("</section>\n");
    }

    private void AddMethod()
    {
        OpenSection("method", "method");
        html.Table(
            Text("method.table"),
            [Text("column.what"), Text("column.value")],
            [
                [Text("method.model"), document.ModelVersion],
                [Text("method.seed"), document.Seed.ToString(CultureInfo.InvariantCulture)],
                [Text("method.input"), document.InputSha256],
                [Text("method.scan"), $"{plan.Scan.Path} ({plan.Scan.Unit})"],
                [Text("method.mesh"), Text("method.mesh.value", document.Mesh.Nodes, document.Mesh.Elements, Number(document.Mesh.EdgeLengthMm), Number(document.Mesh.SmallestScaledJacobian))],
                [Text("method.residual"), Number(document.Residuals.Max(), "0.0e+0")],
                [Text("method.time"), Text("method.time.value", Number(document.Summary.SimulatedMonths), document.TimesDays.Count)],
                .. EnsembleRows(),
            ]);
        html.Element("h3", Text("use")).Element("p", Text("use.what"));
        html.Raw("</section>\n");
    }

    private IEnumerable<IReadOnlyList<Cell>> EnsembleRows()
    {
        if (document.Ensemble is not { } ensemble)
        {
            yield break;
        }

        ReducedModelFacts reduced = ensemble.ReducedModel;
        yield return [Text("method.ensemble"), Text("method.ensemble.value", ensemble.Samples, ensemble.Facts, ensemble.Failed)];
        yield return
        [
            Text("method.reduced"),
            Text("method.reduced.value", reduced.Nodes, Number(reduced.EdgeLengthMm, "0.0"), Number(reduced.LiftErrorMm, "0.00"), Number(100 * reduced.LiftScaleError, "0"), Number(reduced.SupportError, "0.000")),
        ];
    }

    private HtmlText OpenSection(string id, string heading, string attributes = "") =>
        html.Raw($"<section {attributes}aria-labelledby=\"{id}\">").Element("h2", Text(heading), $"id=\"{id}\"");

    // What the engine said, in the page's language or marked as English.
    private Cell Said(string sentence)
    {
        SaidSentence said = EngineText.Say(sentence, language.Name);
        return new(said.Text, said.Language == language.Name ? null : said.Language);
    }

    private string Text(string key, params object[] values) => language.Report(key, values);

    private string Number(double value) => language.Number(value);

    private string Number(double value, string format) => language.Number(value, format);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
