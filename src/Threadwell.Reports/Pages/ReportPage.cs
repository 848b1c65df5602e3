using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Pages;

/// <summary>
/// The report of a prediction as one page that needs nothing beside it: styles, pictures and typeface are inside, no script, readable in light and dark and on paper.
/// </summary>
public static class ReportPage
{
    // Months at which the tables show the course; those beyond the time simulated fall away.
    private static readonly double[] ShownMonths = [0, 1, 3, 6, 9, 12, 18, 24, 36, 48, 60];

    /// <summary>Writes the page.</summary>
    /// <param name="prediction">What is reported.</param>
    /// <param name="liftPng">The picture of <see cref="LiftPicture.Render"/>; the one for narrow screens is drawn here.</param>
    public static string Render(CoursePrediction prediction, byte[] liftPng)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(liftPng);
        PredictionDocument document = prediction.Document;
        ThreadPlan plan = prediction.Plan;
        string area = PlanWords.Of(plan.Area);
        var html = new HtmlText();
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", $"Thread lift prediction: {area}").Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n");
        html.Raw("<header>").Element("p", "Threadwell", "class=\"brand\"").Element("h1", $"Thread lift of the {area}: what to expect");
        html.Element("p", $"{Capital(PlanWords.Of(plan.Patient))}. {plan.Threads.Count} threads. Aftercare {PlanWords.Of(plan.Aftercare)}.", "class=\"lead\"");
        html.Element("p", "A computer estimate, not a photo of your future.", "class=\"estimate\"").Raw("</header>\n");
        AddWarnings(html, document, plan);
        AddSummary(html, document);
        AddPictures(html, prediction, liftPng);
        AddCourse(html, document);
        AddPlan(html, plan);
        AddThreads(html, document, plan);
        EvidenceSection.Add(html);
        AddMethod(html, document, plan);
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AddWarnings(HtmlText html, PredictionDocument document, ThreadPlan plan)
    {
        string[] warnings = [.. plan.Warnings.Concat(document.Warnings).Distinct(StringComparer.Ordinal)];
        if (warnings.Length == 0)
        {
            return;
        }

        html.Raw("<section class=\"warnings\" aria-labelledby=\"warnings\">").Element("h2", "Read this first", "id=\"warnings\"").Raw("<ul>");
        foreach (string warning in warnings)
        {
            html.Element("li", warning);
        }

        html.Raw("</ul></section>\n");
    }

    private static void AddSummary(HtmlText html, PredictionDocument document)
    {
        html.Raw("<section aria-labelledby=\"summary\">").Element("h2", "The answer in short", "id=\"summary\"").Raw("<div class=\"cards\">\n");
        foreach (IGrouping<string, (string Group, string What, string Value)> group in CourseWords.Summary(document).GroupBy(row => row.Group))
        {
            html.Raw("<div class=\"card\">").Element("h3", group.Key).Element("p", Explain(group.Key), "class=\"quiet\"").Raw("<dl>");
            foreach ((string _, string what, string value) in group)
            {
                html.Raw("<div>").Element("dt", what).Element("dd", value, char.IsDigit(value.TrimStart('−')[0]) ? "" : "class=\"none\"").Raw("</div>");
            }

            html.Raw("</dl></div>\n");
        }

        Fact advice = EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice");
        Fact measured = EvidenceCatalogue.Get("outcome.duration-of-lift-published");
        html.Raw("</div>\n").Element(
            "p",
            $"Doctors often say the effect lasts {HtmlText.Number(advice.Low!.Value)} to {HtmlText.Number(advice.High!.Value)} years ({advice.Id}). "
            + $"Measured lift has usually faded much sooner: published measurements are mostly {HtmlText.Number(measured.Low!.Value)} to {HtmlText.Number(measured.High!.Value)} months ({measured.Id}). "
            + "Firmer skin may last longer than the lift; how long is uncertain.");
        html.Element("p", "When the lift fades you will notice the face coming down; we expect it to return towards where it would have been, not below.").Raw("</section>\n");
    }

    private static string Explain(string group) => group switch
    {
        "Lift" => "Millimetres held against the course without treatment.",
        "Support" => "Firmness of the skin under suction, above the course without treatment.",
        _ => "Where the landmarks stand beside where they stood before the treatment: \"better than before\" is not \"better than untreated\".",
    };

    private static void AddPictures(HtmlText html, CoursePrediction prediction, byte[] liftPng)
    {
        string area = PlanWords.Of(prediction.Plan.Area);
        html.Raw("<section aria-labelledby=\"pictures\">").Element("h2", "On the scan", "id=\"pictures\"").Raw("<figure><picture><source media=\"").Raw(PageStyle.NarrowScreen).Raw("\" srcset=\"data:image/png;base64,")
            .Raw(Convert.ToBase64String(LiftPicture.RenderNarrow(prediction))).Raw("\"><img alt=\"")
            .Raw(System.Net.WebUtility.HtmlEncode(
                $"The scan from the front and from three quarters, coloured by lift around the {area}; {prediction.Plan.Threads.Count} threads are drawn under the skin. "
                + $"Mean lift at the landmarks {CourseWords.Millimetres(prediction.Document.Summary.LiftNowMm)}."))
            .Raw("\" src=\"data:image/png;base64,").Raw(Convert.ToBase64String(liftPng)).Raw("\"></picture>");
        html.Element("figcaption", "Lift on the day of treatment. Blue-green moves along the planned direction, ochre against it; thin lines are 1 mm apart. "
            + "White rings are entries, dots exits; the threads lie under the skin.").Raw("</figure></section>\n");
    }

    private static void AddCourse(HtmlText html, PredictionDocument document)
    {
        var course = new MeanCourse(document);
        html.Raw("<section aria-labelledby=\"course\">").Element("h2", "The course", "id=\"course\"").Raw("<figure>").Raw(CourseChart.ToSvg(document)).Raw(CourseChart.ToSvg(document, narrow: true));
        html.Element("figcaption", "Lift and support are two outcomes. The marked ranges are what doctors advise and what was measured; they disagree, and both are shown.").Raw("</figure>\n");
        string[] headings = ["Month", "#Lift, mm", "#Treated against day 0, mm", "#Untreated against day 0, mm", "#Support, treated", "#Support, untreated"];
        html.Table("Mean over the landmarks; support relative to day 0", headings, Shown(document).Select(month => (IReadOnlyList<string>)
        [
            HtmlText.Number(month),
            HtmlText.Number(course.At(course.Lift, month), "0.00"),
            HtmlText.Number(course.At(course.AgainstDayZero, month), "0.00"),
            HtmlText.Number(course.At(course.Untreated, month), "0.00"),
            HtmlText.Number(course.At(document.SupportIndex, month), "0.000"),
            HtmlText.Number(course.At(document.UntreatedSupportIndex, month), "0.000"),
        ]));
        double[] shown = Shown(document);
        html.Table(
            "Lift at each landmark, mm, by month",
            ["Landmark", .. shown.Select(month => "#" + HtmlText.Number(month))],
            document.Landmarks.Select(landmark => (IReadOnlyList<string>)
                [PlanWords.Landmark(landmark.Name), .. shown.Select(month => HtmlText.Number(course.At(landmark.LiftMm, month), "0.00"))]));
        html.Raw("</section>\n");
    }

    private static void AddPlan(HtmlText html, ThreadPlan plan)
    {
        html.Raw("<section aria-labelledby=\"plan\">").Element("h2", "What was planned", "id=\"plan\"");
        html.Table(
            "Threads",
            ["Thread", "Material", "#Diameter, mm", "Barbs", "Held", "#Length, mm", "#Depth, mm", "Tension", "Why"],
            plan.Threads.Select(thread => (IReadOnlyList<string>)
            [
                thread.Id,
                PlanWords.Of(thread.Material),
                HtmlText.Number(thread.DiameterMm),
                Barbs(thread),
                PlanWords.Of(thread.Anchor),
                HtmlText.Number(PlanWords.LengthMm(thread), "0"),
                HtmlText.Number(thread.DepthMm, "0.0"),
                PlanWords.Tension(thread),
                thread.Reason,
            ]));
        html.Raw("</section>\n");
    }

    private static string Barbs(PlannedThread thread) => thread.Barbs == BarbKind.None
        ? PlanWords.Of(thread.Barbs)
        : $"{PlanWords.Of(thread.Barbs)}, {HtmlText.Number(thread.BarbsPerCm)}/cm, {(thread.Direction == BarbDirection.Bidirectional ? "both ways" : "one way")}";

    private static void AddThreads(HtmlText html, PredictionDocument document, ThreadPlan plan)
    {
        var course = new MeanCourse(document);
        double[] shown = Shown(document);
        html.Raw("<section aria-labelledby=\"threads\">").Element("h2", "How the threads dissolve and what they leave", "id=\"threads\"");
        html.Element("p", "Strength, stiffness and mass are shares of day 0; collagen and elastin are new tissue a millimetre of thread. No human measurement of elastin exists.");
        foreach (ThreadCourse thread in document.Threads)
        {
            string material = PlanWords.Of(plan.Threads.First(planned => planned.Id == thread.Id).Material);
            string[] headings = ["Month", "#Strength", "#Stiffness", "#Mass", "#Tension, N", "#Collagen, mg/mm", "#Elastin, mg/mm", "#Slipped barbs"];
            double[] slipped = [.. thread.SlippedBarbs.Select(count => (double)count)];
            html.Raw("<details><summary>").Element("span", $"Thread {thread.Id}, {material}").Raw("</summary>");
            html.Table($"Thread {thread.Id} over time", headings, shown.Select(month => (IReadOnlyList<string>)
            [
                HtmlText.Number(month),
                HtmlText.Number(course.At(thread.Strength, month), "0 %"),
                HtmlText.Number(course.At(thread.Stiffness, month), "0 %"),
                HtmlText.Number(course.At(thread.Mass, month), "0 %"),
                HtmlText.Number(course.At(thread.TensionN, month), "0.00"),
                HtmlText.Number(course.At(thread.Collagen, month), "0.0000"),
                HtmlText.Number(course.At(thread.Elastin, month), "0.0000"),
                HtmlText.Number(Math.Floor(course.At(slipped, month)), "0"),
            ]));
            html.Raw("</details>\n");
        }

        html.Raw("</section>\n");
    }

    private static void AddMethod(HtmlText html, PredictionDocument document, ThreadPlan plan)
    {
        html.Raw("<section aria-labelledby=\"method\">").Element("h2", "How it was computed", "id=\"method\"");
        html.Table(
            "Model and input",
            ["What", "Value"],
            [
                ["Model version", document.ModelVersion],
                ["Seed", document.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                ["Input, SHA-256", document.InputSha256],
                ["Scan", $"{plan.Scan.Path} ({plan.Scan.Unit})"],
                ["Mesh", $"{document.Mesh.Nodes} nodes, {document.Mesh.Elements} wedges, edge {HtmlText.Number(document.Mesh.EdgeLengthMm)} mm, smallest scaled Jacobian {HtmlText.Number(document.Mesh.SmallestScaledJacobian)}"],
                ["Largest relative residual", document.Residuals.Max().ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture)],
                ["Time simulated", $"{HtmlText.Number(document.Summary.SimulatedMonths)} months, {document.TimesDays.Count} stored equilibria"],
            ]);
        html.Element("h3", "Intended use").Element(
            "p",
            "Threadwell helps a qualified doctor to plan a thread lift and to explain it. It informs the doctor's decision and never replaces it: the doctor examines the patient, "
            + "decides whether threads are suitable, and is responsible for the treatment. This version has not been validated on patients; its numbers carry the grades shown above.");
        html.Raw("</section>\n");
    }

    private static double[] Shown(PredictionDocument document)
    {
        double end = document.Summary.SimulatedMonths;
        return [.. ShownMonths.Where(month => month < end - 1e-6), end];
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
