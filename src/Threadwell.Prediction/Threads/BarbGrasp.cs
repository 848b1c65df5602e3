using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>How a barb grips the tissue: how much it holds, over how much tissue, and how it gives.</summary>
public static class BarbGrasp
{
    /// <summary>The pull is spread over a kernel that the mesh resolves, of so many edges' radius; what that hides is put in series with the bond (docs/theory/threads.md).</summary>
    public const double KernelRadiusInEdges = 2;

    /// <summary>A smooth thread rubs all along: its friction is gathered at this many stations a millimetre.</summary>
    internal const double FrictionStationsPerMm = 0.1;

    /// <summary>Holding force of each barb in fresh tissue, N; of a smooth thread, the friction gathered at each of its stations.</summary>
    /// <param name="barbs">Kind of barb.</param>
    /// <param name="facts">Values to go by.</param>
    public static double HoldingOnDayZero(BarbKind barbs, FactValues facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Value("barb.holding-force", "N") * barbs switch
        {
            BarbKind.Moulded => facts.Value("moulded.holding-factor", "1"),
            BarbKind.Cone => facts.Value("cone.holding-factor", "1"),
            BarbKind.None => facts.Value("smooth.holding-share", "1") * 0.1 / FrictionStationsPerMm,
            _ => 1,
        };
    }

    /// <summary>Radius of the tissue that one grips, mm: it pulls on the tissue as a sphere of this radius does.</summary>
    /// <param name="barbs">Kind of barb.</param>
    /// <param name="facts">Values to go by.</param>
    public static double EffectiveRadiusMm(BarbKind barbs, FactValues facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return barbs == BarbKind.Cone ? facts.Value("cone.effective-radius", "mm") : facts.Value("barb.effective-radius", "mm");
    }

    /// <summary>Stiffness between one and the tissue that it grips, N/mm, before the tissue round it gives.</summary>
    /// <param name="barbs">Kind of barb.</param>
    /// <param name="facts">Values to go by.</param>
    public static double BondStiffness(BarbKind barbs, FactValues facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return barbs == BarbKind.Cone ? facts.Value("cone.bond-stiffness", "N/mm") : facts.Value("barb.bond-stiffness", "N/mm");
    }
}
