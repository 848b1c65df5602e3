using System.Globalization;
using System.Net;
using System.Text;

namespace Threadwell.Reports.Charts;

/// <summary>A chart drawn as an SVG element for a page.</summary>
internal sealed class SvgCanvas : ChartCanvas
{
    private readonly StringBuilder body = new();
    private readonly int width;
    private readonly int height;

    public SvgCanvas(int width, int height)
    {
        this.width = width;
        this.height = height;
    }

    /// <summary>The element, named for readers who do not see it.</summary>
    /// <param name="kind">Its class, which also keeps its ids apart from those of another chart on the page.</param>
    /// <param name="title">Short name.</param>
    /// <param name="description">What the chart shows, in words.</param>
    /// <param name="name">Name of the chart among several of its kind on a page; empty for the only one.</param>
    public string ToElement(string kind, string title, string description, string name = "") =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="{kind}" role="img" aria-labelledby="chart-title-{name}{kind} chart-description-{name}{kind}">"""
        + $"""<title id="chart-title-{name}{kind}">{WebUtility.HtmlEncode(title)}</title><desc id="chart-description-{name}{kind}">{WebUtility.HtmlEncode(description)}</desc>"""
        + body + "</svg>";

    public override void Rectangle(float left, float top, float right, float bottom, ChartColour fill, float opacity = 1) =>
        body.Append(CultureInfo.InvariantCulture, $"""<rect x="{N(left)}" y="{N(top)}" width="{N(right - left)}" height="{N(bottom - top)}" fill="{fill.ToCss()}"{Opacity(opacity)}/>""");

    public override void Polyline(IReadOnlyList<(float X, float Y)> points, LineStyle style)
    {
        string dash = style.Dash is null ? "" : $""" stroke-dasharray="{string.Join(' ', style.Dash.Select(N))}" """.TrimEnd();
        body.Append(
            CultureInfo.InvariantCulture,
            $"""<polyline points="{Points(points)}" fill="none" stroke="{style.Colour.ToCss()}" stroke-width="{N(style.Width)}" stroke-linejoin="round"{dash}{Opacity(style.Opacity)}/>""");
    }

    public override void Polygon(IReadOnlyList<(float X, float Y)> points, ChartColour fill, float opacity) =>
        body.Append(CultureInfo.InvariantCulture, $"""<polygon points="{Points(points)}" fill="{fill.ToCss()}"{Opacity(opacity)}/>""");

    public override void Text(string text, float x, float y, float size, ChartColour colour, TextAnchor anchor = TextAnchor.Start, bool strong = false)
    {
        string held = anchor switch
        {
            TextAnchor.Middle => """ text-anchor="middle" """.TrimEnd(),
            TextAnchor.End => """ text-anchor="end" """.TrimEnd(),
            _ => "",
        };
        string weight = strong ? """ font-weight="600" """.TrimEnd() : "";
        body.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" fill="{colour.ToCss()}"{held}{weight}>{WebUtility.HtmlEncode(text)}</text>""");
    }

    private static string Points(IReadOnlyList<(float X, float Y)> points) => string.Join(' ', points.Select(point => N(point.X) + "," + N(point.Y)));

    private static string Opacity(float opacity) => opacity >= 1 ? "" : $""" opacity="{N(opacity)}" """.TrimEnd();

    private static string N(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
