using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Patients;

/// <summary>Who is not asked to come any more: who died, and who was recorded as lost and from whom nothing was heard since. The registry goes by the same rule.</summary>
internal static class LostPatients
{
    /// <summary>Those among some patients.</summary>
    /// <param name="database">The record.</param>
    /// <param name="patients">Their keys.</param>
    /// <param name="zone">Where days begin.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlySet<Guid>> AmongAsync(ThreadwellContext database, IReadOnlyList<Guid> patients, DateTimeZone zone, CancellationToken cancellation)
    {
        var lives = await database.LifeEvents
            .Where(row => patients.Contains(row.PatientId) && row.StruckAt == null && (row.Kind == LifeEventKind.Death || row.Kind == LifeEventKind.LostToFollowUp))
            .Select(row => new { row.PatientId, row.Kind, row.Day }).ToListAsync(cancellation);
        HashSet<Guid> gone = [.. lives.Where(life => life.Kind == LifeEventKind.Death).Select(life => life.PatientId)];
        Dictionary<Guid, LocalDate> lost = lives.Where(life => !gone.Contains(life.PatientId)).GroupBy(life => life.PatientId).ToDictionary(group => group.Key, group => group.Max(life => life.Day));
        if (lost.Count == 0)
        {
            return gone;
        }

        // A treatment of any kind, a visit, or an answer to a check-in.
        List<Guid> keys = [.. lost.Keys];
        var treated = await database.Treatments.Where(row => keys.Contains(row.PatientId) && row.State == TreatmentState.Ended).Select(row => new { row.PatientId, row.Day }).ToListAsync(cancellation);
        var seen = await database.FollowUpVisits.Where(row => keys.Contains(row.PatientId) && row.StruckAt == null).Select(row => new { row.PatientId, row.Day }).ToListAsync(cancellation);
        var told = await database.CheckIns.Where(row => keys.Contains(row.PatientId)).Select(row => new { row.PatientId, row.ArrivedAt }).ToListAsync(cancellation);
        ILookup<Guid, LocalDate> heard = treated.Concat(seen).Select(row => (row.PatientId, row.Day)).Concat(told.Select(row => (row.PatientId, Day: row.ArrivedAt.InZone(zone).Date))).ToLookup(row => row.PatientId, row => row.Day);
        gone.UnionWith(lost.Where(patient => heard[patient.Key].All(day => day <= patient.Value)).Select(patient => patient.Key));
        return gone;
    }
}
