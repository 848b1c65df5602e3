using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.Appointments;

/// <summary>What an appointment is for.</summary>
public enum AppointmentKind
{
    /// <summary>A consultation.</summary>
    Consultation,

    /// <summary>A treatment.</summary>
    Treatment,

    /// <summary>A visit of the follow-up.</summary>
    FollowUp,

    /// <summary>Seen the same day because of a warning sign.</summary>
    Urgent,
}

/// <summary>What became of an appointment.</summary>
public enum AppointmentState
{
    /// <summary>It is to come.</summary>
    Booked,

    /// <summary>The patient is there.</summary>
    Arrived,

    /// <summary>It took place.</summary>
    Done,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>An appointment of a patient with a doctor, in a room.</summary>
public sealed class Appointment
{
    /// <summary>Key; an iCalendar event is known by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>What for.</summary>
    public required AppointmentKind Kind { get; init; }

    /// <summary>When it begins.</summary>
    public required Instant StartsAt { get; set; }

    /// <summary>When it ends.</summary>
    public required Instant EndsAt { get; set; }

    /// <summary>The doctor.</summary>
    public required Guid DoctorId { get; set; }

    /// <summary>Where.</summary>
    public required Guid FacilityId { get; set; }

    /// <summary>Room, one of the facility's; may be empty where it names none.</summary>
    public string Room { get; set; } = "";

    /// <summary>The treatment that it is for, or that it follows; null where there is none.</summary>
    public Guid? TreatmentId { get; init; }

    /// <summary>The visit of the schedule that it is ("month3"); empty where it is none.</summary>
    public string ScheduledId { get; init; } = "";

    /// <summary>What became of it.</summary>
    public required AppointmentState State { get; set; }

    /// <summary>A note of the clinic; may be empty.</summary>
    [Sealed]
    public string Note { get; set; } = "";

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant ChangedAt { get; set; }

    /// <summary>Counts changes, as a calendar's SEQUENCE does; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>When a facility is open on a day of the week. A day without a row is closed.</summary>
public sealed class ClinicHours
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The facility.</summary>
    public required Guid FacilityId { get; init; }

    /// <summary>Day of the week, 1 Monday to 7 Sunday.</summary>
    public required int Weekday { get; init; }

    /// <summary>When it opens.</summary>
    public required LocalTime Opens { get; init; }

    /// <summary>When it closes, on the same day.</summary>
    public required LocalTime Closes { get; init; }
}

/// <summary>A day on which a facility is closed all the same.</summary>
public sealed class ClinicClosure
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The facility.</summary>
    public required Guid FacilityId { get; init; }

    /// <summary>The day.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Why ("Tết"); may be empty.</summary>
    public string Why { get; init; } = "";
}

/// <summary>An address at which a calendar program reads appointments: a person's own, without signing in. What is kept is the hash of its secret.</summary>
public sealed class CalendarFeed
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account whose appointments it holds.</summary>
    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the secret in its address, 64 lower-case hexadecimal digits.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>When it was shut; null while it is open.</summary>
    public Instant? EndedAt { get; set; }
}

internal sealed class AppointmentConfiguration : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable("appointments");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Room).HasMaxLength(60);
        builder.Property(row => row.ScheduledId).HasMaxLength(40);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasOne<Patient>().WithMany().HasForeignKey(row => row.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Facility>().WithMany().HasForeignKey(row => row.FacilityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredTreatment>().WithMany().HasForeignKey(row => row.TreatmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.StartsAt);
        builder.HasIndex(row => new { row.PatientId, row.StartsAt });
        builder.HasIndex(row => new { row.DoctorId, row.StartsAt });
        builder.HasIndex(row => new { row.FacilityId, row.StartsAt });
    }
}

internal sealed class ClinicHoursConfiguration : IEntityTypeConfiguration<ClinicHours>
{
    public void Configure(EntityTypeBuilder<ClinicHours> builder)
    {
        builder.ToTable("clinic_hours");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Facility>().WithMany().HasForeignKey(row => row.FacilityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.FacilityId, row.Weekday, row.Opens });
    }
}

internal sealed class ClinicClosureConfiguration : IEntityTypeConfiguration<ClinicClosure>
{
    public void Configure(EntityTypeBuilder<ClinicClosure> builder)
    {
        builder.ToTable("clinic_closures");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Why).HasMaxLength(200);
        builder.HasOne<Facility>().WithMany().HasForeignKey(row => row.FacilityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.FacilityId, row.Day }).IsUnique();
    }
}

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.ToTable("calendar_feeds");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SecretSha256).HasMaxLength(64);
        builder.HasIndex(row => row.SecretSha256).IsUnique();
        builder.HasIndex(row => row.UserId);
    }
}
