using System.Globalization;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>Proposed plans in words: the same in the terminal and on the page.</summary>
public static class ProposalWords
{
    /// <summary>Name of a proposal.</summary>
    /// <param name="kind">Which it is.</param>
    /// <param name="met">Whether some plan meets the wish.</param>
    /// <param name="language">Language of the words.</param>
    public static string Of(ProposalKind kind, bool met, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report(kind switch
        {
            ProposalKind.FewestThreads => met ? "propose.fewest" : "propose.fewest.near",
            ProposalKind.Balanced => "propose.balanced",
            ProposalKind.MostLift => "propose.most",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        });
    }

    /// <summary>What was wished: "jowl, left 2 mm, jowl, right 2 mm".</summary>
    public static string Wish(IReadOnlyList<LiftWish> wish, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(language);
        return string.Join("; ", wish.Select(wished => $"{PlanWords.Landmark(wished.Landmark, language)}: {CourseWords.Millimetres(wished.LiftMm, language)}"));
    }

    /// <summary>Whether the wish is met, and where not, how near the nearest plan comes.</summary>
    public static string Met(ProposalDocument document, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(language);
        return document.WishIsMet ? language.Report("propose.met") : language.Report("propose.not-met", Percent(document.Front.Max(point => point.Reached), language));
    }

    /// <summary>The lift of one landmark of a proposal, with what is missing.</summary>
    public static string Lift(ProposedPlan proposed, int target, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(proposed);
        ArgumentNullException.ThrowIfNull(language);
        string lift = CourseWords.Millimetres(proposed.LiftMm[target], language);
        return proposed.MissingMm[target] > 0.05 ? language.Report("propose.lift.missing", lift, CourseWords.Millimetres(proposed.MissingMm[target], language)) : lift;
    }

    /// <summary>
    /// Parts of a risk score by name, then the score itself. The parts are shares of what is allowed; the load of barbs is told as the share of the holding force beside its limit, which is how a plan's warnings tell it.
    /// </summary>
    /// <param name="risk">The score.</param>
    /// <param name="limits">The limits that the proposals keep.</param>
    /// <param name="language">Language of the words.</param>
    public static IReadOnlyList<(string What, string Value)> Risk(RiskScore risk, ProposalLimits limits, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(language);
        return
        [
            (language.Report("propose.risk.zones"), language.Report("propose.risk.allowed", Percent(risk.Zones, language))),
            (language.Report("propose.risk.barbs"), language.Report("propose.risk.holding", Percent(risk.Barbs * limits.BarbLoad, language), Percent(limits.BarbLoad, language))),
            (language.Report("propose.risk.dimpling"), language.Report("propose.risk.allowed", Percent(risk.Dimpling, language))),
            (language.Report("propose.risk.score"), Percent(risk.Score, language)),
        ];
    }

    /// <summary>The proposals as rows of a table: first what a row says, then its value for each of them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(ProposalDocument document, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(language);
        var rows = new List<IReadOnlyList<string>>
        {
            (string[])["", .. document.Proposals.Select(proposed => Of(proposed.Kind, document.WishIsMet, language))],
            (string[])[language.Report("propose.threads"), .. document.Proposals.Select(proposed => language.Number(proposed.Plan.Threads.Count))],
        };
        for (int target = 0; target < document.Wish.Count; target++)
        {
            int index = target;
            rows.Add((string[])[PlanWords.Landmark(document.Wish[target].Landmark, language), .. document.Proposals.Select(proposed => Lift(proposed, index, language))]);
        }

        IReadOnlyList<(string What, string Value)>[] risks = [.. document.Proposals.Select(proposed => Risk(document.Front[proposed.Front].Risk, document.Limits, language))];
        rows.AddRange(Enumerable.Range(0, risks[0].Count).Select(part => (string[])[risks[0][part].What, .. risks.Select(risk => risk[part].Value)]));
        return rows;
    }

    /// <summary>A share as per cent.</summary>
    public static string Percent(double share, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report("propose.percent", (100 * share).ToString("0", CultureInfo.InvariantCulture));
    }
}
