using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Aftercare;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Patients;
using Threadwell.Web.Rulebooks;
using Threadwell.Web.Scans;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Board;

/// <summary>
/// The letter with which a patient is sent to a hospital because of what she told: who she is, which threads lie where, what was told since when, what is recorded of
/// medicines and allergies, and what is asked. It is made from the record alone; what is not recorded is said to be so.
/// </summary>
/// <param name="desk">The treatment's record.</param>
/// <param name="time">The clinic's zone.</param>
/// <param name="library">Scans, for the map of the threads.</param>
/// <param name="rulebooks">The questions of assessments.</param>
internal sealed class TaskReferral(TreatmentDesk desk, ClinicTime time, ScanLibrary library, RulebookKeeper rulebooks)
{
    // What a hospital asks first; the rest of the questionnaire stays in the record.
    private static readonly string[] Asked = ["allergyPolymer", "allergyAnaesthetic", "bloodThinner", "immunosuppression", "bleedingDisorder", "isotretinoin", "pregnant", "smoking"];

    /// <summary>Writes it; null where there is no such task, or it is about no treatment.</summary>
    /// <param name="id">The task.</param>
    /// <param name="language">"en" or "vi"; null for the patient's own.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(byte[] Pdf, string FileName)?> WriteAsync(Guid id, string? language, CancellationToken cancellation)
    {
        if (await desk.Database.CareTasks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { TreatmentId: { } treatment } task
            || await desk.FindAsync(treatment) is not { } found || await TreatmentCourse.FindAsync(desk.Database, time, treatment, cancellation) is not { } course)
        {
            return null;
        }

        DocumentLanguage words = DocumentLanguage.Of(language ?? found.Patient.Language);
        (string doctor, string licence) = await DoctorAsync(found, cancellation);
        var facts = new DocumentFacts(words, new ClinicDetails(found.Settings.Name, found.Facility.Address, found.Settings.Phone, found.Facility.LicenceNumber), desk.Now.InZone(found.Zone).ToOffsetDateTime(), found.Patient.IsDemonstration);
        byte[] pdf = ReferralLetter.Write(new ReferralContent(
            facts,
            new PersonDetails(found.Patient.FullName, found.Patient.BirthDate, found.Patient.Number.ToString(CultureInfo.InvariantCulture)),
            found.Settings.EmergencyHospital.Length > 0 ? found.Settings.EmergencyHospital : Say(words, "The emergency department", "Khoa cấp cứu"),
            Reason(task, found, words),
            [Told(course, words), await HistoryAsync(found, words, cancellation), Treatment(found, words), Asks(task, found, words)],
            new ThreadMap(found.Treatment.Day, await PictureAsync(found, words), [.. found.Standing.Select(thread => Mapped(thread, words))]),
            doctor,
            licence));
        return (pdf, $"referral-{found.Patient.Number}-{words.Name}.pdf");
    }

    private static string Say(DocumentLanguage language, string english, string vietnamese) => language.Name == "vi" ? vietnamese : english;

    private static string Reason(CareTask task, TreatmentCase found, DocumentLanguage language)
    {
        string level = TriageFile.Shipped.Get(task.Level).Title.In(language.Name);
        return Say(
            language,
            $"This patient had a thread lift at our clinic on {language.Date(found.Treatment.Day)} and has told us of what follows (our level: {level}). We ask you to see the patient. This letter is no diagnosis.",
            $"Người bệnh này đã được căng chỉ tại phòng khám chúng tôi ngày {language.Date(found.Treatment.Day)} và đã báo các dấu hiệu dưới đây (mức của chúng tôi: {level}). Kính đề nghị quý đơn vị khám. Thư này không phải là chẩn đoán.");
    }

