using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;

namespace Threadwell.Prediction;

/// <summary>Support over time: firmness in simulated suction of the treated patch, relative to the same patch on day 0 before treatment.</summary>
internal static class SupportIndex
{
    /// <summary>Computes both curves.</summary>
    /// <param name="patch">The treated patch.</param>
    /// <param name="deposits">Deposits of the treated course.</param>
    /// <param name="biology">Masses over time.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="times">Number of stored times.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="solver">Settings of the course's own equilibria: those of the suction are finer by two powers of ten.</param>
    public static (double[] Treated, double[] Untreated) Of(
        TreatedPatch patch, IReadOnlyList<Deposit> deposits, BiologyCourse biology, TissueParameters parameters, int times, FactValues facts, EquilibriumOptions solver)
    {
        var suction = new SuctionTest(patch.ThicknessMm, parameters, facts, solver.Tolerance / 100);
        double normal = facts.Value("tissue.collagen-concentration", "mg/mm3");
        var treated = new double[times];
        var untreated = new double[times];
        Span<double> modulus = stackalloc double[parameters.Layers.Count];
        double[] collagen = new double[deposits.Count], elastin = new double[deposits.Count];
        double start = 0;
        for (int time = 0; time < times; time++)
        {
            for (int layer = 0; layer < modulus.Length; layer++)
            {
                LayerParameters values = parameters.Layers[layer];
                modulus[layer] = values.ShearModulusMPa * (
                    (values.ElastinShare * biology.Content(NetworkKind.Elastin, time))
                    + (values.CollagenShare * biology.Content(NetworkKind.OriginalCollagen, time))
                    + (values.GroundShare * biology.Content(NetworkKind.GroundMatrix, time)));
            }

            double original = biology.Content(NetworkKind.OriginalCollagen, time);
            double firmness = suction.Firmness(modulus, original);
            start = time == 0 ? firmness : start;
            untreated[time] = firmness / start;
            for (int deposit = 0; deposit < deposits.Count; deposit++)
            {
                TissueResponseCourse response = biology.Response(deposits[deposit].Thread, deposits[deposit].AtBarb);
                collagen[deposit] = response.Collagen[time];
                elastin[deposit] = response.Elastin[time];
            }

            for (int layer = 0; layer < modulus.Length; layer++)
            {
                modulus[layer] += (parameters.NewCollagenModulus * patch.InLayer((TissueLayer)layer, collagen))
                    + (parameters.NewElastinModulus * patch.InLayer((TissueLayer)layer, elastin));
            }

            // Begins at the untreated one of the same day: where nothing was added it is that one, to the bit.
            double added = patch.InLayer(TissueLayer.Skin, collagen) / normal;
            treated[time] = suction.Firmness(modulus, original + added) / start;
        }

        return (treated, untreated);
    }
}
