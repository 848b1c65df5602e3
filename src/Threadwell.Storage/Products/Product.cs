using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Threadwell.Plans;

namespace Threadwell.Storage.Products;

/// <summary>A thread of the clinic's catalogue.</summary>
public sealed class Product
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Maker.</summary>
    public required string Maker { get; set; }

    /// <summary>Polymer: "PDO", "PLLA", "PCL" or "PLCL"; another word where it is none of them.</summary>
    public required string Material { get; set; }

    /// <summary>Whether the body absorbs it; one that it doesn't is refused.</summary>
    public required bool IsAbsorbable { get; set; }

    /// <summary>Core diameter, mm; null while unknown.</summary>
    public double? DiameterMm { get; set; }

    /// <summary>Length, mm; null while unknown.</summary>
    public double? LengthMm { get; set; }

    /// <summary>Kind of barbs.</summary>
    public required BarbKind Barbs { get; set; }

    /// <summary>Device identifier: a GTIN of 14 digits or the primary code of HIBC; empty while unknown.</summary>
    public string DeviceIdentifier { get; set; } = "";

    /// <summary>Whether it is an example that came with the product and names no real one.</summary>
    public bool IsExample { get; init; }

    /// <summary>Whether the clinic no longer uses it.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(product => product.Name).HasMaxLength(200);
        builder.Property(product => product.Maker).HasMaxLength(200);
        builder.Property(product => product.Material).HasMaxLength(16);
        builder.Property(product => product.Barbs).HasConversion<string>().HasMaxLength(16);
        builder.Property(product => product.DeviceIdentifier).HasMaxLength(60);
        builder.Property(product => product.Revision).IsConcurrencyToken();
        builder.HasIndex(product => product.DeviceIdentifier);
    }
}
