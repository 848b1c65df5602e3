using SkiaSharp;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>How a paragraph is set. Lengths in points (1/72 inch).</summary>
/// <param name="Size">Size of type.</param>
/// <param name="Strong">Whether all of it is semi-bold.</param>
/// <param name="Quiet">Whether it is set in grey.</param>
/// <param name="After">Space below the paragraph.</param>
internal sealed record TextStyle(float Size, bool Strong = false, bool Quiet = false, float After = 0)
{
    /// <summary>Distance of two lines as a multiple of the size: room for Vietnamese letters with two marks.</summary>
    public const float LineHeightFactor = 1.5f;

    /// <summary>Black and a dark grey: both stay legible on a black-and-white printer.</summary>
    public static readonly SKColor Ink = new(0x14, 0x18, 0x20);

    private static readonly SKColor Grey = new(0x4A, 0x51, 0x5E);

    public SKColor Colour => Quiet ? Grey : Ink;

    public float LineHeight => Size * LineHeightFactor;

    /// <summary>The typeface; unhinted, so that widths are the same on every machine.</summary>
    public SKFont Font(bool strong)
    {
        SKFont font = strong || Strong ? ReportFonts.SemiBold(Size) : ReportFonts.Regular(Size);
        font.Hinting = SKFontHinting.None;
        font.LinearMetrics = true;
        return font;
    }
}

/// <summary>A stretch of text in one weight.</summary>
/// <param name="Text">The text.</param>
/// <param name="Strong">Whether it is semi-bold.</param>
internal readonly record struct TextRun(string Text, bool Strong = false);
