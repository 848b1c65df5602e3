using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Clinic;

/// <summary>Something that the clinic lacks before it may treat.</summary>
/// <param name="Key">What it is, as the texts name it.</param>
/// <param name="Address">The page where it is added.</param>
internal sealed record ClinicLack(string Key, string Address);

/// <summary>What the clinic lacks before it may treat: the next steps of whoever sets it up.</summary>
/// <param name="database">The record.</param>
/// <param name="time">The clinic's day.</param>
internal sealed class ClinicReadiness(ThreadwellContext database, ClinicTime time)
{
    /// <summary>Days ahead for which somebody should be on call.</summary>
    public const int DaysAhead = 30;

    /// <summary>What is lacking, in the order in which it is best added.</summary>
    public async Task<IReadOnlyList<ClinicLack>> LacksAsync()
    {
        LocalDate today = await time.TodayAsync();
        ClinicSettings? settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync();
        List<Facility> facilities = await database.Facilities.AsNoTracking().ToListAsync();
        List<StaffLicence> licences = await database.StaffLicences.AsNoTracking().ToListAsync();
        List<Guid> doctors = await database.Users.Where(user => user.Role == Role.Doctor && user.DisabledAt == null).Select(user => user.Id).ToListAsync();
        var lacks = new List<ClinicLack>();
        Add("settings", "/clinic#settings", settings is { Name.Length: > 0, Phone.Length: > 0, EmergencyHospital.Length: > 0 });
        Add("doctor", "/clinic#settings", settings?.ResponsibleDoctorId is not null);
        Add("facility", "/clinic/facilities", facilities.Any(facility => facility.PermitsThreadLift && facility.LicenceNumber.Length > 0 && facility.LicenceFrom <= today && !(facility.LicenceUntil < today)));
        Add("licence", "/clinic/staff", licences.Any(licence => doctors.Contains(licence.UserId) && licence.From <= today && !(licence.Until < today)));
        Add("oncall", "/clinic/on-call", OnCallCalendar.Gaps(await OnCallCalendar.TurnsAsync(database, today), today, today.PlusDays(DaysAhead - 1)).Count == 0);
        Add("product", "/clinic/products", await database.Products.AnyAsync(product => !product.IsExample && !product.IsRetired));
        return lacks;

        void Add(string key, string address, bool there)
        {
            if (!there)
            {
                lacks.Add(new ClinicLack(key, address));
            }
        }
    }
}
