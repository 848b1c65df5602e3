using NodaTime;
using SkiaSharp;
using Threadwell.Biology;
using Threadwell.Reports.Documents;
using ZXing;

namespace Threadwell.Reports.Tests.Documents;

public class ThreadCardTests
{
    // Where the first product's code lies on a side, as shares of its width and height.
    private static readonly SKRect CodePlace = new(0.74f, 0.15f, 1, 0.6f);

    private const char Separator = '\u001d';

    [Fact]
    public void A_side_has_the_size_of_a_bank_card()
    {
        PdfReading.EachPage(Write("vi"), page =>
        {
            // Sizes in a PDF file are rounded; a bank card's own tolerance is 0.12 mm.
            Assert.Equal(85.6, page.Width * 25.4 / 72, 0.05);
            Assert.Equal(54, page.Height * 25.4 / 72, 0.05);
        });
    }

    [Fact]
    public void It_says_who_when_where_and_what_in_vietnamese()
    {
        byte[] pdf = Write("vi");
        PictureFiles.Keep("thread-card-vi.pdf", pdf);
        string[] sides = PdfReading.Pages(pdf);
        Assert.Equal(2, sides.Length);
        Assert.Equal(
            "Thẻ chỉ của phòng khám 1/2 Nguyễn Thị Thuỳ Dương Ngày sinh: 05/03/1979 Ngày làm: 26/11/2026 Số sợi chỉ: 6 Bác sĩ: BS. Trần Văn Đức "
            + "Phòng khám: Phòng khám Da liễu Hoa Sữa · 12 Phố Huế, Hà Nội Điện thoại: 024 3333 4444 "
            + "Dưới da có chỉ tự tiêu. Hãy đưa thẻ này cho bác sĩ hoặc nha sĩ trước khi làm gì ở vùng đó. Khi cấp cứu hãy gọi 115 và mang thẻ theo. ",
            sides[0]);
        Assert.Equal(
            "Thẻ chỉ của phòng khám 2/2 Example PDO thread 2-0, 100 mm Hãng sản xuất: Example Threads Co. Số lô: LOT-7A Hạn dùng: 31/12/2027 Số sê-ri: 000042 "
            + "Vùng: đường viền hàm, trái ×3; đường viền hàm, phải ×3 Chất liệu: polydioxanone (PDO), tiêu trong khoảng 6 đến 8 tháng "
            + "UDI: (01)09506000134352(17)271231(10)LOT-7A(21)000042 ",
            Rejoined(sides[1]));
    }

    [Fact]
    public void It_says_the_same_in_english()
    {
        string text = PdfReading.Text(Write("en"));
        Assert.Contains("The clinic's thread card", text, StringComparison.Ordinal);
        Assert.Contains("Treated on: 26 Nov 2026", text, StringComparison.Ordinal);
        Assert.Contains("Expires: 31 Dec 2027", text, StringComparison.Ordinal);
        Assert.Contains("dissolves in about 6 to 8 months", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ThreadMaterial.Plla, "often takes over 2 years to dissolve")]
    [InlineData(ThreadMaterial.Pcl, "dissolves in about 2 to 3 years")]
    [InlineData(ThreadMaterial.Plcl, "nobody has published how long it takes to dissolve in people")]
    public void It_says_how_long_each_material_takes(ThreadMaterial material, string words) =>
        Assert.Contains(words, PdfReading.Text(ThreadCard.Write(DocumentSamples.Card("en", DocumentSamples.Product() with { Material = material }))), StringComparison.Ordinal);

    [Fact]
    public void The_device_identification_is_a_gs1_data_matrix()
    {
        byte[] pdf = Write("vi");
        Result code = Assert.Single(PdfReading.CodesFromShapes(pdf, 2));
        Assert.Equal(BarcodeFormat.DATA_MATRIX, code.BarcodeFormat);

        // A first FNC1 tells that GS1 element strings follow (symbology identifier d2).
        Assert.Equal("]d2", code.ResultMetadata[ResultMetadataType.SYMBOLOGY_IDENTIFIER]);
        Assert.Equal(Separator + DocumentSamples.Gs1.Data, code.Text);
    }

