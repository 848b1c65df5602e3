using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Audit;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Products;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage;

/// <summary>The database: the clinic's record of its patients, and how it works. Each feature configures its own tables beside its entities.</summary>
public sealed class ThreadwellContext(DbContextOptions<ThreadwellContext> options) : DbContext(options)
{
    /// <summary>Seals and opens what is kept sealed.</summary>
    internal RecordCipher Cipher { get; } = SealedColumns.CipherOf(options);

    /// <summary>Scans, samples and uploads.</summary>
    public DbSet<StoredScan> Scans => Set<StoredScan>();

    /// <summary>Plans, each with its working draft.</summary>
    public DbSet<StoredPlan> Plans => Set<StoredPlan>();

    /// <summary>Kept versions of plans.</summary>
    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();

    /// <summary>Predictions of plan versions.</summary>
    public DbSet<StoredPrediction> Predictions => Set<StoredPrediction>();

    /// <summary>What decides the results of predictions.</summary>
    public DbSet<StoredCauses> Causes => Set<StoredCauses>();

    /// <summary>Searches for plans, and what they found.</summary>
    public DbSet<StoredProposals> Proposals => Set<StoredProposals>();

    /// <summary>Plans without a scan.</summary>
    public DbSet<PlanOutline> PlanOutlines => Set<PlanOutline>();

    /// <summary>Patients.</summary>
    public DbSet<Patient> Patients => Set<Patient>();

    /// <summary>The words that patients are found by.</summary>
    public DbSet<PatientWord> PatientWords => Set<PatientWord>();

    /// <summary>Photos of patients.</summary>
    public DbSet<StoredPhoto> Photos => Set<StoredPhoto>();

    /// <summary>Assessments of suitability.</summary>
    public DbSet<StoredAssessment> Assessments => Set<StoredAssessment>();

    /// <summary>Versions of the rulebook.</summary>
    public DbSet<StoredRulebook> Rulebooks => Set<StoredRulebook>();

    /// <summary>Signed consents.</summary>
    public DbSet<StoredConsent> Consents => Set<StoredConsent>();

    /// <summary>Treatments.</summary>
    public DbSet<StoredTreatment> Treatments => Set<StoredTreatment>();

    /// <summary>Threads that were placed.</summary>
    public DbSet<ImplantedThread> ImplantedThreads => Set<ImplantedThread>();

    /// <summary>Check-ins.</summary>
    public DbSet<StoredCheckIn> CheckIns => Set<StoredCheckIn>();

    /// <summary>Pictures of check-ins.</summary>
    public DbSet<CheckInPhoto> CheckInPhotos => Set<CheckInPhoto>();

    /// <summary>Levels that somebody of the clinic lowered.</summary>
    public DbSet<LoweredStanding> LoweredStandings => Set<LoweredStanding>();

    /// <summary>What the clinic has to do.</summary>
    public DbSet<CareTask> CareTasks => Set<CareTask>();

    /// <summary>What was done about it.</summary>
    public DbSet<CareTaskEvent> CareTaskEvents => Set<CareTaskEvent>();

    /// <summary>Relatives whom patients allowed to help.</summary>
    public DbSet<FamilyAccess> FamilyAccess => Set<FamilyAccess>();

    /// <summary>Links that enrol a phone.</summary>
    public DbSet<EnrolmentLink> EnrolmentLinks => Set<EnrolmentLink>();

    /// <summary>Phones that were enrolled.</summary>
    public DbSet<EnrolledDevice> EnrolledDevices => Set<EnrolledDevice>();

    /// <summary>Messages to send, and that were sent.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Browsers that are pushed to.</summary>
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();

    /// <summary>How patients want to be reminded.</summary>
    public DbSet<ReminderChoice> ReminderChoices => Set<ReminderChoice>();

    /// <summary>Appointments.</summary>
    public DbSet<Appointment> Appointments => Set<Appointment>();

