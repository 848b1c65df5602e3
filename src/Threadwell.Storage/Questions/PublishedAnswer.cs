using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Threadwell.Storage.Questions;

/// <summary>A question and its answer as everybody may read them, without what tells who asked: plain, for it is searched.</summary>
public sealed class PublishedAnswer
{
    /// <summary>Longest title.</summary>
    public const int LongestTitle = 160;

    /// <summary>Longest question or answer.</summary>
    public const int LongestText = 12_000;

    /// <summary>Number, from 1, by which its address begins.</summary>
    public required int Id { get; init; }

    /// <summary>The question that it comes from.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>The title in letters that an address may hold.</summary>
    public required string Slug { get; set; }

    /// <summary>Its language: "en" or "vi".</summary>
    public required string Language { get; init; }

    /// <summary>What it is about, as the care floor names it.</summary>
    public required string Topic { get; set; }

    /// <summary>When it was taken back; null while it is read. It stands before the texts: a search asks it of each answer that it finds, and would read past them.</summary>
    public Instant? WithdrawnAt { get; set; }

    /// <summary>The question in one line.</summary>
    public required string Title { get; set; }

    /// <summary>The question.</summary>
    public required string Question { get; set; }

    /// <summary>The answer.</summary>
    public required string Answer { get; set; }

    /// <summary>The title as it is searched: words without accents, in lower case.</summary>
    public required string SearchTitle { get; set; }

    /// <summary>Question and answer as they are searched.</summary>
    public required string SearchText { get; set; }

    /// <summary>The doctor who answered.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>The doctor's name.</summary>
    public required string DoctorName { get; init; }

    /// <summary>Number of the doctor's licence when the answer was given.</summary>
    public required string DoctorLicence { get; init; }

    /// <summary>Day of the answer.</summary>
    public required LocalDate AnsweredOn { get; init; }

    /// <summary>Day on which a doctor last read whether it still holds.</summary>
    public required LocalDate ReviewedOn { get; set; }

    /// <summary>Day until which a doctor reads it again.</summary>
    public required LocalDate ReviewDueOn { get; set; }

    /// <summary>When it was published.</summary>
    public required Instant PublishedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant ChangedAt { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A correction of a published answer: what was changed, and how it read before.</summary>
public sealed class AnswerCorrection
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The published answer.</summary>
    public required int AnswerId { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Who.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>Name of who, as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>What was corrected and why, for readers.</summary>
    public required string Note { get; init; }

    /// <summary>The title before.</summary>
    public required string OldTitle { get; init; }

    /// <summary>The question before.</summary>
    public required string OldQuestion { get; init; }

    /// <summary>The answer before.</summary>
    public required string OldAnswer { get; init; }
}

internal sealed class PublishedAnswerConfiguration : IEntityTypeConfiguration<PublishedAnswer>
{
    public void Configure(EntityTypeBuilder<PublishedAnswer> builder)
    {
        builder.ToTable("published_answers");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Slug).HasMaxLength(100);
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.Topic).HasMaxLength(24);
        builder.Property(row => row.Title).HasMaxLength(PublishedAnswer.LongestTitle);
        builder.Property(row => row.DoctorName).HasMaxLength(200);
        builder.Property(row => row.DoctorLicence).HasMaxLength(60);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<PublicQuestion>().WithMany().HasForeignKey(row => row.QuestionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.QuestionId).IsUnique();
        builder.HasIndex(row => new { row.Topic, row.PublishedAt });
        builder.HasIndex(row => row.PublishedAt);
        builder.HasIndex(row => row.ReviewDueOn);
    }
}

internal sealed class AnswerCorrectionConfiguration : IEntityTypeConfiguration<AnswerCorrection>
{
    public void Configure(EntityTypeBuilder<AnswerCorrection> builder)
    {
        builder.ToTable("answer_corrections");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ByName).HasMaxLength(200);
        builder.Property(row => row.Note).HasMaxLength(500);
        builder.Property(row => row.OldTitle).HasMaxLength(PublishedAnswer.LongestTitle);
        builder.HasOne<PublishedAnswer>().WithMany().HasForeignKey(row => row.AnswerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.AnswerId, row.At });
    }
}
