using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>What a layered tissue is built for.</summary>
public sealed record TissueRequest
{
    /// <summary>The treated area, which chooses the table of layers.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Sex, which sets skin thickness.</summary>
    public required Sex Sex { get; init; }

    /// <summary>Age in years; superficial fat of the face thins with it.</summary>
    public required double AgeYears { get; init; }

    /// <summary>Laxity; the jowl's fat is thicker with it.</summary>
    public required Laxity Laxity { get; init; }

    /// <summary>Courses of the threads as points on the skin, mm, patient frame.</summary>
    public required IReadOnlyList<IReadOnlyList<Vector3D>> ThreadPaths { get; init; }

    /// <summary>Points on the skin whose lift is wanted, mm, patient frame.</summary>
    public IReadOnlyList<Vector3D> TargetPoints { get; init; } = [];

    /// <summary>
    /// Wanted mean edge length of the skin's triangles, mm. Null takes 4.5 mm, at which lifts are within a few per cent of a mesh of half the edge,
    /// finer where a small region would have less than about 9,000 nodes and coarser where a large one would have more than 40,000; a given length is
    /// kept.
    /// </summary>
    public double? EdgeLengthMm { get; init; }

    /// <summary>What an error message names as the source of the scan.</summary>
    public string ScanName { get; init; } = "scan";

    /// <summary>What an error message names as the source of threads and targets.</summary>
    public string PlanName { get; init; } = "plan";

    /// <summary>Factor on the edge length that null takes: above 1 for a mesh that is quicker to solve.</summary>
    public double Coarsening { get; init; } = 1;

    /// <summary>How far the region reaches beyond threads and targets, mm along the skin.</summary>
    public double MarginMm { get; init; } = 25;

    /// <summary>Thickness by ultrasound, mm, for layers that were measured; it replaces the site's values.</summary>
    public IReadOnlyDictionary<TissueLayer, double>? MeasuredThicknessMm { get; init; }
}
