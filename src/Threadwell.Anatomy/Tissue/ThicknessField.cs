using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>A site at which the layers' thickness is known.</summary>
/// <param name="Name">The site, in words.</param>
/// <param name="Position">Where it lies, mm, patient frame; on or near the skin.</param>
/// <param name="Layers">Its layers.</param>
public sealed record ThicknessSite(string Name, Vector3D Position, SiteLayers Layers);

/// <summary>
/// Layer thickness over the skin: the sites' values, interpolated smoothly with weights that fall with the fourth power of the
/// distance (Shepard 1968). Every value lies between the smallest and the largest of the sites. A layer measured by ultrasound
/// replaces the sites' values everywhere.
/// </summary>
public sealed class ThicknessField
{
    /// <summary>Distance within which a site's own value holds, mm; it also keeps the weights finite.</summary>
    private const double SiteRadius = 8;

    private const double ThinnestLayerMm = 0.2;
    private const double ThickestLayerMm = 80;

    private readonly IReadOnlyList<ThicknessSite> sites;

    private ThicknessField(IReadOnlyList<ThicknessSite> sites) => this.sites = sites;

    /// <summary>The sites of the field.</summary>
    public IReadOnlyList<ThicknessSite> Sites => sites;

    /// <summary>The thickness field of an area for one patient.</summary>
    /// <param name="landmarks">Landmarks of the scan.</param>
    /// <param name="request">Area, patient and measured layers.</param>
    /// <exception cref="InvalidInputException">Landmarks are missing, or a measured thickness is out of range.</exception>
    public static ThicknessField For(LandmarkSet landmarks, TissueRequest request)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<ThicknessSite> ofArea = request.Area is TreatmentArea.Abdomen or TreatmentArea.Breast
            ? TorsoSites.For(landmarks)
            : HeadSites.For(landmarks, request.Sex, request.AgeYears, request.Laxity);
        return new ThicknessField([.. ofArea.Select(site => site with { Layers = Measured(site.Layers, request.MeasuredThicknessMm) })]);
    }

    /// <summary>Thickness of the layers at a point on the skin.</summary>
    public SiteLayers At(Vector3D point)
    {
        double weights = 0;
        double deepFat = 0;
        double smas = 0;
        double superficialFat = 0;
        double skin = 0;
        foreach (ThicknessSite site in sites)
        {
            double reach = (point - site.Position).LengthSquared + (SiteRadius * SiteRadius);
            double weight = 1 / (reach * reach);
            weights += weight;
            deepFat += weight * site.Layers.DeepFatMm;
            smas += weight * site.Layers.SmasMm;
            superficialFat += weight * site.Layers.SuperficialFatMm;
            skin += weight * site.Layers.SkinMm;
        }

        return new SiteLayers(deepFat / weights, smas / weights, superficialFat / weights, skin / weights);
    }

    private static SiteLayers Measured(SiteLayers layers, IReadOnlyDictionary<TissueLayer, double>? measured)
    {
        double Layer(TissueLayer layer)
        {
            if (measured is null || !measured.TryGetValue(layer, out double thickness))
            {
                return layers[layer];
            }

            return thickness is >= ThinnestLayerMm and <= ThickestLayerMm
                ? thickness
                : throw new InvalidInputException(
                    "measured thickness",
                    layer.ToString(),
                    $"{thickness} mm is no thickness of a layer; give {ThinnestLayerMm} to {ThickestLayerMm} mm");
        }

        return new SiteLayers(Layer(TissueLayer.DeepFat), Layer(TissueLayer.Smas), Layer(TissueLayer.SuperficialFat), Layer(TissueLayer.Skin));
    }
}
