using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;

namespace Threadwell.Web.Registry;

/// <summary>What the registry counts at one time.</summary>
/// <param name="Treatments">Treatments of patients who consented, those of one patient beside each other.</param>
/// <param name="LeftOut">How many patients with treatments are left out, for want of a consent that stands.</param>
/// <param name="ReadAt">Until when every change is in it.</param>
internal sealed record RegistryContent(IReadOnlyList<RegistryTreatment> Treatments, int LeftOut, Instant ReadAt);

/// <summary>
/// Keeps what the registry counts in memory and brings it up to date before each use: the audit trail names every patient whose record was changed since (docs/decisions/0012-registry-in-memory.md).
/// </summary>
internal sealed class RegistryRows(IDbContextFactory<ThreadwellContext> databases, IClock clock) : IDisposable
{
    // More changed patients than that are read faster with all others.
    private const int MostAtOnce = 2000;

    private readonly SemaphoreSlim one = new(1);
    private Dictionary<Guid, RegistryPatient>? patients;
    private IReadOnlyList<RegistryTreatment> treatments = [];
    private int leftOut;
    private long seen;
    private string zoneId = "";

    /// <summary>Everything as the record is now.</summary>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RegistryContent> ReadAsync(DateTimeZone zone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(zone);
        await one.WaitAsync(cancellation);
        try
        {
            Instant now = clock.GetCurrentInstant();
            await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);

            // An entry that is committed after this is read again next time; what it tells of may be in already, which does no harm.
            long last = await database.AuditEntries.MaxAsync(entry => (long?)entry.Sequence, cancellation) ?? 0;
            if (last != seen || patients is null || zoneId != zone.Id)
            {
                if (await UpdateAsync(database, zone, last, cancellation))
                {
                    treatments = [.. patients!.Values.Where(patient => patient.Consents).SelectMany(patient => patient.Treatments)];
                }

                leftOut = patients!.Values.Count(patient => !patient.Consents);
                (seen, zoneId) = (last, zone.Id);
            }

            return new RegistryContent(treatments, leftOut, now);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    // True where anything changed of a patient who was counted, or is now: otherwise the list stands, and what was judged of it.
    private async Task<bool> UpdateAsync(ThreadwellContext database, DateTimeZone zone, long last, CancellationToken cancellation)
    {
        if (patients is not null && last > seen && zoneId == zone.Id)
        {
            Guid[] changed = [.. (await database.AuditEntries.Where(entry => entry.Sequence > seen && entry.Sequence <= last && entry.PatientId != "" && entry.Action != "Read" && entry.Action != "Refused")
                .Select(entry => entry.PatientId).Distinct().ToListAsync(cancellation)).Select(Guid.Parse)];
            if (changed.Length == 0)
            {
                return false;
            }

            if (changed.Length <= MostAtOnce)
            {
                Dictionary<Guid, RegistryPatient> read = await RegistryReader.ReadAsync(database, zone, changed, cancellation);
                bool isCounted = false;
                foreach (Guid patient in changed)
                {
                    isCounted |= patients.GetValueOrDefault(patient)?.Consents == true || read.GetValueOrDefault(patient)?.Consents == true;
                    if (read.TryGetValue(patient, out RegistryPatient? found))
                    {
                        patients[patient] = found;
                    }
                    else
                    {
                        patients.Remove(patient);
                    }
                }

                return isCounted;
            }
        }

        patients = await RegistryReader.ReadAsync(database, zone, patients: null, cancellation);
        return true;
    }
}
