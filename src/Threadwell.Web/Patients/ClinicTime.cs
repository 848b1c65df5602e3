using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Patients;

/// <summary>The clinic's time: in which zone its days begin, and which day it is.</summary>
internal sealed class ClinicTime
{
    private readonly Func<CancellationToken, Task<string?>> read;
    private readonly IClock clock;
    private DateTimeZone? zone;

    /// <summary>For a request: reads over a connection of its own, for parts of a page ask while the page reads.</summary>
    /// <param name="databases">Where the clinic's settings are.</param>
    /// <param name="clock">The clock.</param>
    public ClinicTime(IDbContextFactory<ThreadwellContext> databases, IClock clock)
    {
        this.clock = clock;
        read = async cancellation =>
        {
            await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
            return await NameAsync(database, cancellation);
        };
    }

    /// <summary>For one who is at work on the record alone.</summary>
    /// <param name="database">The record.</param>
    /// <param name="clock">The clock.</param>
    public ClinicTime(ThreadwellContext database, IClock clock) => (this.clock, read) = (clock, cancellation => NameAsync(database, cancellation));

    /// <summary>The zone; that of the machine where the clinic's setting names none that is known.</summary>
    public async Task<DateTimeZone> ZoneAsync(CancellationToken cancellation = default)
    {
        if (zone is null)
        {
            string? name = await read(cancellation);
            zone = (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZoneProviders.Tzdb.GetSystemDefault();
        }

        return zone;
    }

    /// <summary>Today in the clinic.</summary>
    public async Task<LocalDate> TodayAsync(CancellationToken cancellation = default) => clock.GetCurrentInstant().InZone(await ZoneAsync(cancellation)).Date;

    private static Task<string?> NameAsync(ThreadwellContext database, CancellationToken cancellation) =>
        database.ClinicSettings.Where(row => row.Id == ClinicSettings.TheOnly).Select(row => row.TimeZone).FirstOrDefaultAsync(cancellation);
}
