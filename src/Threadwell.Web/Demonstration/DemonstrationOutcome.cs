using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Outcomes;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.Outcomes;

namespace Threadwell.Web.Demonstration;

/// <summary>What followed a treatment of the demonstration: an exposed thread that was trimmed and healed, the visit after three months, and a change of weight.</summary>
internal static class DemonstrationOutcome
{
    private const int ExposedDay = 18;
    private const int TrimmedDay = 19;
    private const int HealedDay = 30;
    private const int VisitDay = 92;
    private const int WeightDay = 150;

    /// <summary>Adds it.</summary>
    /// <param name="context">The record.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="at">When it started.</param>
    public static void Add(ThreadwellContext context, StoredTreatment treatment, Instant at)
    {
        Guid doctor = DemonstrationAccounts.IdOf(Role.Doctor);
        ImplantedThread thread = treatment.Threads[0];
        var exposed = new Complication
        {
            Id = Guid.CreateVersion7(),
            PatientId = treatment.PatientId,
            TreatmentId = treatment.Id,
            ThreadId = thread.Id,
            Kind = ComplicationKind.ThreadExposure,
            Onset = treatment.Day.PlusDays(ExposedDay),
            Severity = ComplicationSeverity.Moderate,
            Area = thread.Area,
            Side = thread.Side,
            Finding = "Đầu chỉ lộ 2 mm ở lỗ vào, da quanh không đỏ, không dịch.",
            Action = "Sát khuẩn, cắt đầu chỉ sát da, băng vô khuẩn; dặn không kéo, không nặn.",
            Technique = "endTooNearSkin",
            Outcome = ComplicationOutcome.Resolved,
            EndedOn = treatment.Day.PlusDays(HealedDay),
            RecordedBy = doctor,
            CreatedAt = at + Duration.FromDays(ExposedDay),
        };
        context.Complications.Add(exposed);
        context.ThreadRemovals.Add(new ThreadRemoval
        {
            Id = Guid.CreateVersion7(),
            PatientId = treatment.PatientId,
            ThreadId = thread.Id,
            ComplicationId = exposed.Id,
            Day = treatment.Day.PlusDays(TrimmedDay),
            DoctorId = doctor,
            Extent = RemovalExtent.Trimmed,
            RemovedMm = 4,
            Remains = "Phần còn lại nằm dưới da, không sờ thấy.",
            CreatedAt = at + Duration.FromDays(TrimmedDay),
        });
        context.FollowUpVisits.Add(new FollowUpVisit
        {
            Id = Guid.CreateVersion7(),
            PatientId = treatment.PatientId,
            TreatmentId = treatment.Id,
            Day = treatment.Day.PlusDays(VisitDay),
            ScheduledId = FollowUpSchedule.At(treatment.Day, treatment.Day.PlusDays(VisitDay))!.Id,
            DoctorImprovement = 2,
            PatientImprovement = 3,
            LaxityJson = VisitForm.ToJson(new Dictionary<TreatmentArea, int> { [TreatmentArea.Jawline] = 2 }),
            CutometerJson = VisitForm.ToJson([new CutometerReading("Má trái", 2, 0.34, 0.72, 0.55, 0.41), new CutometerReading("Má phải", 2, 0.36, 0.70, 0.53, 0.39)]),
            Note = "Đường viền hàm gọn hơn, cân hai bên.",
            DoctorId = doctor,
            CreatedAt = at + Duration.FromDays(VisitDay),
        });
        context.LifeEvents.Add(new LifeEvent
        {
            Id = Guid.CreateVersion7(),
            PatientId = treatment.PatientId,
            Kind = LifeEventKind.WeightChange,
            Day = treatment.Day.PlusDays(WeightDay),
            WeightChangeKg = -3.5,
            Note = "Ăn kiêng.",
            RecordedBy = doctor,
            CreatedAt = at + Duration.FromDays(WeightDay),
        });
    }
}
