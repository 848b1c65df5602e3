using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Tests.Registry;

/// <summary>Writes small clinics into a record, row by row, for the registry to count.</summary>
internal sealed class RegistryRecord(ThreadwellContext context)
{
    public static readonly LocalDate First = new(2023, 1, 10);

    private static int number = 100_000;

    public Guid Facility { get; private set; }

    public Guid Doctor { get; } = Guid.CreateVersion7();

    public void AddFacility()
    {
        var facility = new Facility { Id = Guid.CreateVersion7(), Name = "Huế", Kind = FacilityKind.Hospital };
        Facility = facility.Id;
        context.Add(facility);
    }

    public Guid Patient(bool consents = true, bool demonstration = false)
    {
        int next = Interlocked.Increment(ref number);
        var patient = new Patient
        {
            Id = Guid.CreateVersion7(), Number = next, FullName = "Lê Thị Hoà", SortKey = "hoa le thi", BirthDate = new LocalDate(1975, 3, 2), Sex = Sex.Female, Language = "vi", IsDemonstration = demonstration, CreatedAt = At(First),
        };
        context.Add(patient);
        if (consents)
        {
            context.Add(new StoredConsent
            {
                Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = ConsentKind.Registry, Language = "vi", DocumentJson = "{}", DocumentSha256 = new string('0', 64), Signature = SignatureKind.Typed,
                SignatureSha256 = new string('0', 64), PdfSha256 = new string('0', 64), SignedAt = At(First), SignedOn = Doctor,
            });
        }

        return patient.Id;
    }

    public Guid Treatment(Guid patient, LocalDate? day = null, TreatmentArea area = TreatmentArea.Jawline, string material = "PDO", string lot = "A1", Guid? by = null, int threads = 2, TreatmentState state = TreatmentState.Ended)
    {
        var treatment = new StoredTreatment
        {
            Id = Guid.CreateVersion7(), PatientId = patient, Kind = TreatmentKind.Planned, State = state, Day = day ?? First, OperatorId = by ?? Doctor, FacilityId = Facility, CreatedAt = At(day ?? First), EndedAt = At(day ?? First),
        };
        context.Add(treatment);
        for (int thread = 1; thread <= threads; thread++)
        {
            context.Add(new ImplantedThread
            {
                Id = Guid.CreateVersion7(), TreatmentId = treatment.Id, PatientId = patient, Number = thread, ProductName = "Lift", Maker = "Maker", Material = material, DeviceIdentifier = "09506000134352", Lot = lot, LotKey = LotKeys.Of(lot),
                Expiry = new LocalDate(2030, 1, 1), Area = area, Side = BodySide.Left, PlacedAt = At(day ?? First),
            });
        }

        return treatment.Id;
    }

    /// <summary>Care for a complication, which is no treatment of the registry.</summary>
    public void Care(Guid patient, LocalDate day) => context.Add(new StoredTreatment
    {
        Id = Guid.CreateVersion7(), PatientId = patient, Kind = TreatmentKind.ComplicationCare, State = TreatmentState.Ended, Day = day, OperatorId = Doctor, FacilityId = Facility, CreatedAt = At(day), EndedAt = At(day),
    });

    public FollowUpVisit Visit(Guid patient, Guid treatment, double months, double? lift)
    {
        var visit = new FollowUpVisit { Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, Day = After(months), LiftMm = lift, DoctorId = Doctor, CreatedAt = At(After(months)) };
        context.Add(visit);
        return visit;
    }

    public Complication Complication(Guid patient, Guid treatment, ComplicationKind kind, ComplicationSeverity severity = ComplicationSeverity.Moderate, Guid? thread = null)
    {
        var complication = new Complication
        {
            Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, ThreadId = thread, Kind = kind, Onset = First.PlusDays(5), Severity = severity, Outcome = ComplicationOutcome.Resolved, RecordedBy = Doctor, CreatedAt = At(First),
        };
        context.Add(complication);
        return complication;
    }

    public void Life(Guid patient, LifeEventKind kind, double months) =>
        context.Add(new LifeEvent { Id = Guid.CreateVersion7(), PatientId = patient, Kind = kind, Day = After(months), RecordedBy = Doctor, CreatedAt = At(First) });

    public StoredCheckIn CheckIn(Guid patient, Guid treatment, string scheduled, int day, TriageLevel level, TriageLevel? phone = null)
    {
        var row = new StoredCheckIn
        {
            Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, ScheduledId = scheduled, AnsweredAt = "", ArrivedAt = At(First.PlusDays(day)), Teller = CheckInTeller.Patient, AnswersJson = "{}", RulebookVersion = 1, Level = level, PhoneLevel = phone, Reasons = "", Open = "",
        };
        context.Add(row);
        return row;
    }

    public void Alarm(StoredCheckIn checkIn, int? acknowledged, int? spoken) => context.Add(new CareTask
    {
        Id = Guid.CreateVersion7(), PatientId = checkIn.PatientId, TreatmentId = checkIn.TreatmentId, CheckInId = checkIn.Id, Kind = CareTaskKind.CheckIn, Level = checkIn.Level, OpenedAt = checkIn.ArrivedAt, DeadlinesJson = "[]", State = CareTaskState.Closed, Owner = ActionOwner.OnCall,
        AcknowledgedAt = acknowledged is { } seen ? checkIn.ArrivedAt + Duration.FromMinutes(seen) : null, ContactedAt = spoken is { } said ? checkIn.ArrivedAt + Duration.FromMinutes(said) : null,
    });

    /// <summary>The day that lies so many months after the first treatment, as the registry counts months.</summary>
    public static LocalDate After(double months) => First.PlusDays((int)Math.Round(months * 30.4375));

    private static Instant At(LocalDate day) => day.At(new LocalTime(3, 0)).InUtc().ToInstant();
}
