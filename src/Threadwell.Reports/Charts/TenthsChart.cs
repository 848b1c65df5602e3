using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>How many visits lie in each tenth of what was foretold of them: level where what was foretold is right.</summary>
public static class TenthsChart
{
    private const int Width = 720;
    private const int Height = 230;
    private const float Left = 40;
    private const float Right = 700;
    private const float Top = 20;
    private const float Bottom = 180;

    private static readonly LineStyle Axis = new(ChartColour.Grid, 1.4f);
    private static readonly LineStyle Level = new(ChartColour.Ink, 1.4f, [6, 4]);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="tenths">Ten counts.</param>
    /// <param name="language">Language of its words.</param>
    public static string ToSvg(IReadOnlyList<int> tenths, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(tenths);
        ArgumentNullException.ThrowIfNull(language);
        var canvas = new SvgCanvas(Width, Height);
        float step = (Right - Left) / tenths.Count;
        double level = tenths.Average(), most = Math.Max(1, Math.Max(tenths.Max(), level));
        float Y(double count) => Bottom - (float)(count / most * (Bottom - Top));
        canvas.Line(Left, Bottom, Right, Bottom, Axis);
        for (int tenth = 0; tenth < tenths.Count; tenth++)
        {
            float from = Left + (tenth * step);
            canvas.Rectangle(from + 3, Y(tenths[tenth]), from + step - 3, Bottom, ChartColour.Lift, 0.75f);
            canvas.Text(language.Number(tenths[tenth], "0"), from + (step / 2), Y(tenths[tenth]) - 4, 13, ChartColour.Ink, TextAnchor.Middle);
            canvas.Text(language.Number(10 * tenth, "0"), from, Bottom + 18, 13, ChartColour.Quiet, TextAnchor.Middle);
        }

        canvas.Text(language.Number(100, "0"), Right, Bottom + 18, 13, ChartColour.Quiet, TextAnchor.Middle);
        canvas.Line(Left, Y(level), Right, Y(level), Level);
        canvas.Text(language.Report("recalibration.chart.axis"), (Left + Right) / 2, Bottom + 40, 13, ChartColour.Ink, TextAnchor.Middle);
        return canvas.ToElement("strip", language.Report("recalibration.chart"), language.Report("recalibration.chart.said", string.Join(", ", tenths), language.Number(level, "0.#")), "tenths");
    }
}
