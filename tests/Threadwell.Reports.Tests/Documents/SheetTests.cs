using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Tests.Documents;

/// <summary>Tests of the preparation sheet, the marking sheet and the letter of referral.</summary>
public class SheetTests
{
    [Fact]
    public void A_preparation_sheet_is_dated_and_in_the_order_of_its_days()
    {
        PreparationItem[] items =
        [
            new(new LocalDate(2026, 12, 8), new LocalDate(2026, 12, 8), "Gội đầu, không trang điểm", "Da sạch giảm nhiễm trùng"),
            new(null, new LocalDate(2026, 12, 8), "Không hút thuốc", "Vết thương lành chậm"),
            new(new LocalDate(2026, 12, 1), new LocalDate(2026, 12, 8), "Không uống rượu", "Dễ bầm tím"),
            new(null, null, "Báo mọi thuốc đang dùng", "Một số thuốc gây chảy máu"),
        ];
        byte[] pdf = PreparationSheet.Write(new PreparationContent(DocumentSamples.Facts("vi"), DocumentSamples.Person, new LocalDate(2026, 12, 8), "14:30, phòng 2", ["đường viền hàm"], items));
        PictureFiles.Keep("preparation-vi.pdf", pdf);
        string text = PdfReading.Text(pdf);
        Assert.Contains("Ngày làm: 08/12/2026, 14:30, phòng 2 Vùng: đường viền hàm", text, StringComparison.Ordinal);
        string[] order = ["Từ bây giờ Báo mọi thuốc", "01/12/2026 đến 08/12/2026 Không uống rượu", "08/12/2026 Gội đầu", "Đến hết 08/12/2026 Không hút thuốc"];
        int[] places = [.. order.Select(part => text.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.True(places[0] < places[1] && places[1] < Math.Min(places[2], places[3]));
    }

    [Theory]
    [InlineData("vi", "ngày 27/11/2026 lúc 14:30", "024 3333 4444", "hãy gọi 115 hoặc đến Bệnh viện Mẫu")]
    [InlineData("en", "on 27 Nov 2026 at 14:30", "024 3333 4444", "call 115 or go to Bệnh viện Mẫu")]
    public void A_letter_to_who_did_not_come_tells_of_the_appointment_and_of_nothing_else(string language, params string[] parts)
    {
        byte[] pdf = NoShowLetter.Write(new NoShowContent(DocumentSamples.Facts(language), DocumentSamples.Person, "5 Đường Mẫu, Hà Nội", new LocalDateTime(2026, 11, 27, 14, 30), Treated: true, "Bệnh viện Mẫu", "Nguyễn Thị Hoa"));
        PictureFiles.Keep($"no-show-{language}.pdf", pdf);
        string text = PdfReading.Text(pdf);
        Assert.All(parts.Append("5 Đường Mẫu, Hà Nội").Append("Nguyễn Thị Hoa").Append(DocumentSamples.Person.FullName), part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)thread|chỉ căng|căng chỉ|treatment|điều trị", text);

        // Who was not treated is not told where to turn with what worries her.
        byte[] other = NoShowLetter.Write(new NoShowContent(DocumentSamples.Facts(language), DocumentSamples.Person, "", new LocalDateTime(2026, 11, 27, 14, 30), Treated: false, "Bệnh viện Mẫu", "Nguyễn Thị Hoa"));
        Assert.DoesNotContain("115", PdfReading.Text(other), StringComparison.Ordinal);
    }

    [Fact]
    public void A_marking_sheet_carries_each_entry_and_exit_with_its_distances()
    {
        ThreadPlan plan = SyntheticPrediction.Value.Plan;
        DocumentLanguage language = DocumentLanguage.Vietnamese;
        byte[] picture = MarkingPoints.Picture(SyntheticPrediction.Value.Scan, plan);
        IReadOnlyList<MarkedThread> threads = MarkingPoints.Threads(plan, language);
        byte[] pdf = MarkingSheet.Write(new MarkingContent(
            DocumentSamples.Facts("vi"), DocumentSamples.Person, "Hàm, bản 3", [AreaWords.Name(plan.Area, language)], [new DocumentPicture(picture, "Điểm vào và điểm ra")], MarkingPoints.Landmarks(plan.Area, language), threads));
        PictureFiles.Keep("marking-vi.pdf", pdf);
        string text = PdfReading.Text(pdf);
        PlannedThread planned = plan.Threads.First(thread => thread.Id == "R2");
        var landmarks = new LandmarkSet(plan.Landmarks);
        string Row(Vector3D point) => string.Join(' ', new[] { "tragus.right", "lateral-canthus.right", "alare.right", "cheilion.right" }.Select(name => language.Number(Vector3D.Distance(point, landmarks[name]), 0)));
        Assert.Contains($"R2: PDO, dày 0,32 mm, sâu 4,0 mm Vào {Row(planned.Path[0])} ", text, StringComparison.Ordinal);
        Assert.Contains($"R2 Ra {Row(planned.Path[^1])} ", text, StringComparison.Ordinal);
        Assert.All(plan.Threads, thread => Assert.Contains($"{thread.Id} Ra ", text, StringComparison.Ordinal));
        Assert.Contains("Người ký xác nhận", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Distances_are_those_of_the_point_s_own_side_and_a_missing_landmark_stays_empty()
    {
        ThreadPlan plan = SyntheticPrediction.Value.Plan;
        ThreadPlan without = plan with { Landmarks = [.. plan.Landmarks.Where(landmark => landmark.Name != "cheilion.left")] };
        MarkedThread left = MarkingPoints.Threads(without, DocumentLanguage.English).First(thread => thread.Id == "L1");
        Assert.Null(left.EntryMm[3]);
        Assert.Equal(Vector3D.Distance(plan.Threads.First(thread => thread.Id == "L1").Path[0], new LandmarkSet(plan.Landmarks)["tragus.left"]), left.EntryMm[0]!.Value, 9);
        byte[] pdf = MarkingSheet.Write(new MarkingContent(
            DocumentSamples.Facts("en"), DocumentSamples.Person, "Jaw", [], [], MarkingPoints.Landmarks(plan.Area, DocumentLanguage.English), [left]));
        Assert.Contains("– ", PdfReading.Text(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_without_one_distance_a_landmark_is_refused() => Assert.Throws<ArgumentException>(() => MarkingSheet.Write(new MarkingContent(
        DocumentSamples.Facts("en"), DocumentSamples.Person, "Jaw", [], [], ["Tragus"], [new MarkedThread("L1", "PDO", [1, 2], [1])])));

    [Fact]
    public void A_letter_refers_severe_laxity_with_the_threads_in_place()
    {
        DocumentLanguage language = DocumentLanguage.Vietnamese;
        var map = new ThreadMap(new LocalDate(2025, 2, 3), new DocumentPicture(DocumentSamples.Picture(), "Vị trí chỉ"), [new MappedThread("L1", "đường viền hàm, trái", "Example PDO, Example Co., PDO", "LOT-7A", 4)]);
        byte[] pdf = ReferralLetter.Write(new ReferralContent(
            DocumentSamples.Facts("vi"), DocumentSamples.Person, "Khoa Phẫu thuật tạo hình", ReferralLetter.SevereLaxity(["cổ"], language), [new DocumentSection("Khám", [new ParagraphBlock("Cổ: độ 4.")])], map, "BS. Trần Văn Đức", "012345/HNO-CCHN"));
        PictureFiles.Keep("referral-vi.pdf", pdf);
        string text = PdfReading.Text(pdf);
        Assert.Contains("Kính gửi: Khoa Phẫu thuật tạo hình Ngày: 27/11/2026 Kính nhờ quý đồng nghiệp cho ý kiến về phẫu thuật. Các vùng sau chảy xệ nặng: cổ.", text, StringComparison.Ordinal);
        Assert.Contains("Đặt ngày 03/02/2025. Tất cả đều là chỉ tự tiêu. Vị trí chỉ Chỉ Vị trí Sản phẩm Số lô Độ sâu, mm L1 đường viền hàm, trái Example PDO, Example Co., PDO LOT-7A 4,0 ", text, StringComparison.Ordinal);
        Assert.Contains("BS. Trần Văn Đức, chứng chỉ hành nghề 012345/HNO-CCHN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Chỉ đang có trong cơ thể", PdfReading.Text(ReferralLetter.Write(new ReferralContent(
            DocumentSamples.Facts("vi"), DocumentSamples.Person, "Khoa", "Lý do", [], null, "BS. Trần Văn Đức", ""))), StringComparison.Ordinal);
    }
}
