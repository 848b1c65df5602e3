using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;

namespace Threadwell.Plans.Suggestion;

/// <summary>What a standard plan is made from.</summary>
public sealed record StandardPlanRequest
{
    /// <summary>The scan, cleaned, mm, patient frame.</summary>
    public required TriangleMesh Mesh { get; init; }

    /// <summary>Its landmarks.</summary>
    public required LandmarkSet Landmarks { get; init; }

    /// <summary>The scan's file, as the plan names it.</summary>
    public required ScanReference Scan { get; init; }

    /// <summary>The patient.</summary>
    public required PatientDescription Patient { get; init; }

    /// <summary>The area to treat.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>The polymer.</summary>
    public ThreadMaterial Material { get; init; } = ThreadMaterial.Pdo;

    /// <summary>Threads on each side, at least 1; null for as many as the laxity calls for.</summary>
    public int? ThreadsPerSide { get; init; }

    /// <summary>Seed that the plan carries into its prediction.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Landmarks whose lift is counted, paired ones without a side for both; null for those of the area's layout.</summary>
    public IReadOnlyList<string>? Targets { get; init; }
}
