using System.Globalization;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Evidence;

namespace Threadwell.Care.Treatments;

/// <summary>
/// Decides whether a treatment may start now. Its spans (90 days, 24 hours, 14 days) are the product's own rules of safety, clinical judgement;
/// limits of lidocaine and blood pressure come from the evidence catalogue.
/// </summary>
public sealed class TreatmentGate
{
    /// <summary>For so many days an assessment holds.</summary>
    public const int AssessmentDays = 90;

    /// <summary>So long a consent must have been signed before.</summary>
    public static readonly Duration ConsentAge = Duration.FromHours(24);

    /// <summary>So many days from the day of treatment somebody must be on call.</summary>
    public const int OnCallDays = 14;

    private readonly GateFacts facts;
    private readonly LocalDate today;
    private readonly List<GateBlock> blocks = [];

    private TreatmentGate(GateFacts facts)
    {
        this.facts = facts;
        today = facts.Now.InZone(facts.Zone).Date;
    }

    /// <summary>Judges.</summary>
    public static GateResult Check(GateFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Purpose == TreatmentPurpose.ComplicationCare)
        {
            return new GateResult(true, false, []);
        }

        var gate = new TreatmentGate(facts);
        gate.CheckAssessment();
        gate.CheckRecheck();
        gate.CheckConsent();
        gate.CheckPlace();
        gate.CheckOperator();
        gate.CheckOnCall();
        gate.CheckPhotos();
        gate.CheckLidocaine();
        gate.CheckSterility();
        bool overridden = gate.blocks.Count > 0 && facts.Override is { } signed && !string.IsNullOrWhiteSpace(signed.Reason) && !string.IsNullOrWhiteSpace(signed.SignedBy);
        return new GateResult(gate.blocks.Count == 0 || overridden, overridden, gate.blocks);
    }

    private void Block(string code, string en, string vi, string fixEn, string fixVi) => blocks.Add(new GateBlock(code, new Wording(en, vi), new Wording(fixEn, fixVi)));

    private void CheckAssessment()
    {
        const string assess = "assess the patient now and let a doctor accept it";
        const string assessVi = "đánh giá lại bệnh nhân và để bác sĩ xác nhận";
        if (facts.Assessment is not { } assessment)
        {
            Block("assessment.missing", "there is no assessment that a doctor accepted", "chưa có đánh giá nào được bác sĩ xác nhận", assess, assessVi);
            return;
        }

        if (assessment.On > today || assessment.On.PlusDays(AssessmentDays) < today)
        {
            Block("assessment.old", $"the assessment is older than {AssessmentDays} days", $"đánh giá đã quá {AssessmentDays} ngày", assess, assessVi);
        }

        if (assessment.Outcome > Outcome.WithConditions)
        {
            (string en, string vi) = assessment.Outcome switch
            {
                Outcome.NotSettled => ("has open questions", "còn câu hỏi chưa trả lời"),
                Outcome.NotNow => ("says not now", "kết luận chưa điều trị lúc này"),
                Outcome.NotSuitable => ("says not suitable", "kết luận không phù hợp"),
                _ => ("refers the patient on", "kết luận chuyển tuyến"),
            };
            Block("assessment.against", $"the assessment {en}", $"đánh giá {vi}", "settle its reasons and assess again", "giải quyết các lý do rồi đánh giá lại");
        }
    }

    private void CheckRecheck()
    {
        if (facts.Recheck is not { } recheck || recheck.On != today)
        {
            Block("recheck.missing", "the patient was not asked again today", "hôm nay chưa hỏi lại bệnh nhân", "ask about fever, herpes, pregnancy, medicines and allergy, and take the blood pressure", "hỏi về sốt, herpes, thai, thuốc, dị ứng và đo huyết áp");
            return;
        }

        const string again = "assess again before treating";
        const string againVi = "đánh giá lại trước khi điều trị";
        Asked("fever", recheck.Fever, "fever or an infection today", "hôm nay có sốt hoặc nhiễm trùng", "put the treatment off until it has healed", "hoãn đến khi khỏi");
        Asked("herpes", recheck.Herpes, "herpes at the area today", "hôm nay có herpes ở vùng điều trị", "put the treatment off until the skin has healed", "hoãn đến khi da lành");
        if (recheck.PregnancyIsPossible)
        {
            Asked("pregnancy", recheck.Pregnant, "a pregnancy, or possibly one", "đang hoặc có thể mang thai", "put the treatment off", "hoãn điều trị");
        }

        Asked("medicines", recheck.MedicinesChanged, "new or changed medicines", "thuốc mới hoặc thay đổi thuốc", again, againVi);
        Asked("allergy", recheck.NewAllergy, "an allergy that the assessment does not know", "dị ứng mới chưa có trong đánh giá", again, againVi);
        CheckPressure(recheck);
    }

    private void Asked(string name, bool? answer, string en, string vi, string fixEn, string fixVi)
    {
        if (answer is null)
        {
            Block($"recheck.{name}.open", $"not answered today: {en}", $"hôm nay chưa trả lời: {vi}", "ask, and note the answer", "hỏi và ghi câu trả lời");
        }
        else if (answer.Value)
        {
            Block($"recheck.{name}", en, vi, fixEn, fixVi);
        }
    }

    private void CheckPressure(DayRecheck recheck)
    {
        double systolic = EvidenceCatalogue.Value("pressure-limit.systolic", "mmHg");
        double diastolic = EvidenceCatalogue.Value("pressure-limit.diastolic", "mmHg");
        if (recheck is not { SystolicMmHg: { } upper, DiastolicMmHg: { } lower })
        {
            Block("recheck.pressure.open", "the blood pressure was not measured today", "hôm nay chưa đo huyết áp", "measure it, and note both values", "đo và ghi cả hai chỉ số");
        }
        else if (upper >= systolic || lower >= diastolic)
        {
            Block(
                "recheck.pressure",
                Invariant($"the blood pressure is {upper}/{lower}, not below {systolic}/{diastolic} mmHg (E-195)"),
                Invariant($"huyết áp {upper}/{lower}, chưa dưới {systolic}/{diastolic} mmHg (E-195)"),
                "let the patient rest and measure again, or put the treatment off",
                "cho bệnh nhân nghỉ rồi đo lại, hoặc hoãn điều trị");
        }
    }

    private void CheckConsent()
    {
        if (facts.Plan is not { } plan)
        {
            Block("no-plan", "there is no plan", "chưa có kế hoạch", "make a plan on the scan, or an outline without one", "lập kế hoạch trên bản quét, hoặc phác thảo không cần bản quét");
            return;
        }

        TreatmentConsent[] standing = [.. facts.Consents.Where(consent => consent.Plan == plan && !consent.IsWithdrawn)];
        if (standing.Length == 0)
        {
            bool withdrawn = facts.Consents.Any(consent => consent.Plan == plan);
            Block(
                withdrawn ? "consent.withdrawn" : "consent.missing",
                withdrawn ? "the consent to this plan was withdrawn" : "there is no consent to this plan",
                withdrawn ? "bệnh nhân đã rút đồng ý với kế hoạch này" : "chưa có đồng ý với đúng kế hoạch này",
                "go through this plan's consent with the patient; treat 24 hours later at the earliest",
                "giải thích và ký đồng ý cho đúng kế hoạch này; điều trị sớm nhất sau 24 giờ");
        }
        else if (standing.Min(consent => consent.SignedAt) + ConsentAge is var earliest && earliest > facts.Now)
        {
            string from = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Format(earliest.InZone(facts.Zone).LocalDateTime);
            Block("consent.too-fresh", "the consent was signed less than 24 hours ago", "đồng ý được ký chưa đủ 24 giờ", $"start from {from} on", $"bắt đầu từ {from}");
        }
    }

    private void CheckPlace()
    {
        const string fix = "choose a licensed place, or have the administrator enter the licence";
        const string fixVi = "chọn cơ sở có giấy phép, hoặc nhờ quản trị nhập giấy phép";
        if (facts.Place is not { } place)
        {
            Block("place.missing", "no place is named", "chưa chọn cơ sở", fix, fixVi);
            return;
        }

        if (place.Kind is not (PlaceKind.Hospital or PlaceKind.SpecialistClinic))
        {
            Block("place.kind", "the place is neither a hospital nor a specialist clinic", "cơ sở không phải bệnh viện hay phòng khám chuyên khoa", fix, fixVi);
        }

        if (string.IsNullOrWhiteSpace(place.LicenceNumber) || place.From is null || place.From > today || place.Until < today)
        {
            Block("place.licence", "the place has no licence that is valid today", "cơ sở không có giấy phép còn hiệu lực hôm nay", fix, fixVi);
        }

        if (!place.PermitsThreadLift)
        {
            Block("place.procedure", "thread lifting is not among the place's permitted procedures", "căng chỉ không nằm trong danh mục kỹ thuật được phép của cơ sở", fix, fixVi);
        }
    }

    private void CheckOperator()
    {
        PractisingLicence[] valid = [.. facts.OperatorLicences.Where(licence => licence.From <= today && !(licence.Until < today))];
        if (valid.Length == 0)
        {
            Block("operator.licence", "the doctor has no licence that is valid today", "bác sĩ không có chứng chỉ hành nghề còn hiệu lực hôm nay", "choose another doctor, or have the administrator enter the licence", "chọn bác sĩ khác, hoặc nhờ quản trị nhập chứng chỉ");
        }
        else if (!valid.Any(licence => Specialties.Find(licence.Specialty) is { MayPlaceThreads: true }))
        {
            Block("operator.specialty", "no valid licence of the doctor is of dermatology or aesthetic surgery", "bác sĩ không có chứng chỉ còn hiệu lực về da liễu hoặc phẫu thuật thẩm mỹ", "choose a doctor of that specialty", "chọn bác sĩ đúng chuyên khoa");
        }
    }

    private void CheckOnCall()
    {
        LocalDate? uncovered = Enumerable.Range(0, OnCallDays).Select(today.PlusDays).Where(day => !facts.OnCall.Any(turn => turn.Contains(day))).Select(day => (LocalDate?)day).FirstOrDefault();
        if (uncovered is { } day)
        {
            string date = NodaTime.Text.LocalDatePattern.Iso.Format(day);
            Block("on-call", $"nobody is on call on {date}", $"không có ai trực ngày {date}", $"fill the on-call plan for the {OnCallDays} days from today, holidays included", $"xếp lịch trực cho {OnCallDays} ngày từ hôm nay, kể cả ngày lễ");
        }

        if (!facts.PhoneChecked)
        {
            Block("phone", "the patient's telephone number was not checked", "chưa kiểm tra số điện thoại của bệnh nhân", "call it once now", "gọi thử ngay");
        }
    }

    private void CheckPhotos()
    {
        StandardView[] missing = [.. StandardPhotos.Needed.Except(facts.Photos)];
        if (missing.Length > 0)
        {
            Block(
                "photos",
                $"standard photos of today are missing: {string.Join(", ", missing.Select(view => Words(view).En))}",
                $"thiếu ảnh chuẩn hôm nay: {string.Join(", ", missing.Select(view => Words(view).Vi))}",
                "take them standing, before the anaesthetic",
                "chụp ở tư thế đứng, trước khi gây tê");
        }
    }

    private static Wording Words(StandardView view) => view switch
    {
        StandardView.Front => new("front", "chính diện"),
        StandardView.ObliqueLeft => new("left oblique", "nghiêng 45° trái"),
        StandardView.ObliqueRight => new("right oblique", "nghiêng 45° phải"),
        StandardView.ProfileLeft => new("left profile", "nghiêng 90° trái"),
        _ => new("right profile", "nghiêng 90° phải"),
    };

    private void CheckLidocaine()
    {
        if (facts.Lidocaine is not { } doses)
        {
            Block("dose.open", "the anaesthetic was not stated", "chưa ghi thuốc tê", "enter cream and injection with strength and amount, or none", "nhập kem và thuốc tiêm kèm nồng độ, lượng, hoặc ghi không dùng");
        }
        else if (doses.Count > 0 && facts.WeightKg is not > 0)
        {
            Block("dose.weight", "the weight is missing, without which the dose has no limit", "thiếu cân nặng nên chưa tính được giới hạn thuốc tê", "weigh the patient", "cân bệnh nhân");
        }
        else if (doses.Count > 0 && AnaesthesiaDose.Of(doses, facts.WeightKg!.Value) is { Share: > 1 } dose && string.IsNullOrWhiteSpace(facts.SignedDoseReason))
        {
            Block(
                "dose.limit",
                Invariant($"{dose.TotalMg:0} mg of lidocaine are more than the {dose.LimitMg:0} mg that are allowed at {facts.WeightKg:0.#} kg (E-194)"),
                Invariant($"{dose.TotalMg:0} mg lidocaine vượt quá {dose.LimitMg:0} mg cho phép với {facts.WeightKg:0.#} kg (E-194)"),
                "plan less, or sign the reason for more",
                "giảm liều, hoặc ký lý do dùng nhiều hơn");
        }
    }

    private void CheckSterility()
    {
        ChecklistStep[] missing = [.. SterilityChecklist.Steps.Where(step => !facts.SterileSteps.Contains(step.Id))];
        if (missing.Length > 0)
        {
            Block(
                "sterility",
                $"the sterility checklist is not complete ({missing.Length} open)",
                $"bảng kiểm vô khuẩn chưa đủ (còn {missing.Length} mục)",
                $"do and tick: {string.Join("; ", missing.Select(step => step.Text.En))}",
                $"thực hiện và đánh dấu: {string.Join("; ", missing.Select(step => step.Text.Vi))}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
