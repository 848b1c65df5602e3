using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>The terms of a plan as they stand on the screen and on paper.</summary>
public static class PlanWords
{
    /// <summary>The treated area.</summary>
    public static string Of(TreatmentArea area, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return area switch
        {
            TreatmentArea.NasolabialFold => language.Report("area.nasolabial-fold"),
            TreatmentArea.Jawline => language.Report("area.jawline"),
            TreatmentArea.Brow => language.Report("area.brow"),
            TreatmentArea.Forehead => language.Report("area.forehead"),
            TreatmentArea.Neck => language.Report("area.neck"),
            TreatmentArea.Abdomen => language.Report("area.abdomen"),
            TreatmentArea.Breast => language.Report("area.breast"),
            _ => throw new ArgumentOutOfRangeException(nameof(area)),
        };
    }

    /// <summary>The polymer by its abbreviation.</summary>
    public static string Of(ThreadMaterial material) => material.ToString().ToUpperInvariant();

    /// <summary>How barbs are made.</summary>
    public static string Of(BarbKind barbs, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return barbs switch
        {
            BarbKind.Cut => language.Report("barbs.cut"),
            BarbKind.Moulded => language.Report("barbs.moulded"),
            BarbKind.Cone => language.Report("barbs.cone"),
            BarbKind.None => language.Report("barbs.none"),
            _ => throw new ArgumentOutOfRangeException(nameof(barbs)),
        };
    }

    /// <summary>How a thread is held.</summary>
    public static string Of(AnchorKind anchor, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report(anchor == AnchorKind.Fixed ? "held.fixed" : "held.self");
    }

    /// <summary>How aftercare is followed.</summary>
    public static string Of(AftercareAdherence aftercare, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return aftercare switch
        {
            AftercareAdherence.AsAdvised => language.Report("adherence.as-advised"),
            AftercareAdherence.Partial => language.Report("adherence.partial"),
            AftercareAdherence.Poor => language.Report("adherence.poor"),
            _ => throw new ArgumentOutOfRangeException(nameof(aftercare)),
        };
    }

    /// <summary>A landmark in words: "jowl, left".</summary>
    public static string Landmark(string name, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(language);
        string english = name.Replace(".left", ", left", StringComparison.Ordinal).Replace(".right", ", right", StringComparison.Ordinal);
        return EngineText.Say(english, language.Name).Text.Replace('-', ' ');
    }

    /// <summary>The patient in a line: "woman, 52 years, moderate laxity".</summary>
    public static string Of(PatientDescription patient, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(language);
        string words = language.Report(
            "patient",
            language.Report(patient.Sex == Sex.Female ? "patient.woman" : "patient.man"),
            language.Number(patient.AgeYears, "0.#"),
            language.Report("laxity." + patient.Laxity.ToString().ToLowerInvariant()));
        return patient.Smoker ? language.Report("patient.smoker", words) : words;
    }

    /// <summary>How a thread is tightened: "gather 6 mm" or "pull 1.5 N".</summary>
    public static string Tension(PlannedThread thread, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(language);
        return thread.GatherMm is { } gather
            ? language.Report("tension.gather", language.Number(gather, "0.#"))
            : language.Report("tension.pull", language.Number(thread.PullN ?? 0));
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
