using Threadwell.Evidence;

namespace Threadwell.Anatomy.Tissue;

/// <summary>Thickness of the layers at one site.</summary>
/// <param name="DeepFatMm">Deep fat, from the deep fascia to the SMAS, mm.</param>
/// <param name="SmasMm">SMAS, or superficial fascia of the body, mm.</param>
/// <param name="SuperficialFatMm">Superficial fat, mm.</param>
/// <param name="SkinMm">Epidermis and dermis, mm.</param>
public readonly record struct SiteLayers(double DeepFatMm, double SmasMm, double SuperficialFatMm, double SkinMm)
{
    /// <summary>From the deep fascia to the skin surface, mm.</summary>
    public double TotalMm => DeepFatMm + SmasMm + SuperficialFatMm + SkinMm;

    /// <summary>Thickness of one layer, mm.</summary>
    public double this[TissueLayer layer] => layer switch
    {
        TissueLayer.DeepFat => DeepFatMm,
        TissueLayer.Smas => SmasMm,
        TissueLayer.SuperficialFat => SuperficialFatMm,
        _ => SkinMm,
    };

    /// <summary>The same site with the layers below the skin thinned in proportion, so that all fit above the bone.</summary>
    internal SiteLayers Above(double boneMm)
    {
        double share = Math.Min(1, (boneMm - SkinMm) / (TotalMm - SkinMm));
        return new SiteLayers(share * DeepFatMm, share * SmasMm, share * SuperficialFatMm, SkinMm);
    }

    internal static double Mm(string fact) => EvidenceCatalogue.Value(fact, "mm");
}
