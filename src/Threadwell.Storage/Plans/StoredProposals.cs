using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;

namespace Threadwell.Storage.Plans;

/// <summary>The newest search for plans that was asked for at a plan, and what the newest one that ended well found: at most one for each plan.</summary>
public sealed class StoredProposals : IComputed
{
    /// <summary>Key, and key of the job that searches.</summary>
    public required Guid Id { get; init; }

    /// <summary>The plan at which it was asked for.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>What is searched for: the plan as it was then, since its draft goes on changing, and the wish. A search that the program's end cut short begins with it again.</summary>
    public required string AskedJson { get; set; }

    /// <summary>How far the search has come.</summary>
    public PredictionState State { get; set; } = PredictionState.Open;

    /// <summary>Why it found nothing; null unless so.</summary>
    public string? Problem { get; set; }

    /// <summary>Hash of the proposals file (<c>docs/formats/proposals.md</c>); null until a search ended well. An earlier one stays until there is a newer.</summary>
    [StoredFile]
    public string? DocumentSha256 { get; set; }

    /// <summary>Hash of the file of its pictures; null where there is no proposals file.</summary>
    [StoredFile]
    public string? PicturesSha256 { get; set; }

    /// <summary>When the search was asked for.</summary>
    public required Instant AskedAt { get; set; }

    /// <summary>When what is kept was found; null where there is no proposals file.</summary>
    public Instant? FoundAt { get; set; }
}

internal sealed class StoredProposalsConfiguration : IEntityTypeConfiguration<StoredProposals>
{
    public void Configure(EntityTypeBuilder<StoredProposals> builder)
    {
        builder.ToTable("proposals");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.DocumentSha256).HasMaxLength(64);
        builder.Property(row => row.PicturesSha256).HasMaxLength(64);
        builder.HasOne<StoredPlan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.PlanId).IsUnique();
    }
}
