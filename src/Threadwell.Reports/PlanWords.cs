using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Reports;

/// <summary>The terms of a plan as they stand on the screen and on paper.</summary>
public static class PlanWords
{
    /// <summary>The treated area.</summary>
    public static string Of(TreatmentArea area) => area switch
    {
        TreatmentArea.NasolabialFold => "nasolabial fold and midface",
        TreatmentArea.Jawline => "jawline",
        TreatmentArea.Brow => "brow",
        TreatmentArea.Forehead => "forehead",
        TreatmentArea.Neck => "neck",
        TreatmentArea.Abdomen => "abdomen",
        TreatmentArea.Breast => "breast",
        _ => throw new ArgumentOutOfRangeException(nameof(area)),
    };

    /// <summary>The polymer by its abbreviation.</summary>
    public static string Of(ThreadMaterial material) => material.ToString().ToUpperInvariant();

    /// <summary>How barbs are made.</summary>
    public static string Of(BarbKind barbs) => barbs switch
    {
        BarbKind.Cut => "cut barbs",
        BarbKind.Moulded => "moulded barbs",
        BarbKind.Cone => "cones",
        BarbKind.None => "smooth",
        _ => throw new ArgumentOutOfRangeException(nameof(barbs)),
    };

    /// <summary>How a thread is held.</summary>
    public static string Of(AnchorKind anchor) => anchor == AnchorKind.Fixed ? "fixed to the deep fascia" : "by its own barbs";

    /// <summary>How aftercare is followed.</summary>
    public static string Of(AftercareAdherence aftercare) => aftercare switch
    {
        AftercareAdherence.AsAdvised => "followed as advised",
        AftercareAdherence.Partial => "followed in part",
        AftercareAdherence.Poor => "not followed",
        _ => throw new ArgumentOutOfRangeException(nameof(aftercare)),
    };

    /// <summary>A landmark in words: "jowl, left".</summary>
    public static string Landmark(string name) =>
        name.Replace(".left", ", left", StringComparison.Ordinal).Replace(".right", ", right", StringComparison.Ordinal).Replace('-', ' ');

    /// <summary>The patient in a line: "woman, 52 years, moderate laxity".</summary>
    public static string Of(PatientDescription patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        string sex = patient.Sex == Sex.Female ? "woman" : "man";
        string smoker = patient.Smoker ? ", smoker" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sex}, {patient.AgeYears:0.#} years, {patient.Laxity.ToString().ToLowerInvariant()} laxity{smoker}");
    }

    /// <summary>How a thread is tightened: "gather 6 mm" or "pull 1.5 N".</summary>
    public static string Tension(PlannedThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return thread.GatherMm is { } gather
            ? string.Create(CultureInfo.InvariantCulture, $"gather {gather:0.#} mm")
            : string.Create(CultureInfo.InvariantCulture, $"pull {thread.PullN:0.##} N");
    }

    /// <summary>Length of a thread's planned course in mm.</summary>
    public static double LengthMm(PlannedThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        double length = 0;
        for (int point = 1; point < thread.Path.Count; point++)
        {
            length += Vector3D.Distance(thread.Path[point - 1], thread.Path[point]);
        }

        return length;
    }
}
