using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Questions;

/// <summary>How far a question to a doctor has come.</summary>
public enum QuestionState
{
    /// <summary>Its writer has not yet shown that the address is hers: nobody of the clinic sees it, and it goes after a week.</summary>
    Unconfirmed,

    /// <summary>It waits for an answer.</summary>
    Open,

    /// <summary>An answer is written and waits for a second doctor.</summary>
    Review,

    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>It is closed without an answer.</summary>
    Closed,

    /// <summary>It was erased at its writer's wish: what is left says that there was one, and when.</summary>
    Erased,
}

/// <summary>
/// A question of somebody who needs no account. It belongs to no record until a doctor links it to one. Its words, its writer's address and its answer are sealed; what is published of it is a row of its own
/// (<see cref="PublishedAnswer"/>).
/// </summary>
public sealed class PublicQuestion
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the private link's secret, 64 lower-case hexadecimal digits; a passing value once it is erased.</summary>
    public required string LinkSha256 { get; set; }

    /// <summary>The private link's secret, which messages carry.</summary>
    [Sealed]
    public required string Link { get; set; }

    /// <summary>Language in which it was asked: "en" or "vi".</summary>
    public required string Language { get; init; }

    /// <summary>What it is about, as the care floor names it.</summary>
    public required string Topic { get; set; }

    /// <summary>How old its writer is, as the care floor names it.</summary>
    public required string AgeBand { get; set; }

    /// <summary>The question.</summary>
    [Sealed]
    public required string Text { get; set; }

    /// <summary>Address to which the answer is announced; empty where none was given.</summary>
    [Sealed]
    public string Email { get; set; } = "";

    /// <summary>How far it has come.</summary>
    public required QuestionState State { get; set; }

    /// <summary>Whether its writer agrees that question and answer are published without what tells who she is.</summary>
    public bool MayPublish { get; set; }

    /// <summary>When it was sent.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it became open: with its address confirmed.</summary>
    public Instant? OpenedAt { get; set; }

    /// <summary>When an answer is due; null while it is not open, and once it is answered.</summary>
    public Instant? DueAt { get; set; }

    /// <summary>When it went to the head of department because nobody had answered; null where it did not.</summary>
    public Instant? EscalatedAt { get; set; }

    /// <summary>The doctor who has it; null while nobody has.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The answer as it is being written.</summary>
    [Sealed]
    public string Draft { get; set; } = "";

    /// <summary>The answer as it was given; empty while there is none.</summary>
    [Sealed]
    public string Answer { get; set; } = "";

    /// <summary>Who answered.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>Name of who answered, as it was then.</summary>
    public string AnsweredByName { get; set; } = "";

    /// <summary>Number of the licence of who answered, as it was then.</summary>
    public string AnsweredLicence { get; set; } = "";

    /// <summary>When it was answered.</summary>
    public Instant? AnsweredAt { get; set; }

    /// <summary>The second doctor who read the answer before it was given; null where the clinic wants none.</summary>
    public Guid? ReviewedBy { get; set; }

    /// <summary>The record that a doctor linked it to; null while it belongs to none.</summary>
    public Guid? PatientId { get; set; }

    /// <summary>When it was linked.</summary>
    public Instant? LinkedAt { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A photo to a question, encoded anew when it was taken in. It lies with the question and in no record.</summary>
public sealed class QuestionPhoto
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The question.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>Hash of the picture, JPEG.</summary>
    [StoredFile]
    public required string FileSha256 { get; init; }

    /// <summary>Hash of a small picture, JPEG.</summary>
    [StoredFile]
    public required string ThumbnailSha256 { get; init; }

    /// <summary>Width, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height, pixels.</summary>
    public required int Height { get; init; }
}

/// <summary>What was done about a question, when and by whom; rows are only added, and go with an erased question.</summary>
public sealed class QuestionEvent
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The question.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>The account; null for the writer of the question and for the program itself.</summary>
    public Guid? ByUserId { get; init; }

    /// <summary>Name of the person; empty for the writer of the question and for the program itself.</summary>
    public string ByName { get; init; } = "";

    /// <summary>What ("Opened", "Claimed", "Released", "Review", "Returned", "Answered", "Closed", "Published", "Corrected", "Reviewed", "Withdrawn", "Linked", "Unlinked", "Escalated", "Consent", "NoConsent").</summary>
    public required string What { get; init; }

    /// <summary>Words to it; may be empty.</summary>
    [Sealed]
    public string Note { get; init; } = "";
}

/// <summary>Words that doctors begin an answer with.</summary>
public sealed class AnswerTemplate
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>By what it is chosen.</summary>
    public required string Title { get; set; }

    /// <summary>Its language: "en" or "vi".</summary>
    public required string Language { get; set; }

    /// <summary>The words.</summary>
    public required string Text { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class PublicQuestionConfiguration : IEntityTypeConfiguration<PublicQuestion>
{
    public void Configure(EntityTypeBuilder<PublicQuestion> builder)
    {
        builder.ToTable("questions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.LinkSha256).HasMaxLength(64);
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.Topic).HasMaxLength(24);
        builder.Property(row => row.AgeBand).HasMaxLength(8);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.AnsweredByName).HasMaxLength(200);
        builder.Property(row => row.AnsweredLicence).HasMaxLength(60);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.LinkSha256).IsUnique();
        builder.HasIndex(row => new { row.State, row.DueAt });
        builder.HasIndex(row => row.PatientId);
    }
}

internal sealed class QuestionPhotoConfiguration : IEntityTypeConfiguration<QuestionPhoto>
{
    public void Configure(EntityTypeBuilder<QuestionPhoto> builder)
    {
        builder.ToTable("question_photos");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.FileSha256).HasMaxLength(64);
        builder.Property(row => row.ThumbnailSha256).HasMaxLength(64);
        builder.HasOne<PublicQuestion>().WithMany().HasForeignKey(row => row.QuestionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.QuestionId);
        builder.HasIndex(row => row.FileSha256);
    }
}

internal sealed class QuestionEventConfiguration : IEntityTypeConfiguration<QuestionEvent>
{
    public void Configure(EntityTypeBuilder<QuestionEvent> builder)
    {
        builder.ToTable("question_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.What).HasMaxLength(24);
        builder.Property(row => row.ByName).HasMaxLength(200);
        builder.HasOne<PublicQuestion>().WithMany().HasForeignKey(row => row.QuestionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.QuestionId, row.At });
    }
}

internal sealed class AnswerTemplateConfiguration : IEntityTypeConfiguration<AnswerTemplate>
{
    public void Configure(EntityTypeBuilder<AnswerTemplate> builder)
    {
        builder.ToTable("answer_templates");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Title).HasMaxLength(120);
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.Text).HasMaxLength(8000);
        builder.Property(row => row.Revision).IsConcurrencyToken();
    }
}
