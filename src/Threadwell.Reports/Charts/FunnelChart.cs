using Threadwell.Care.Registry;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>A group of a funnel plot.</summary>
/// <param name="Name">Its name where it is written beside the point; empty for none.</param>
/// <param name="Of">Its size.</param>
/// <param name="Rate">Its rate, from 0 to 1.</param>
/// <param name="IsOutside">Whether it lies outside the inner limits.</param>
public sealed record FunnelPoint(string Name, int Of, double Rate, bool IsOutside);

/// <summary>Words of a funnel plot's legend.</summary>
/// <param name="Common">The common rate.</param>
/// <param name="Inner">The inner limits.</param>
/// <param name="Outer">The outer limits.</param>
public sealed record FunnelLegend(string Common, string Inner, string Outer);

/// <summary>Rates of groups by their size, between the limits of chance (<see cref="FunnelLimits"/>).</summary>
public static class FunnelChart
{
    // So many sizes are enough for lines that look smooth.
    private const int Sizes = 70;

    private static readonly LineStyle Common = new(ChartColour.Ink, 1.4f);
    private static readonly LineStyle Inner = new(ChartColour.Support, 1.6f, [7, 4]);
    private static readonly LineStyle Outer = new(ChartColour.Advice, 1.8f, [2, 3]);

    /// <summary>The plot as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="points">The groups, at least one.</param>
    /// <param name="common">The common rate.</param>
    /// <param name="legend">Words of the legend.</param>
    /// <param name="words">Its words.</param>
    /// <param name="language">Form of its numbers.</param>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    public static string ToSvg(IReadOnlyList<FunnelPoint> points, double common, FunnelLegend legend, RegistryChartWords words, DocumentLanguage language, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(legend);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(language);
        RegistryLayout layout = narrow ? RegistryLayout.Narrow : RegistryLayout.Wide;
        (string Words, LineStyle Style)[] entries = [(legend.Common, Common), (legend.Inner, Inner), (legend.Outer, Outer)];
        var canvas = new SvgCanvas(layout.Width, layout.Legend + (layout.LegendRows(entries.Select(entry => entry.Words)) * RegistryLayout.LegendRow));
        double across = RoundTicks.Step(points.Max(point => point.Of) * 1.05, narrow ? 4 : 8);
        double most = Math.Ceiling(points.Max(point => point.Of) * 1.05 / across) * across;
        int smallest = Math.Max(1, points.Min(point => point.Of));
        int[] sizes = [.. Enumerable.Range(0, Sizes).Select(index => (int)Math.Round(smallest * Math.Pow(most / smallest, index / (Sizes - 1.0)))).Distinct()];
        double highest = Math.Max(points.Max(point => point.Rate), FunnelLimits.Of(common, smallest).High);
        double step = RoundTicks.Step(Math.Max(highest, 0.01), 5);
        var panel = new ChartPanel(canvas, language, layout.Left, layout.Top, layout.Right, layout.Bottom, most, 0, Math.Min(1, Math.Ceiling(highest * 1.05 / step) * step));
        panel.DrawAxes(words.Up, "0.# %", monthLabels: true, across);
        canvas.Text(words.Across, (layout.Left + layout.Right) / 2, layout.Bottom + 42, RegistryLayout.TextSize, ChartColour.Quiet, TextAnchor.Middle);
        Limits(canvas, panel, sizes, common, FunnelLimits.Outer, Outer);
        Limits(canvas, panel, sizes, common, FunnelLimits.Inner, Inner);
        canvas.Line(panel.Left, panel.Y(common), panel.Right, panel.Y(common), Common);
        Points(canvas, panel, points);
        layout.DrawLegend(canvas, entries);
        return canvas.ToElement(narrow ? "narrow" : "wide", words.Title, words.Description, words.Name);
    }

    private static void Limits(SvgCanvas canvas, ChartPanel panel, int[] sizes, double common, double level, LineStyle style)
    {
        (int Size, (double Low, double High) Limits)[] of = [.. sizes.Select(size => (size, FunnelLimits.Of(common, size, level)))];
        canvas.Polyline([.. of.Select(limit => (panel.X(limit.Size), panel.Y(limit.Limits.Low)))], style);
        canvas.Polyline([.. of.Select(limit => (panel.X(limit.Size), panel.Y(Math.Min(limit.Limits.High, panel.High))))], style);
    }

    // Squares inside, diamonds outside; points that fall on one pixel are drawn once.
    private static void Points(SvgCanvas canvas, ChartPanel panel, IReadOnlyList<FunnelPoint> points)
    {
        var drawn = new HashSet<(int, int)>();
        foreach (FunnelPoint point in points.OrderBy(point => point.IsOutside))
        {
            (float x, float y) = (panel.X(point.Of), panel.Y(point.Rate));
            if (point.IsOutside)
            {
                canvas.Polygon([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], ChartColour.Advice, 1);
                bool left = x + 12 + ChartCanvas.Width(point.Name, 12) > panel.Right;
                canvas.Text(point.Name, left ? x - 10 : x + 10, y - 6, 12, ChartColour.Ink, left ? TextAnchor.End : TextAnchor.Start);
            }
            else if (drawn.Add(((int)x, (int)y)))
            {
                canvas.Rectangle(x - 3, y - 3, x + 3, y + 3, ChartColour.Lift, 0.75f);
            }
        }
    }
}
