using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Reminders;

/// <summary>How a message travels.</summary>
public enum MessageChannel
{
    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>By web push.</summary>
    Push,
}

/// <summary>What became of a message.</summary>
public enum MessageState
{
    /// <summary>It waits for its time, or for its next try.</summary>
    Waiting,

    /// <summary>It is being handed over: where this is found at the start of the program, the message may already have been accepted, and is sent again.</summary>
    Sending,

    /// <summary>It was accepted.</summary>
    Sent,

    /// <summary>It was not needed any more, or the patient took back her consent.</summary>
    Withdrawn,

    /// <summary>It was refused for good, or could not be delivered until it had no use any more.</summary>
    GivenUp,
}

/// <summary>
/// A message that is to be sent once. Its key says what it is (check-in of day 3 of a treatment, by e-mail): the same message is never written twice. What has
/// happened to it stands in the row, so that the audit trail need not repeat each try.
/// </summary>
[NotAudited]
public sealed class OutboxMessage
{
    /// <summary>Key of the row.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the message is, unique ("check-in/TREATMENT/day3/email").</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The patient; null for a message to staff.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The account to which it goes; null where it goes to a patient's address.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The device to which it goes; null for e-mail.</summary>
    public Guid? PushSubscriptionId { get; init; }

    /// <summary>How it travels.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>Which text it carries ("checkIn", "appointment", "escalation").</summary>
    public required string Template { get; init; }

    /// <summary>What is put into the text, JSON.</summary>
    [Sealed]
    public string FieldsJson { get; init; } = "";

    /// <summary>When it is meant to go; another time once the clinic's zone or the schedule is another.</summary>
    public required Instant DueAt { get; set; }

    /// <summary>After this it has no use any more; null where it always has.</summary>
    public Instant? UselessAfter { get; set; }

    /// <summary>Whether it goes in quiet hours, too: an escalation does.</summary>
    public required bool Urgent { get; init; }

    /// <summary>What became of it.</summary>
    public required MessageState State { get; set; }

    /// <summary>When it is tried next; put off by quiet hours and failures.</summary>
    public required Instant NextTryAt { get; set; }

    /// <summary>How often it was handed over or tried.</summary>
    public int Tries { get; set; }

    /// <summary>How often it was handed over again because a stop of the program fell between the server's acceptance and the note of it.</summary>
    public int Repeats { get; set; }

    /// <summary>When it was accepted.</summary>
    public Instant? SentAt { get; set; }

    /// <summary>What the last try failed by; empty where it did not.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A browser that agreed to be pushed to.</summary>
public sealed class PushSubscription
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient; null for staff.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The account; null for an enrolled phone.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The enrolled phone, whose patient stands beside it; null for an account.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>SHA-256 of the address, 64 lower-case hexadecimal digits: an address is kept once.</summary>
    public required string AddressSha256 { get; init; }

    /// <summary>Address of the push service.</summary>
    [Sealed]
    public required string Address { get; init; }

    /// <summary>The browser's public key, base64url.</summary>
    [Sealed]
    public required string PublicKey { get; init; }

    /// <summary>The browser's secret, base64url.</summary>
    [Sealed]
    public required string Secret { get; init; }

    /// <summary>When it agreed.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When the push service said that it is gone, or the person ended it; null while it stands.</summary>
    public Instant? EndedAt { get; set; }
}

/// <summary>How a patient wants to be reminded. Without her consent to messages none is sent, whatever stands here.</summary>
public sealed class ReminderChoice
{
    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>By e-mail.</summary>
    public bool Email { get; set; } = true;

    /// <summary>By push.</summary>
    public bool Push { get; set; } = true;

    /// <summary>When quiet begins, in the clinic's time.</summary>
    public LocalTime QuietFrom { get; set; } = new(21, 0);

    /// <summary>When quiet ends.</summary>
    public LocalTime QuietUntil { get; set; } = new(8, 0);

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.IdempotencyKey).HasMaxLength(200);
        builder.Property(row => row.Channel).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Template).HasMaxLength(40);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Problem).HasMaxLength(500);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasIndex(row => row.IdempotencyKey).IsUnique();
        builder.HasIndex(row => new { row.State, row.NextTryAt });
        builder.HasIndex(row => row.PatientId);
    }
}

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> builder)
    {
        builder.ToTable("push_subscriptions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.AddressSha256).HasMaxLength(64);
        builder.HasIndex(row => row.AddressSha256).IsUnique();
        builder.HasIndex(row => row.PatientId);
        builder.HasIndex(row => row.UserId);
    }
}

internal sealed class ReminderChoiceConfiguration : IEntityTypeConfiguration<ReminderChoice>
{
    public void Configure(EntityTypeBuilder<ReminderChoice> builder)
    {
        builder.ToTable("reminder_choices");
        builder.HasKey(row => row.PatientId);
        builder.Property(row => row.PatientId).ValueGeneratedNever();
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patients.Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
    }
}
