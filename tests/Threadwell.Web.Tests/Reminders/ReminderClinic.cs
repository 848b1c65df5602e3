using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;
using Threadwell.Care.Triage;
using Threadwell.Tests.Shared;
using Threadwell.Web.Hosting;
using Threadwell.Web.Reminders;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>A clinic on a clock of its own, with the parts that plan and send, on either database.</summary>
internal sealed class ReminderClinic : IAsyncDisposable, IDbContextFactory<ThreadwellContext>
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private readonly string folder;
    private readonly RecordCipher cipher;
    private readonly TestDatabase database;
    private readonly MailTexts texts;
    private readonly List<IDisposable> parts = [];
    private int number;

    private ReminderClinic(TestDatabase database, string folder)
    {
        this.database = database;
        this.folder = folder;
        cipher = RecordKeys.OpenOrMake(new DataFolder(folder).Keys);
        var origin = new LinkOrigin(new PublicAddress(new Uri("https://clinic.example")), null!);
        Links = new StopLinks(RecordKeys.Ring(new DataFolder(folder).Keys));
        texts = new MailTexts(origin, Links);
        Vapid = new VapidKey(new DataFolder(folder).Keys);
        parts.Add(Vapid);
        Push = new PushSender(new PushServices(loopback: true), Vapid, origin, Clock);
        parts.Add(Push);
        Planner = new ReminderPlanner(this, Clock);
        Restart(null);
    }

    public static Guid FacilityId { get; } = Guid.NewGuid();

    public FakeClock Clock { get; } = new();

    /// <summary>Time as it passes; the clock may be put anywhere.</summary>
    public FakeElapsed Elapsed { get; } = new();

    public StopLinks Links { get; }

    public VapidKey Vapid { get; }

    public PushSender Push { get; }

    public ReminderPlanner Planner { get; }

    public MessageDispatcher Dispatcher { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="kind">"SQLite" or "PostgreSQL".</param>
    /// <param name="sink">The mail server; null for none.</param>
    /// <param name="user">Name to sign in to it by; null for none.</param>
    public static async Task<ReminderClinic> StartAsync(string kind, SmtpSink? sink = null, string? user = null)
    {
        string made = Directory.CreateTempSubdirectory("threadwell-remind-").FullName;
        await PreparedData.CopyKeysToAsync(made);
        TestDatabase kept = kind == "SQLite" ? await TestDatabase.PreparedSqliteAsync(made) : await TestDatabase.PreparedPostgreSqlAsync();
        var clinic = new ReminderClinic(kept, made);
        await using ThreadwellContext context = clinic.CreateDbContext();
        context.ClinicSettings.Add(new ClinicSettings { Name = "Phòng khám Sen", Phone = "0900 000 100", MailFrom = "hello@clinic.example", TimeZone = Zone.Id });
        context.Facilities.Add(new Facility
        {
            Id = FacilityId, Name = "House", Address = "1 Street", Kind = FacilityKind.SpecialistClinic, LicenceNumber = "1", LicenceFrom = new LocalDate(2020, 1, 1), PermitsThreadLift = true, Rooms = "",
        });
        await context.SaveChangesAsync(Cancelled);
        clinic.Restart(sink, user);
        return clinic;
    }

    public ThreadwellContext CreateDbContext() => database.Database.Open(cipher);

    /// <summary>Begins anew, as the program does at its start.</summary>
    public void Restart(SmtpSink? sink, string? user = null) => Dispatcher = new MessageDispatcher(
        this, Clock, Elapsed, new MailSender(new MailServer(sink is null ? null : new MailSettings("127.0.0.1", sink.Port, user, user is null ? null : "secret")), texts, Clock), Push);

    /// <summary>Plans, then hands over what is due.</summary>
    public async Task TickAsync()
    {
        await Planner.RunAsync(Cancelled);
        await DispatchAsync();
    }

    /// <summary>Hands over what is due.</summary>
    public async Task DispatchAsync()
    {
        await Dispatcher.RunMailAsync(Cancelled);
        await Dispatcher.RunPushAsync(Cancelled);
    }

    /// <summary>Moves on in steps, as the running program does.</summary>
    public async Task PassAsync(Duration span, Duration step)
    {
        for (Instant until = Clock.Now + span; Clock.Now < until;)
        {
            Clock.Now += step;
            Elapsed.Passed += step;
            await TickAsync();
        }
    }

    public async Task<Patient> AddPatientAsync(string language = "en", bool consents = true, bool demonstration = false, string? email = null)
    {
        number++;
        var patient = new Patient
        {
            Id = Guid.NewGuid(), Number = number, FullName = $"Nguyễn Thị Mẫu {number}", SortKey = $"mau {number}", BirthDate = new LocalDate(1980, 1, 1), Sex = Sex.Female, Language = language,
            Email = email ?? $"patient{number}@mail.example", CreatedAt = Clock.Now, IsDemonstration = demonstration,
        };
        await ChangeAsync(context =>
        {
            context.Patients.Add(patient);
            if (consents)
            {
                context.Consents.Add(new StoredConsent
                {
                    Id = Guid.NewGuid(), PatientId = patient.Id, Kind = ConsentKind.Messages, Language = language, DocumentJson = "{}", DocumentSha256 = new string('0', 64), Signature = SignatureKind.Typed,
                    SignatureSha256 = new string('0', 64), PdfSha256 = new string('0', 64), SignedAt = Clock.Now, SignedOn = Guid.NewGuid(),
                });
            }
        });
        return patient;
    }

    public async Task<StoredTreatment> AddTreatmentAsync(Patient patient, Instant endedAt)
    {
        var treatment = new StoredTreatment
        {
            Id = Guid.NewGuid(), PatientId = patient.Id, Kind = TreatmentKind.Planned, State = TreatmentState.Ended, Day = endedAt.InZone(Zone).Date, OperatorId = Guid.NewGuid(), FacilityId = FacilityId,
            StartedAt = endedAt - Duration.FromHours(1), EndedAt = endedAt, CreatedAt = endedAt - Duration.FromDays(2),
        };
        await ChangeAsync(context => context.Treatments.Add(treatment));
        return treatment;
    }

    /// <summary>Enrols a phone for the days after a treatment: the patient's own, or that of a relative.</summary>
    public async Task<EnrolledDevice> AddPhoneAsync(StoredTreatment treatment, bool ofRelative = false)
    {
        FamilyAccess? relative = ofRelative ? new FamilyAccess { Id = Guid.NewGuid(), PatientId = treatment.PatientId, Name = "Trần Văn Nam", ConsentedAt = Clock.Now, ConsentedOn = Guid.NewGuid() } : null;
        var link = new EnrolmentLink
        {
            Id = Guid.NewGuid(), PatientId = treatment.PatientId, TreatmentId = treatment.Id, FamilyAccessId = relative?.Id, SecretSha256 = $"{Guid.NewGuid():n}{Guid.NewGuid():n}", MadeAt = Clock.Now, ExpiresAt = Clock.Now,
            UsedAt = Clock.Now,
        };
        var phone = new EnrolledDevice
        {
            Id = Guid.NewGuid(), PatientId = treatment.PatientId, TreatmentId = treatment.Id, FamilyAccessId = relative?.Id, SecretSha256 = $"{Guid.NewGuid():n}{Guid.NewGuid():n}", LinkId = link.Id, EnrolledAt = Clock.Now,
        };
        await ChangeAsync(context => context.AddRange(((object?[])[relative, link, phone]).OfType<object>()));
        return phone;
    }

    public async Task<Appointment> AddAppointmentAsync(Patient patient, Instant startsAt)
    {
        var appointment = new Appointment
        {
            Id = Guid.NewGuid(), PatientId = patient.Id, Kind = AppointmentKind.FollowUp, StartsAt = startsAt, EndsAt = startsAt + Duration.FromMinutes(30), DoctorId = Guid.NewGuid(), FacilityId = FacilityId,
            State = AppointmentState.Booked, CreatedAt = Clock.Now, ChangedAt = Clock.Now,
        };
        await ChangeAsync(context => context.Appointments.Add(appointment));
        return appointment;
    }

    public Task AnswerAsync(StoredTreatment treatment, string scheduled) => ChangeAsync(context => context.CheckIns.Add(new StoredCheckIn
    {
        Id = Guid.NewGuid(), PatientId = treatment.PatientId, TreatmentId = treatment.Id, ScheduledId = scheduled, AnsweredAt = "", ArrivedAt = Clock.Now, Teller = CheckInTeller.Patient, AnswersJson = "{}",
        RulebookVersion = 1, Level = TriageLevel.Green, Reasons = "", Open = "",
    }));

    public async Task ChangeAsync(Action<ThreadwellContext> change)
    {
        await using ThreadwellContext context = CreateDbContext();
        change(context);
        await context.SaveChangesAsync(Cancelled);
    }

    public async Task ChangeAsync(Func<ThreadwellContext, Task> change)
    {
        await using ThreadwellContext context = CreateDbContext();
        await change(context);
        await context.SaveChangesAsync(Cancelled);
    }

    public async Task<IReadOnlyList<OutboxMessage>> OutboxAsync()
    {
        await using ThreadwellContext context = CreateDbContext();
        return await context.Outbox.AsNoTracking().OrderBy(row => row.DueAt).ThenBy(row => row.IdempotencyKey).ToListAsync(Cancelled);
    }

    public static Instant At(int year, int month, int day, int hour, int minute = 0) => new LocalDateTime(year, month, day, hour, minute).InZoneStrictly(Zone).ToInstant();

    public async ValueTask DisposeAsync()
    {
        foreach (IDisposable part in parts)
        {
            part.Dispose();
        }

        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Time that passes where a test lets it.</summary>
internal sealed class FakeElapsed : TimeProvider
{
    public Duration Passed { get; set; } = Duration.Zero;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.ToTimeSpan().Ticks;
}

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class FakeClock : IClock
{
    public Instant Now { get; set; } = ReminderClinic.At(2026, 11, 27, 10);

    public Instant GetCurrentInstant() => Now;
}
