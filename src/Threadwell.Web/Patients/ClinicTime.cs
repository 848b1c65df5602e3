using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Patients;

/// <summary>The clinic's time: in which zone its days begin, and which day it is.</summary>
/// <param name="database">Where the clinic's settings are.</param>
/// <param name="clock">The clock.</param>
internal sealed class ClinicTime(ThreadwellContext database, IClock clock)
{
    private DateTimeZone? zone;

    /// <summary>The zone; that of the machine where the clinic's setting names none that is known.</summary>
    public async Task<DateTimeZone> ZoneAsync(CancellationToken cancellation = default)
    {
        if (zone is null)
        {
            string? name = await database.ClinicSettings.Where(row => row.Id == ClinicSettings.TheOnly).Select(row => row.TimeZone).FirstOrDefaultAsync(cancellation);
            zone = (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZoneProviders.Tzdb.GetSystemDefault();
        }

        return zone;
    }

    /// <summary>Today in the clinic.</summary>
    public async Task<LocalDate> TodayAsync(CancellationToken cancellation = default) => clock.GetCurrentInstant().InZone(await ZoneAsync(cancellation)).Date;
}
