using NodaTime;
using SkiaSharp;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Rules;
using Threadwell.Reports.Documents;
using UglyToad.PdfPig.Content;
using ZXing;

namespace Threadwell.Reports.Tests.Documents;

/// <summary>Tests of the sheet of the first weeks.</summary>
public class AftercareSheetTests
{
    private const string Address = "https://clinic.example/checkin/7f3a9c";

    // Where the code lies on the sheet, as shares of its width and height.
    private static readonly SKRect CodePlace = new(0.78f, 0, 1, 0.2f);

    private static readonly TreatmentArea[] Everywhere = Enum.GetValues<TreatmentArea>();

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public void It_is_one_side_of_a4_with_everything_inside_its_borders(string language)
    {
        byte[] pdf = Write(language);
        PictureFiles.Keep($"aftercare-{language}.pdf", pdf);
        AssertOneSide(pdf);
        PdfReading.EachPage(pdf, page => Assert.Equal((210, 297), ((int)Math.Round(page.Width * 25.4 / 72), (int)Math.Round(page.Height * 25.4 / 72))));
    }

    [Fact]
    public void Every_word_of_the_plan_stands_on_it()
    {
        foreach (string language in (string[])["en", "vi"])
        {
            foreach (TreatmentArea[] areas in (TreatmentArea[][])[.. Everywhere.Select(area => new[] { area }), [TreatmentArea.Jawline, TreatmentArea.Neck], Everywhere])
            {
                AftercarePlan plan = Plan(areas);
                byte[] pdf = Write(language, plan);
                AssertOneSide(pdf);
                PictureFiles.Keep($"aftercare-{language}-{areas.Length}-{areas[0]}.pdf", pdf);
                string text = PdfReading.Text(pdf);
                foreach (AftercareItem item in plan.Items)
                {
                    Assert.Contains("• " + item.Says.In(language), text, StringComparison.Ordinal);
                    Assert.Contains(item.Until.Says.In(language)[1..] + ": ", text, StringComparison.Ordinal);
                }

                Assert.All(plan.Signs.Where(sign => sign.Level != SignLevel.Usual), sign => Assert.Contains($"• {sign.Says.In(language)} ", text, StringComparison.Ordinal));
                Assert.DoesNotContain('\uFFFD', text);
            }
        }
    }

