using SkiaSharp;

namespace Threadwell.Reports.Fonts;

/// <summary>
/// The typefaces of pictures: Be Vietnam Pro (SIL Open Font License 1.1, licence text beside the files), trimmed to Latin, Vietnamese and
/// the signs that reports use. They are read from the assembly, because family names find no font on a bare server.
/// </summary>
internal static class ReportFonts
{
    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load("BeVietnamPro-Regular.ttf"));
    private static readonly Lazy<SKTypeface> SemiBoldFace = new(() => Load("BeVietnamPro-SemiBold.ttf"));

    /// <summary>The regular face at a size in pixels.</summary>
    public static SKFont Regular(float size) => Font(RegularFace.Value, size);

    /// <summary>The semi-bold face at a size in pixels.</summary>
    public static SKFont SemiBold(float size) => Font(SemiBoldFace.Value, size);

    private static SKFont Font(SKTypeface face, float size) => new(face, size) { Subpixel = true, Edging = SKFontEdging.Antialias };

    /// <summary>The bytes of a font file, for pages that carry their typeface.</summary>
    public static byte[] Bytes(string file)
    {
        using Stream stream = Open(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static SKTypeface Load(string file)
    {
        using Stream stream = Open(file);
        return SKTypeface.FromStream(stream);
    }

    private static Stream Open(string file) =>
        typeof(ReportFonts).Assembly.GetManifestResourceStream("Threadwell.Reports.Fonts." + file)
        ?? throw new InvalidOperationException($"The font {file} is not in the assembly.");
}
