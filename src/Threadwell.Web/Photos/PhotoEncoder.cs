using SkiaSharp;
using Threadwell.Geometry;

namespace Threadwell.Web.Photos;

/// <summary>A photo as it is kept.</summary>
/// <param name="Picture">JPEG.</param>
/// <param name="Thumbnail">A small one, JPEG.</param>
/// <param name="Width">Width of the picture, pixels.</param>
/// <param name="Height">Height of the picture, pixels.</param>
internal sealed record EncodedPhoto(byte[] Picture, byte[] Thumbnail, int Width, int Height);

/// <summary>
/// Encodes photos anew: what is kept holds the pixels and nothing else, neither place nor device nor a second file hidden behind the picture. Turned upright as the
/// camera noted, and reduced where larger than a screen shows.
/// </summary>
internal static class PhotoEncoder
{
    /// <summary>Largest file that is taken in, bytes.</summary>
    public const int FileBytes = 30 << 20;

    private const int LongestEdge = 3000;
    private const int ThumbnailEdge = 320;
    private const int Quality = 88;

    // A picture of this many pixels takes 400 MB to decode; cameras of today make a quarter of it.
    private const long MostPixels = 100_000_000;

    private static readonly SKEncodedImageFormat[] Formats = [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

    /// <summary>Encodes a photo anew.</summary>
    /// <param name="name">Name of the file, for refusals.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="mostPixels">Most pixels that are read.</param>
    /// <exception cref="InvalidInputException">It is no picture that can be read, or too large.</exception>
    public static EncodedPhoto Encode(string name, ReadOnlySpan<byte> content, long mostPixels = MostPixels)
    {
        if (content.Length > FileBytes)
        {
            throw new InvalidInputException(name, null, $"the photo has {content.Length >> 20} MiB; at most {FileBytes >> 20} MiB are read. Make a smaller one.");
        }

        using SKData data = SKData.CreateCopy(content);
        using SKCodec codec = SKCodec.Create(data) is { } opened && Formats.Contains(opened.EncodedFormat)
            ? opened
            : throw new InvalidInputException(name, null, "this is no JPEG, PNG or WebP picture; save it as one of them.");
        if ((long)codec.Info.Width * codec.Info.Height > mostPixels)
        {
            throw new InvalidInputException(name, null, $"the photo has {codec.Info.Width} × {codec.Info.Height} pixels, more than is read; make a smaller one.");
        }

        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using var decoded = new SKBitmap(info);
        SKCodecResult result = codec.GetPixels(info, decoded.GetPixels());
        if (result is not SKCodecResult.Success)
        {
            throw new InvalidInputException(name, null, "the photo is damaged and cannot be read whole; send it again.");
        }

        using SKBitmap picture = Draw(decoded, codec.EncodedOrigin, LongestEdge);
        using SKBitmap thumbnail = Draw(picture, SKEncodedOrigin.TopLeft, ThumbnailEdge);
        return new EncodedPhoto(Jpeg(picture), Jpeg(thumbnail), picture.Width, picture.Height);
    }

    private static SKBitmap Draw(SKBitmap source, SKEncodedOrigin origin, int longestEdge)
    {
        bool turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (int width, int height) = turned ? (source.Height, source.Width) : (source.Width, source.Height);
        float scale = Math.Min(1, longestEdge / (float)Math.Max(width, height));
        var target = new SKBitmap(new SKImageInfo(Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb()));
        using var canvas = new SKCanvas(target);
        canvas.Clear(SKColors.White);
        canvas.Scale(target.Width / (float)width, target.Height / (float)height);
        canvas.Concat(Upright(origin, source.Width, source.Height));
        using SKImage image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return target;
    }

    // From the stored picture's pixels to the upright one's, for the eight orientations of EXIF (tag 0x0112).
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static byte[] Jpeg(SKBitmap bitmap)
    {
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }
}
