using SkiaSharp;

namespace Threadwell.Reports.Charts;

/// <summary>
/// The colours of a chart by what they stand for. On a page they are custom properties, so that a dark page can change them; in a PNG they are the light values below.
/// Courses also differ by dash and width, so that no reading depends on colour alone.
/// </summary>
internal readonly record struct ChartColour(string Name, uint Light)
{
    public static ChartColour Ink => new("ink", 0x1F2A37);

    public static ChartColour Quiet => new("quiet", 0x5B6675);

    public static ChartColour Grid => new("grid", 0xE1E5EA);

    public static ChartColour Paper => new("paper", 0xFFFFFF);

    public static ChartColour Lift => new("lift", 0x0B5F8A);

    public static ChartColour Support => new("support", 0x5B3E96);

    public static ChartColour Untreated => new("untreated", 0x8A6A3B);

    public static ChartColour Measured => new("measured", 0x2E8B84);

    public static ChartColour Advice => new("advice", 0xC77D2E);

    public SKColor ToSkia(byte alpha = 255) => new((byte)(Light >> 16), (byte)(Light >> 8), (byte)Light, alpha);

    /// <summary>The colour as CSS: the page's own value, else the light one.</summary>
    public string ToCss() => $"var(--chart-{Name}, #{Light:x6})";
}
