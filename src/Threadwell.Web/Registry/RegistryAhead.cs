using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Registry;

/// <summary>Reads the registry some time after the start, so that in a large clinic its first view does not wait for seconds.</summary>
/// <param name="databases">The record.</param>
/// <param name="rows">Keeps what is read.</param>
/// <param name="clock">Tells today.</param>
/// <param name="time">Waits.</param>
/// <param name="logger">Takes a failure, which ends nothing: the first view reads then.</param>
internal sealed partial class RegistryAhead(IDbContextFactory<ThreadwellContext> databases, RegistryRows rows, IClock clock, TimeProvider time, ILogger<RegistryAhead> logger)
{
    /// <summary>How long it waits: whoever started the program sees its first page before.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Waits, then reads.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReadLaterAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Wait, time, cancellation);
            await ReadAsync(cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // The program ends first.
        }
        catch (Exception error)
        {
            LogFault(logger, error);
        }
    }

    /// <summary>Reads what the first view shows, and judges it; nothing where nobody consented to the registry.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it read.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        await using (ThreadwellContext database = await databases.CreateDbContextAsync(cancellation))
        {
            if (!await RegistryReader.Consenting(database).AnyAsync(cancellation))
            {
                return false;
            }
        }

        var clinic = new ClinicTime(databases, clock);
        RegistryContent content = await rows.ReadAsync(await clinic.ZoneAsync(cancellation), cancellation);
        if (content.Treatments.Count > 0)
        {
            RegistryFigures.Of(RegistrySelection.Of(content.Treatments, new RegistryFilter()), await clinic.TodayAsync(cancellation), content.ReadAt);
        }

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The registry could not be read ahead; its first view reads it.")]
    private static partial void LogFault(ILogger logger, Exception error);
}
