using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Treatments;

/// <summary>What the doctor says of one treatment's aftercare beside the rules: medicines, the helmet, and what has settled. One row a treatment.</summary>
public sealed class AftercareOrders
{
    /// <summary>The treatment.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Medicines as ordered, and the allergies that were written down with them, JSON; empty for none.</summary>
    [Sealed]
    public string MedicinesJson { get; set; } = "";

    /// <summary>Whether the helmet presses on the treated side; null where nobody asked.</summary>
    public bool? HelmetPresses { get; set; }

    /// <summary>For rules that end when something has settled: the day on which that was found, JSON of rule to day; empty for none.</summary>
    public string SettledJson { get; set; } = "";

    /// <summary>Who changed it last.</summary>
    public required Guid ChangedBy { get; set; }

    /// <summary>When.</summary>
    public required Instant ChangedAt { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class AftercareOrdersConfiguration : IEntityTypeConfiguration<AftercareOrders>
{
    public void Configure(EntityTypeBuilder<AftercareOrders> builder)
    {
        builder.ToTable("aftercare_orders");
        builder.HasKey(row => row.TreatmentId);
        builder.Property(row => row.TreatmentId).ValueGeneratedNever();
        builder.Property(row => row.SettledJson).HasMaxLength(2000);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.PatientId);
    }
}
