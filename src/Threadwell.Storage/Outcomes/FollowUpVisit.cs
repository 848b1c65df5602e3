using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.Outcomes;

/// <summary>What was found at a visit after a treatment: a scan against the one before it, scales, and readings of the skin.</summary>
public sealed class FollowUpVisit : IStruckOut
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The day.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>The visit of the schedule that it is ("month3"); empty where it is none.</summary>
    public string ScheduledId { get; init; } = "";

    /// <summary>The scan of that day; null where there is none.</summary>
    public Guid? ScanId { get; set; }

    /// <summary>Hash of the measurement of the scan against the baseline, JSON; empty until it is made.</summary>
    [StoredFile]
    public string MeasurementSha256 { get; set; } = "";

    /// <summary>Lift along the planned vectors, mean over the marked points, mm; null where it was not measured.</summary>
    public double? LiftMm { get; set; }

    /// <summary>Error of that lift, mm (one standard deviation of a repetition); null where it was not measured.</summary>
    public double? LiftErrorMm { get; set; }

    /// <summary>Aesthetic improvement as the doctor sees it, 1 (very much improved) to 5 (worse); null where it was not asked.</summary>
    public int? DoctorImprovement { get; set; }

    /// <summary>Aesthetic improvement as the patient sees it, 1 to 5; null where it was not asked.</summary>
    public int? PatientImprovement { get; set; }

    /// <summary>Laxity grade per area, JSON of area to grade 0 to 4; empty where none was given.</summary>
    public string LaxityJson { get; set; } = "";

    /// <summary>Readings of a Cutometer, JSON: site, probe, R0, R2, R5, R7; empty where none was taken.</summary>
    public string CutometerJson { get; set; } = "";

    /// <summary>What was found, in words; may be empty.</summary>
    [Sealed]
    public string Note { get; set; } = "";

    /// <summary>Who saw the patient.</summary>
    public required Guid DoctorId { get; set; }

    /// <summary>When the row was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    public Instant? StruckAt { get; set; }

    /// <summary>Why it was struck out.</summary>
    public string StruckReason { get; set; } = "";

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>What else happens to a patient in five years and bears on the result.</summary>
public enum LifeEventKind
{
    /// <summary>A pregnancy began.</summary>
    Pregnancy,

    /// <summary>Weight changed.</summary>
    WeightChange,

    /// <summary>Menopause.</summary>
    Menopause,

    /// <summary>A filler was injected.</summary>
    Filler,

    /// <summary>Radio-frequency, ultrasound or laser.</summary>
    EnergyTreatment,

    /// <summary>Other threads or an operation, elsewhere.</summary>
    OtherLift,

    /// <summary>The patient died.</summary>
    Death,

    /// <summary>The patient cannot be reached any more, or does not wish to be: from here on she is censored.</summary>
    LostToFollowUp,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>A dated event in a patient's life that bears on the result.</summary>
public sealed class LifeEvent
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>What happened.</summary>
    public required LifeEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Change of weight, kg; null for other kinds.</summary>
    public double? WeightChangeKg { get; init; }

    /// <summary>Words to it; may be empty.</summary>
    [Sealed]
    public string Note { get; init; } = "";

    /// <summary>Who recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    public Instant? StruckAt { get; set; }
}

internal sealed class FollowUpVisitConfiguration : IEntityTypeConfiguration<FollowUpVisit>
{
    public void Configure(EntityTypeBuilder<FollowUpVisit> builder)
    {
        builder.ToTable("follow_up_visits");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScheduledId).HasMaxLength(40);
        builder.Property(row => row.MeasurementSha256).HasMaxLength(64);
        builder.Property(row => row.LaxityJson).HasMaxLength(2000);
        builder.Property(row => row.CutometerJson).HasMaxLength(4000);
        builder.Property(row => row.StruckReason).HasMaxLength(500);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredScan>().WithMany().HasForeignKey(row => row.ScanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.TreatmentId, row.Day });
        builder.HasIndex(row => row.PatientId);
    }
}

internal sealed class LifeEventConfiguration : IEntityTypeConfiguration<LifeEvent>
{
    public void Configure(EntityTypeBuilder<LifeEvent> builder)
    {
        builder.ToTable("life_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(24);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.PatientId, row.Day });
    }
}
