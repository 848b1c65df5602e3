using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>Brings the table of danger zones onto one scan.</summary>
public static class DangerZones
{
    // 5th percentile of a normal distribution, in standard deviations below the mean.
    private const double FifthPercentile = 1.645;

    // Pieces into which the way between two places of a course is cut, each end brought to the skin.
    private const int Pieces = 5;

    /// <summary>The danger zones whose landmarks the scan has.</summary>
    /// <param name="landmarks">Landmarks on the scan, mm.</param>
    /// <param name="scan">The scan, mm, patient frame.</param>
    public static IReadOnlyList<DangerZone> For(LandmarkSet landmarks, TriangleMesh scan) => For(new LandmarkSkin(scan, landmarks));

    /// <summary>The danger zones whose landmarks the scan has.</summary>
    public static IReadOnlyList<DangerZone> For(LandmarkSkin skin)
    {
        ArgumentNullException.ThrowIfNull(skin);
        var zones = new List<DangerZone>();
        foreach (DangerZoneEntry entry in DangerZoneTable.Entries)
        {
            foreach (bool left in entry.Paired ? new[] { true, false } : [true])
            {
                if (entry.Course.All(place => skin.Has(place, left)))
                {
                    zones.Add(OnSide(entry, skin, left));
                }
            }
        }

        return zones;
    }

    private static DangerZone OnSide(DangerZoneEntry entry, LandmarkSkin skin, bool left)
    {
        var course = new List<Vector3D>();
        var depths = new List<double>();
        int pieces = Pieces * (entry.Course.Count - 1);
        for (int piece = 0; piece <= pieces; piece++)
        {
            int from = Math.Min(piece / Pieces, Math.Max(0, entry.Course.Count - 2));
            double fraction = entry.Course.Count == 1 ? 0 : ((double)piece / Pieces) - from;
            LandmarkPoint next = entry.Course[Math.Min(from + 1, entry.Course.Count - 1)];
            course.Add(skin.Place(LandmarkPoint.Lerp(entry.Course[from], next, fraction), left));
            if (entry.DepthFacts is { } facts)
            {
                depths.Add(((1 - fraction) * LeastDepth(facts[from])) + (fraction * LeastDepth(facts[Math.Min(from + 1, facts.Count - 1)])));
            }
        }

        return new DangerZone
        {
            Structure = entry.Paired ? $"{entry.Structure}, {(left ? "left" : "right")}" : entry.Structure,
            Course = course,
            LeastDepthMm = entry.DepthFacts is null ? null : depths,
            ReachMm = entry.ReachMm,
            Source = entry.Source,
        };
    }

    private static double LeastDepth(Fact depth) => Math.Max(0, depth.Value - (FifthPercentile * depth.StandardDeviation!.Value));
}
