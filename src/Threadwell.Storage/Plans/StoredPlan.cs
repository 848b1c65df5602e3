using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Scans;

namespace Threadwell.Storage.Plans;

/// <summary>A plan that a doctor works on: a name and the draft as it stands. What is to last is kept as a <see cref="PlanVersion"/>.</summary>
public sealed class StoredPlan
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The scan that it lies on.</summary>
    public required Guid ScanId { get; init; }

    /// <summary>Name that the user gave it.</summary>
    public required string Name { get; set; }

    /// <summary>The draft, as a plan file (<c>docs/formats/plan.md</c>).</summary>
    public required string DraftJson { get; set; }

    /// <summary>Counts changes of the draft; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When the draft last changed.</summary>
    public required Instant ChangedAt { get; set; }

    /// <summary>Its kept versions.</summary>
    public List<PlanVersion> Versions { get; } = [];
}

/// <summary>A version of a plan that was kept; it never changes.</summary>
public sealed class PlanVersion
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>Number within the plan, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What the user said of it; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>The plan, as a plan file.</summary>
    public required string PlanJson { get; init; }

    /// <summary>When it was kept.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When a consent to it was signed: from then on its plan, scan and prediction stay as they are. Null until then.</summary>
    public Instant? SignedAt { get; set; }
}

internal sealed class StoredPlanConfiguration : IEntityTypeConfiguration<StoredPlan>
{
    public void Configure(EntityTypeBuilder<StoredPlan> builder)
    {
        builder.ToTable("plans");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(plan => plan.Name).HasMaxLength(200);
        builder.Property(plan => plan.Revision).IsConcurrencyToken();
        builder.HasOne<StoredScan>().WithMany().HasForeignKey(plan => plan.ScanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(plan => plan.Versions).WithOne().HasForeignKey(version => version.PlanId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(plan => plan.ChangedAt);
    }
}

internal sealed class PlanVersionConfiguration : IEntityTypeConfiguration<PlanVersion>
{
    public void Configure(EntityTypeBuilder<PlanVersion> builder)
    {
        builder.ToTable("plan_versions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(version => version.Note).HasMaxLength(500);
        builder.HasIndex(version => new { version.PlanId, version.Number }).IsUnique();
    }
}
