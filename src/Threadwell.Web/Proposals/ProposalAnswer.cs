using Threadwell.Plans;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Web.Text;

namespace Threadwell.Web.Proposals;

/// <summary>What is wished at a landmark, with or without its side.</summary>
internal sealed record WishedLift(string Landmark, double LiftMm);

/// <summary>What a search for plans is asked.</summary>
internal sealed record ProposalRequest(IReadOnlyList<WishedLift> Wish);

/// <summary>What a search found, as the API tells it (<c>docs/api.md</c>): numbers, and the sentences in the reader's language.</summary>
internal sealed record ProposalsAnswer(bool WishIsMet, string Met, IReadOnlyList<ProposalAnswer> Proposals)
{
    /// <summary>Tells a document.</summary>
    public static ProposalsAnswer Of(ProposalDocument document, DocumentLanguage language) => new(
        document.WishIsMet,
        ProposalWords.Met(document, language),
        [.. document.Proposals.Select(proposed => new ProposalAnswer(
            proposed.Kind,
            ProposalWords.Of(proposed.Kind, document.WishIsMet, language),
            proposed.Plan,
            [.. document.Wish.Select((wished, target) => new ProposedLift(wished.Landmark, wished.LiftMm, proposed.LiftMm[target], proposed.MissingMm[target]))],
            document.Front[proposed.Front].Risk,
            [.. proposed.Threads.Select(reason => new ReasonAnswer(reason.ThreadId, [.. reason.Sentences.Select(sentence => Spoken.Say(sentence))]))]))]);
}

/// <summary>One proposed plan.</summary>
internal sealed record ProposalAnswer(ProposalKind Kind, string Name, ThreadPlan Plan, IReadOnlyList<ProposedLift> Lifts, RiskScore Risk, IReadOnlyList<ReasonAnswer> Reasons);

/// <summary>Lift of one landmark: wished, reached and missing, mm.</summary>
internal sealed record ProposedLift(string Landmark, double WishedMm, double LiftMm, double MissingMm);

/// <summary>Why a thread is there.</summary>
internal sealed record ReasonAnswer(string ThreadId, IReadOnlyList<string> Sentences);
