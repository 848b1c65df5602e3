using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Treatments;

/// <summary>One line of the sheet that a patient takes home before a treatment.</summary>
/// <param name="From">First day; the day of treatment or earlier.</param>
/// <param name="Until">Last day, itself included.</param>
/// <param name="What">What to do.</param>
/// <param name="Why">Why.</param>
/// <param name="Sources">Evidence rows; with none it is clinical judgement.</param>
public sealed record PreparationStep(LocalDate From, LocalDate Until, Wording What, Wording Why, IReadOnlyList<string> Sources);

/// <summary>How a patient prepares, dated by the day of treatment.</summary>
public static class PreparationPlan
{
    /// <summary>The steps in the order of their days.</summary>
    /// <param name="treatment">Day of treatment.</param>
    /// <param name="takesBloodThinner">Whether the patient takes a prescribed blood thinner.</param>
    /// <param name="smokes">Whether the patient smokes or vapes.</param>
    public static IReadOnlyList<PreparationStep> For(LocalDate treatment, bool takesBloodThinner, bool smokes)
    {
        LocalDate twoWeeks = treatment.PlusDays(-14);
        LocalDate dayBefore = treatment.PlusDays(-1);
        var steps = new List<PreparationStep>
        {
            new(twoWeeks, treatment, new("No dental work and no vaccination", "Không làm răng, không tiêm vắc-xin"), new("Bacteria in the blood can settle on a thread, and a fever would be hard to read", "Vi khuẩn trong máu có thể bám vào chỉ, và sốt sẽ khó phân biệt"), ["E-109"]),
            new(twoWeeks, treatment, new("No painkillers such as ibuprofen or aspirin that you bought yourself; ask us which one is fine", "Không dùng thuốc giảm đau tự mua như ibuprofen, aspirin; hãy hỏi chúng tôi thuốc thay thế"), new("They make bruises larger", "Chúng làm bầm nhiều hơn"), ["E-109", "E-110"]),
        };
        if (takesBloodThinner)
        {
            steps.Add(new(twoWeeks, treatment, new("Take your prescribed blood thinner on as before. Never stop it by yourself", "Tiếp tục uống thuốc làm loãng máu theo đơn. Không bao giờ tự ý ngừng"), new("Stopping it can be dangerous; only its prescriber may change it", "Ngừng thuốc có thể nguy hiểm; chỉ bác sĩ kê đơn được thay đổi"), ["E-124"]));
        }

        if (smokes)
        {
            steps.Add(new(twoWeeks, treatment, new("No tobacco, no vape, no water pipe", "Không hút thuốc lá, thuốc lá điện tử, thuốc lào"), new("Smoke slows healing", "Khói thuốc làm chậm lành"), ["E-108", "E-124"]));
        }

        steps.AddRange(
        [
            new(treatment.PlusDays(-2), treatment, new("No alcohol", "Không uống rượu bia"), new("It makes bruises larger", "Rượu bia làm bầm nhiều hơn"), []),
            new(dayBefore, dayBefore, new("Read the consent again and sign it by now, 24 hours before at the latest", "Đọc lại và ký giấy đồng ý, muộn nhất 24 giờ trước"), new("You decide without hurry", "Để bạn quyết định không vội vàng"), []),
            new(dayBefore, dayBefore, new("Wash hair and face in the evening", "Buổi tối gội đầu và rửa mặt"), new("Clean skin, and no wet hair for a day after", "Da sạch, và sau thủ thuật không bị ướt tóc trong một ngày"), []),
            new(treatment, treatment, new("Come without make-up, cream and jewellery; eat lightly; bring your medicines and somebody to take you home", "Đến với mặt mộc, không kem, không trang sức; ăn nhẹ; mang theo thuốc đang dùng và người đưa về"), new("We work sterile, and you may be tired", "Thủ thuật vô khuẩn, và bạn có thể mệt"), []),
            new(treatment, treatment, new("Call us before you come if you have fever, cold sores or new medicines, or might be pregnant", "Gọi cho chúng tôi trước khi đến nếu bạn sốt, nổi mụn rộp, có thuốc mới hoặc có thể mang thai"), new("Then another day is better", "Khi đó nên chọn ngày khác"), ["E-123"]),
        ]);
        return steps;
    }
}
