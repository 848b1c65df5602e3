using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;

namespace Threadwell.Storage.Bench;

/// <summary>What follows the first treatments of a seeded clinic: consent to the registry, check-ins, tasks, visits, complications, the lost. The same seed gives the same courses.</summary>
/// <param name="Clinic">The clinic.</param>
/// <param name="Courses">How many treatments are followed; at most as many as the clinic has patients.</param>
/// <param name="Today">What would lie after this day is left out.</param>
internal sealed record SeededCourses(SeededClinic Clinic, int Courses, LocalDate Today)
{
    /// <summary>Check-ins of each course.</summary>
    public const int CheckInsEach = 20;

    private static readonly ScheduledCheckIn[] Schedule = [.. TriageFile.Shipped.Schedule.Where(item => item.Call != true)];
    private static readonly int[] VisitMonths = [0, 1, 3, 6, 12, 24, 36, 48];

    /// <summary>Consents to the registry; one in fifty is withdrawn.</summary>
    public IEnumerable<StoredConsent> ConsentRows() => Enumerable.Range(0, Courses).Select(index => new StoredConsent
    {
        Id = SeededClinic.Key(20, index),
        PatientId = SeededClinic.PatientKey(index),
        Kind = ConsentKind.Registry,
        Language = "vi",
        DocumentJson = "{}",
        DocumentSha256 = new string('0', 64),
        Signature = SignatureKind.Typed,
        SignatureSha256 = Clinic.Photo,
        PdfSha256 = Clinic.Photo,
        SignedAt = At(SeededClinic.TreatedOn(index), -1),
        SignedOn = SeededClinic.Key(9, 0),
        WithdrawnAt = index % 50 == 49 ? At(SeededClinic.TreatedOn(index), 30) : null,
    });

    /// <summary>Check-ins: those of the schedule whose day has come, and others that the patient sent of herself.</summary>
    public IEnumerable<StoredCheckIn> CheckInRows() => Enumerable.Range(0, Courses * CheckInsEach).Select(number =>
    {
        (int index, int which) = (number / CheckInsEach, number % CheckInsEach);
        LocalDate treated = SeededClinic.TreatedOn(index);
        ScheduledCheckIn? item = which < Schedule.Length ? Schedule[which] : null;
        LocalDate day = item is null ? treated : item.Months is { } months ? treated.PlusMonths(months) : treated.PlusDays(item.Days!.Value);

        // One in seven of the schedule is not answered; instead something is reported on another day.
        bool answered = item is not null && day < Today && Scramble(number) % 7 != 0;
        day = answered ? day : treated.PlusDays(which % 5);
        return new StoredCheckIn
        {
            Id = SeededClinic.Key(21, number),
            PatientId = SeededClinic.PatientKey(index),
            TreatmentId = SeededClinic.TreatmentKey(index),
            ScheduledId = answered ? item!.Id : "",
            AnsweredAt = "",
            ArrivedAt = At(day, 0),
            Teller = CheckInTeller.Patient,
            AnswersJson = "{\"swelling\":\"mild\",\"pain\":2}",
            RulebookVersion = 1,
            Level = LevelOf(number),
            Day = Period.DaysBetween(treated, day),
            Reasons = "",
            Open = "",
        };
    });

    /// <summary>Tasks of what was not green; those of the last days are open.</summary>
    public IEnumerable<CareTask> TaskRows() => CheckInRows().Select((row, number) => (Row: row, Number: number)).Where(check => check.Row.Level != TriageLevel.Green).Select(check =>
    {
        int minutes = (int)(Scramble(check.Number) % 40) + 1;
        bool open = check.Row.ArrivedAt > At(Today, -3);
        return new CareTask
        {
            Id = SeededClinic.Key(22, check.Number),
            PatientId = check.Row.PatientId,
            TreatmentId = check.Row.TreatmentId,
            CheckInId = check.Row.Id,
            Kind = CareTaskKind.CheckIn,
            Level = check.Row.Level,
            OpenedAt = check.Row.ArrivedAt,
            DeadlinesJson = "[]",
            NextDueAt = open ? check.Row.ArrivedAt + Duration.FromHours(24) : null,
            State = open ? CareTaskState.New : CareTaskState.Closed,
            Owner = ActionOwner.OnCall,
            AcknowledgedAt = open ? null : check.Row.ArrivedAt + Duration.FromMinutes(minutes),
            ContactedAt = open ? null : check.Row.ArrivedAt + Duration.FromMinutes(4 * minutes),
            ClosedAt = open ? null : check.Row.ArrivedAt + Duration.FromHours(6),
        };
    });

