using Threadwell.Evidence;
using Threadwell.Geometry;
using static Threadwell.Anatomy.Tissue.SiteLayers;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// The sites of head and neck at which layer thickness is known or assumed, and where they lie relative to the landmarks.
/// Distances scale with the height of the face from the lateral canthi to the menton (F, about 110 mm).
/// </summary>
internal static class HeadSites
{
    /// <summary>Landmarks without which the sites cannot be placed on a side.</summary>
    private static readonly string[] NeededOnSide = ["tragus", "lateral-canthus", "alare", "cheilion", "gonion", "brow-peak", "jowl"];

    /// <summary>Lists the sites with their positions (near the skin, mm) and layers.</summary>
    /// <exception cref="InvalidInputException">No side of the head has all landmarks that the sites are placed by.</exception>
    public static IReadOnlyList<ThicknessSite> For(LandmarkSet landmarks, Sex sex, double ageYears, Laxity laxity)
    {
        var table = new LayerTable(sex, ageYears, laxity);
        var sites = new List<ThicknessSite>();
        foreach (bool left in new[] { true, false })
        {
            if (NeededOnSide.All(name => landmarks.TryGet(LandmarkNames.OnSide(name, left), out _))
                && landmarks.TryGet("menton", out _) && landmarks.TryGet("pogonion", out _))
            {
                AddSide(sites, landmarks, left, table);
            }
        }

        return sites.Count > 0
            ? sites
            : throw new InvalidInputException(
                "landmarks",
                null,
                $"layer thickness on a head needs menton, pogonion and, on one side at least, {string.Join(", ", NeededOnSide)}; place the missing ones");
    }

    private static void AddSide(List<ThicknessSite> sites, LandmarkSet landmarks, bool left, LayerTable table)
    {
        Vector3D At(string name) => landmarks[LandmarkNames.OnSide(name, left)];
        Vector3D tragus = At("tragus");
        Vector3D canthus = At("lateral-canthus");
        Vector3D alare = At("alare");
        Vector3D cheilion = At("cheilion");
        Vector3D gonion = At("gonion");
        Vector3D brow = At("brow-peak");
        Vector3D menton = landmarks["menton"];
        Vector3D pogonion = landmarks["pogonion"];
        double face = canthus.Y - menton.Y;
        Vector3D up = face * Vector3D.UnitY;
        Vector3D OnMidline(Vector3D point) => point with { X = pogonion.X };

        Vector3D dorsum = OnMidline(Vector3D.Lerp(alare, canthus, 0.5)) + (0.15 * face * Vector3D.UnitZ);
        sites.Add(new("forehead", brow + (0.3 * up), table.Forehead));
        sites.Add(new("glabella", OnMidline(brow), table.Glabella));
        sites.Add(new("temple", Vector3D.Lerp(brow, tragus, 0.4) + (0.1 * up), table.Temple));
        sites.Add(new("eyelid", Vector3D.Lerp(canthus, OnMidline(canthus), 0.3), table.Eyelid));
        sites.Add(new("nasal dorsum", dorsum, table.NasalDorsum));
        sites.Add(new("nasal sidewall", Vector3D.Lerp(alare, dorsum, 0.4), table.NasalSidewall));
        sites.Add(new("zygoma", Vector3D.Lerp(canthus, tragus, 0.35) - (0.1 * up), table.Zygoma));
        sites.Add(new("cheek", Vector3D.Lerp(cheilion, tragus, 0.35), table.Cheek));
        sites.Add(new("nasolabial fold", Vector3D.Lerp(alare, cheilion, 0.5), table.Nasolabial));
        sites.Add(new("preauricular", Vector3D.Lerp(Vector3D.Lerp(tragus, gonion, 0.5), cheilion, 0.1), table.Preauricular));
        sites.Add(new("gonion", gonion, table.Gonion));
        sites.Add(new("jowl", At("jowl"), table.Jowl));
        sites.Add(new("upper lip", OnMidline(Vector3D.Lerp(alare, cheilion, 0.5)), table.UpperLip));
        sites.Add(new("chin", pogonion, table.Chin));
        sites.Add(new("menton", menton, table.Menton));
        sites.Add(new("submental", Vector3D.Lerp(menton, OnMidline(gonion), 0.35), table.Submental));
        sites.Add(new("submandibular", Vector3D.Lerp(gonion, menton, 0.5) - (0.1 * up), table.Submandibular));
        sites.Add(new("neck", Vector3D.Lerp(gonion, OnMidline(gonion), 0.4) - (0.5 * up), table.Neck));
    }

