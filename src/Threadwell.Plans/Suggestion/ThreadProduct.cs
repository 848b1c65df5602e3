using Threadwell.Biology;
using Threadwell.Evidence;

namespace Threadwell.Plans.Suggestion;

/// <summary>The usual form of a thread of one material: diameter and barbs. A clinic's own product replaces it in the plan.</summary>
/// <param name="DiameterMm">Core diameter, mm.</param>
/// <param name="Barbs">Kind of barb.</param>
/// <param name="BarbsPerCm">Barbs or cones a centimetre.</param>
internal sealed record ThreadProduct(double DiameterMm, BarbKind Barbs, double BarbsPerCm)
{
    /// <summary>The usual form of a material.</summary>
    public static ThreadProduct Of(ThreadMaterial material)
    {
        double twoZero = EvidenceCatalogue.Value("suture.diameter-2-0", "mm");
        double barbs = EvidenceCatalogue.Value("plan.barbs-per-cm", "1/cm");
        return material switch
        {
            ThreadMaterial.Plla => new(EvidenceCatalogue.Value("suture.diameter-3-0", "mm"), BarbKind.Cone, EvidenceCatalogue.Value("plan.cones-per-cm", "1/cm")),
            ThreadMaterial.Pcl => new(twoZero, BarbKind.Moulded, barbs),
            _ => new(twoZero, BarbKind.Cut, barbs),
        };
    }
}
