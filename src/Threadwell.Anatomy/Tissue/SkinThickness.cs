using static Threadwell.Anatomy.Tissue.SiteLayers;

namespace Threadwell.Anatomy.Tissue;

/// <summary>Thickness of epidermis and dermis by site and sex, mm (E-142; nasal sidewall E-143; cheek by the ratio of E-146).</summary>
internal static class SkinThickness
{
    public static double Forehead(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.forehead.female") + Mm("tissue.dermis.forehead.female")
        : Mm("tissue.epidermis.forehead.male") + Mm("tissue.dermis.forehead.male");

    public static double Glabella(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.glabella.female") + Mm("tissue.dermis.glabella.female")
        : Mm("tissue.epidermis.glabella.male") + Mm("tissue.dermis.glabella.male");

    public static double Temple(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.temple.female") + Mm("tissue.dermis.temple.female")
        : Mm("tissue.epidermis.temple.male") + Mm("tissue.dermis.temple.male");

    public static double Eyelid(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.eyelid.female") + Mm("tissue.dermis.eyelid.female")
        : Mm("tissue.epidermis.eyelid.male") + Mm("tissue.dermis.eyelid.male");

    public static double NasalDorsum(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.nasal-dorsum.female") + Mm("tissue.dermis.nasal-dorsum.female")
        : Mm("tissue.epidermis.nasal-dorsum.male") + Mm("tissue.dermis.nasal-dorsum.male");

    public static double NasalSidewall(Sex sex) => Mm("tissue.dermis.nasal-sidewall") +
        (sex == Sex.Female ? Mm("tissue.epidermis.nasal-dorsum.female") : Mm("tissue.epidermis.nasal-dorsum.male"));

    public static double Zygoma(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.zygoma.female") + Mm("tissue.dermis.zygoma.female")
        : Mm("tissue.epidermis.zygoma.male") + Mm("tissue.dermis.zygoma.male");

    public static double Submandibular(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.submandibular.female") + Mm("tissue.dermis.submandibular.female")
        : Mm("tissue.epidermis.submandibular.male") + Mm("tissue.dermis.submandibular.male");

    public static double Neck(Sex sex) => sex == Sex.Female
        ? Mm("tissue.epidermis.neck.female") + Mm("tissue.dermis.neck.female")
        : Mm("tissue.epidermis.neck.male") + Mm("tissue.dermis.neck.male");

    /// <summary>
    /// The forehead's thickness times the cheek's relative to the forehead's at 50 MHz: the two studies differ by a factor that
    /// lies in the method, and the ratio is free of it.
    /// </summary>
    public static double Cheek(Sex sex) => Forehead(sex) * (sex == Sex.Female
        ? Mm("tissue.skin-50mhz.cheek.female") / Mm("tissue.skin-50mhz.forehead.female")
        : Mm("tissue.skin-50mhz.cheek.male") / Mm("tissue.skin-50mhz.forehead.male"));
}
