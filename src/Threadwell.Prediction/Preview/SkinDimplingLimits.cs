using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Prediction;

/// <summary>Where dimples of the skin begin to show, and over which width they are looked for.</summary>
/// <param name="Limits">Hollowing and gathering at which a dimple begins to show.</param>
/// <param name="RadiusMm">Radius of the patch of skin whose curvature is compared, mm; on a coarser mesh two edges.</param>
internal sealed record SkinDimplingLimits(DimplingLimits Limits, double RadiusMm)
{
    /// <summary>The limits of the catalogue.</summary>
    public static SkinDimplingLimits FromEvidence() => new(
        new DimplingLimits(EvidenceCatalogue.Value("dimpling.hollowing-limit", "1/mm"), EvidenceCatalogue.Value("dimpling.gathering-limit", "1")),
        EvidenceCatalogue.Value("dimpling.patch-radius", "mm"));

    /// <summary>Risk of each vertex of a displaced skin, 1 where a dimple begins to show.</summary>
    /// <param name="skin">The skin before, mm.</param>
    /// <param name="displacement">Displacement of each vertex, xyz, mm.</param>
    /// <param name="edgeMm">Mean edge length of the skin, mm.</param>
    public double[] Risk(TriangleMesh skin, double[] displacement, double edgeMm) =>
        [.. SurfaceDimpling.Measure(skin, displacement, Math.Max(RadiusMm, 2 * edgeMm), Limits).Select(measure => measure.Risk)];
}
