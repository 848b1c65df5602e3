using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>How much a barb holds.</summary>
public static class BarbHolding
{
    /// <summary>A smooth thread rubs all along: its friction is gathered at this many stations a millimetre.</summary>
    internal const double FrictionStationsPerMm = 0.1;

    /// <summary>Holding force of each barb in fresh tissue, N; of a smooth thread, the friction gathered at each of its stations.</summary>
    /// <param name="barbs">Kind of barb.</param>
    /// <param name="aftercare">How aftercare is followed, which the holding force depends on.</param>
    /// <param name="facts">Values to go by.</param>
    public static double OnDayZero(BarbKind barbs, AftercareAdherence aftercare, FactValues facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        double factor = aftercare switch
        {
            AftercareAdherence.Partial => facts.Value("aftercare.partial.holding-factor", "1"),
            AftercareAdherence.Poor => facts.Value("aftercare.poor.holding-factor", "1"),
            _ => 1,
        };
        return factor * facts.Value("barb.holding-force", "N") * barbs switch
        {
            BarbKind.Moulded => facts.Value("moulded.holding-factor", "1"),
            BarbKind.Cone => facts.Value("cone.holding-factor", "1"),
            BarbKind.None => facts.Value("smooth.holding-share", "1") * 0.1 / FrictionStationsPerMm,
            _ => 1,
        };
    }
}