    /// <summary>Visits with a lift that fades, faster for some than for others; patients stay away in time.</summary>
    public IEnumerable<FollowUpVisit> VisitRows() => Enumerable.Range(0, Courses).SelectMany(index =>
    {
        LocalDate treated = SeededClinic.TreatedOn(index);
        double first = 3 + (Scramble(index) % 50 / 10.0);
        double half = 6 + (Scramble(index + 7) % 300 / 10.0);
        int comes = 2 + (int)(Scramble(index + 13) % VisitMonths.Length);
        return VisitMonths.Take(comes).Select((month, number) => (Day: treated.PlusMonths(month).PlusDays(14), Months: month, Number: number)).Where(visit => visit.Day < Today).Select(visit => new FollowUpVisit
        {
            Id = SeededClinic.Key(23, (index * VisitMonths.Length) + visit.Number),
            PatientId = SeededClinic.PatientKey(index),
            TreatmentId = SeededClinic.TreatmentKey(index),
            Day = visit.Day,
            LiftMm = first * Math.Pow(0.5, visit.Months / half),
            LiftErrorMm = 0.2,
            DoctorId = SeededClinic.Key(9, 0),
            CreatedAt = At(visit.Day, 0),
        });
    });

    /// <summary>Complications of one treatment in twelve.</summary>
    public IEnumerable<Complication> ComplicationRows() => Enumerable.Range(0, Courses).Where(index => Scramble(index + 3) % 12 == 0 || (index % 12 == 5 && Scramble(index + 4) % 16 == 0)).Select(index => new Complication
    {
        Id = SeededClinic.Key(24, index),
        PatientId = SeededClinic.PatientKey(index),
        TreatmentId = SeededClinic.TreatmentKey(index),
        ThreadId = index % 2 == 0 ? SeededClinic.Key(5, index * Clinic.ThreadsEach) : null,
        Kind = (ComplicationKind)(Scramble(index + 5) % 9),
        Onset = SeededClinic.TreatedOn(index).PlusDays((int)(Scramble(index) % 60)),
        Severity = (ComplicationSeverity)(Scramble(index + 6) % 8 / 3),
        Outcome = ComplicationOutcome.Resolved,
        RecordedBy = SeededClinic.Key(9, 0),
        CreatedAt = At(SeededClinic.TreatedOn(index), 60),
    });

    /// <summary>One in thirty is lost.</summary>
    public IEnumerable<LifeEvent> LifeRows() => Enumerable.Range(0, Courses).Where(index => index % 30 == 3).Select(index => new LifeEvent
    {
        Id = SeededClinic.Key(25, index),
        PatientId = SeededClinic.PatientKey(index),
        Kind = LifeEventKind.LostToFollowUp,
        Day = Today,
        RecordedBy = SeededClinic.Key(9, 0),
        CreatedAt = At(Today, 0),
    });

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync(ThreadwellContext context)
    {
        var rows = new BulkRows(context);
        await rows.WriteAsync(ConsentRows());
        await rows.WriteAsync(CheckInRows());
        await rows.WriteAsync(TaskRows());
        await rows.WriteAsync(VisitRows());
        await rows.WriteAsync(ComplicationRows());
        await rows.WriteAsync(LifeRows());
    }

    private static TriageLevel LevelOf(int number) => (Scramble(number + 1) % 500) switch { 0 => TriageLevel.Emergency, < 8 => TriageLevel.Red, < 50 => TriageLevel.Amber, _ => TriageLevel.Green };

    private static Instant At(LocalDate day, int later) => day.PlusDays(later).At(new LocalTime(2, 0)).InUtc().ToInstant();

    // As of the clinic, with all bits mixed (the finaliser of MurmurHash3, A. Appleby, public domain).
    private static uint Scramble(int number)
    {
        uint mixed = unchecked((uint)number * 2654435769u);
        mixed ^= mixed >> 16;
        mixed = unchecked(mixed * 0x85ebca6bu);
        mixed ^= mixed >> 13;
        mixed = unchecked(mixed * 0xc2b2ae35u);
        return mixed ^ (mixed >> 16);
    }
}
