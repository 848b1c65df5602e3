using SkiaSharp;
using Threadwell.Prediction;

namespace Threadwell.Reports.Learning;

/// <summary>The maps of new collagen round a thread that is cut open: clear where there is none, warm where there is much. A page strengthens them with the amount.</summary>
internal static class SectionPictures
{
    private const int PixelsPerPoint = 2;
    private static readonly SKColor Warm = new(0xE8, 0x8A, 0x1A);

    public static LearnSection Describe(ThreadSection section, string thread, SortedDictionary<string, byte[]> pictures)
    {
        pictures["collagen-barbs.webp"] = Map(section, section.AtBarbs);
        pictures["collagen-between.webp"] = Map(section, section.BetweenBarbs);
        return new LearnSection
        {
            Thread = thread,
            LengthMm = section.LengthMm,
            DepthMm = section.DepthMm,
            AlongMm = section.AlongMm,
            LayerEndsMm = [.. section.LayerEndsMm.Select(layer => layer.Select(depth => Math.Round(depth, 2)).ToArray())],
            ThreadDepthMm = [.. section.ThreadDepthMm.Select(depth => Math.Round(depth, 2))],
            Barbs = [.. section.Barbs.Select(barb => new[] { Math.Round(barb.AtMm, 2), barb.Towards })],
            AtBarbs = "collagen-barbs.webp",
            BetweenBarbs = "collagen-between.webp",
            HighestAtBarbs = Math.Round(section.AtBarbs.Max(), 6),
            HighestBetween = Math.Round(section.BetweenBarbs.Max(), 6),
        };
    }

    private static byte[] Map(ThreadSection section, double[] concentration)
    {
        double most = concentration.Max();
        using var points = new SKBitmap(new SKImageInfo(section.Columns, section.Rows, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int row = 0; row < section.Rows; row++)
        {
            for (int column = 0; column < section.Columns; column++)
            {
                double share = most > 0 ? concentration[(row * section.Columns) + column] / most : 0;
                points.SetPixel(column, row, Warm.WithAlpha((byte)Math.Round(255 * share)));
            }
        }

        using SKBitmap smooth = points.Resize(new SKImageInfo(section.Columns * PixelsPerPoint, section.Rows * PixelsPerPoint, SKColorType.Rgba8888, SKAlphaType.Unpremul), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using SKImage image = SKImage.FromBitmap(smooth);
        using SKData data = image.Encode(SKEncodedImageFormat.Webp, 80);
        return data.ToArray();
    }
}
