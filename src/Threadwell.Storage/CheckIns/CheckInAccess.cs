using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.CheckIns;

/// <summary>A member of the family whom the patient allowed to see her aftercare and to answer for her. It opens nothing else of the record.</summary>
public sealed class FamilyAccess
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The relative's name.</summary>
    [Sealed]
    public required string Name { get; init; }

    /// <summary>Who it is to the patient, in her words; may be empty.</summary>
    [Sealed]
    public string Relation { get; init; } = "";

    /// <summary>When the patient consented.</summary>
    public required Instant ConsentedAt { get; init; }

    /// <summary>The account on which she consented: her own, or that of the clinic's person beside her.</summary>
    public required Guid ConsentedOn { get; init; }

    /// <summary>When she took it back; null while it stands.</summary>
    public Instant? RevokedAt { get; set; }
}

/// <summary>A link that enrols one phone, once. What is kept is the hash of its secret.</summary>
public sealed class EnrolmentLink
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment whose check-ins it opens.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The relative for whom it is; null for the patient herself.</summary>
    public Guid? FamilyAccessId { get; init; }

    /// <summary>SHA-256 of the secret, 64 lower-case hexadecimal digits.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>Who made it; null for the program itself.</summary>
    public Guid? MadeBy { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>Until when it may be used.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>When it was used; null until then.</summary>
    public Instant? UsedAt { get; set; }

    /// <summary>Counts changes: of two that use it at once, one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A phone that was enrolled: it may read the today page of one treatment and send its check-ins, and nothing else.</summary>
public sealed class EnrolledDevice
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The relative whose it is; null for the patient herself.</summary>
    public Guid? FamilyAccessId { get; init; }

    /// <summary>SHA-256 of the secret in the phone's cookie, 64 lower-case hexadecimal digits.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>The link that enrolled it.</summary>
    public required Guid LinkId { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required Instant EnrolledAt { get; init; }

    /// <summary>When it was shut; null while it is open.</summary>
    public Instant? RevokedAt { get; set; }
}

internal sealed class FamilyAccessConfiguration : IEntityTypeConfiguration<FamilyAccess>
{
    public void Configure(EntityTypeBuilder<FamilyAccess> builder)
    {
        builder.ToTable("family_access");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.PatientId);
    }
}

internal sealed class EnrolmentLinkConfiguration : IEntityTypeConfiguration<EnrolmentLink>
{
    public void Configure(EntityTypeBuilder<EnrolmentLink> builder)
    {
        builder.ToTable("enrolment_links");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SecretSha256).HasMaxLength(64);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FamilyAccess>().WithMany().HasForeignKey(row => row.FamilyAccessId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.SecretSha256).IsUnique();
        builder.HasIndex(row => row.PatientId);
    }
}

internal sealed class EnrolledDeviceConfiguration : IEntityTypeConfiguration<EnrolledDevice>
{
    public void Configure(EntityTypeBuilder<EnrolledDevice> builder)
    {
        builder.ToTable("enrolled_devices");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SecretSha256).HasMaxLength(64);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FamilyAccess>().WithMany().HasForeignKey(row => row.FamilyAccessId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<EnrolmentLink>().WithMany().HasForeignKey(row => row.LinkId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.SecretSha256).IsUnique();
        builder.HasIndex(row => row.PatientId);
    }
}