    [Fact]
    public void A_hibc_is_a_plain_data_matrix_and_any_other_a_qr_code()
    {
        Result hibc = Code(new DeviceIdentification(IdentificationForm.Hibc, "+A999BJC5D6E71G/$$+3241231ABC1", "+A999BJC5D6E71G/$$+3241231ABC1"));
        Assert.Equal(BarcodeFormat.DATA_MATRIX, hibc.BarcodeFormat);
        Assert.Equal("]d1", hibc.ResultMetadata[ResultMetadataType.SYMBOLOGY_IDENTIFIER]);
        Assert.Equal("+A999BJC5D6E71G/$$+3241231ABC1", hibc.Text);
        Result other = Code(new DeviceIdentification(IdentificationForm.Other, "Lô 17/Đ", "Lô 17/Đ"));
        Assert.Equal(BarcodeFormat.QR_CODE, other.BarcodeFormat);
        Assert.Equal("Lô 17/Đ", other.Text);
    }

    [Fact]
    public void A_scanner_reads_it_from_the_printed_card()
    {
        byte[] pdf = Write("vi");
        byte[]? page = PdfReading.Rasterised(pdf, 2);
        Assert.SkipWhen(page is null, "Poppler (poppler-utils) is not installed.");
        PictureFiles.Keep("thread-card-vi-2.png", page);
        Assert.Equal(Separator + DocumentSamples.Gs1.Data, Assert.Single(PdfReading.Decode(page, CodePlace)).Text);
        string? read = PdfReading.Scanned("dmtxread", ["-N1", "-G", "29"], page);
        Assert.SkipWhen(read is null, "A Data Matrix reader (dmtx-utils) is not installed.");
        Assert.Equal(Separator + DocumentSamples.Gs1.Data, read);
    }

