using Threadwell.Care.Rules;

namespace Threadwell.Care.Treatments;

/// <summary>One step that somebody ticks before the first needle.</summary>
/// <param name="Id">Name by which a record keeps it.</param>
/// <param name="Text">What was done.</param>
public sealed record ChecklistStep(string Id, Wording Text);

/// <summary>The steps against infection before a treatment (M10): clinical judgement, all of them, every time.</summary>
public static class SterilityChecklist
{
    /// <summary>The steps in order.</summary>
    public static IReadOnlyList<ChecklistStep> Steps { get; } =
    [
        new("room-clean", new("The room is clean and prepared for sterile work", "Phòng sạch và sẵn sàng cho thủ thuật vô khuẩn")),
        new("skin-clean", new("Make-up, cream and jewellery are off, hair is covered", "Đã tẩy trang, lau sạch kem, tháo trang sức, trùm tóc")),
        new("no-infection", new("No infection or open skin at the entries, seen today", "Hôm nay đã xem: các điểm vào không nhiễm trùng, không trầy xước")),
        new("hands", new("Surgical hand wash, sterile gloves, mask and cap", "Rửa tay ngoại khoa, găng vô khuẩn, khẩu trang, mũ")),
        new("antisepsis", new("Skin antiseptic applied and left to dry", "Đã sát khuẩn da và để khô")),
        new("drapes", new("Sterile drapes", "Trải săng vô khuẩn")),
        new("packages", new("Packages whole, sterile indicator right, within their dates", "Bao bì nguyên vẹn, chỉ thị tiệt khuẩn đạt, còn hạn")),
        new("single-use", new("Needles, cannulas and threads single-use, opened now", "Kim, canuyn và chỉ dùng một lần, mở ngay lúc này")),
    ];
}
