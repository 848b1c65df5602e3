using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Demonstration;

/// <summary>The place of the demonstration: its settings, licences and turns on call, all made up.</summary>
internal static class DemonstrationClinic
{
    /// <summary>Key of its facility.</summary>
    public static readonly Guid FacilityId = new("de000000-0000-7000-8000-000000000101");

    /// <summary>Name of its facility.</summary>
    public const string FacilityName = "Phòng khám Da liễu Thẩm mỹ Minh Hoạ";

    /// <summary>Number of its facility's licence.</summary>
    public const string FacilityLicence = "DEMO-0001";

    /// <summary>Number of its doctor's licence.</summary>
    public const string DoctorLicence = "DEMO-BS-01";

    private const int DaysOnCall = 60;

    /// <summary>Its settings.</summary>
    public static ClinicSettings Settings() => new()
    {
        Name = FacilityName,
        Phone = "0900 000 100",
        EmergencyHospital = "Bệnh viện Minh Hoạ, 1 Đường Mẫu",
        ResponsibleDoctorId = DemonstrationAccounts.IdOf(Role.Doctor),
        HeadOfDepartmentId = DemonstrationAccounts.IdOf(Role.Doctor),
        VisibleLiftMm = 1,
        TakesQuestions = true,
    };

    /// <summary>Adds it.</summary>
    /// <param name="database">The record.</param>
    /// <param name="today">Today.</param>
    public static void Add(ThreadwellContext database, LocalDate today)
    {
        Guid doctor = DemonstrationAccounts.IdOf(Role.Doctor);
        database.ClinicSettings.Add(Settings());
        database.Facilities.Add(new Facility
        {
            Id = FacilityId,
            Name = FacilityName,
            Address = "1 Đường Mẫu, Phường Mẫu, Hà Nội",
            Kind = FacilityKind.SpecialistClinic,
            LicenceNumber = FacilityLicence,
            LicenceFrom = today.PlusYears(-3),
            LicenceUntil = today.PlusYears(2),
            PermitsThreadLift = true,
            Rooms = "Phòng thủ thuật 1\nPhòng thủ thuật 2",
            IsDemonstration = true,
        });
        database.StaffLicences.Add(new StaffLicence
        {
            Id = Guid.CreateVersion7(),
            UserId = doctor,
            Number = DoctorLicence,
            Specialty = "dermatology",
            From = today.PlusYears(-8),
            Until = today.PlusYears(3),
        });
        database.OnCallTurns.Add(new OnCallTurn { Id = Guid.CreateVersion7(), UserId = doctor, From = today.PlusDays(-DaysOnCall), Until = today.PlusDays(DaysOnCall) });
    }
}