    /// <summary>Layers of each site for one patient.</summary>
    private sealed class LayerTable(Sex sex, double ageYears, Laxity laxity)
    {
        /// <summary>Superficial fat relative to the reference age; kept between a third and four thirds at extreme ages.</summary>
        private readonly double fat = Math.Clamp(
            1 - (EvidenceCatalogue.Value("tissue.superficial-fat.loss-per-year", "1/year")
                * (ageYears - EvidenceCatalogue.Value("tissue.superficial-fat.reference-age", "year"))),
            1.0 / 3,
            4.0 / 3);

        public SiteLayers Forehead => Site("tissue.deep-fat.thin-sites", "tissue.smas.mimic", "tissue.superficial-fat.forehead", SkinThickness.Forehead(sex));

        public SiteLayers Glabella => Site("tissue.deep-fat.thin-sites", "tissue.smas.mimic", "tissue.superficial-fat.thin-sites", SkinThickness.Glabella(sex))
            .Above(Mm("tissue.depth-to-bone.glabella"));

        public SiteLayers Temple => Site("tissue.deep-fat.lateral", "tissue.smas.face", "tissue.superficial-fat.temple", SkinThickness.Temple(sex));

        public SiteLayers Eyelid => Site("tissue.deep-fat.thin-sites", "tissue.smas.mimic", "tissue.superficial-fat.thin-sites", SkinThickness.Eyelid(sex));

        public SiteLayers NasalDorsum => Site("tissue.deep-fat.thin-sites", "tissue.smas.mimic", "tissue.superficial-fat.thin-sites", SkinThickness.NasalDorsum(sex));

        public SiteLayers NasalSidewall => Site("tissue.deep-fat.thin-sites", "tissue.smas.mimic", "tissue.superficial-fat.thin-sites", SkinThickness.NasalSidewall(sex));

        public SiteLayers Zygoma => Site("tissue.deep-fat.thin-sites", "tissue.smas.face", "tissue.superficial-fat.zygoma", SkinThickness.Zygoma(sex))
            .Above(Mm("tissue.depth-to-bone.zygion"));

        public SiteLayers Cheek => Site("tissue.deep-fat.cheek", "tissue.smas.face", "tissue.superficial-fat.cheek", SkinThickness.Cheek(sex))
            .Above(Mm("tissue.depth-to-bone.infra-m2"));

        public SiteLayers Nasolabial => Site("tissue.deep-fat.chin", "tissue.smas.mimic", "tissue.superficial-fat.cheek", SkinThickness.Cheek(sex));

        public SiteLayers Preauricular => Site("tissue.deep-fat.lateral", "tissue.smas.face", "tissue.superficial-fat.preauricular", SkinThickness.Cheek(sex))
            .Above(Mm("tissue.depth-to-bone.mid-ramus"));

        public SiteLayers Gonion => Site("tissue.deep-fat.lateral", "tissue.smas.face", "tissue.superficial-fat.preauricular", SkinThickness.Submandibular(sex))
            .Above(Mm("tissue.depth-to-bone.gonion"));

        public SiteLayers Jowl
        {
            get
            {
                SiteLayers site = Site("tissue.deep-fat.jowl", "tissue.smas.face", "tissue.superficial-fat.jowl", SkinThickness.Submandibular(sex));
                double fuller = (int)laxity * Mm("tissue.superficial-fat.jowl-per-laxity-grade");
                return (site with { SuperficialFatMm = site.SuperficialFatMm + fuller }).Above(Mm("tissue.depth-to-bone.mid-mandible"));
            }
        }

        public SiteLayers UpperLip => Site("tissue.deep-fat.chin", "tissue.smas.mimic", "tissue.superficial-fat.lip", SkinThickness.Cheek(sex))
            .Above(Mm("tissue.depth-to-bone.philtrum"));

        public SiteLayers Chin => Site("tissue.deep-fat.chin", "tissue.smas.mimic", "tissue.superficial-fat.chin", SkinThickness.Submandibular(sex))
            .Above(Mm("tissue.depth-to-bone.pogonion"));

        public SiteLayers Menton => Site("tissue.deep-fat.chin", "tissue.smas.mimic", "tissue.superficial-fat.chin", SkinThickness.Submandibular(sex))
            .Above(Mm("tissue.depth-to-bone.menton"));

        public SiteLayers Submental => Site("tissue.deep-fat.neck", "tissue.smas.face", "tissue.superficial-fat.submental", SkinThickness.Submandibular(sex));

        public SiteLayers Submandibular => Site("tissue.deep-fat.neck", "tissue.smas.face", "tissue.superficial-fat.neck", SkinThickness.Submandibular(sex));

        public SiteLayers Neck => Site("tissue.deep-fat.neck", "tissue.smas.face", "tissue.superficial-fat.neck", SkinThickness.Neck(sex));

        private SiteLayers Site(string deepFat, string smas, string superficialFat, double skinMm) =>
            new(Mm(deepFat), Mm(smas), fat * Mm(superficialFat), skinMm);
    }
}
