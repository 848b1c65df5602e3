using SkiaSharp;

namespace Threadwell.Web.Consents;

/// <summary>A signature that was drawn on a page, as it is kept: a PNG of its own making, black on white, without anything that came with it.</summary>
internal static class SignatureImage
{
    private const string Prefix = "data:image/png;base64,";
    private const int LongestText = 600_000;
    private const int Widest = 2400;
    private const int Highest = 1200;
    private const int FewestInkPixels = 30;
    private const byte InkBelow = 160;

    /// <summary>Reads what the page's canvas gave.</summary>
    /// <param name="dataUrl">A PNG as a data address.</param>
    /// <returns>The PNG to keep; null where it is none, or nothing is drawn on it.</returns>
    public static byte[]? Read(string? dataUrl)
    {
        if (dataUrl is null || dataUrl.Length > LongestText || !dataUrl.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        byte[] bytes = new byte[dataUrl.Length];
        if (!Convert.TryFromBase64Chars(dataUrl.AsSpan(Prefix.Length), bytes, out int length))
        {
            return null;
        }

        using var stream = new MemoryStream(bytes, 0, length);
        using SKCodec? codec = SKCodec.Create(stream);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png || codec.Info.Width is < 1 or > Widest || codec.Info.Height is < 1 or > Highest)
        {
            return null;
        }

        using SKBitmap? drawn = SKBitmap.Decode(codec);
        return drawn is null ? null : OnWhite(drawn);
    }

    private static byte[]? OnWhite(SKBitmap drawn)
    {
        using var kept = new SKBitmap(new SKImageInfo(drawn.Width, drawn.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(kept))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(drawn, 0, 0, SKSamplingOptions.Default);
        }

        int ink = kept.Pixels.Count(pixel => pixel.Red < InkBelow && pixel.Green < InkBelow && pixel.Blue < InkBelow);
        if (ink < FewestInkPixels)
        {
            return null;
        }

        using SKData png = kept.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
