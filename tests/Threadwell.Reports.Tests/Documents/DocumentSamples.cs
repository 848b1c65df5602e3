using NodaTime;
using SkiaSharp;
using Threadwell.Biology;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Tests.Documents;

/// <summary>Made-up contents of documents.</summary>
internal static class DocumentSamples
{
    public static readonly OffsetDateTime Made = new LocalDateTime(2026, 11, 27, 9, 5).WithOffset(Offset.FromHours(7));
    public static readonly PersonDetails Person = new("Nguyễn Thị Thuỳ Dương", new LocalDate(1979, 3, 5), "P-000123");
    public static readonly DeviceIdentification Gs1 = new(IdentificationForm.Gs1, "(01)09506000134352(17)271231(10)LOT-7A(21)000042", "01095060001343521727123110LOT-7A\u001d21000042");

    public static DocumentFacts Facts(string language, bool demonstration = false) => new(
        DocumentLanguage.Of(language), new ClinicDetails("Phòng khám Da liễu Hoa Sữa", "12 Phố Huế, Hà Nội", "024 3333 4444", "GP-0456/HNO"), Made, demonstration);

    public static ThreadCardContent Card(string language, params CardProduct[] products) =>
        new(Facts(language), Person, new LocalDate(2026, 11, 26), "BS. Trần Văn Đức", products.Length > 0 ? products : [Product()]);

    public static CardProduct Product(string lot = "LOT-7A", DeviceIdentification? identifier = null, string name = "Example PDO thread 2-0, 100 mm") => new(
        name, "Example Threads Co.", ThreadMaterial.Pdo, lot, "000042", new LocalDate(2027, 12, 31), identifier ?? Gs1, [new CardPlace("đường viền hàm, trái", 3), new CardPlace("đường viền hàm, phải", 3)]);

    public static ConsentContent Consent(string language, ConsentSignature? signature = null, IReadOnlyList<DocumentSection>? sections = null, params DocumentPicture[] pictures) => new(
        Facts(language),
        Person,
        "Đồng ý căng chỉ",
        sections ?? [new DocumentSection("Nguy cơ", [new ParagraphBlock("Bầm tím, sưng nhẹ."), new ListBlock(["Lộ chỉ", "Nhiễm trùng"])])],
        pictures,
        "Tôi đồng ý với kế hoạch này.",
        signature ?? new ConsentSignature(SignatureKind.Typed, Person.FullName, Made, null, "BS. Trần Văn Đức"),
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

    /// <summary>A picture whose pixels are all different, as PNG.</summary>
    public static byte[] Picture(int width = 61, int height = 40)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(x * 4), (byte)(y * 6), (byte)((x * 7) ^ (y * 5))));
            }
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
