using Threadwell.Anatomy;

namespace Threadwell.Web.Treatments;

/// <summary>What is gone through on the day of a treatment. The texts name each item.</summary>
internal static class DayLists
{
    /// <summary>Nerves that a thread in the face can hurt: each tested on both sides.</summary>
    public static readonly IReadOnlyList<string> FaceNerves = ["brow", "eye", "smile", "lip", "sensation"];

    /// <summary>What is tested on the torso.</summary>
    public static readonly IReadOnlyList<string> TorsoNerves = ["sensation"];

    /// <summary>What a nerve may do.</summary>
    public static readonly IReadOnlyList<string> Findings = ["normal", "weak", "absent"];

    /// <summary>What is done before a patient goes home.</summary>
    public static readonly IReadOnlyList<string> Discharge = ["bleeding", "entries", "pain", "told", "reached"];

    /// <summary>Kinds of events.</summary>
    public static readonly IReadOnlyList<string> EventKinds = ["note", "bleeding", "pain", "nerve", "thread", "reaction", "other"];

    private static readonly IReadOnlyList<string> FaceMeasures = ["brow", "mouth", "jowl", "chin"];
    private static readonly IReadOnlyList<string> BreastMeasures = ["notch", "fold"];
    private static readonly IReadOnlyList<string> AbdomenMeasures = ["iliac"];

    /// <summary>Distances that are measured on both sides.</summary>
    public static IReadOnlyList<string> Measures(IReadOnlyCollection<TreatmentArea> areas) =>
    [
        .. areas.Count == 0 || areas.Any(area => !IsTorso(area)) ? FaceMeasures : [],
        .. areas.Contains(TreatmentArea.Breast) ? BreastMeasures : [],
        .. areas.Contains(TreatmentArea.Abdomen) ? AbdomenMeasures : [],
    ];

    /// <summary>Nerves that are tested.</summary>
    public static IReadOnlyList<string> Nerves(IReadOnlyCollection<TreatmentArea> areas) => areas.Count > 0 && areas.All(IsTorso) ? TorsoNerves : FaceNerves;

    private static bool IsTorso(TreatmentArea area) => area is TreatmentArea.Abdomen or TreatmentArea.Breast;
}
