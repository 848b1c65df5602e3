using Threadwell.Anatomy;
using Threadwell.Evidence;

namespace Threadwell.Prediction;

/// <summary>Stiffness under a suction probe of tissue whose networks have a content: lasting moduli, and the bonds of the ground matrix that let go within seconds.</summary>
/// <param name="parameters">Layer parameters, which hold for a content of 1.</param>
/// <param name="facts">Values to go by.</param>
internal sealed class SuctionSkin(TissueParameters parameters, FactValues facts)
{
    private readonly double bondStiffness = facts.Value("suction.bond-stiffness", "1");
    private readonly double normalCollagen = facts.Value("tissue.collagen-concentration", "mg/mm3");

    /// <summary>Runs a cycle of a probe.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="elastin">Content of elastin.</param>
    /// <param name="collagen">Content of original collagen.</param>
    /// <param name="newCollagen">New collagen in a layer, mg/mm³.</param>
    /// <param name="newElastin">New elastin in a layer, mg/mm³.</param>
    public SuctionReadings Measure(SuctionCycle cycle, double elastin, double collagen, Func<TissueLayer, double> newCollagen, Func<TissueLayer, double> newElastin)
    {
        double[] lasting = new double[parameters.Layers.Count], bonds = new double[lasting.Length];
        for (int layer = 0; layer < lasting.Length; layer++)
        {
            LayerParameters values = parameters.Layers[layer];
            lasting[layer] = (values.ShearModulusMPa * (values.GroundShare + (values.ElastinShare * elastin) + (values.CollagenShare * collagen)))
                + (parameters.NewCollagenModulus * newCollagen((TissueLayer)layer)) + (parameters.NewElastinModulus * newElastin((TissueLayer)layer));
            bonds[layer] = bondStiffness * values.ShearModulusMPa * values.GroundShare;
        }

        return cycle.Measure(lasting, bonds, collagen + (newCollagen(TissueLayer.Skin) / normalCollagen));
    }
}
