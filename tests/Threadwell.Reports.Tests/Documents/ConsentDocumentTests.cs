using CsCheck;
using SkiaSharp;
using Threadwell.Reports.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Threadwell.Reports.Tests.Documents;

public class ConsentDocumentTests
{
    private const string Words = "sợi chỉ tự tiêu Đặng Thị Ngọc Ánh được đặt dưới da ở đường viền hàm ẩm ướt nghiêng quyển khuỷu ruộng thuở ưỡn ỷ lại ĐƯỜNG VIỀN HÀM ẶNG ỄN Ỡ Ữ 1,5 mm (E-091)";

    [Fact]
    public void Vietnamese_text_comes_back_letter_by_letter()
    {
        string text = string.Join(' ', Enumerable.Repeat(Words, 60));
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Nội dung", [new ParagraphBlock(text)])]));
        Assert.Contains(text + " ", Body(pdf), StringComparison.Ordinal);
        if (PdfReading.TextByPoppler(pdf) is { } read)
        {
            Assert.Contains(Words, string.Join(' ', read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Letters_typed_with_separate_marks_are_drawn_joined()
    {
        string decomposed = Words.Normalize(System.Text.NormalizationForm.FormD);
        Assert.NotEqual(Words, decomposed);
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Nội dung", [new ParagraphBlock(decomposed)])]));
        Assert.Contains(Words, Body(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_words_come_back_in_order_inside_the_margins()
    {
        string[] words = Words.Split(' ');
        Gen.Int[0, words.Length - 1].Array[1, 900].Sample(
            chosen =>
            {
                string text = string.Join(' ', chosen.Select(index => words[index]));
                byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Nội dung", [new ParagraphBlock(text), new ListBlock([text, "hết"])])]));
                Assert.Contains($"{text} • {text} • hết ", Body(pdf), StringComparison.Ordinal);
                AssertInsideMargins(pdf);
            },
            iter: 12);
    }

    [Fact]
    public void A_word_wider_than_the_page_is_broken_and_whole()
    {
        string word = string.Concat(Enumerable.Repeat("Mãbăm0123456789", 40));
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Nội dung", [new ParagraphBlock(word)])]));
        Assert.Contains(word, Body(pdf), StringComparison.Ordinal);
        AssertInsideMargins(pdf);
    }

    [Fact]
    public void A_table_s_head_stands_on_each_page_and_no_row_is_lost()
    {
        string[][] rows = [.. Enumerable.Range(1, 90).Select(number => new[] { $"Dòng {number}", string.Join(' ', Enumerable.Repeat("chữ", number % 23)), $"{number},5" })];
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Bảng", [new TableBlock(["Nguy cơ", "Khoảng", "Nguồn"], rows)])]));
        string[] pages = PdfReading.Pages(pdf);
        Assert.True(pages.Length > 3);
        Assert.All(pages.Where(page => page.Contains("Dòng ", StringComparison.Ordinal)), page => Assert.Contains("Nguy cơ Khoảng Nguồn Dòng ", page, StringComparison.Ordinal));
        int from = 0;
        string text = string.Concat(pages);
        foreach (string[] row in rows)
        {
            int at = text.IndexOf($"{row[0]} {row[1]}", from, StringComparison.Ordinal);
            Assert.True(at >= from, $"{row[0]} is missing.");
            from = at;
        }
    }

    [Fact]
    public void A_row_higher_than_a_page_goes_on_over_pages()
    {
        string text = string.Join(' ', Enumerable.Range(1, 1500).Select(number => $"từ{number}"));
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Bảng", [new TableBlock(["Một", "Hai"], [["dài", text]])])]));
        string read = PdfReading.Text(pdf);
        Assert.All(Enumerable.Range(1, 1500), number => Assert.Contains($"từ{number} ", read, StringComparison.Ordinal));
        AssertInsideMargins(pdf);
    }

    [Fact]
    public void A_heading_is_never_the_last_line_of_a_page()
    {
        for (int lines = 20; lines < 44; lines += 3)
        {
            DocumentSection[] sections = [.. Enumerable.Range(1, 6).Select(number => new DocumentSection($"Tiêu đề {number}", [new ParagraphBlock(string.Join('\n', Enumerable.Repeat("dòng", lines)))]))];
            byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: sections));
            PdfReading.EachPage(pdf, page =>
            {
                double lowest = page.Letters.Where(letter => letter.PointSize > 8.5 && !string.IsNullOrWhiteSpace(letter.Value)).Min(letter => letter.StartBaseLine.Y);
                Assert.All(page.Letters.Where(letter => letter.PointSize > 12.5 && letter.PointSize < 14), letter => Assert.True(letter.StartBaseLine.Y > lowest + 10));
            });
        }
    }

    [Fact]
    public void Each_page_names_clinic_person_time_and_number()
    {
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", sections: [new DocumentSection("Nội dung", [new ParagraphBlock(string.Join(' ', Enumerable.Repeat(Words, 80)))])]));
        string[] pages = PdfReading.Pages(pdf);
        for (int page = 0; page < pages.Length; page++)
        {
            Assert.StartsWith("Phòng khám Da liễu Hoa Sữa Đồng ý căng chỉ ", pages[page], StringComparison.Ordinal);
            Assert.Contains($"Nguyễn Thị Thuỳ Dương · P-000123 · lập lúc 09:05, 27/11/2026 (UTC+07) Trang {page + 1}/{pages.Length} ", pages[page], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pictures_keep_every_pixel()
    {
        byte[] picture = DocumentSamples.Picture();
        byte[] pdf = ConsentDocument.Write(DocumentSamples.Consent("vi", null, null, new DocumentPicture(picture, "Tháng 6, nhìn thẳng")));
        using SKBitmap expected = SKBitmap.Decode(picture);
        using PdfDocument document = PdfDocument.Open(pdf);
        IPdfImage image = Assert.Single(document.GetPages().SelectMany(page => page.GetImages()));
        Assert.True(image.TryGetPng(out byte[]? png));
        using SKBitmap read = SKBitmap.Decode(png);
        Assert.Equal((expected.Width, expected.Height), (read.Width, read.Height));
        Assert.Equal(expected.Pixels, read.Pixels);
        Assert.Contains("Các hình đã được xem Tháng 6, nhìn thẳng ", PdfReading.Text(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_signature_says_who_when_and_before_whom()
    {
        byte[] drawn = ConsentDocument.Write(DocumentSamples.Consent("vi", new ConsentSignature(SignatureKind.Drawn, "Nguyễn Thị Thuỳ Dương", DocumentSamples.Made, DocumentSamples.Picture(300, 100), "BS. Trần Văn Đức")));
        PictureFiles.Keep("consent-vi.pdf", drawn);
        Assert.Contains("Chữ ký do Nguyễn Thị Thuỳ Dương tự vẽ Người ký: Nguyễn Thị Thuỳ Dương Ký lúc: 09:05, 27/11/2026 (UTC+07) Trước sự chứng kiến của: BS. Trần Văn Đức ", PdfReading.Text(drawn), StringComparison.Ordinal);
        string typed = PdfReading.Text(ConsentDocument.Write(DocumentSamples.Consent("en")));
        Assert.Contains("Signed by writing the full name.", typed, StringComparison.Ordinal);
        string passkey = PdfReading.Text(ConsentDocument.Write(DocumentSamples.Consent("en", new ConsentSignature(SignatureKind.Passkey, "Nguyễn Thị Thuỳ Dương", DocumentSamples.Made, null, ""))));
        Assert.Contains("Nguyễn Thị Thuỳ Dương confirmed this document with a passkey.", passkey, StringComparison.Ordinal);
        Assert.Contains("In front of: nobody; signed in the patient's own account", passkey, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_and_the_right_to_withdraw_stand_in_it()
    {
        string text = PdfReading.Text(ConsentDocument.Write(DocumentSamples.Consent("vi")));
        Assert.Contains("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("rút lại sự đồng ý này bất cứ lúc nào", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_withdrawn_consent_says_so_first()
    {
        string text = PdfReading.Text(ConsentDocument.Write(DocumentSamples.Consent("vi") with { Withdrawal = new ConsentWithdrawal(DocumentSamples.Made, "đổi ý") }));
        Assert.InRange(text.IndexOf("Đã rút lại lúc 09:05, 27/11/2026 (UTC+07). Lý do: đổi ý", StringComparison.Ordinal), 1, text.IndexOf("Nguy cơ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_content_is_the_same_bytes_and_one_letter_changes_them()
    {
        ConsentContent content = DocumentSamples.Consent("vi", null, null, new DocumentPicture(DocumentSamples.Picture(), "Hình"));
        Assert.Equal(ConsentDocument.Write(content), ConsentDocument.Write(content));
        Assert.NotEqual(ConsentDocument.Write(content), ConsentDocument.Write(content with { Statement = content.Statement + "!" }));
    }

    [Fact]
    public void What_is_no_picture_is_refused() =>
        Assert.Throws<ArgumentException>(() => ConsentDocument.Write(DocumentSamples.Consent("vi", null, null, new DocumentPicture([1, 2, 3], "Hình"))));

    // The text without heads and feet of pages.
    private static string Body(byte[] pdf) => string.Concat(PdfReading.Pages(pdf).Select(page => System.Text.RegularExpressions.Regex.Replace(
        page, @"^Phòng khám Da liễu Hoa Sữa Đồng ý căng chỉ Nguyễn Thị Thuỳ Dương · P-000123 · lập lúc \S+ \S+ \S+ Trang \d+/\d+ ", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5))));

    private static void AssertInsideMargins(byte[] pdf)
    {
        const double Margin = 20 * 72 / 25.4;
        PdfReading.EachPage(pdf, page => Assert.All(page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)), letter =>
        {
            Assert.InRange(letter.BoundingBox.Left, Margin - 2, page.Width - Margin);
            Assert.InRange(letter.BoundingBox.Right, Margin - 2, page.Width - Margin + 1);
            Assert.InRange(letter.BoundingBox.Bottom, Margin - 16, page.Height - Margin + 14);
        }));
    }
}
