using Threadwell.Geometry;
using static Threadwell.Anatomy.Tissue.SiteLayers;

namespace Threadwell.Anatomy.Tissue;

/// <summary>The sites of the torso and their layers. No published layer tables were found: all values are assumptions.</summary>
internal static class TorsoSites
{
    /// <summary>Lists the sites with their positions (near the skin, mm) and layers.</summary>
    /// <exception cref="InvalidInputException">The landmarks name no site of the torso.</exception>
    public static IReadOnlyList<ThicknessSite> For(LandmarkSet landmarks)
    {
        var sites = new List<ThicknessSite>();
        void Add(string landmark, SiteLayers layers)
        {
            if (landmarks.TryGet(landmark, out Landmark? found))
            {
                sites.Add(new ThicknessSite(landmark, found.Position, layers));
            }
        }

        foreach (bool left in new[] { true, false })
        {
            Add(LandmarkNames.OnSide("nipple", left), Breast);
            Add(LandmarkNames.OnSide("clavicle", left), Chest);
            Add(LandmarkNames.OnSide("inframammary", left), Chest);
            Add(LandmarkNames.OnSide("iliac-crest", left), Abdomen);
        }

        Add("sternal-notch", Chest);
        Add("xiphoid", Chest);
        Add("umbilicus", Abdomen);
        if (landmarks.TryGet("xiphoid", out Landmark? xiphoid) && landmarks.TryGet("umbilicus", out Landmark? umbilicus))
        {
            sites.Add(new ThicknessSite("upper abdomen", Vector3D.Lerp(umbilicus.Position, xiphoid.Position, 0.5), Abdomen));
        }

        return sites.Count > 0
            ? sites
            : throw new InvalidInputException("landmarks", null, "layer thickness on a torso needs torso landmarks (nipple, umbilicus, xiphoid ...); place them");
    }

    private static SiteLayers Abdomen => new(
        Mm("tissue.abdomen.deep-fat"), Mm("tissue.abdomen.fascia"), Mm("tissue.abdomen.superficial-fat"), Mm("tissue.abdomen.skin"));

    private static SiteLayers Breast => new(
        Mm("tissue.breast.deep-fat"), Mm("tissue.breast.fascia"), Mm("tissue.breast.superficial-fat"), Mm("tissue.breast.skin"));

    private static SiteLayers Chest => new(
        Mm("tissue.chest.deep-fat"), Mm("tissue.chest.fascia"), Mm("tissue.chest.superficial-fat"), Mm("tissue.chest.skin"));
}