    // Each sign once, with the first check-in of the unbroken stretch in which it was told.
    private static DocumentSection Told(TreatmentCourse course, DocumentLanguage language)
    {
        var rows = course.CheckIns.Select(row => (Row: row, Told: course.Told(row, TriageFile.Shipped))).OrderBy(one => one.Told.AnsweredAt!.Value.ToInstant()).ToList();
        var lines = new List<string>();
        if (rows.Count > 0)
        {
            foreach (TriageRule rule in KeptReasons.Of(rows[^1].Row, TriageFile.Shipped).Concat(rows.SelectMany(one => KeptReasons.Of(one.Row, TriageFile.Shipped))).Where(rule => rule.When is not null).Distinct().OrderByDescending(rule => rule.Level))
            {
                int last = rows.FindLastIndex(one => Holds(one.Row, rule));
                int first = last;
                while (first > 0 && Holds(rows[first - 1].Row, rule))
                {
                    first--;
                }

                string span = first == last
                    ? Say(language, $"told on {When(rows[last])}", $"báo ngày {When(rows[last])}")
                    : Say(language, $"told since {When(rows[first])}, last on {When(rows[last])}", $"báo từ {When(rows[first])}, lần cuối {When(rows[last])}");
                lines.Add($"{rule.Says.In(language.Name)} ({span})");
            }

            if (course.Told(rows[^1].Row, TriageFile.Shipped).Answers.Find(new AnswerKey("note")) is TextAnswer { Text.Length: > 0 } note)
            {
                lines.Add(Say(language, "In the patient's own words: ", "Lời của người bệnh: ") + note.Text);
            }
        }

        return new DocumentSection(
            Say(language, "What was told, and since when", "Dấu hiệu đã báo và từ khi nào"),
            lines.Count > 0 ? [new ListBlock(lines)] : [new ParagraphBlock(Say(language, "No warning sign has been told.", "Chưa báo dấu hiệu cảnh báo nào."))]);

        static bool Holds(StoredCheckIn row, TriageRule rule) => row.Reasons.Split(' ').Contains(rule.Id);

        string When((StoredCheckIn Row, CheckIn Told) one)
        {
            OffsetDateTime at = one.Told.AnsweredAt!.Value;
            string day = one.Row.Day is { } number ? Say(language, $", day {number}", $", ngày {number} sau điều trị") : "";
            return $"{language.Date(at.Date)} {at.ToString("HH:mm", CultureInfo.InvariantCulture)}{day}";
        }
    }

