using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Products;
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
    }

    // Milliseconds since 1970 as an integer: ordered alike by every database.
    private sealed class InstantConverter() : ValueConverter<Instant, long>(instant => instant.ToUnixTimeMilliseconds(), milliseconds => Instant.FromUnixTimeMilliseconds(milliseconds));

    // "2026-11-27": ordered alike by every database, and read by people.
    private sealed class DateConverter() : ValueConverter<LocalDate, string>(date => LocalDatePattern.Iso.Format(date), text => LocalDatePattern.Iso.Parse(text).GetValueOrThrow());
}
