using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Assessments;

/// <summary>An assessment of suitability, as it was answered and judged on its day. It never changes; a new one follows it.</summary>
public sealed class StoredAssessment
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The answers (<c>docs/formats/answers.md</c>).</summary>
    [Sealed]
    public required string AnswersJson { get; init; }

    /// <summary>The result with every reason, as it was shown.</summary>
    [Sealed]
    public required string ResultJson { get; init; }

    /// <summary>The outcome in one word, as the care floor names it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Until when it says "not now"; null where it doesn't.</summary>
    public LocalDate? NotBefore { get; init; }

    /// <summary>Version of the rulebook that judged it.</summary>
    public required int RulebookVersion { get; init; }

    /// <summary>Who answered or took the answers.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>The doctor who accepted it; null while it waits for one.</summary>
    public Guid? AcceptedBy { get; set; }

    /// <summary>When a doctor accepted it.</summary>
    public Instant? AcceptedAt { get; set; }

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }
}

/// <summary>A version of the clinic's rulebook of suitability; the newest one is used.</summary>
public sealed class StoredRulebook
{
    /// <summary>Version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The rulebook file.</summary>
    public required string Json { get; init; }

    /// <summary>What was changed and why.</summary>
    public required string Note { get; init; }

    /// <summary>Who saved it; null for the one that comes with the product.</summary>
    public Guid? ByUserId { get; init; }

    /// <summary>When it was saved.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>The responsible doctor who signed it off; null until then.</summary>
    public Guid? SignedOffBy { get; set; }

    /// <summary>When it was signed off.</summary>
    public Instant? SignedOffAt { get; set; }
}

internal sealed class StoredAssessmentConfiguration : IEntityTypeConfiguration<StoredAssessment>
{
    public void Configure(EntityTypeBuilder<StoredAssessment> builder)
    {
        builder.ToTable("assessments");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(assessment => assessment.Outcome).HasMaxLength(32);
        builder.HasOne<Patient>().WithMany().HasForeignKey(assessment => assessment.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredRulebook>().WithMany().HasForeignKey(assessment => assessment.RulebookVersion).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(assessment => new { assessment.PatientId, assessment.CreatedAt });
    }
}

internal sealed class StoredRulebookConfiguration : IEntityTypeConfiguration<StoredRulebook>
{
    public void Configure(EntityTypeBuilder<StoredRulebook> builder)
    {
        builder.ToTable("rulebooks");
        builder.HasKey(rulebook => rulebook.Version);
        builder.Property(rulebook => rulebook.Version).ValueGeneratedNever();
        builder.Property(rulebook => rulebook.Note).HasMaxLength(1000);
    }
}
