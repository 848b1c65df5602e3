using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Threadwell.Storage.Clinic;

/// <summary>What a facility is licensed as.</summary>
public enum FacilityKind
{
    /// <summary>A hospital with a department for it.</summary>
    Hospital,

    /// <summary>A specialist clinic of dermatology or aesthetic surgery.</summary>
    SpecialistClinic,

    /// <summary>A general clinic.</summary>
    GeneralClinic,

    /// <summary>A beauty salon or anything else that is no medical facility.</summary>
    NotMedical,
}

/// <summary>A place where the clinic treats.</summary>
public sealed class Facility
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Address.</summary>
    public string Address { get; set; } = "";

    /// <summary>What it is licensed as.</summary>
    public required FacilityKind Kind { get; set; }

    /// <summary>Number of its licence to operate; empty while there is none.</summary>
    public string LicenceNumber { get; set; } = "";

    /// <summary>First day of the licence; null while unknown.</summary>
    public LocalDate? LicenceFrom { get; set; }

    /// <summary>Last day of the licence; null where it has none or it is unknown: see <see cref="LicenceNumber"/>.</summary>
    public LocalDate? LicenceUntil { get; set; }

    /// <summary>Whether its list of permitted procedures holds absorbable thread lifting.</summary>
    public bool PermitsThreadLift { get; set; }

    /// <summary>Rooms, one a line.</summary>
    public string Rooms { get; set; } = "";

    /// <summary>Whether it belongs to the demonstration clinic.</summary>
    public bool IsDemonstration { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A licence of a member of staff to practise.</summary>
public sealed class StaffLicence
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Number.</summary>
    public required string Number { get; set; }

    /// <summary>Specialty, as the care floor names it ("dermatology").</summary>
    public required string Specialty { get; set; }

    /// <summary>First valid day.</summary>
    public required LocalDate From { get; set; }

    /// <summary>Last valid day; null where it has none.</summary>
    public LocalDate? Until { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>A turn in which somebody of the clinic can be called, day and night.</summary>
public sealed class OnCallTurn
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who is on call.</summary>
    public required Guid UserId { get; init; }

    /// <summary>First day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>Last day, itself included.</summary>
    public required LocalDate Until { get; init; }
}

/// <summary>How the clinic works; one row.</summary>
public sealed class ClinicSettings
{
    /// <summary>Key of the one row.</summary>
    public const int TheOnly = 1;

    /// <summary>Key; always <see cref="TheOnly"/>.</summary>
    public int Id { get; init; } = TheOnly;

    /// <summary>The clinic's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Telephone number that patients call.</summary>
    public string Phone { get; set; } = "";

    /// <summary>Hospital to which an emergency is sent.</summary>
    public string EmergencyHospital { get; set; } = "";

    /// <summary>Time zone by its IANA name, in which days begin.</summary>
    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";

    /// <summary>Language in which new records and papers begin: "en" or "vi".</summary>
    public string Language { get; set; } = "vi";

    /// <summary>Whether predictions are kept from patients: the clinic uses the record alone.</summary>
    public bool RecordOnly { get; set; }

    /// <summary>Lift that others can see, mm; null while the clinic has set none.</summary>
    public double? VisibleLiftMm { get; set; }

    /// <summary>The responsible doctor; null while none is named.</summary>
    public Guid? ResponsibleDoctorId { get; set; }

    /// <summary>The head of department, to whom what nobody answers goes last; null while none is named.</summary>
    public Guid? HeadOfDepartmentId { get; set; }

    /// <summary>The clinic's own lengths of aftercare by rule, in the rule's unit, and who signed them off, JSON; empty for none.</summary>
    public string AftercareJson { get; set; } = "";

    /// <summary>Address that e-mail is sent from; empty while none is sent.</summary>
    public string MailFrom { get; set; } = "";

    /// <summary>Whether people without an account may ask the clinic's doctors.</summary>
    public bool TakesQuestions { get; set; }

    /// <summary>Whether a second doctor reads an answer before it is given.</summary>
    public bool ReviewsAnswers { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;
}

internal sealed class FacilityConfiguration : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> builder)
    {
        builder.ToTable("facilities");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(facility => facility.Name).HasMaxLength(200);
        builder.Property(facility => facility.Address).HasMaxLength(500);
        builder.Property(facility => facility.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(facility => facility.LicenceNumber).HasMaxLength(60);
        builder.Property(facility => facility.Rooms).HasMaxLength(1000);
        builder.Property(facility => facility.Revision).HasDefaultValue(1L).IsConcurrencyToken();
    }
}

internal sealed class StaffLicenceConfiguration : IEntityTypeConfiguration<StaffLicence>
{
    public void Configure(EntityTypeBuilder<StaffLicence> builder)
    {
        builder.ToTable("staff_licences");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(licence => licence.Number).HasMaxLength(60);
        builder.Property(licence => licence.Specialty).HasMaxLength(40);
        builder.Property(licence => licence.Revision).HasDefaultValue(1L).IsConcurrencyToken();
        builder.HasIndex(licence => licence.UserId);
    }
}

internal sealed class OnCallTurnConfiguration : IEntityTypeConfiguration<OnCallTurn>
{
    public void Configure(EntityTypeBuilder<OnCallTurn> builder)
    {
        builder.ToTable("on_call_turns");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(turn => turn.Until);
    }
}

internal sealed class ClinicSettingsConfiguration : IEntityTypeConfiguration<ClinicSettings>
{
    public void Configure(EntityTypeBuilder<ClinicSettings> builder)
    {
        builder.ToTable("clinic_settings");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(settings => settings.Name).HasMaxLength(200);
        builder.Property(settings => settings.Phone).HasMaxLength(60);
        builder.Property(settings => settings.EmergencyHospital).HasMaxLength(300);
        builder.Property(settings => settings.TimeZone).HasMaxLength(60);
        builder.Property(settings => settings.Language).HasMaxLength(8);
        builder.Property(settings => settings.AftercareJson).HasMaxLength(4000);
        builder.Property(settings => settings.MailFrom).HasMaxLength(254);
        builder.Property(settings => settings.Revision).IsConcurrencyToken();
    }
}
