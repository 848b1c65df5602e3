namespace Threadwell.Reports.Documents.Layout;

/// <summary>The sheet of a document. Lengths in points.</summary>
/// <param name="Width">Width of the sheet.</param>
/// <param name="Height">Height of the sheet.</param>
/// <param name="Margin">Empty border at the sides, and above and below what heads and feet hold.</param>
/// <param name="HeaderHeight">Height of the head inside the border.</param>
/// <param name="FooterHeight">Height of the foot inside the border.</param>
internal sealed record PageFrame(float Width, float Height, float Margin, float HeaderHeight, float FooterHeight)
{
    private const float PointsPerMm = 72 / 25.4f;

    /// <summary>A4 upright.</summary>
    public static readonly PageFrame A4 = new(Mm(210), Mm(297), Mm(20), Mm(9), Mm(9));

    /// <summary>A4 upright with narrow borders, for what must stand on one side.</summary>
    public static readonly PageFrame Sheet = new(Mm(210), Mm(297), Mm(12), Mm(4.5f), Mm(2));

    /// <summary>A card of the size of a bank card (ISO/IEC 7810 ID-1 rounded to 85.6 by 54 mm).</summary>
    public static readonly PageFrame Card = new(Mm(85.6f), Mm(54), Mm(4), Mm(5), 0);

    public float BodyWidth => Width - (2 * Margin);

    public float BodyTop => Margin + HeaderHeight;

    public float BodyHeight => Height - (2 * Margin) - HeaderHeight - FooterHeight;

    /// <summary>Millimetres in points.</summary>
    public static float Mm(float millimetres) => millimetres * PointsPerMm;
}
