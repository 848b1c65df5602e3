using System.Collections.Immutable;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Care.Risks;

/// <summary>In what a published series is not like the case that is asked for.</summary>
public enum SeriesDifference
{
    /// <summary>Threads of another polymer, or of several.</summary>
    Material,

    /// <summary>Threads that were held otherwise.</summary>
    Anchor,

    /// <summary>Another part of the body.</summary>
    Area,

    /// <summary>Absorbable and other threads together.</summary>
    MixedThreads,
}

/// <summary>What a published series of rates was: its patients and its threads.</summary>
/// <param name="Id">Evidence row.</param>
/// <param name="Patients">How many; null for a pooled rate, whose number of patients for each rate is not printed.</param>
/// <param name="Material">Polymer; null where several were pooled or it is not named.</param>
/// <param name="Anchor">How the threads were held; null where it is not named or several ways were pooled.</param>
/// <param name="IsMixed">Whether other than absorbable threads are in it.</param>
internal sealed record ComplicationSeries(string Id, int? Patients, ThreadMaterial? Material, AnchorKind? Anchor, bool IsMixed)
{
    private static readonly ImmutableArray<ComplicationSeries> All =
    [
        new("E-090", null, null, null, true),
        new("E-091", null, null, null, false),
        new("E-092", null, null, null, true),
        new("E-093", Count("complication-series.pdo.patients"), ThreadMaterial.Pdo, null, false),
        new("E-095", Count("complication-series.pdo-anchored.patients"), ThreadMaterial.Pdo, AnchorKind.Fixed, false),
        new("E-098", Count("complication-series.looping.patients"), null, null, false),
    ];

    /// <summary>The series of an evidence row.</summary>
    public static ComplicationSeries Of(string id) => All.First(series => series.Id == id);

    /// <summary>In what it is not like a case. What is not known of either is a difference: nobody can say that they are alike.</summary>
    public ImmutableArray<SeriesDifference> From(ComplicationCase which)
    {
        ImmutableArray<SeriesDifference>.Builder differences = ImmutableArray.CreateBuilder<SeriesDifference>();
        if (Material is null || which.Material != Material)
        {
            differences.Add(SeriesDifference.Material);
        }

        if (Anchor is null || which.Anchor != Anchor)
        {
            differences.Add(SeriesDifference.Anchor);
        }

        // All series are of faces; some took in the upper neck.
        if (which.Area is null or TreatmentArea.Neck or TreatmentArea.Breast or TreatmentArea.Abdomen)
        {
            differences.Add(SeriesDifference.Area);
        }

        if (IsMixed)
        {
            differences.Add(SeriesDifference.MixedThreads);
        }

        return differences.ToImmutable();
    }

    private static int Count(string fact) => (int)EvidenceCatalogue.Value(fact, "1");
}
