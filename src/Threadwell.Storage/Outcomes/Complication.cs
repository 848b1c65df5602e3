using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.Outcomes;

/// <summary>What went wrong.</summary>
public enum ComplicationKind
{
    /// <summary>A thread moved from where it was placed.</summary>
    ThreadDisplacement,

    /// <summary>A thread shows, or comes out of the skin.</summary>
    ThreadExposure,

    /// <summary>Infection.</summary>
    Infection,

    /// <summary>Bleeding under the skin.</summary>
    Haematoma,

    /// <summary>Swelling longer or stronger than usual.</summary>
    Swelling,

    /// <summary>A dimple or irregularity of the skin.</summary>
    Dimple,

    /// <summary>The sides differ.</summary>
    Asymmetry,

    /// <summary>Numbness or tingling.</summary>
    SensoryChange,

    /// <summary>Weakness of the face.</summary>
    MotorWeakness,

    /// <summary>A vessel was closed or pierced.</summary>
    VascularInjury,

    /// <summary>The parotid gland or its duct was injured.</summary>
    ParotidInjury,

    /// <summary>A nodule.</summary>
    Nodule,

    /// <summary>Pain longer or stronger than usual.</summary>
    Pain,

    /// <summary>An allergic reaction.</summary>
    Allergy,

    /// <summary>Hair loss at an entry.</summary>
    HairLoss,

    /// <summary>A scar, a colour of the skin that stays.</summary>
    Scar,

    /// <summary>A thread broke or could be felt; anything else, in words.</summary>
    Other,
}

/// <summary>How severe a complication is, in what it asks for.</summary>
public enum ComplicationSeverity
{
    /// <summary>Passes by itself.</summary>
    Mild,

    /// <summary>Needs medicine or a small measure.</summary>
    Moderate,

    /// <summary>Needs an operation, a removal, or a hospital.</summary>
    Severe,

    /// <summary>Threatens life, sight or lasting harm.</summary>
    LifeThreatening,
}

/// <summary>How a complication ended.</summary>
public enum ComplicationOutcome
{
    /// <summary>It lasts.</summary>
    Ongoing,

    /// <summary>It has passed.</summary>
    Resolved,

    /// <summary>It has passed, and left something.</summary>
    ResolvedWithTrace,

    /// <summary>It stays.</summary>
    Permanent,

    /// <summary>Nobody knows: the patient was lost.</summary>
    Unknown,
}

/// <summary>A complication: type, onset, severity, action and outcome, tied to thread, lot and technique.</summary>
public sealed class Complication : IStruckOut
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment that it followed; null where the threads were placed elsewhere.</summary>
    public Guid? TreatmentId { get; init; }

    /// <summary>The thread; null where it is no single one, or placed elsewhere.</summary>
    public Guid? ThreadId { get; set; }

    /// <summary>The check-in in which it was told; null where it was found otherwise.</summary>
    public Guid? CheckInId { get; init; }

    /// <summary>What went wrong.</summary>
    public required ComplicationKind Kind { get; set; }

    /// <summary>First day of it.</summary>
    public required LocalDate Onset { get; set; }

    /// <summary>How severe it is, at its worst.</summary>
    public required ComplicationSeverity Severity { get; set; }

    /// <summary>Area; null where the treatment had one for all, or it is not known.</summary>
    public TreatmentArea? Area { get; set; }

    /// <summary>Side; null for both or unknown.</summary>
    public BodySide? Side { get; set; }

    /// <summary>What was done.</summary>
    [Sealed]
    public string Action { get; set; } = "";

    /// <summary>What was found, in words.</summary>
    [Sealed]
    public string Finding { get; set; } = "";

    /// <summary>Departures from technique that are tied to it, separated by spaces ("tooSuperficial"); empty where none is known.</summary>
    public string Technique { get; set; } = "";

    /// <summary>How it ended.</summary>
    public required ComplicationOutcome Outcome { get; set; }

    /// <summary>When it had passed; null while it lasts or where it stays.</summary>
    public LocalDate? EndedOn { get; set; }

    /// <summary>Who recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    public Instant? StruckAt { get; set; }

    /// <summary>Why it was struck out.</summary>
    public string StruckReason { get; set; } = "";

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>How much of a thread was taken out.</summary>
public enum RemovalExtent
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>A part; the rest remains.</summary>
    Part,

    /// <summary>It was only trimmed at the skin.</summary>
    Trimmed,

    /// <summary>It was tried, and nothing came.</summary>
    Nothing,
}

/// <summary>A thread that was taken out, or that somebody tried to take out: also one that another clinic placed.</summary>
public sealed class ThreadRemoval : IStruckOut
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The thread; null where another clinic placed it.</summary>
    public Guid? ThreadId { get; init; }

    /// <summary>The complication for which it was done; null for none.</summary>
    public Guid? ComplicationId { get; init; }

    /// <summary>The day.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Who did it.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>How much.</summary>
    public required RemovalExtent Extent { get; init; }

    /// <summary>Length taken out, mm; null where it was not measured.</summary>
    public double? RemovedMm { get; init; }

    /// <summary>What remains, in words; empty where nothing does.</summary>
    [Sealed]
    public string Remains { get; init; } = "";

    /// <summary>Samples that were taken, for what, and what they grew; may be empty until the result is there.</summary>
    [Sealed]
    public string Culture { get; set; } = "";

    /// <summary>How it was done, and what else is to be said.</summary>
    [Sealed]
    public string Note { get; init; } = "";

    /// <summary>When it was recorded.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    public Instant? StruckAt { get; set; }

    /// <summary>Why it was struck out.</summary>
    public string StruckReason { get; set; } = "";

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class ComplicationConfiguration : IEntityTypeConfiguration<Complication>
{
    public void Configure(EntityTypeBuilder<Complication> builder)
    {
        builder.ToTable("complications");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.Severity).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.Area).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.Side).HasConversion<string>().HasMaxLength(8);
        builder.Property(row => row.Technique).HasMaxLength(300);
        builder.Property(row => row.Outcome).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.StruckReason).HasMaxLength(500);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ImplantedThread>().WithMany().HasForeignKey(row => row.ThreadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredCheckIn>().WithMany().HasForeignKey(row => row.CheckInId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.PatientId, row.Onset });
        builder.HasIndex(row => row.TreatmentId);
    }
}

internal sealed class ThreadRemovalConfiguration : IEntityTypeConfiguration<ThreadRemoval>
{
    public void Configure(EntityTypeBuilder<ThreadRemoval> builder)
    {
        builder.ToTable("thread_removals");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Extent).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.StruckReason).HasMaxLength(500);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ImplantedThread>().WithMany().HasForeignKey(row => row.ThreadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Complication>().WithMany().HasForeignKey(row => row.ComplicationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.PatientId, row.Day });
        builder.HasIndex(row => row.ThreadId);
    }
}
