namespace Threadwell.Web.Treatments;

/// <summary>A test of the nerves as a page sends it.</summary>
internal static class NerveTest
{
    private static readonly string[] Sides = ["left", "right"];

    /// <summary>What must be found: each nerve of the treated areas on both sides ("brow.left").</summary>
    public static IReadOnlyList<string> Places(TreatmentCase found) => [.. DayLists.Nerves(found.Areas).SelectMany(nerve => Sides.Select(side => $"{nerve}.{side}"))];

    /// <summary>The findings; null where one is missing, which is then noted.</summary>
    public static NerveFindings? Read(TreatmentCase found, IReadOnlyDictionary<string, string> findings, string note, Refusals refusals, TreatmentDesk desk)
    {
        IReadOnlyList<string> places = Places(found);
        foreach (string place in places.Where(place => !DayLists.Findings.Contains(findings.GetValueOrDefault(place))))
        {
            refusals.Add(place, desk.Text["nerves.needed"]);
        }

        return refusals.None ? new NerveFindings(places.ToDictionary(place => place, place => findings[place], StringComparer.Ordinal), note.Trim(), desk.Sign()) : null;
    }
}
