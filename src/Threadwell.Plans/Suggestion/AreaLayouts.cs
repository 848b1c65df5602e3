using Threadwell.Anatomy;
using Threadwell.Evidence;
using static Threadwell.Anatomy.LandmarkPoint;

namespace Threadwell.Plans.Suggestion;

/// <summary>
/// The table of standard layouts, in fractions between landmarks and mm from them. Published: how many threads, from where to where (E-131, E-135);
/// what no one published is an assumption and says so in the plan.
/// </summary>
internal static class AreaLayouts
{
    private const string Assumed = "The layout is an assumption ({0}): no layout was published for this area.";
    private const string NoMeasurements = "There are no published measurements for this area: the prediction rests on assumptions.";
    private const string PlacesAssumed = "Number and direction of the threads are published ({0}); their exact places between the landmarks are assumptions.";

    /// <summary>The layout of an area.</summary>
    public static AreaLayout Of(TreatmentArea area) => All.First(layout => layout.Area == area);

    private static AreaLayout[] All { get; } = [Jawline(), Nasolabial(), Brow(), Forehead(), Neck(), Abdomen(), Breast()];

    private static AreaLayout Jawline() => new(
        TreatmentArea.Jawline,
        EvidenceCatalogue.Get("plan.threads-per-side.jawline"),
        EntryFirst: Mean(("tragus", 0.62), ("gonion", 0.28), ("cheilion", 0.1)),
        EntryLast: Mean(("tragus", 0.25), ("gonion", 0.65), ("cheilion", 0.1)),
        Exits: [Mean(("jowl", 0.5), ("cheilion", 0.5)), Mean(("jowl", 0.85), ("menton", 0.15))],
        Depth: EvidenceCatalogue.Get("plan.depth.lower-face"),
        Gather: EvidenceCatalogue.Get("plan.gather.face"),
        Targets: ["jowl"],
        Reason: "Along the jaw from before the ear to the jowl, superficial to the SMAS (E-131, E-135): lifts the jowl back and up.",
        Remarks: [Say(PlacesAssumed, "E-131")])
    {
        OtherEntries = [Temple()],
    };

    // The one entry of E-135.
    private static LandmarkPoint Temple() => Mean(("lateral-canthus", 0.45), ("tragus", 0.55)).Shifted(0, 18, 0);

    private static AreaLayout Nasolabial()
    {
        LandmarkPoint besideMouth = At("cheilion").Shifted(Mm("plan.nasolabial.end-beside-mouth"), 0, 0);
        double spacing = Mm("plan.nasolabial.end-spacing");
        LandmarkPoint temple = Temple();
        return new(
            TreatmentArea.NasolabialFold,
            EvidenceCatalogue.Get("plan.threads-per-side.nasolabial"),
            EntryFirst: temple,
            EntryLast: temple,
            Exits: [besideMouth.Shifted(-0.3 * spacing, 0.95 * spacing, 0), besideMouth, besideMouth.Shifted(0.3 * spacing, -0.95 * spacing, 0)],
            Depth: EvidenceCatalogue.Get("plan.depth.lower-face"),
            Gather: EvidenceCatalogue.Get("plan.gather.face"),
            Targets: ["cheilion"],
            Reason: "From one entry at the temple over the cheek to the fold beside the mouth, superficial to the SMAS (E-131, E-135): lifts the cheek off the fold.",
            Remarks: [Say(PlacesAssumed, "E-131, E-135")]);
    }

    private static AreaLayout Brow() => new(
        TreatmentArea.Brow,
        EvidenceCatalogue.Get("plan.threads-per-side.brow"),
        EntryFirst: At("brow-peak").Shifted(2, 38, 0),
        EntryLast: Mean(("brow-peak", 0.75), ("tragus", 0.25)).Shifted(0, 40, 0),
        Exits: [At("brow-peak").Shifted(-2, 2, 0), Mean(("brow-peak", 0.75), ("lateral-canthus", 0.1), ("tragus", 0.15)).Shifted(0, 4, 0)],
        Depth: EvidenceCatalogue.Get("plan.depth.upper-face"),
        Gather: EvidenceCatalogue.Get("plan.gather.upper-face-and-neck"),
        Targets: ["brow-peak"],
        Reason: "From the upper forehead down to the outer brow: lifts the brow's peak and tail.",
        Remarks: [Say(Assumed, "A-284")]);

