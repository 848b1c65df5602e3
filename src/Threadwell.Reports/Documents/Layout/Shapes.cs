using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>The marks that documents are made of. Places and lengths in points.</summary>
internal static class Shapes
{
    /// <summary>A line of text whose box begins at a place.</summary>
    public static void Line(SKCanvas canvas, IReadOnlyList<TextRun> runs, TextStyle style, float x, float y)
    {
        using var paint = new SKPaint { Color = style.Colour, IsAntialias = true };
        foreach (TextRun run in runs)
        {
            using SKFont font = style.Font(run.Strong);
            SKFontMetrics metrics = font.Metrics;
            float baseline = y + (0.5f * (style.LineHeight - (metrics.Descent - metrics.Ascent))) - metrics.Ascent;
            canvas.DrawText(run.Text, x, baseline, SKTextAlign.Left, font, paint);
            x += font.MeasureText(run.Text);
        }
    }

    /// <summary>A line of text that ends at a place.</summary>
    public static void LineRight(SKCanvas canvas, string text, TextStyle style, float right, float y)
    {
        using SKFont font = style.Font(false);
        Line(canvas, [new TextRun(ComposedText.Of(text) + " ")], style, right - font.MeasureText(ComposedText.Of(text)), y);
    }

    /// <summary>A thin level line.</summary>
    public static void Rule(SKCanvas canvas, float x, float y, float length)
    {
        using SKPaint paint = Stroke(0.6f);
        canvas.DrawLine(x, y, x + length, y, paint);
    }

    /// <summary>An empty box to tick.</summary>
    public static void Box(SKCanvas canvas, float x, float y, float size)
    {
        using SKPaint paint = Stroke(0.9f);
        canvas.DrawRect(x, y, size, size, paint);
    }

    /// <summary>A thick frame.</summary>
    public static void Frame(SKCanvas canvas, float x, float y, float width, float height)
    {
        using SKPaint paint = Stroke(2);
        canvas.DrawRect(x + 1, y + 1, width - 2, height - 2, paint);
    }

    private static SKPaint Stroke(float width) => new() { Style = SKPaintStyle.Stroke, StrokeWidth = width, Color = TextStyle.Ink, IsAntialias = true };
}
