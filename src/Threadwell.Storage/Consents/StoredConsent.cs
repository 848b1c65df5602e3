using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Consents;

/// <summary>What a consent allows; each is given for itself.</summary>
public enum ConsentKind
{
    /// <summary>The treatment by one plan.</summary>
    Treatment,

    /// <summary>Photos for the record.</summary>
    ClinicalPhotos,

    /// <summary>Other use of photos: teaching, publication.</summary>
    OtherPhotoUse,

    /// <summary>The clinic's registry of outcomes.</summary>
    Registry,

    /// <summary>Messages: reminders and check-ins.</summary>
    Messages,
}

/// <summary>How a consent was signed.</summary>
public enum SignatureKind
{
    /// <summary>Drawn on the page.</summary>
    Drawn,

    /// <summary>The full name typed, for those who cannot draw.</summary>
    Typed,

    /// <summary>By the patient's passkey.</summary>
    Passkey,
}

/// <summary>A signed consent. Only its withdrawal is ever added to it.</summary>
public sealed class StoredConsent
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>What it allows.</summary>
    public required ConsentKind Kind { get; init; }

    /// <summary>The version of a plan that it allows; null for other kinds, and where the plan is an outline.</summary>
    public Guid? PlanVersionId { get; init; }

    /// <summary>The outline that it allows; null for other kinds, and where the plan lies on a scan.</summary>
    public Guid? OutlineId { get; init; }

    /// <summary>Language of the text that was shown.</summary>
    public required string Language { get; init; }

    /// <summary>Everything that was shown, as canonical JSON: the texts, and the hash of every picture and of the plan.</summary>
    [Sealed]
    public required string DocumentJson { get; init; }

    /// <summary>SHA-256 over the canonical bytes of <see cref="DocumentJson"/>: what the signature covers.</summary>
    public required string DocumentSha256 { get; init; }

    /// <summary>How it was signed.</summary>
    public required SignatureKind Signature { get; init; }

    /// <summary>Hash of the signature's file: a PNG where drawn, JSON of the assertion where by passkey, the name where typed.</summary>
    [StoredFile]
    public required string SignatureSha256 { get; init; }

    /// <summary>Hash of the PDF.</summary>
    [StoredFile]
    public required string PdfSha256 { get; init; }

    /// <summary>When it was signed.</summary>
    public required Instant SignedAt { get; init; }

    /// <summary>The account on which it was signed: the patient's own, or that of the doctor beside her.</summary>
    public required Guid SignedOn { get; init; }

    /// <summary>When it was withdrawn; null while it stands.</summary>
    public Instant? WithdrawnAt { get; set; }

    /// <summary>Why it was withdrawn; may be empty.</summary>
    [Sealed]
    public string WithdrawnReason { get; set; } = "";

    /// <summary>Who recorded the withdrawal.</summary>
    public Guid? WithdrawnBy { get; set; }
}

internal sealed class StoredConsentConfiguration : IEntityTypeConfiguration<StoredConsent>
{
    public void Configure(EntityTypeBuilder<StoredConsent> builder)
    {
        builder.ToTable("consents");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(consent => consent.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(consent => consent.Signature).HasConversion<string>().HasMaxLength(16);
        builder.Property(consent => consent.Language).HasMaxLength(8);
        builder.Property(consent => consent.DocumentSha256).HasMaxLength(64);
        builder.Property(consent => consent.SignatureSha256).HasMaxLength(64);
        builder.Property(consent => consent.PdfSha256).HasMaxLength(64);
        builder.HasOne<Patient>().WithMany().HasForeignKey(consent => consent.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(consent => consent.PlanVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanOutline>().WithMany().HasForeignKey(consent => consent.OutlineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(consent => new { consent.PatientId, consent.SignedAt });
    }
}
