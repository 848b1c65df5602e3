using NodaTime;

namespace Threadwell.Care.Triage;

/// <summary>A level that was shown to a patient.</summary>
/// <param name="At">When the clinic came to know of it.</param>
/// <param name="Level">The level.</param>
public sealed record ShownLevel(Instant At, TriageLevel Level);

/// <summary>A clinician lowers a level.</summary>
/// <param name="At">When.</param>
/// <param name="To">To which level.</param>
/// <param name="By">Who, by name.</param>
/// <param name="Reason">Why.</param>
public sealed record LoweredLevel(Instant At, TriageLevel To, string By, string Reason);

/// <summary>The level that stands: a level once shown is lowered only by a named clinician with a reason. Milder answers alone lower nothing.</summary>
public static class StandingLevel
{
    /// <summary>The level that stands now.</summary>
    /// <param name="shown">Levels shown, in any order.</param>
    /// <param name="lowered">Lowerings, in any order; one without a name or a reason counts for nothing, nor does one to a level that is not lower.</param>
    /// <returns>The level; null where none was ever shown.</returns>
    public static TriageLevel? Of(IEnumerable<ShownLevel> shown, IEnumerable<LoweredLevel> lowered)
    {
        // At the same instant what was shown comes after the lowering: a doubt about the order lowers nothing.
        var events = shown.Select(one => (one.At, Order: 1, one.Level))
            .Concat(lowered.Where(one => !string.IsNullOrWhiteSpace(one.By) && !string.IsNullOrWhiteSpace(one.Reason)).Select(one => (one.At, Order: 0, Level: one.To)))
            .OrderBy(one => one.At).ThenBy(one => one.Order).ThenByDescending(one => one.Level);
        TriageLevel? standing = null;
        foreach ((_, int order, TriageLevel level) in events)
        {
            standing = order == 1 ? (standing is null || level > standing ? level : standing)
                : standing > level ? level
                : standing;
        }

        return standing;
    }
}
