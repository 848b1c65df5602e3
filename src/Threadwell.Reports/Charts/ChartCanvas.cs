using SkiaSharp;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Charts;

/// <summary>How a line is drawn.</summary>
/// <param name="Colour">Colour.</param>
/// <param name="Width">Width, pixels.</param>
/// <param name="Dash">Lengths of dashes and gaps, pixels; null for a full line.</param>
/// <param name="Opacity">From 0 to 1.</param>
internal sealed record LineStyle(ChartColour Colour, float Width, float[]? Dash = null, float Opacity = 1);

/// <summary>Where a text is held at its position.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>What a chart draws on. One layout serves the picture file and the page: coordinates are pixels from the upper left corner.</summary>
internal abstract class ChartCanvas
{
    public abstract void Rectangle(float left, float top, float right, float bottom, ChartColour fill, float opacity = 1);

    public abstract void Polyline(IReadOnlyList<(float X, float Y)> points, LineStyle style);

    public abstract void Polygon(IReadOnlyList<(float X, float Y)> points, ChartColour fill, float opacity);

    public abstract void Text(string text, float x, float y, float size, ChartColour colour, TextAnchor anchor = TextAnchor.Start, bool strong = false);

    public void Line(float x1, float y1, float x2, float y2, LineStyle style) => Polyline([(x1, y1), (x2, y2)], style);

    /// <summary>Width of a text in pixels.</summary>
    public static float Width(string text, float size, bool strong = false)
    {
        using SKFont font = strong ? ReportFonts.SemiBold(size) : ReportFonts.Regular(size);
        return font.MeasureText(text);
    }
}
