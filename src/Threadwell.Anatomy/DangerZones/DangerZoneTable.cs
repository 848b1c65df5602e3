using Threadwell.Evidence;
using static Threadwell.Anatomy.LandmarkPoint;

namespace Threadwell.Anatomy;

/// <summary>The danger zones of head, neck and torso. Courses that no study placed relative to landmarks are assumption rows, as their reach is.</summary>
internal static class DangerZoneTable
{
    /// <summary>All zones.</summary>
    public static IReadOnlyList<DangerZoneEntry> Entries { get; } = [.. Vessels(), .. FacialNerve(), .. OtherNerves(), .. Body()];

    private static IEnumerable<DangerZoneEntry> Vessels()
    {
        LandmarkPoint notch = Between("gonion", "menton", Value("danger.antegonial-notch-from-gonion", "1"));
        double besideMouth = Value("danger.facial-artery.beside-mouth", "mm");
        yield return new(
            "facial artery",
            [notch, Lerp(notch, At("cheilion"), 0.5), At("cheilion").Shifted(besideMouth, 0, 0), Between("cheilion", "alare", 0.5), At("alare")],
            [
                EvidenceCatalogue.Get("danger.facial-artery.depth.antegonial-notch"),
                EvidenceCatalogue.Get("danger.facial-artery.depth.notch-cheilion"),
                EvidenceCatalogue.Get("danger.facial-artery.depth.beside-cheilion"),
                EvidenceCatalogue.Get("danger.facial-artery.depth.cheilion-alare"),
                EvidenceCatalogue.Get("danger.facial-artery.depth.alare"),
            ],
            Value("danger.facial-artery.reach", "mm"),
            "E-137, A-270, A-271");
        yield return new(
            "angular vessels", [At("alare"), Mean(("alare", 0.65), ("lateral-canthus", 0.25), ("other:lateral-canthus", 0.1))], null, Value("danger.angular-vessels.reach", "mm"), "A-272");

        double parietal = Value("danger.temporal-artery.parietal-behind", "mm");
        double anterior = Value("danger.temporal-artery.frontal-ahead", "mm");
        double above = Value("danger.temporal-artery.height", "mm");
        double reach = Value("danger.temporal-artery.reach", "mm");
        yield return new("superficial temporal artery, parietal branch", [At("tragus"), At("tragus").Shifted(0, above, -parietal)], null, reach, "E-136, A-273, A-274");
        yield return new(
            "superficial temporal artery, frontal branch",
            [At("tragus"), At("tragus").Shifted(0, 0.6 * above, 0.4 * anterior), At("tragus").Shifted(0, above, anterior)],
            null,
            reach,
            "E-136, A-273, A-274");
        yield return new(
            "external jugular vein", [At("gonion").Shifted(0, -5, -5), At("gonion").Shifted(-5, -70, -5)], null, Value("danger.external-jugular.reach", "mm"), "A-275");
    }

    private static IEnumerable<DangerZoneEntry> FacialNerve()
    {
        double reach = Value("danger.facial-nerve.reach", "mm");
        yield return new(
            "frontal branch of the facial nerve",
            [
                At("tragus").Shifted(0, -Value("danger.frontal-branch.below-tragus", "mm"), 0),
                At("brow-peak").Shifted(Value("danger.frontal-branch.brow-tail-beyond-peak", "mm"), Value("danger.frontal-branch.above-brow", "mm"), 0),
            ],
            null,
            reach,
            "E-140, A-276, A-277");
        yield return new(
            "frontal branch of the facial nerve over the zygomatic arch",
            [Between("tragus", "lateral-canthus", Value("danger.frontal-branch.over-arch", "1"))],
            null,
            reach,
            "E-139, A-276");
        yield return new(
            "zygomatic and buccal branches of the facial nerve", [Between("tragus", "alare", 0.35), Between("tragus", "alare", 0.7)], null, reach, "E-139, A-276");
        double below = Value("danger.marginal-mandibular.below-angle", "mm");
        yield return new(
            "marginal mandibular branch of the facial nerve",
            [At("gonion").Shifted(0, -below, 0), Between("gonion", "menton", 0.35).Shifted(0, -0.5 * below, 0), Between("gonion", "menton", 0.6)],
            null,
            reach,
            "E-139, A-276");
    }

    private static IEnumerable<DangerZoneEntry> OtherNerves()
    {
        double foramen = Value("danger.foramen.reach", "mm");
        yield return new("infraorbital nerve", [Mean(("alare", 0.5), ("lateral-canthus", 0.5))], null, foramen, "A-278");
        yield return new("supraorbital nerve", [Mean(("brow-peak", 0.86), ("other:brow-peak", 0.14))], null, foramen, "A-278");
        yield return new("mental nerve", [Mean(("cheilion", 0.5), ("menton", 0.25), ("jowl", 0.25))], null, foramen, "A-278");
        yield return new(
            "parotid duct", [Between("tragus", "alare", 0.35).Shifted(0, -8, 0), Mean(("tragus", 0.3), ("alare", 0.45), ("cheilion", 0.25))], null, Value("danger.parotid-duct.reach", "mm"), "A-279");
        yield return new("great auricular nerve", [At("gonion").Shifted(0, -45, -20), At("gonion").Shifted(0, 10, -12)], null, Value("danger.great-auricular.reach", "mm"), "A-280");
        yield return new("accessory nerve", [At("gonion").Shifted(0, -40, -30), At("gonion").Shifted(0, -70, -45)], null, Value("danger.accessory.reach", "mm"), "A-281");
    }

    private static IEnumerable<DangerZoneEntry> Body()
    {
        yield return new("pleura", [At("clavicle"), At("nipple"), At("inframammary")], null, Value("danger.pleura.reach", "mm"), "A-282");
        yield return new(
            "peritoneum", [At("xiphoid"), At("umbilicus"), At("umbilicus").Shifted(0, -80, 0)], null, Value("danger.peritoneum.reach", "mm"), "A-283", Paired: false);
    }

    private static double Value(string fact, string unit) => EvidenceCatalogue.Value(fact, unit);
}
