using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;

namespace Threadwell.Storage.Predictions;

/// <summary>What decides the result of a prediction: at most one for each. The numbers lie in the file store.</summary>
public sealed class StoredCauses : IComputed
{
    /// <summary>Key, and key of the job that computes them.</summary>
    public required Guid Id { get; init; }

    /// <summary>The prediction whose plan and length they are computed for.</summary>
    public required Guid PredictionId { get; init; }

    /// <summary>How far they have come.</summary>
    public PredictionState State { get; set; } = PredictionState.Open;

    /// <summary>Why they could not be computed; null unless so.</summary>
    public string? Problem { get; set; }

    /// <summary>Hash of the causes file (<c>docs/formats/causes.md</c>); null until done. An earlier one stays while they are computed again, and where that does not end well.</summary>
    [StoredFile]
    public string? DocumentSha256 { get; set; }

    /// <summary>When they were last asked for.</summary>
    public required Instant CreatedAt { get; set; }

    /// <summary>When computing ended, however it did; null until then.</summary>
    public Instant? EndedAt { get; set; }
}

internal sealed class StoredCausesConfiguration : IEntityTypeConfiguration<StoredCauses>
{
    public void Configure(EntityTypeBuilder<StoredCauses> builder)
    {
        builder.ToTable("causes");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.DocumentSha256).HasMaxLength(64);
        builder.HasOne<StoredPrediction>().WithMany().HasForeignKey(row => row.PredictionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.PredictionId).IsUnique();
    }
}