    private static AreaLayout Forehead() => new(
        TreatmentArea.Forehead,
        EvidenceCatalogue.Get("plan.threads-per-side.forehead"),
        EntryFirst: Mean(("brow-peak", 0.62), ("other:brow-peak", 0.38)).Shifted(0, 48, 0),
        EntryLast: At("brow-peak").Shifted(8, 44, 0),
        Exits: [Mean(("brow-peak", 0.62), ("other:brow-peak", 0.38)).Shifted(0, 10, 0), At("brow-peak").Shifted(5, 8, 0)],
        Depth: EvidenceCatalogue.Get("plan.depth.upper-face"),
        Gather: EvidenceCatalogue.Get("plan.gather.upper-face-and-neck"),
        Targets: ["brow-peak"],
        Reason: "Upright over the forehead, ending above the brow: supports the forehead's skin.",
        Remarks: [Say(Assumed, "A-285")]);

    private static AreaLayout Neck() => new(
        TreatmentArea.Neck,
        EvidenceCatalogue.Get("plan.threads-per-side.neck"),
        EntryFirst: At("gonion").Shifted(0, 2, -4),
        EntryLast: At("gonion").Shifted(0, -14, -4),
        Exits: [Mean(("menton", 0.68), ("gonion", 0.27), ("other:gonion", 0.05)).Shifted(0, -4, -8), Mean(("menton", 0.45), ("gonion", 0.4), ("other:gonion", 0.15)).Shifted(0, -14, -4)],
        Depth: EvidenceCatalogue.Get("plan.depth.neck"),
        Gather: EvidenceCatalogue.Get("plan.gather.upper-face-and-neck"),
        Targets: ["menton"],
        Reason: "From below the ear under the jaw towards the chin: tightens the skin under the chin like a sling.",
        Remarks: [Say(Assumed, "A-286")]);

    private static AreaLayout Abdomen() => new(
        TreatmentArea.Abdomen,
        EvidenceCatalogue.Get("plan.threads-per-side.abdomen"),
        EntryFirst: Mean(("xiphoid", 0.35), ("iliac-crest", 0.4), ("umbilicus", 0.25)),
        EntryLast: Mean(("iliac-crest", 0.6), ("umbilicus", 0.4)).Shifted(0, 5, 0),
        Exits: [At("umbilicus").Shifted(18, 14, 0), At("umbilicus").Shifted(24, -24, 0)],
        Depth: EvidenceCatalogue.Get("plan.depth.abdomen"),
        Gather: EvidenceCatalogue.Get("plan.gather.body"),
        Targets: ["umbilicus"],
        Reason: "From the flank towards the navel: lifts and tightens the slack skin round it.",
        Remarks: [NoMeasurements, Say(Assumed, "A-287")]);

    private static AreaLayout Breast() => new(
        TreatmentArea.Breast,
        EvidenceCatalogue.Get("plan.threads-per-side.breast"),
        EntryFirst: Mean(("clavicle", 0.62), ("nipple", 0.18), ("sternal-notch", 0.2)),
        EntryLast: Mean(("clavicle", 0.68), ("nipple", 0.32)).Shifted(12, 0, 0),
        Exits: [At("nipple").Shifted(-16, 24, 0), At("nipple").Shifted(20, 22, 0)],
        Depth: EvidenceCatalogue.Get("plan.depth.breast"),
        Gather: EvidenceCatalogue.Get("plan.gather.body"),
        Targets: ["nipple"],
        Reason: "From below the collar bone to above the areola: lifts the nipple and the upper breast.",
        Remarks: [NoMeasurements, Say(Assumed, "A-288")]);

    private static double Mm(string fact) => EvidenceCatalogue.Value(fact, "mm");

    private static string Say(string text, string rows) => text.Replace("{0}", rows, StringComparison.Ordinal);
}
