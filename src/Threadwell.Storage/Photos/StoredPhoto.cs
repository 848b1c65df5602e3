using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Photos;

/// <summary>The fixed views in which a face or body is photographed, so that two dates can be compared.</summary>
public enum PhotoView
{
    /// <summary>From the front, at rest.</summary>
    Front,

    /// <summary>Turned half to the patient's right: the left side is seen.</summary>
    ObliqueLeft,

    /// <summary>Turned half to the patient's left: the right side is seen.</summary>
    ObliqueRight,

    /// <summary>The left profile.</summary>
    ProfileLeft,

    /// <summary>The right profile.</summary>
    ProfileRight,

    /// <summary>Anything else: a detail, a document.</summary>
    Other,
}

/// <summary>A photo of a patient, encoded anew when it was taken in, without the data that a camera adds.</summary>
public sealed class StoredPhoto
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Hash of the picture, JPEG.</summary>
    [StoredFile]
    public required string FileSha256 { get; init; }

    /// <summary>Hash of a small picture for lists, JPEG.</summary>
    [StoredFile]
    public required string ThumbnailSha256 { get; init; }

    /// <summary>What it shows.</summary>
    public required PhotoView View { get; set; }

    /// <summary>Day on which it was taken.</summary>
    public required LocalDate TakenOn { get; set; }

    /// <summary>Width, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>What the clinic noted; may be empty.</summary>
    [Sealed]
    public string Note { get; set; } = "";

    /// <summary>Who added it.</summary>
    public required Guid AddedBy { get; init; }

    /// <summary>When it was added.</summary>
    public required Instant CreatedAt { get; init; }
}

internal sealed class StoredPhotoConfiguration : IEntityTypeConfiguration<StoredPhoto>
{
    public void Configure(EntityTypeBuilder<StoredPhoto> builder)
    {
        builder.ToTable("photos");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(photo => photo.FileSha256).HasMaxLength(64);
        builder.Property(photo => photo.ThumbnailSha256).HasMaxLength(64);
        builder.Property(photo => photo.View).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Patient>().WithMany().HasForeignKey(photo => photo.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(photo => new { photo.PatientId, photo.TakenOn });
    }
}
