using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Outcomes;

/// <summary>What may be chosen for a removal.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="Today">Today in the clinic.</param>
/// <param name="Threads">Threads that were placed in her and not struck out, each with its day, the newest treatment first.</param>
/// <param name="Gone">Keys of those that were taken out whole.</param>
/// <param name="Complications">Complications that stand.</param>
internal sealed record RemovalChoices(Guid PatientId, LocalDate Today, IReadOnlyList<(ImplantedThread Thread, LocalDate Day)> Threads, IReadOnlySet<Guid> Gone, IReadOnlyList<Complication> Complications)
{
    /// <summary>Reads them.</summary>
    public static async Task<RemovalChoices> ReadAsync(ThreadwellContext database, Guid patient, LocalDate today)
    {
        List<ImplantedThread> threads = await database.ImplantedThreads.AsNoTracking().Where(row => row.PatientId == patient && row.StruckAt == null).ToListAsync();
        Dictionary<Guid, LocalDate> days = await database.Treatments.Where(row => row.PatientId == patient).ToDictionaryAsync(row => row.Id, row => row.Day);
        List<Guid?> gone = await database.ThreadRemovals.Where(row => row.PatientId == patient && row.StruckAt == null && row.Extent == RemovalExtent.Whole).Select(row => row.ThreadId).ToListAsync();
        return new RemovalChoices(
            patient,
            today,
            [.. threads.OrderByDescending(thread => days[thread.TreatmentId]).ThenBy(thread => thread.Number).Select(thread => (thread, days[thread.TreatmentId]))],
            gone.OfType<Guid>().ToHashSet(),
            await database.Complications.AsNoTracking().Where(row => row.PatientId == patient && row.StruckAt == null).OrderByDescending(row => row.Onset).ToListAsync());
    }
}
