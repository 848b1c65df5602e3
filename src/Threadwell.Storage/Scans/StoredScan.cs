using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;

namespace Threadwell.Storage.Scans;

/// <summary>Where a scan comes from.</summary>
public enum ScanOrigin
{
    /// <summary>A made-up sample patient.</summary>
    Sample,

    /// <summary>A file that a user uploaded.</summary>
    Uploaded,
}

/// <summary>The part of the body that a scan shows; it decides which landmarks and areas it has.</summary>
public enum ScannedBody
{
    /// <summary>Head and neck.</summary>
    Head,

    /// <summary>Torso.</summary>
    Torso,
}

/// <summary>A patient's scan: its file, how the file is read, and its landmarks.</summary>
public sealed class StoredScan
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient whose record it belongs to; null for samples and practice scans.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Name that the user sees.</summary>
    public required string Name { get; set; }

    /// <summary>Where it comes from.</summary>
    public required ScanOrigin Origin { get; init; }

    /// <summary>What it shows.</summary>
    public required ScannedBody Body { get; set; }

    /// <summary>Name of the file, with its extension, as a plan names it.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, by which <see cref="Files.FileStore"/> keeps it.</summary>
    [StoredFile]
    public required string FileSha256 { get; init; }

    /// <summary>SHA-256 of the cleaned surface as a GLB file, for display.</summary>
    [StoredFile]
    public required string SurfaceSha256 { get; set; }

    /// <summary>SHA-256 of a picture of the surface, PNG.</summary>
    [StoredFile]
    public required string PictureSha256 { get; set; }

    /// <summary>Length unit of the file: "mm", "cm", "m" or "in".</summary>
    public required string Unit { get; set; }

    /// <summary>Whether the unit was inferred from the size and nobody has confirmed it yet.</summary>
    public bool UnitInferred { get; set; }

    /// <summary>Axis of the file that points up.</summary>
    public required string Up { get; set; }

    /// <summary>Axis of the file that points to the front.</summary>
    public required string Front { get; set; }

    /// <summary>What was assumed and repaired when the file was read, a sentence a line.</summary>
    public string Remarks { get; set; } = "";

    /// <summary>Landmarks as a landmarks file (<c>docs/formats/plan.md</c>); empty while none are known.</summary>
    public string LandmarksJson { get; set; } = "";

    /// <summary>Whether a person has confirmed unit, orientation and landmarks.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Age in years; null while unknown.</summary>
    public double? AgeYears { get; set; }

    /// <summary>Biological sex; null while unknown.</summary>
    public Sex? Sex { get; set; }

    /// <summary>Laxity; null while unknown.</summary>
    public Laxity? Laxity { get; set; }

    /// <summary>Whether the patient smokes.</summary>
    public bool Smoker { get; set; }

    /// <summary>When it was stored.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class StoredScanConfiguration : IEntityTypeConfiguration<StoredScan>
{
    public void Configure(EntityTypeBuilder<StoredScan> builder)
    {
        builder.ToTable("scans");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(scan => scan.Name).HasMaxLength(200);
        builder.Property(scan => scan.FileName).HasMaxLength(200);
        builder.Property(scan => scan.FileSha256).HasMaxLength(64);
        builder.Property(scan => scan.SurfaceSha256).HasMaxLength(64);
        builder.Property(scan => scan.PictureSha256).HasMaxLength(64);
        builder.Property(scan => scan.Unit).HasMaxLength(2);
        builder.Property(scan => scan.Up).HasMaxLength(2);
        builder.Property(scan => scan.Front).HasMaxLength(2);
        builder.Property(scan => scan.Origin).HasConversion<string>().HasMaxLength(16);
        builder.Property(scan => scan.Body).HasConversion<string>().HasMaxLength(16);
        builder.Property(scan => scan.Sex).HasConversion<string>().HasMaxLength(16);
        builder.Property(scan => scan.Laxity).HasConversion<string>().HasMaxLength(16);
        builder.Property(scan => scan.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(scan => scan.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(scan => scan.CreatedAt);
        builder.HasIndex(scan => new { scan.PatientId, scan.CreatedAt });
    }
}
