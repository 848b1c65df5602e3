using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Products;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Treatments;

/// <summary>Side of the body.</summary>
public enum BodySide
{
    /// <summary>The patient's left.</summary>
    Left,

    /// <summary>The patient's right.</summary>
    Right,

    /// <summary>On the midline.</summary>
    Middle,
}

/// <summary>A thread that was placed in a patient, with its product and lot, so that a recall finds it.</summary>
public sealed class ImplantedThread
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The treatment.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The patient, as the treatment says, so that a recall reads one table.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Order within the treatment, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The catalogue's product; null where the catalogue lacks it.</summary>
    public Guid? ProductId { get; init; }

    /// <summary>Name of the product as it was then.</summary>
    public required string ProductName { get; init; }

    /// <summary>Maker as it was then.</summary>
    public required string Maker { get; init; }

    /// <summary>Polymer: "PDO", "PLLA", "PCL" or "PLCL".</summary>
    public required string Material { get; init; }

    /// <summary>Device identifier: a GTIN of 14 digits, or the primary code of HIBC.</summary>
    public required string DeviceIdentifier { get; init; }

    /// <summary>Lot as printed on the package.</summary>
    public required string Lot { get; init; }

    /// <summary>Lot in upper case without spaces and dashes: what a recall looks for.</summary>
    public required string LotKey { get; init; }

    /// <summary>Serial number; empty where there is none.</summary>
    public string Serial { get; init; } = "";

    /// <summary>Last day of use.</summary>
    public required LocalDate Expiry { get; init; }

    /// <summary>The identification as it was scanned or typed; empty where its parts were typed one by one.</summary>
    public string UdiText { get; init; } = "";

    /// <summary>Identifier of the planned thread that it realises; null where it realises none.</summary>
    public string? PlannedThreadId { get; init; }

    /// <summary>Why it realises none; empty where it does.</summary>
    public string UnplannedReason { get; init; } = "";

    /// <summary>Area.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Side.</summary>
    public required BodySide Side { get; init; }

    /// <summary>Depth below the skin, mm; null where it was not noted.</summary>
    public double? DepthMm { get; init; }

    /// <summary>Pull with which it was set, N; null where it was not measured.</summary>
    public double? TensionN { get; init; }

    /// <summary>What happened with it; may be empty.</summary>
    [Sealed]
    public string Note { get; init; } = "";

    /// <summary>When it was placed.</summary>
    public required Instant PlacedAt { get; init; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    public Instant? StruckAt { get; set; }

    /// <summary>Why it was struck out.</summary>
    public string StruckReason { get; set; } = "";
}

internal sealed class ImplantedThreadConfiguration : IEntityTypeConfiguration<ImplantedThread>
{
    public void Configure(EntityTypeBuilder<ImplantedThread> builder)
    {
        builder.ToTable("implanted_threads");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(thread => thread.ProductName).HasMaxLength(200);
        builder.Property(thread => thread.Maker).HasMaxLength(200);
        builder.Property(thread => thread.Material).HasMaxLength(16);
        builder.Property(thread => thread.DeviceIdentifier).HasMaxLength(60);
        builder.Property(thread => thread.Lot).HasMaxLength(60);
        builder.Property(thread => thread.LotKey).HasMaxLength(60).IsOrdinal();
        builder.Property(thread => thread.Serial).HasMaxLength(60);
        builder.Property(thread => thread.UdiText).HasMaxLength(300);
        builder.Property(thread => thread.PlannedThreadId).HasMaxLength(60);
        builder.Property(thread => thread.UnplannedReason).HasMaxLength(500);
        builder.Property(thread => thread.StruckReason).HasMaxLength(500);
        builder.Property(thread => thread.Area).HasConversion<string>().HasMaxLength(24);
        builder.Property(thread => thread.Side).HasConversion<string>().HasMaxLength(8);
        builder.HasOne<Patient>().WithMany().HasForeignKey(thread => thread.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Product>().WithMany().HasForeignKey(thread => thread.ProductId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(thread => new { thread.LotKey, thread.PatientId });
        builder.HasIndex(thread => thread.PatientId);
        builder.HasIndex(thread => thread.TreatmentId);
    }
}
