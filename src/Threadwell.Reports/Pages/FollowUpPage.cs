using System.Net;
using Threadwell.Evidence;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Pages;

/// <summary>The report of a follow-up measurement as one page that needs nothing beside it.</summary>
public sealed class FollowUpPage
{
    // With less of the untreated skin in agreement, something else has changed too: expression, weight, the part that was scanned.
    private const double LeastShare = 0.6;

    private readonly HtmlText html = new();
    private readonly MeasurementDocument document;
    private readonly DocumentLanguage language;

    private FollowUpPage(MeasurementDocument document, DocumentLanguage language)
    {
        this.document = document;
        this.language = language;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="document">The measurement.</param>
    /// <param name="picture">The picture of <see cref="Surfaces.ChangePicture"/> in the same language, PNG.</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(MeasurementDocument document, byte[] picture, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(language);
        return new FollowUpPage(document, language).Write(picture);
    }

    /// <summary>What a reader must know before trusting the numbers, a sentence each.</summary>
    /// <param name="document">The measurement.</param>
    /// <param name="language">Language of the sentences.</param>
    public static IReadOnlyList<string> Warnings(MeasurementDocument document, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(language);
        var warnings = new List<string>();
        if (!document.Registration.IsSettled)
        {
            warnings.Add(language.Report("followup.warning.unsettled"));
        }

        if (document.Registration.UsedShare < LeastShare)
        {
            warnings.Add(language.Report("followup.warning.share", language.Number(document.Registration.UsedShare, "0 %")));
        }

        Fact published = EvidenceCatalogue.Get("outcome.repeatability-of-surface-measurement");
        if (document.RepeatabilityMm > published.Value)
        {
            warnings.Add(language.Report("followup.warning.repeatability", language.Number(document.RepeatabilityMm, "0.00"), language.Number(published.Value, "0.0"), published.Id));
        }

        return warnings;
    }

    private bool IsPlanned => document.Left is not null;

    private string Write(byte[] picture)
    {
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("followup.title")).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", document.Day is { } day ? Text("followup.heading.day", language.Number(day, "0")) : Text("followup.heading"));
        html.Element("p", Text(IsPlanned ? "followup.lead" : "followup.lead.whole"), "class=\"lead\"");
        html.Element("p", Text("followup.repeatability", Millimetres(document.RepeatabilityMm)), "class=\"estimate\"").Raw("</header>\n");
        AddWarnings();
        AddPicture(picture);
        AddLandmarks();
        AddSides();
        AddMarks();
        AddMethod();
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private void AddWarnings()
    {
        IReadOnlyList<string> warnings = Warnings(document, language);
        if (warnings.Count == 0)
        {
            return;
        }

        Open("warnings", "warnings", "class=\"warnings\" ").Raw("<ul>");
        foreach (string warning in warnings)
        {
            html.Element("li", warning);
        }

        html.Raw("</ul></section>\n");
    }

    private void AddPicture(byte[] picture)
    {
        Open("change", "followup.change").Raw("<figure><img alt=\"").Raw(WebUtility.HtmlEncode(Text("followup.picture.alt"))).Raw("\" src=\"data:image/png;base64,")
            .Raw(Convert.ToBase64String(picture)).Raw("\">");
        html.Element("figcaption", Text("followup.picture.caption")).Raw("</figure></section>\n");
    }

    private void AddLandmarks()
    {
        Open("landmarks", "followup.landmarks").Element("p", Text(IsPlanned ? "followup.landmarks.what" : "followup.landmarks.whole"));
        bool predicted = document.Landmarks.Any(landmark => landmark.Predicted is not null);
        var headings = new List<string> { Text("column.landmark"), "#" + Text("followup.column.normal") };
        if (IsPlanned)
        {
            headings.Add("#" + Text("followup.column.contour"));
        }

        if (predicted)
        {
            headings.AddRange(["#" + Text("followup.column.normal.predicted"), "#" + Text("followup.column.contour.predicted"), "#" + Text("followup.column.normal.untreated"), "#" + Text("followup.column.contour.untreated")]);
        }

        html.Table(Text("followup.landmarks.table"), headings, document.Landmarks.Select(landmark =>
        {
            var row = new List<Cell> { PlanWords.Landmark(landmark.Name, language), Signed(landmark.NormalMm) };
            if (IsPlanned)
            {
                row.Add(landmark.ContourMm is { } contour ? Text("followup.with-error", Signed(contour), language.Number(landmark.ContourErrorMm!.Value, "0.00")) : "–");
            }

            if (predicted)
            {
                row.AddRange([Signed(landmark.Predicted?.NormalMm), Signed(landmark.Predicted?.ContourMm), Signed(landmark.Untreated?.NormalMm), Signed(landmark.Untreated?.ContourMm)]);
            }

            return (IReadOnlyList<Cell>)row;
        }));
        html.Raw("</section>\n");
    }

    private void AddSides()
    {
        if (document.Left is not { } left || document.Right is not { } right)
        {
            return;
        }

        Open("sides", "followup.sides").Element("p", Text("followup.sides.what"));
        html.Table(
            Text("followup.sides.table"),
            [Text("followup.column.side"), "#" + Text("followup.column.mean"), "#" + Text("followup.column.volume")],
            [Row("followup.left", left), Row("followup.right", right)]);
        html.Element("p", Text("followup.sides.difference", Signed(left.MeanMm - right.MeanMm), Signed(left.VolumeMl - right.VolumeMl))).Raw("</section>\n");

        IReadOnlyList<Cell> Row(string side, SideChange change) =>
            [Text(side), Signed(change.MeanMm), Text("followup.with-error", Signed(change.VolumeMl), language.Number(change.VolumeErrorMl, "0.00"))];
    }

    private void AddMarks()
    {
        Open("marks", "followup.marks").Element("p", Text(document.Marks.Count == 0 ? "followup.marks.none" : "followup.marks.what", Millimetres(document.RepeatabilityMm)));
        if (document.Marks.Count > 0)
        {
            html.Table(
                Text("followup.marks.table"),
                [Text("followup.column.mark"), "#" + Text("followup.column.lift"), "#" + Text("followup.column.length")],
                document.Marks.Select(mark => (IReadOnlyList<Cell>)[mark.Name, Signed(mark.LiftMm), language.Number(mark.Shift.Length, "0.00")]));
        }

        html.Raw("</section>\n");
    }

    private void AddMethod()
    {
        Open("method", "method").Element("p", Text(IsPlanned ? "followup.method" : "followup.method.whole"));
        html.Table(Text("method.table"), [Text("column.what"), Text("column.value")],
        [
            [Text("followup.method.angle"), language.Number(document.Registration.AngleDegrees, "0.00")],
            [Text("followup.method.translation"), language.Number(document.Registration.TranslationMm.Length, "0.00")],
            [Text("followup.method.root"), language.Number(document.Registration.RootMeanSquareMm, "0.000")],
            [Text("followup.method.share"), language.Number(document.Registration.UsedShare, "0 %")],
        ]);
        html.Element("h3", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
    }

    private HtmlText Open(string id, string heading, string attributes = "") =>
        html.Raw($"<section {attributes}aria-labelledby=\"{id}\">").Element("h2", Text(heading), $"id=\"{id}\"");

    private string Signed(double? value) => value is { } number ? language.Number(number, "+0.00;−0.00;0.00") : "–";

    private string Millimetres(double value) => language.Number(value, "0.00");

    private string Text(string key, params object[] values) => language.Report(key, values);
}
