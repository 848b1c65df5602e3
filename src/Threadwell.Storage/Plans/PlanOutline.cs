using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Patients;

namespace Threadwell.Storage.Plans;

/// <summary>
/// A plan without a scan: how many threads of which material go into which area and side. It lets a clinic that works with photos consent and treat; it is not
/// predicted. It never changes: a changed one is a new row with the next number.
/// </summary>
public sealed class PlanOutline
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Number within the patient's record, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The outline as JSON: a list of threads, each with id, area, side, material and product kind.</summary>
    public required string Json { get; init; }

    /// <summary>When a consent to it was signed; null until then.</summary>
    public Instant? SignedAt { get; set; }

    /// <summary>Who wrote it.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>When it was written.</summary>
    public required Instant CreatedAt { get; init; }
}

internal sealed class PlanOutlineConfiguration : IEntityTypeConfiguration<PlanOutline>
{
    public void Configure(EntityTypeBuilder<PlanOutline> builder)
    {
        builder.ToTable("plan_outlines");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Patient>().WithMany().HasForeignKey(outline => outline.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(outline => new { outline.PatientId, outline.Number }).IsUnique();
    }
}
