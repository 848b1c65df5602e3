using SkiaSharp;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Charts;

/// <summary>A chart drawn as a PNG picture.</summary>
internal sealed class PngCanvas : ChartCanvas, IDisposable
{
    private readonly SKSurface surface;

    /// <summary>An empty picture on white.</summary>
    /// <param name="width">Width in the chart's pixels.</param>
    /// <param name="height">Height in the chart's pixels.</param>
    /// <param name="scale">Pixels of the file a pixel of the chart.</param>
    public PngCanvas(int width, int height, float scale)
    {
        surface = SKSurface.Create(new SKImageInfo((int)(width * scale), (int)(height * scale), SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(ChartColour.Paper.ToSkia());
        surface.Canvas.Scale(scale);
    }

    public byte[] ToPng()
    {
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    public void Dispose() => surface.Dispose();

    public override void Rectangle(float left, float top, float right, float bottom, ChartColour fill, float opacity = 1)
    {
        using SKPaint paint = Fill(fill, opacity);
        surface.Canvas.DrawRect(new SKRect(left, top, right, bottom), paint);
    }

    public override void Polyline(IReadOnlyList<(float X, float Y)> points, LineStyle style)
    {
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = style.Width,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = style.Dash is null ? SKStrokeCap.Round : SKStrokeCap.Butt,
            Color = style.Colour.ToSkia((byte)(255 * style.Opacity)),
        };
        using SKPathEffect? dash = style.Dash is null ? null : SKPathEffect.CreateDash(style.Dash, 0);
        paint.PathEffect = dash;
        using SKPath path = Path(points);
        surface.Canvas.DrawPath(path, paint);
    }

    public override void Polygon(IReadOnlyList<(float X, float Y)> points, ChartColour fill, float opacity)
    {
        using SKPaint paint = Fill(fill, opacity);
        using SKPath path = Path(points);
        surface.Canvas.DrawPath(path, paint);
    }

    public override void Text(string text, float x, float y, float size, ChartColour colour, TextAnchor anchor = TextAnchor.Start, bool strong = false)
    {
        using SKFont font = strong ? ReportFonts.SemiBold(size) : ReportFonts.Regular(size);
        using SKPaint paint = Fill(colour, 1);
        SKTextAlign align = anchor switch
        {
            TextAnchor.Middle => SKTextAlign.Center,
            TextAnchor.End => SKTextAlign.Right,
            _ => SKTextAlign.Left,
        };
        surface.Canvas.DrawText(text, x, y, align, font, paint);
    }

    private static SKPaint Fill(ChartColour colour, float opacity) =>
        new() { IsAntialias = true, Color = colour.ToSkia((byte)MathF.Round(255 * opacity)) };

    private static SKPath Path(IReadOnlyList<(float X, float Y)> points)
    {
        using var builder = new SKPathBuilder();
        for (int index = 0; index < points.Count; index++)
        {
            if (index == 0)
            {
                builder.MoveTo(points[index].X, points[index].Y);
            }
            else
            {
                builder.LineTo(points[index].X, points[index].Y);
            }
        }

        return builder.Detach();
    }
}
