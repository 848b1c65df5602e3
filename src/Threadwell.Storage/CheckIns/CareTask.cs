using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.CheckIns;

/// <summary>What a task is about.</summary>
public enum CareTaskKind
{
    /// <summary>Answers of a check-in that the clinic must act on.</summary>
    CheckIn,

    /// <summary>A check-in of the first week that has not come.</summary>
    MissedCheckIn,

    /// <summary>The call the morning after.</summary>
    MorningCall,

    /// <summary>An appointment to which the patient did not come.</summary>
    NoShow,

    /// <summary>Anything that somebody of the clinic wrote down to be done.</summary>
    Other,
}

/// <summary>How far a task has come.</summary>
public enum CareTaskState
{
    /// <summary>Nobody has taken it.</summary>
    New,

    /// <summary>Somebody has seen it and has it.</summary>
    Acknowledged,

    /// <summary>Somebody has spoken with the patient.</summary>
    Contacted,

    /// <summary>Done, with a reason.</summary>
    Closed,
}

/// <summary>Something that the clinic must do for a patient: who has it, by when, and how far it has come. The task of a check-in is written in the check-in's own transaction.</summary>
public sealed class CareTask
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment; null where it is about none.</summary>
    public Guid? TreatmentId { get; init; }

    /// <summary>The check-in; null where it is about none.</summary>
    public Guid? CheckInId { get; init; }

    /// <summary>What it is about.</summary>
    public required CareTaskKind Kind { get; init; }

    /// <summary>What makes it one of its kind ("missed:day3"), unique with the treatment: the same thing is never asked twice. Empty where any number may be.</summary>
    public string Occasion { get; init; } = "";

    /// <summary>How soon somebody must act.</summary>
    public required TriageLevel Level { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>The steps and when each falls due, as JSON.</summary>
    public required string DeadlinesJson { get; init; }

    /// <summary>When the next step that is open falls due; null where none is.</summary>
    public Instant? NextDueAt { get; set; }

    /// <summary>How far it has come.</summary>
    public required CareTaskState State { get; set; }

    /// <summary>Whose it is by the clinic's order, and to whom it has escalated.</summary>
    public required ActionOwner Owner { get; set; }

    /// <summary>The account that has it; null while nobody was found on call.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>When somebody acknowledged it.</summary>
    public Instant? AcknowledgedAt { get; set; }

    /// <summary>When somebody spoke with the patient.</summary>
    public Instant? ContactedAt { get; set; }

    /// <summary>When the patient was seen.</summary>
    public Instant? SeenAt { get; set; }

    /// <summary>When it was closed.</summary>
    public Instant? ClosedAt { get; set; }

    /// <summary>Why it was closed.</summary>
    [Sealed]
    public string CloseReason { get; set; } = "";

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>What was done about a task, when and by whom; rows are only added.</summary>
public sealed class CareTaskEvent
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>The account; null for the program itself.</summary>
    public Guid? ByUserId { get; init; }

    /// <summary>What ("Opened", "Acknowledged", "Escalated", "NotTold", "NotReached", "Letter", "Contacted", "Seen", "Lowered", "Closed", "Note").</summary>
    public required string What { get; init; }

    /// <summary>Words to it; may be empty.</summary>
    [Sealed]
    public string Note { get; init; } = "";
}

internal sealed class CareTaskConfiguration : IEntityTypeConfiguration<CareTask>
{
    public void Configure(EntityTypeBuilder<CareTask> builder)
    {
        builder.ToTable("care_tasks");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.Occasion).HasMaxLength(60);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Owner).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.DeadlinesJson).HasMaxLength(4000);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredCheckIn>().WithMany().HasForeignKey(row => row.CheckInId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.State, row.NextDueAt });
        builder.HasIndex(row => new { row.State, row.Level, row.OpenedAt });
        builder.HasIndex(row => new { row.PatientId, row.OpenedAt });
        builder.HasIndex(row => new { row.TreatmentId, row.Occasion }).IsUnique().HasFilter("\"Occasion\" <> ''");
        builder.HasIndex(row => row.CheckInId);
    }
}

internal sealed class CareTaskEventConfiguration : IEntityTypeConfiguration<CareTaskEvent>
{
    public void Configure(EntityTypeBuilder<CareTaskEvent> builder)
    {
        builder.ToTable("care_task_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.What).HasMaxLength(24);
        builder.HasOne<CareTask>().WithMany().HasForeignKey(row => row.TaskId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.TaskId, row.At });
        builder.HasIndex(row => row.PatientId);
    }
}
