using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;

namespace Threadwell.Storage.CheckIns;

/// <summary>A picture that came with a check-in, encoded anew when it was taken in, without the data that a camera adds. It may arrive after the answers.</summary>
public sealed class CheckInPhoto
{
    /// <summary>Key, made by the phone: a picture that arrives twice is one row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The check-in.</summary>
    public required Guid CheckInId { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>View, as the triage rulebook names it ("front", "spot").</summary>
    public required string View { get; init; }

    /// <summary>Hash of the picture, JPEG.</summary>
    [StoredFile]
    public required string FileSha256 { get; init; }

    /// <summary>Hash of a small picture for lists, JPEG.</summary>
    [StoredFile]
    public required string ThumbnailSha256 { get; init; }

    /// <summary>Width, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>When it arrived.</summary>
    public required Instant ArrivedAt { get; init; }
}

internal sealed class CheckInPhotoConfiguration : IEntityTypeConfiguration<CheckInPhoto>
{
    public void Configure(EntityTypeBuilder<CheckInPhoto> builder)
    {
        builder.ToTable("check_in_photos");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.View).HasMaxLength(40);
        builder.Property(row => row.FileSha256).HasMaxLength(64);
        builder.Property(row => row.ThumbnailSha256).HasMaxLength(64);
        builder.HasOne<StoredCheckIn>().WithMany().HasForeignKey(row => row.CheckInId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.CheckInId);
        builder.HasIndex(row => row.PatientId);
    }
}