    [Fact]
    public void A_scanner_reads_a_qr_code_from_the_printed_card()
    {
        byte[] pdf = ThreadCard.Write(DocumentSamples.Card("en", DocumentSamples.Product(identifier: new DeviceIdentification(IdentificationForm.Other, "REF 17-B", "REF 17-B"))));
        byte[]? page = PdfReading.Rasterised(pdf, 2);
        Assert.SkipWhen(page is null, "Poppler (poppler-utils) is not installed.");
        string? read = PdfReading.Scanned("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"], page);
        Assert.SkipWhen(read is null, "A QR reader (zbar-tools) is not installed.");
        Assert.Equal("REF 17-B", read.TrimEnd());
    }

    [Fact]
    public void Many_lots_flow_onto_more_sides_and_none_is_lost()
    {
        CardProduct[] products = [.. Enumerable.Range(1, 12).Select(number => DocumentSamples.Product(
            $"LOT-{number:00}", new DeviceIdentification(IdentificationForm.Gs1, $"(01)09506000134352(10)LOT-{number:00}", $"010950600013435210LOT-{number:00}")))];
        byte[] pdf = ThreadCard.Write(DocumentSamples.Card("vi", products));
        string[] sides = PdfReading.Pages(pdf);
        Assert.Equal(13, sides.Length);
        for (int number = 1; number <= 12; number++)
        {
            Assert.Contains($"Số lô: LOT-{number:00} ", sides[number], StringComparison.Ordinal);
            Assert.Equal($"{Separator}010950600013435210LOT-{number:00}", Assert.Single(PdfReading.CodesFromShapes(pdf, number + 1)).Text);
        }

        Assert.Contains("Số sợi chỉ: 72 ", sides[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_that_was_taken_out_shows_as_removed()
    {
        CardProduct product = DocumentSamples.Product();
        int count = product.Places.Sum(place => place.Count);
        string some = PdfReading.Text(ThreadCard.Write(DocumentSamples.Card("en", product with { Removed = 1, RemovedOn = new LocalDate(2026, 5, 12) })));
        Assert.Contains($"Removed: 1 of {count}, 12 May 2026", some, StringComparison.Ordinal);
        Assert.Contains("dissolves", some, StringComparison.Ordinal);

        // Where none is left, nothing is left to dissolve.
        string all = PdfReading.Text(ThreadCard.Write(DocumentSamples.Card("en", product with { Removed = count, RemovedOn = new LocalDate(2026, 5, 12) })));
        Assert.Contains("all taken out, nothing remains", all, StringComparison.Ordinal);
        Assert.DoesNotContain("dissolves", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_stay_on_the_card()
    {
        var product = new CardProduct(
            string.Concat(Enumerable.Repeat("Sản phẩm có tên rất dài ", 8)), string.Concat(Enumerable.Repeat("Công ty ", 30)), ThreadMaterial.Plcl, new string('L', 20), new string('9', 20), null, null,
            [.. Enumerable.Range(1, 14).Select(number => new CardPlace($"rãnh mũi má và giữa mặt, điểm {number}", number))]);
        byte[] pdf = ThreadCard.Write(DocumentSamples.Card("vi", product) with { Doctor = string.Concat(Enumerable.Repeat("Nguyễn ", 20)) });
        PdfReading.EachPage(pdf, page => Assert.All(page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)), letter =>
        {
            Assert.InRange(letter.BoundingBox.Left, 0, page.Width);
            Assert.InRange(letter.BoundingBox.Right, 0, page.Width - 8);
            Assert.InRange(letter.BoundingBox.Bottom, 4, page.Height);
        }));
        Assert.Contains("điểm 14 ×14", PdfReading.Text(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_legible_in_black_and_white()
    {
        byte[] pdf = Write("vi");
        PdfReading.EachPage(pdf, page => Assert.All(page.Letters, letter =>
        {
            (double r, double g, double b) = letter.Color.ToRGBValues();
            Assert.True((0.2126 * r) + (0.7152 * g) + (0.0722 * b) < 0.33, $"'{letter.Value}' is too pale.");
            Assert.True(letter.PointSize >= 5.9, $"'{letter.Value}' has {letter.PointSize} points.");
        }));
    }

    [Fact]
    public void The_same_card_is_the_same_bytes_and_names_its_language()
    {
        Assert.Equal(Write("vi"), Write("vi"));
        Assert.Equal(("vi", "Thẻ chỉ của phòng khám: Nguyễn Thị Thuỳ Dương", "D:20261127020500+00'00'"), PdfReading.Facts(Write("vi")));
        Assert.Equal("en", PdfReading.Facts(Write("en")).Language);
    }

    [Fact]
    public void A_made_up_patient_s_card_says_so() => Assert.All(
        PdfReading.Pages(ThreadCard.Write(DocumentSamples.Card("vi") with { Facts = DocumentSamples.Facts("vi", demonstration: true) })),
        side => Assert.Contains("bản trình diễn", side, StringComparison.Ordinal));

    [Fact]
    public void A_card_without_products_is_refused() =>
        Assert.Throws<ArgumentException>(() => ThreadCard.Write(DocumentSamples.Card("vi") with { Products = [] }));

    [Fact]
    public void An_identification_that_fits_no_barcode_is_refused() =>
        Assert.Throws<ArgumentException>(() => ThreadCard.Write(DocumentSamples.Card("vi", DocumentSamples.Product(identifier: new DeviceIdentification(IdentificationForm.Gs1, "x", new string('x', 4000))))));

    private static byte[] Write(string language) => ThreadCard.Write(DocumentSamples.Card(language));

    private static Result Code(DeviceIdentification identifier) =>
        Assert.Single(PdfReading.CodesFromShapes(ThreadCard.Write(DocumentSamples.Card("vi", DocumentSamples.Product(identifier: identifier))), 2));

    // Two spaces set pairs apart.
    private static string Rejoined(string text) => text.Replace("  ", " ", StringComparison.Ordinal);
}