    private async Task<DocumentSection> HistoryAsync(TreatmentCase found, DocumentLanguage language, CancellationToken cancellation)
    {
        var lines = new List<string>();
        if (found.Assessment is { } assessment && await rulebooks.FindAsync(assessment.RulebookVersion, cancellation) is { } kept)
        {
            using var answers = JsonDocument.Parse(assessment.AnswersJson);
            foreach (Question question in Asked.Select(kept.Rules.Questionnaire.Find).OfType<Question>())
            {
                string answer = answers.RootElement.TryGetProperty(question.Id, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() switch { "yes" => Say(language, "yes", "có"), "no" => Say(language, "no", "không"), _ => Unknown() } : Unknown();
                lines.Add($"{question.Text.In(language.Name)}: {answer}");
            }

            lines.Add(Say(language, $"Asked on {language.Date(assessment.CreatedAt.InZone(found.Zone).Date)}.", $"Hỏi ngày {language.Date(assessment.CreatedAt.InZone(found.Zone).Date)}."));
        }

        if (found.Preparation.Recheck is { MedicinesChanged: true })
        {
            lines.Add(Say(language, "New or changed medicines on the day of the treatment; see the record.", "Có thuốc mới hoặc thay đổi vào ngày điều trị; xem hồ sơ."));
        }

        if (found.Preparation.Recheck is { NewAllergy: true })
        {
            lines.Add(Say(language, "A new allergy was told on the day of the treatment; see the record.", "Có dị ứng mới được báo vào ngày điều trị; xem hồ sơ."));
        }

        lines.AddRange(Ordered(found, language));
        return new DocumentSection(
            Say(language, "Medicines and allergies", "Thuốc và dị ứng"),
            lines.Count > 0 ? [new ListBlock(lines)] : [new ParagraphBlock(Say(language, "Not recorded at our clinic; please ask.", "Phòng khám chưa ghi nhận; xin hỏi lại người bệnh."))]);

        string Unknown() => Say(language, "not known", "không rõ");
    }

    // What was ordered after the treatment is said whether or not it still stands: she may have taken it.
    private static IEnumerable<string> Ordered(TreatmentCase found, DocumentLanguage language)
    {
        var facts = TreatmentAftercare.Facts(found, found.Orders);
        if (facts.Allergies is { } allergies)
        {
            yield return allergies.Count > 0
                ? Say(language, "Allergies on record: ", "Dị ứng đã ghi nhận: ") + string.Join(", ", allergies)
                : Say(language, "No allergy was known when medicines were ordered.", "Chưa biết dị ứng nào lúc kê thuốc.");
        }

        foreach (MedicineOrder order in found.Orders.Medicines)
        {
            LocalDate from = order.From ?? facts.TreatedAt.InZone(facts.Zone).Date;
            string what = $"{order.Name} ({string.Join(", ", order.Ingredients)}): {order.Dose}";
            string days = Say(language, $"from {language.Date(from)} for {order.Days} {(order.Days == 1 ? "day" : "days")}, ordered by {order.OrderedBy}", $"từ {language.Date(from)}, trong {order.Days} ngày, {order.OrderedBy} kê");
            string against = TreatmentAftercare.Against(facts, order) is null ? "" : Say(language, "; later taken off her sheet, as something stands against it", "; sau đó đã bỏ khỏi phiếu chăm sóc vì không phù hợp");
            yield return Say(language, "Ordered: ", "Đã kê: ") + $"{what}; {days}{against}";
        }
    }

    private static DocumentSection Treatment(TreatmentCase found, DocumentLanguage language)
    {
        ThreadMaterial[] materials = [.. found.Standing.Select(thread => Enum.Parse<ThreadMaterial>(thread.Material, ignoreCase: true)).Distinct()];
        var lines = new List<string>
        {
            Say(language, "Areas: ", "Vùng: ") + string.Join(", ", found.Standing.Select(thread => thread.Area).Distinct().Select(area => AreaWords.Name(area, language))),
            Say(language, $"Threads in place: {found.Standing.Count()}", $"Số chỉ đang đặt: {found.Standing.Count()}"),
        };
        lines.AddRange(materials.Select(material => $"{MaterialWords.Name(material, language)}: {MaterialWords.Resorption(material, language)}"));
        double lidocaine = found.Preparation.Lidocaine.Sum(dose => dose.Milligrams);
        if (lidocaine > 0)
        {
            lines.Add(Say(language, $"Lidocaine given on that day: {language.Number(lidocaine)} mg", $"Lidocaine đã dùng hôm đó: {language.Number(lidocaine)} mg"));
        }

        if (found.Operator is { } doctor)
        {
            lines.Add(Say(language, "Treated by ", "Bác sĩ điều trị: ") + doctor.FullName);
        }

        return new DocumentSection(Say(language, "The treatment", "Buổi điều trị"), [new ListBlock(lines)]);
    }

    private static DocumentSection Asks(CareTask task, TreatmentCase found, DocumentLanguage language) => new(
        Say(language, "What we ask", "Đề nghị"),
        [new ListBlock(
        [
            task.Level == TriageLevel.Emergency ? Say(language, "Please see the patient at once.", "Xin khám ngay.") : Say(language, "Please see the patient today.", "Xin khám trong hôm nay."),
            Say(language, "The threads are barbed: pulled from outside they hold. Please cut or pull none before you know how it runs; a thread is removed against its barbs, under asepsis.", "Chỉ có gai: kéo từ ngoài vào sẽ vướng lại. Xin đừng cắt hay kéo khi chưa rõ đường đi; lấy chỉ ngược chiều gai, trong điều kiện vô khuẩn."),
            Say(language, "Where infection is possible, please take a sample for bacteria and mycobacteria before an antibiotic, and look by ultrasound.", "Nếu có khả năng nhiễm trùng, xin lấy mẫu tìm vi khuẩn và mycobacteria trước khi dùng kháng sinh, và siêu âm."),
            Say(language, "Please keep any thread that is removed, and tell us which and how much remains.", "Xin giữ lại chỉ đã lấy ra và cho chúng tôi biết chỉ nào, còn lại bao nhiêu."),
            Say(language, $"Please call us: {found.Settings.Phone}", $"Xin gọi cho chúng tôi: {found.Settings.Phone}"),
        ])]);

    private static MappedThread Mapped(ImplantedThread thread, DocumentLanguage language) => new(
        thread.PlannedThreadId ?? thread.Number.ToString(CultureInfo.InvariantCulture),
        AreaWords.Name(thread.Area, thread.Side switch { BodySide.Left => true, BodySide.Right => false, _ => null }, language),
        $"{thread.ProductName}, {thread.Maker}, {thread.Material}",
        thread.Lot,
        thread.DepthMm);

    private async Task<DocumentPicture?> PictureAsync(TreatmentCase found, DocumentLanguage language) =>
        found.Plan is { } plan && found.Standing.Any() && await PaperEndpoints.PictureAsync(found, desk, library) is { } picture
            ? new DocumentPicture(picture, Say(language, $"Threads as planned: {AreaWords.Name(plan.Area, language)}", $"Vị trí chỉ theo kế hoạch: {AreaWords.Name(plan.Area, language)}"))
            : null;

    // Who sends her signs: the doctor who asks for the letter, else the one who treated her.
    private async Task<(string Name, string Licence)> DoctorAsync(TreatmentCase found, CancellationToken cancellation)
    {
        Guid doctor = desk.User.Role == Role.Doctor ? desk.User.UserId!.Value : found.Treatment.OperatorId;
        string name = desk.User.Role == Role.Doctor ? desk.User.Name : found.Operator?.FullName ?? "";
        return (name, await desk.Database.StaffLicences.Where(row => row.UserId == doctor).OrderByDescending(row => row.From).Select(row => row.Number).FirstOrDefaultAsync(cancellation) ?? "");
    }
}
