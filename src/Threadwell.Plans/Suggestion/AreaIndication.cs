using Threadwell.Anatomy;
using Threadwell.Geometry;

namespace Threadwell.Plans.Suggestion;

/// <summary>Which areas and which laxity threads are for; what they are not for is refused with the reason (E-188).</summary>
public static class AreaIndication
{
    private static readonly (string Name, TreatmentArea Area)[] Areas =
    [
        ("jawline", TreatmentArea.Jawline),
        ("nasolabial", TreatmentArea.NasolabialFold),
        ("brow", TreatmentArea.Brow),
        ("forehead", TreatmentArea.Forehead),
        ("neck", TreatmentArea.Neck),
        ("abdomen", TreatmentArea.Abdomen),
        ("breast", TreatmentArea.Breast),
    ];

    /// <summary>The areas by their names in files and on the command line.</summary>
    public static IReadOnlyDictionary<string, TreatmentArea> ByName { get; } = Areas.ToDictionary(area => area.Name, area => area.Area, StringComparer.Ordinal);

    /// <summary>Names of the areas, as the command line takes them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Areas.Select(area => area.Name)];

    /// <summary>Names of areas that are refused whatever the laxity: augmentation is not what threads can do.</summary>
    public static IReadOnlyList<string> RefusedNames { get; } = ["nose", "buttock"];

    /// <summary>Why an area of <see cref="RefusedNames"/> is refused.</summary>
    public static string Refusal(string areaName) =>
        $"threads are not for the {areaName}: augmentation needs a deep structural change, which threads cannot hold in a long-term shape, and misuse there risks complications (E-188); refer for surgical advice.";

    /// <summary>The area of a name, when threads are indicated there at that laxity.</summary>
    /// <param name="areaName">Name of the area ("jawline").</param>
    /// <param name="laxity">Laxity of the skin there.</param>
    /// <exception cref="InvalidInputException">The area is unknown or not one for threads, or the laxity is none or severe; its source is "--area" or "--laxity".</exception>
    public static TreatmentArea Check(string areaName, Laxity laxity)
    {
        ArgumentNullException.ThrowIfNull(areaName);
        if (RefusedNames.Contains(areaName, StringComparer.Ordinal))
        {
            throw new InvalidInputException("--area", null, Refusal(areaName));
        }

        int index = Array.FindIndex(Areas, area => area.Name == areaName);
        if (index < 0)
        {
            throw new InvalidInputException("--area", null, $"'{areaName}' is not known; areas are {string.Join(", ", Names)}.");
        }

        CheckLaxity(laxity);
        return Areas[index].Area;
    }

    /// <summary>Refuses a laxity at which threads are not indicated.</summary>
    /// <param name="laxity">Laxity of the skin.</param>
    /// <exception cref="InvalidInputException">The laxity is none or severe.</exception>
    public static void CheckLaxity(Laxity laxity)
    {
        switch (laxity)
        {
            case Laxity.None:
                throw new InvalidInputException("--laxity", null, "none means that there is nothing to treat yet; threads are for mild to moderate sagging (E-188).");
            case Laxity.Severe:
                throw new InvalidInputException("--laxity", null, "severe sagging is more than threads can hold (they are for mild to moderate sagging, E-188); refer for surgical advice.");
        }
    }
}
