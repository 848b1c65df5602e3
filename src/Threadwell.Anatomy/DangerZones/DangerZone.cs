using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>A structure under the skin that a thread must not meet: its course on the skin above it, and how deep it may lie.</summary>
public sealed record DangerZone
{
    /// <summary>The structure, with its side ("facial artery, left").</summary>
    public required string Structure { get; init; }

    /// <summary>Course as points on the skin above the structure, mm, patient frame; one point for a place.</summary>
    public required IReadOnlyList<Vector3D> Course { get; init; }

    /// <summary>
    /// The depth below the skin that 95 of 100 people's structure does not come above (mean − 1.645 standard deviations), mm, one a point of
    /// <see cref="Course"/>; null where no depth was measured, which is never "clear": stay superficial to the SMAS.
    /// </summary>
    public IReadOnlyList<double>? LeastDepthMm { get; init; }

    /// <summary>How far beside its course the structure may lie, mm.</summary>
    public required double ReachMm { get; init; }

    /// <summary>Evidence rows of course, depth and reach.</summary>
    public required string Source { get; init; }

    /// <summary>Distance from a point to the course and the least depth there (infinite where none was measured), mm.</summary>
    public (double Distance, double Depth) NearestTo(Vector3D point)
    {
        (double distance, int piece, double share) = Polyline.NearestTo(Course, point);
        return (distance, LeastDepthMm is { } depths ? ((1 - share) * depths[piece]) + (share * depths[Math.Min(piece + 1, depths.Count - 1)]) : double.PositiveInfinity);
    }
}