    /// <summary>When facilities are open.</summary>
    public DbSet<ClinicHours> ClinicHours => Set<ClinicHours>();

    /// <summary>Days on which they are closed all the same.</summary>
    public DbSet<ClinicClosure> ClinicClosures => Set<ClinicClosure>();

    /// <summary>Addresses that calendar programs read.</summary>
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    /// <summary>Visits after treatments.</summary>
    public DbSet<FollowUpVisit> FollowUpVisits => Set<FollowUpVisit>();

    /// <summary>Complications.</summary>
    public DbSet<Complication> Complications => Set<Complication>();

    /// <summary>Threads that were taken out.</summary>
    public DbSet<ThreadRemoval> ThreadRemovals => Set<ThreadRemoval>();

    /// <summary>Events in patients' lives that bear on results.</summary>
    public DbSet<LifeEvent> LifeEvents => Set<LifeEvent>();

    /// <summary>What doctors ordered for the days after treatments.</summary>
    public DbSet<AftercareOrders> AftercareOrders => Set<AftercareOrders>();

    /// <summary>The catalogue of threads.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>Places of treatment.</summary>
    public DbSet<Facility> Facilities => Set<Facility>();

    /// <summary>Licences of staff.</summary>
    public DbSet<StaffLicence> StaffLicences => Set<StaffLicence>();

    /// <summary>Turns on call.</summary>
    public DbSet<OnCallTurn> OnCallTurns => Set<OnCallTurn>();

    /// <summary>How the clinic works; one row.</summary>
    public DbSet<ClinicSettings> ClinicSettings => Set<ClinicSettings>();

    /// <summary>Questions to doctors, of people without an account.</summary>
    public DbSet<PublicQuestion> Questions => Set<PublicQuestion>();

    /// <summary>Photos to questions.</summary>
    public DbSet<QuestionPhoto> QuestionPhotos => Set<QuestionPhoto>();

    /// <summary>What was done about questions.</summary>
    public DbSet<QuestionEvent> QuestionEvents => Set<QuestionEvent>();

    /// <summary>Words that answers begin with.</summary>
    public DbSet<AnswerTemplate> AnswerTemplates => Set<AnswerTemplate>();

    /// <summary>Questions and answers that everybody may read.</summary>
    public DbSet<PublishedAnswer> PublishedAnswers => Set<PublishedAnswer>();

    /// <summary>Corrections of them.</summary>
    public DbSet<AnswerCorrection> AnswerCorrections => Set<AnswerCorrection>();

    /// <summary>Accounts.</summary>
    public DbSet<UserAccount> Users => Set<UserAccount>();

    /// <summary>Browsers that are, or were, signed in.</summary>
    public DbSet<UserSession> Sessions => Set<UserSession>();

    /// <summary>The audit trail; <see cref="AuditTrail"/> alone adds to it.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ThreadwellContext).Assembly);
        OrdinalKeys.Apply(modelBuilder, Database.ProviderName);
        SealedColumns.Apply(modelBuilder, Cipher);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<DateConverter>().HaveMaxLength(10);
        configurationBuilder.Properties<LocalTime>().HaveConversion<TimeConverter>().HaveMaxLength(5);
    }

    // Milliseconds since 1970 as an integer: ordered alike by every database.
    private sealed class InstantConverter() : ValueConverter<Instant, long>(instant => instant.ToUnixTimeMilliseconds(), milliseconds => Instant.FromUnixTimeMilliseconds(milliseconds));

    // "2026-11-27": ordered alike by every database, and read by people.
    private sealed class DateConverter() : ValueConverter<LocalDate, string>(date => LocalDatePattern.Iso.Format(date), text => LocalDatePattern.Iso.Parse(text).GetValueOrThrow());

    // "08:30", to the minute.
    private sealed class TimeConverter() : ValueConverter<LocalTime, string>(time => Minutes.Format(time), text => Minutes.Parse(text).GetValueOrThrow())
    {
        private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    }
}
