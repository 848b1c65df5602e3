using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Outcomes;

/// <summary>Threads of one treatment, product and area that were placed in a patient.</summary>
/// <param name="Treatment">Key of the treatment.</param>
/// <param name="Day">Its day.</param>
/// <param name="ProductName">Product.</param>
/// <param name="Material">Polymer.</param>
/// <param name="Area">Area.</param>
/// <param name="Count">Threads that were placed.</param>
/// <param name="Removed">Of them taken out whole.</param>
/// <param name="Strength">Share of the strength that the model of the polymer leaves today, 0 to 1; null where the thread's diameter is not known.</param>
internal sealed record StandingThreads(Guid Treatment, LocalDate Day, string ProductName, ThreadMaterial Material, TreatmentArea Area, int Count, int Removed, double? Strength)
{
    /// <summary>Reads the threads of a patient, the newest treatment first.</summary>
    public static async Task<IReadOnlyList<StandingThreads>> ReadAsync(ThreadwellContext database, Guid patient, LocalDate today)
    {
        List<ImplantedThread> threads = await database.ImplantedThreads.AsNoTracking().Where(row => row.PatientId == patient && row.StruckAt == null).ToListAsync();
        if (threads.Count == 0)
        {
            return [];
        }

        Dictionary<Guid, LocalDate> days = await database.Treatments.Where(row => row.PatientId == patient).ToDictionaryAsync(row => row.Id, row => row.Day);
        List<Guid?> gone = await database.ThreadRemovals.Where(row => row.PatientId == patient && row.StruckAt == null && row.Extent == RemovalExtent.Whole).Select(row => row.ThreadId).ToListAsync();
        List<Guid> keys = [.. threads.Select(thread => thread.ProductId).OfType<Guid>().Distinct()];
        Dictionary<Guid, double?> diameters = await database.Products.Where(row => keys.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DiameterMm);
        return
        [
            .. threads.GroupBy(thread => (thread.TreatmentId, thread.ProductId, thread.ProductName, thread.Material, thread.Area)).Select(group =>
            {
                LocalDate day = days[group.Key.TreatmentId];
                ThreadMaterial material = Enum.Parse<ThreadMaterial>(group.Key.Material, ignoreCase: true);
                double? diameter = group.Key.ProductId is { } product ? diameters.GetValueOrDefault(product) : null;
                return new StandingThreads(
                    group.Key.TreatmentId, day, group.Key.ProductName, material, group.Key.Area, group.Count(), group.Count(thread => gone.Contains(thread.Id)),
                    diameter is { } mm ? Polymer.State(material, mm, Math.Max(0, Period.DaysBetween(day, today))).Strength : null);
            }).OrderByDescending(row => row.Day).ThenBy(row => row.Area),
        ];
    }
}
