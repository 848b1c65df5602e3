using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.CheckIns;

/// <summary>Who gave the answers of a check-in.</summary>
public enum CheckInTeller
{
    /// <summary>The patient herself.</summary>
    Patient,

    /// <summary>A member of her family whom she allowed to.</summary>
    Family,

    /// <summary>Somebody of the clinic, on the telephone or beside her.</summary>
    Clinic,
}

/// <summary>What a patient answered at one time, and the level that it was given. It never changes: what follows is a <see cref="CareTask"/> and a <see cref="LoweredStanding"/>.</summary>
public sealed class StoredCheckIn
{
    /// <summary>Key, made by the phone: the same answers that arrive twice are one row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment that it follows.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The check-in of the schedule that it answers ("day3"); empty where it was reported at another time.</summary>
    public string ScheduledId { get; init; } = "";

    /// <summary>When it was answered, by the phone's clock with its offset (RFC 3339); empty where that is not known.</summary>
    public required string AnsweredAt { get; init; }

    /// <summary>When it arrived. Within a treatment later than all that arrived or was lowered before, also where the clock was set back; only by as much is it later than the clock was.</summary>
    public required Instant ArrivedAt { get; init; }

    /// <summary>Who answered.</summary>
    public required CheckInTeller Teller { get; init; }

    /// <summary>The account on which it was told; null where it came over a link.</summary>
    public Guid? ByUserId { get; init; }

    /// <summary>The phone that was enrolled, over which it came; null for an account.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The answers, JSON as <see cref="CheckIn.Parse"/> reads it.</summary>
    [Sealed]
    public required string AnswersJson { get; init; }

    /// <summary>Version of the rulebook that judged it.</summary>
    public required int RulebookVersion { get; init; }

    /// <summary>The level that the clinic's own judgement gave on arrival.</summary>
    public required TriageLevel Level { get; init; }

    /// <summary>The level that the phone had shown; null where it showed none. It counts as shown, too.</summary>
    public TriageLevel? PhoneLevel { get; init; }

    /// <summary>Day after the treatment; null where it is not known.</summary>
    public int? Day { get; init; }

    /// <summary>Ids of the rules that held, separated by spaces, the most severe first.</summary>
    public required string Reasons { get; init; }

    /// <summary>Ids of the questions that were left open, separated by spaces.</summary>
    public required string Open { get; init; }

    /// <summary>The graver of the two levels: what the patient has seen.</summary>
    public TriageLevel Shown() => PhoneLevel is { } phone && phone > Level ? phone : Level;
}

/// <summary>Somebody of the clinic lowers the level of a treatment's course, by name and with a reason; nothing else lowers it.</summary>
public sealed class LoweredStanding
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The treatment.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>When; in one order with <see cref="StoredCheckIn.ArrivedAt"/> of its treatment.</summary>
    public required Instant At { get; init; }

    /// <summary>To which level.</summary>
    public required TriageLevel To { get; init; }

    /// <summary>Who.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>Who, by name as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>Why.</summary>
    [Sealed]
    public required string Reason { get; init; }
}

internal sealed class StoredCheckInConfiguration : IEntityTypeConfiguration<StoredCheckIn>
{
    public void Configure(EntityTypeBuilder<StoredCheckIn> builder)
    {
        builder.ToTable("check_ins");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScheduledId).HasMaxLength(40);
        builder.Property(row => row.AnsweredAt).HasMaxLength(40);
        builder.Property(row => row.Teller).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Reasons).HasMaxLength(2000);
        builder.Property(row => row.Open).HasMaxLength(2000);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<EnrolledDevice>().WithMany().HasForeignKey(row => row.DeviceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.TreatmentId, row.ArrivedAt });
        builder.HasIndex(row => new { row.PatientId, row.ArrivedAt });
        builder.HasIndex(row => row.ArrivedAt);
    }
}

internal sealed class LoweredStandingConfiguration : IEntityTypeConfiguration<LoweredStanding>
{
    public void Configure(EntityTypeBuilder<LoweredStanding> builder)
    {
        builder.ToTable("lowered_standings");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ByName).HasMaxLength(200);
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.TreatmentId, row.At });
    }
}
