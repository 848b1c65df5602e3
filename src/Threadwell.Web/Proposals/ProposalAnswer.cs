using NodaTime;
using Threadwell.Plans;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Plans;
using Threadwell.Web.Text;

namespace Threadwell.Web.Proposals;

/// <summary>What is wished at a landmark, with or without its side.</summary>
internal sealed record WishedLift(string Landmark, double LiftMm);

/// <summary>What a search for plans is asked.</summary>
internal sealed record ProposalRequest(IReadOnlyList<WishedLift> Wish);

/// <summary>Where the search for plans of a plan stands and what the last one that ended well found, as the API tells it (<c>docs/api.md</c>).</summary>
/// <param name="Job">The search that waits or runs; null where none does.</param>
/// <param name="Problem">Why the last search found nothing, in the reader's language; null unless so.</param>
/// <param name="Found">What is kept; null where nothing was found yet.</param>
internal sealed record ProposalsAnswer(Guid? Job, string? Problem, FoundAnswer? Found)
{
    /// <summary>Of a plan for which nothing was searched yet.</summary>
    public static ProposalsAnswer None { get; } = new(null, null, null);

    /// <summary>Tells a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="alive">Whether its search waits or runs.</param>
    /// <param name="document">What is kept; null where nothing is.</param>
    /// <param name="language">The reader's.</param>
    public static ProposalsAnswer Of(StoredProposals row, bool alive, ProposalDocument? document, DocumentLanguage language) => new(
        alive ? row.Id : null, Spoken.Say(row.Problem), document is null ? null : FoundAnswer.Of(document, row.FoundAt!.Value, language));
}

/// <summary>What a search found: numbers, and the sentences in the reader's language.</summary>
internal sealed record FoundAnswer(DateTimeOffset FoundAt, string ModelVersion, bool WishIsMet, string Wish, string Met, IReadOnlyList<ProposalAnswer> Proposals)
{
    /// <summary>Tells a document.</summary>
    public static FoundAnswer Of(ProposalDocument document, Instant foundAt, DocumentLanguage language) => new(
        foundAt.ToDateTimeOffset(),
        document.ModelVersion,
        document.WishIsMet,
        ProposalWords.Wish(document.Wish, language),
        ProposalWords.Met(document, language),
        [.. document.Proposals.Select(proposed => new ProposalAnswer(
            proposed.Kind,
            ProposalWords.Of(proposed.Kind, document.WishIsMet, language),
            proposed.Plan,
            [.. document.Wish.Select((wished, target) => new ProposedLift(wished.Landmark, wished.LiftMm, proposed.LiftMm[target], proposed.MissingMm[target]))],
            document.Front[proposed.Front].Risk,
            [.. ProposalWords.Risk(document.Front[proposed.Front].Risk, document.Limits, language).Select(part => new ToldRisk(part.What, part.Value))],
            [.. proposed.Threads.Select(reason => new ReasonAnswer(reason.ThreadId, [.. reason.Sentences.Select(sentence => Spoken.Say(sentence))]))]))]);
}

/// <summary>One proposed plan.</summary>
internal sealed record ProposalAnswer(ProposalKind Kind, string Name, ThreadPlan Plan, IReadOnlyList<ProposedLift> Lifts, RiskScore Risk, IReadOnlyList<ToldRisk> Risks, IReadOnlyList<ReasonAnswer> Reasons);

/// <summary>Lift of one landmark: wished, reached and missing, mm.</summary>
internal sealed record ProposedLift(string Landmark, double WishedMm, double LiftMm, double MissingMm);

/// <summary>How near a plan comes to a limit, in words.</summary>
internal sealed record ToldRisk(string What, string Value);

/// <summary>Why a thread is there.</summary>
internal sealed record ReasonAnswer(string ThreadId, IReadOnlyList<string> Sentences);
