using Threadwell.Care.Registry;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>A curve of a survival chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="From">The time from which it is drawn, months.</param>
/// <param name="Until">The time until which it is drawn, months.</param>
/// <param name="FirstLow">Lower end of the interval before the first step.</param>
public sealed record DrawnCurve(string Name, IReadOnlyList<SurvivalStep> Steps, double From, double Until, double FirstLow);

/// <summary>Shares without an event over months, as steps with their pointwise intervals. Curves differ by dash and width, too, so that no reading depends on colour alone.</summary>
public static class SurvivalChart
{
    private static readonly LineStyle[] Styles =
    [
        new(ChartColour.Lift, 2.6f), new(ChartColour.Advice, 2.4f, [9, 4]), new(ChartColour.Support, 2.4f, [3, 3]), new(ChartColour.Measured, 2.2f, [12, 3, 3, 3]), new(ChartColour.Untreated, 3.4f, [2, 5]), new(ChartColour.Ink, 1.4f), new(ChartColour.Quiet, 1.6f, [6, 6]),
    ];

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="curves">The curves, at least one; more than there are styles share them.</param>
    /// <param name="words">Its words.</param>
    /// <param name="language">Form of its numbers.</param>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    public static string ToSvg(IReadOnlyList<DrawnCurve> curves, RegistryChartWords words, DocumentLanguage language, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(language);
        RegistryLayout layout = narrow ? RegistryLayout.Narrow : RegistryLayout.Wide;
        int rows = layout.LegendRows(curves.Select(curve => curve.Name));
        var canvas = new SvgCanvas(layout.Width, layout.Legend + (rows * RegistryLayout.LegendRow));
        double months = Math.Max(6, Math.Ceiling(curves.Max(curve => curve.Until) / 6) * 6);
        var panel = new ChartPanel(canvas, language, layout.Left, layout.Top, layout.Right, layout.Bottom, months, 0, 1);
        panel.DrawAxes(words.Up, "0 %", monthLabels: true);
        canvas.Text(words.Across, (layout.Left + layout.Right) / 2, layout.Bottom + 42, RegistryLayout.TextSize, ChartColour.Quiet, TextAnchor.Middle);
        for (int index = 0; index < curves.Count; index++)
        {
            Band(canvas, panel, curves[index], Style(index).Colour, curves.Count == 1 ? 0.16f : 0.08f);
        }

        for (int index = 0; index < curves.Count; index++)
        {
            canvas.Polyline([.. Corners(panel, curves[index], 1, step => step.Without)], Style(index));
        }

        layout.DrawLegend(canvas, [.. curves.Select((curve, index) => (curve.Name, Style(index)))]);
        return canvas.ToElement(narrow ? "narrow" : "wide", words.Title, words.Description, words.Name);
    }

    private static LineStyle Style(int index) => Styles[index % Styles.Length];

    private static void Band(SvgCanvas canvas, ChartPanel panel, DrawnCurve curve, ChartColour colour, float opacity) =>
        canvas.Polygon([.. Corners(panel, curve, 1, step => step.High), .. Corners(panel, curve, curve.FirstLow, step => step.Low).Reverse()], colour, opacity);

    // A share holds until the next step.
    private static IEnumerable<(float X, float Y)> Corners(ChartPanel panel, DrawnCurve curve, double first, Func<SurvivalStep, double> of)
    {
        float level = panel.Y(first);
        yield return (panel.X(curve.From), level);
        foreach (SurvivalStep step in curve.Steps.TakeWhile(step => step.Months <= curve.Until))
        {
            yield return (panel.X(step.Months), level);
            level = panel.Y(of(step));
            yield return (panel.X(step.Months), level);
        }

        yield return (panel.X(curve.Until), level);
    }
}