    [Fact]
    public void Each_thing_stands_under_its_heading_and_its_end()
    {
        string text = PdfReading.Text(Write("vi"));
        Assert.Contains("Nguyễn Thị Thuỳ Dương · Ngày sinh 05/03/1979 · P-000123 Ngày làm: 26/11/2026, 10:30 Vùng: đường viền hàm Điểm vào: chân tóc thái dương ", text, StringComparison.Ordinal);
        Assert.Contains("Gọi cho chúng tôi, ngày và đêm 024 3333 4444 Cấp cứu 115 ", text, StringComparison.Ordinal);
        string[] order =
        [
            "Nên làm Đến hết ngày 28/11/2026: ", "Paracetamol 500 mg: 1 viên", "Đến sáng ngày 01/12/2026: • Ngủ nằm ngửa, kê cao đầu", "Cần biết ", "Không làm Đến 14:30 ngày 26/11/2026: • Không nằm sấp",
            "Đến hết ngày 10/12/2026: ", "• Không vận động gắng sức", "Đến hết ngày 17/12/2026: • Không xông hơi", "Gọi 115 hoặc đến khoa cấp cứu gần nhất", "Gọi ngay cho chúng tôi: 024 3333 4444 • Đau nhiều",
            "Đỏ mới xuất hiện hoặc lan rộng, kể cả nhiều tuần sau (từ ngày thứ 2) ", "Báo cho chúng tôi trong ngày • ",
        ];
        int from = 0;
        foreach (string part in order)
        {
            int at = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= from, $"'{part}' is missing or out of order in: {text}");
            from = at;
        }
    }

    [Fact]
    public void It_says_the_same_in_english_and_names_its_language()
    {
        byte[] pdf = Write("en");
        Assert.Contains("Call us, day and night 024 3333 4444 Ambulance 115 ", PdfReading.Text(pdf), StringComparison.Ordinal);
        Assert.Equal(("en", "After your thread lift"), (PdfReading.Facts(pdf).Language, PdfReading.Facts(pdf).Title));
        Assert.Equal("vi", PdfReading.Facts(Write("vi")).Language);
    }

    [Fact]
    public void The_telephone_number_is_the_largest_text()
    {
        PdfReading.EachPage(Write("vi"), page =>
        {
            double largest = page.Letters.Max(letter => letter.PointSize);
            Assert.InRange(largest, 24, 40);
            Assert.Equal("024 3333 4444 115", string.Concat(page.Letters.Where(letter => letter.PointSize > largest - 0.1).Select(letter => letter.Value)).Trim());
        });
        AssertOneSide(Write("vi", Plan() with { EmergencyPhone = "+84 (0)24 3333 4444 - 5555 666" }));
    }

    [Fact]
    public void The_code_opens_the_check_in()
    {
        Result code = Assert.Single(PdfReading.CodesFromShapes(Write("vi"), 1));
        Assert.Equal((BarcodeFormat.QR_CODE, Address), (code.BarcodeFormat, code.Text));
    }

    [Fact]
    public void A_scanner_reads_the_code_from_the_printed_sheet()
    {
        byte[]? page = PdfReading.Rasterised(Write("vi"), 1);
        Assert.SkipWhen(page is null, "Poppler (poppler-utils) is not installed.");
        PictureFiles.Keep("aftercare-vi.png", page);
        Assert.Equal(Address, Assert.Single(PdfReading.Decode(page, CodePlace)).Text);
        string? read = PdfReading.Scanned("zbarimg", ["--raw", "-q"], page);
        Assert.SkipWhen(read is null, "A QR code reader (zbar-tools) is not installed.");
        Assert.Equal(Address, read.Trim());
    }

    [Fact]
    public void Without_an_address_there_is_no_code()
    {
        byte[] pdf = AftercareSheet.Write(DocumentSamples.Facts("vi"), DocumentSamples.Person, Plan(), null);
        Assert.DoesNotContain("Quét mã", PdfReading.Text(pdf), StringComparison.Ordinal);
        AssertOneSide(pdf);
    }

    [Fact]
    public void The_type_shrinks_and_the_reasons_go_as_more_is_to_be_said_until_it_is_refused()
    {
        double last = double.MaxValue;
        bool reasons = true;
        for (int lines = 1; lines <= 31; lines += 5)
        {
            byte[] pdf = Write("vi", Plan() with { Items = Items(lines) });
            AssertOneSide(pdf);
            bool given = PdfReading.Text(pdf).Contains("Bớt sưng", StringComparison.Ordinal);
            Assert.True(reasons || !given);
            PdfReading.EachPage(pdf, page =>
            {
                double size = page.Letters.Where(letter => letter.Value == "•").Min(letter => letter.PointSize);
                Assert.True(size <= last || reasons != given);
                last = size;
            });
            reasons = given;
        }

        Assert.False(reasons);
        Assert.Contains("does not fit one side", Assert.Throws<ArgumentException>(() => Write("vi", Plan() with { Items = Items(200) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_made_up_patients_sheet_says_so() => Assert.Contains(
        "Bản trình diễn: bệnh nhân và phòng khám không có thật",
        PdfReading.Text(AftercareSheet.Write(DocumentSamples.Facts("vi", demonstration: true), DocumentSamples.Person, Plan(), null)),
        StringComparison.Ordinal);

    [Fact]
    public void The_same_content_is_the_same_bytes() => Assert.Equal(Write("vi"), Write("vi"));

    private static void AssertOneSide(byte[] pdf)
    {
        double margin = 11.9 * 72 / 25.4;
        int pages = 0;
        PdfReading.EachPage(pdf, page =>
        {
            pages++;
            Letter[] letters = [.. page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value))];
            Assert.All(letters, letter =>
            {
                Assert.InRange(letter.StartBaseLine.X, margin, page.Width - margin);
                Assert.InRange(letter.EndBaseLine.X, margin, page.Width - margin + 0.5);
                Assert.InRange(letter.StartBaseLine.Y, 20, page.Height - 20);
            });

            // The text ends above the foot: clinic and person at the lowest line, nothing else on it.
            double foot = letters.Min(letter => letter.StartBaseLine.Y);
            Assert.True(letters.Where(letter => letter.StartBaseLine.Y > foot + 0.5).Min(letter => letter.StartBaseLine.Y) > foot + 7);
        });
        Assert.Equal(1, pages);
    }

    private static byte[] Write(string language, AftercarePlan? plan = null) => AftercareSheet.Write(DocumentSamples.Facts(language), DocumentSamples.Person, plan ?? Plan(), new Uri(Address));

    private static AftercareItem[] Items(int count) =>
        [.. Enumerable.Range(1, count).Select(number => Plan().Items[^1] with
        {
            Kind = AftercareKind.Avoid,
            Says = new Wording($"Thing {number}", $"Việc {number} không nên làm trong những ngày đầu sau thủ thuật"),
            Why = new Wording("Less swelling", "Bớt sưng"),
        })];

    private static AftercarePlan Plan(params TreatmentArea[] areas) => AftercareGenerator.Generate(AftercareRulebookFile.Shipped, new TreatmentFacts
    {
        Treatment = "T-1",
        TreatedAt = Instant.FromUtc(2026, 11, 26, 3, 30),
        Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"],
        Areas = areas.Length > 0 ? areas : [TreatmentArea.Jawline],
        Materials = [ThreadMaterial.Pdo],
        EntryPoints = ["chân tóc thái dương"],
        Helmet = HelmetAnswer.Presses,
        Allergies = [],
        Medicines = [.. Enumerable.Range(1, 3).Select(number => new MedicineOrder { Name = "Paracetamol 500 mg", Ingredients = ["paracetamol"], Dose = $"1 viên khi đau, cách nhau ít nhất {number + 3} giờ", Days = 3, OrderedBy = "BS. Trần Văn Đức" })],
        EmergencyPhone = "024 3333 4444",
    });
}
