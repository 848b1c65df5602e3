using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Treatments;

/// <summary>Why a treatment is done.</summary>
public enum TreatmentKind
{
    /// <summary>A thread lift by a plan.</summary>
    Planned,

    /// <summary>Care for a complication of threads, also of those that another clinic placed; nothing blocks it.</summary>
    ComplicationCare,
}

/// <summary>How far a treatment has come.</summary>
public enum TreatmentState
{
    /// <summary>Booked or being prepared.</summary>
    Preparing,

    /// <summary>Started: threads are being placed.</summary>
    Started,

    /// <summary>Ended and signed; only a correction can follow.</summary>
    Ended,

    /// <summary>Given up before it started.</summary>
    Cancelled,
}

/// <summary>A treatment: who, where, how it was prepared, and what happened. Its threads are <see cref="ImplantedThread"/> rows.</summary>
public sealed class StoredTreatment
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Why it is done.</summary>
    public required TreatmentKind Kind { get; init; }

    /// <summary>How far it has come.</summary>
    public required TreatmentState State { get; set; }

    /// <summary>The plan's version; null for an outline and for complication care.</summary>
    public Guid? PlanVersionId { get; init; }

    /// <summary>The outline; null for a plan on a scan and for complication care.</summary>
    public Guid? OutlineId { get; init; }

    /// <summary>Day for which it is booked.</summary>
    public required LocalDate Day { get; set; }

    /// <summary>The doctor who treats.</summary>
    public required Guid OperatorId { get; set; }

    /// <summary>Where.</summary>
    public required Guid FacilityId { get; set; }

    /// <summary>Room; may be empty.</summary>
    public string Room { get; set; } = "";

    /// <summary>Preparation as JSON: sterility checklist, anaesthetic doses with weight, baseline of asymmetry and nerve function with who measured and countersigned.</summary>
    [Sealed]
    public string PreparationJson { get; set; } = "";

    /// <summary>Events during the treatment and notes, as JSON.</summary>
    [Sealed]
    public string EventsJson { get; set; } = "";

    /// <summary>Planned threads that were not placed, each with its reason, as JSON.</summary>
    public string NotPlacedJson { get; set; } = "";

    /// <summary>What the gate said when it started, as JSON.</summary>
    public string GateJson { get; set; } = "";

    /// <summary>Reason of an emergency override of the gate; empty where there was none.</summary>
    [Sealed]
    public string OverrideReason { get; set; } = "";

    /// <summary>Who signed the override.</summary>
    public Guid? OverrideBy { get; set; }

    /// <summary>When it was signed.</summary>
    public Instant? OverrideAt { get; set; }

    /// <summary>When it started.</summary>
    public Instant? StartedAt { get; set; }

    /// <summary>When it ended and was signed.</summary>
    public Instant? EndedAt { get; set; }

    /// <summary>Who signed it.</summary>
    public Guid? SignedBy { get; set; }

    /// <summary>SHA-256 over what was signed, 64 lower-case hexadecimal digits; empty until then.</summary>
    public string SignedSha256 { get; set; } = "";

    /// <summary>What was found the morning after, as JSON: it is added to a signed record and changes nothing in it.</summary>
    [Sealed]
    public string NextMorningJson { get; set; } = "";

    /// <summary>When the row was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>Its threads.</summary>
    public List<ImplantedThread> Threads { get; } = [];
}

internal sealed class StoredTreatmentConfiguration : IEntityTypeConfiguration<StoredTreatment>
{
    public void Configure(EntityTypeBuilder<StoredTreatment> builder)
    {
        builder.ToTable("treatments");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(treatment => treatment.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(treatment => treatment.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(treatment => treatment.Room).HasMaxLength(60);
        builder.Property(treatment => treatment.SignedSha256).HasMaxLength(64);
        builder.Property(treatment => treatment.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(treatment => treatment.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(treatment => treatment.PlanVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanOutline>().WithMany().HasForeignKey(treatment => treatment.OutlineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Facility>().WithMany().HasForeignKey(treatment => treatment.FacilityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(treatment => treatment.Threads).WithOne().HasForeignKey(thread => thread.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(treatment => new { treatment.PatientId, treatment.Day });
        builder.HasIndex(treatment => treatment.Day);
    }
}
