using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>Reads why a check-in has its level, as its row keeps it.</summary>
internal static class KeptReasons
{
    /// <summary>The rules that held, in the order in which they are kept (the most severe first); one that is no more is left out.</summary>
    /// <param name="row">The check-in.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static IEnumerable<TriageRule> Of(StoredCheckIn row, TriageRulebook rulebook) =>
        Ids(row).Select(id => Find(id, rulebook)).OfType<TriageRule>();

    /// <summary>Whether a rule that held is no more.</summary>
    /// <param name="row">The check-in.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static bool HasGone(StoredCheckIn row, TriageRulebook rulebook) => Ids(row).Any(id => Find(id, rulebook) is null);

    private static string[] Ids(StoredCheckIn row) => row.Reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TriageRule? Find(string id, TriageRulebook rulebook) => rulebook.Rules.FirstOrDefault(rule => rule.Id == id);
}
