namespace Threadwell.Anatomy;

/// <summary>
/// Names of the landmarks, as they stand in files. A paired landmark ends in ".left" or ".right": the patient's own sides.
/// <c>docs/landmarks.md</c> defines each by anatomy.
/// </summary>
public static class LandmarkNames
{
    /// <summary>Paired landmarks of the head, without their side.</summary>
    public static readonly IReadOnlyList<string> PairedHead =
        ["tragus", "lateral-canthus", "alare", "cheilion", "gonion", "brow-peak", "jowl"];

    /// <summary>Midline landmarks of the head.</summary>
    public static readonly IReadOnlyList<string> MidlineHead = ["pogonion", "menton"];

    /// <summary>Paired landmarks of the torso, without their side.</summary>
    public static readonly IReadOnlyList<string> PairedTorso = ["nipple", "inframammary", "clavicle", "iliac-crest"];

    /// <summary>Midline landmarks of the torso.</summary>
    public static readonly IReadOnlyList<string> MidlineTorso = ["sternal-notch", "umbilicus", "xiphoid"];

    /// <summary>The name of a paired landmark on the patient's left (+x) or right (−x).</summary>
    public static string OnSide(string paired, bool left) => paired + (left ? ".left" : ".right");
}
