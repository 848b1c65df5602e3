using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;

namespace Threadwell.Storage.Predictions;

/// <summary>How far a prediction has come.</summary>
public enum PredictionState
{
    /// <summary>Waiting, or being computed; taken up again after a restart.</summary>
    Open,

    /// <summary>Computed and kept.</summary>
    Done,

    /// <summary>It could not be computed; the reason is kept.</summary>
    Failed,

    /// <summary>A user stopped it.</summary>
    Cancelled,
}

/// <summary>The prediction of one version of a plan. Numbers and fields lie in the file store.</summary>
public sealed class StoredPrediction : IComputed
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The version that it predicts.</summary>
    public required Guid PlanVersionId { get; init; }

    /// <summary>Length of the course, months.</summary>
    public required double Months { get; init; }

    /// <summary>How far it has come.</summary>
    public PredictionState State { get; set; } = PredictionState.Open;

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Problem { get; set; }

    /// <summary>Hash of the prediction file (<c>docs/formats/prediction.md</c>); null until done.</summary>
    [StoredFile]
    public string? DocumentSha256 { get; set; }

    /// <summary>Hash of the fields that the moving face needs; null until done.</summary>
    [StoredFile]
    public string? FieldsSha256 { get; set; }

    /// <summary>Hash of the report page; null until done.</summary>
    [StoredFile]
    public string? ReportSha256 { get; set; }

    /// <summary>Hash of the picture of the lift; null until done.</summary>
    [StoredFile]
    public string? LiftPictureSha256 { get; set; }

    /// <summary>Hash of the packed courses behind the bands; null until done, without bands, and for predictions of earlier versions of the program.</summary>
    [StoredFile]
    public string? SamplesSha256 { get; set; }

    /// <summary>When it was asked for.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it ended, however it did; null until then.</summary>
    public Instant? EndedAt { get; set; }
}

internal sealed class StoredPredictionConfiguration : IEntityTypeConfiguration<StoredPrediction>
{
    public void Configure(EntityTypeBuilder<StoredPrediction> builder)
    {
        builder.ToTable("predictions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(prediction => prediction.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(prediction => prediction.DocumentSha256).HasMaxLength(64);
        builder.Property(prediction => prediction.FieldsSha256).HasMaxLength(64);
        builder.Property(prediction => prediction.ReportSha256).HasMaxLength(64);
        builder.Property(prediction => prediction.LiftPictureSha256).HasMaxLength(64);
        builder.Property(prediction => prediction.SamplesSha256).HasMaxLength(64);
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(prediction => prediction.PlanVersionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(prediction => prediction.State);
    }
}
