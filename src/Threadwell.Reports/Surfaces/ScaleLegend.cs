using System.Numerics;
using SkiaSharp;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Surfaces;

/// <summary>The legend of a colour scale: a bar with ticks at round values and the label under it.</summary>
internal static class ScaleLegend
{
    public static void Draw(SKCanvas canvas, ColourScale scale, DocumentLanguage language, SKRect area, SKColor ink)
    {
        float width = Math.Min(520, area.Width * 0.8f);
        var bar = new SKRect(area.MidX - (width / 2), area.Top + 8, area.MidX + (width / 2), area.Top + 24);
        using var paint = new SKPaint { IsAntialias = false };
        for (int step = 0; step < (int)width; step++)
        {
            Vector3 colour = scale.At(scale.Low + ((scale.High - scale.Low) * (step + 0.5) / width));
            paint.Color = new SKColor(Byte(colour.X), Byte(colour.Y), Byte(colour.Z));
            canvas.DrawRect(new SKRect(bar.Left + step, bar.Top, bar.Left + step + 1, bar.Bottom), paint);
        }

        paint.IsAntialias = true;
        paint.Color = ink;
        using SKFont font = ReportFonts.Regular(15);
        foreach (double tick in RoundTicks.Between(scale.Low, scale.High, 6))
        {
            float x = bar.Left + (float)((tick - scale.Low) / (scale.High - scale.Low) * width);
            canvas.DrawRect(new SKRect(x - 0.5f, bar.Bottom, x + 0.5f, bar.Bottom + 5), paint);
            string text = language.Number(tick);
            canvas.DrawText(text, x, bar.Bottom + 21, SKTextAlign.Center, font, paint);
        }

        using SKFont label = ReportFonts.SemiBold(15);
        canvas.DrawText(scale.Label, bar.MidX, bar.Bottom + 45, SKTextAlign.Center, label, paint);
    }

    private static byte Byte(float linear) => (byte)Math.Clamp(MathF.Round(Oklab.Encode(linear) * 255), 0, 255);
}
