using System.Collections.Concurrent;
using System.Text;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Scans;
using Threadwell.Web.Hosting;
using Threadwell.Web.Previews;
using Threadwell.Web.Scans;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Proposals;

/// <summary>
/// Searches for plans in the background and keeps what the last ones found, in memory: a proposal is nothing until it is chosen, and then it is the plan's draft.
/// </summary>
/// <param name="lanes">Where it runs.</param>
/// <param name="scans">The scans' surfaces.</param>
/// <param name="previews">Tells when somebody drags a thread.</param>
internal sealed class ProposalRuns(Lanes lanes, ScanLibrary scans, PreviewSessions previews)
{
    // Each holds a scan's surface, which the library shares, and a few plans.
    private const int Kept = 16;

    private const double PicturesShare = 0.95;

    // Whose a search is stays known, two keys each, so that its end can be told also where it failed.
    private readonly ConcurrentDictionary<Guid, Guid> plans = new();
    private readonly ConcurrentDictionary<Guid, Found> found = new();
    private readonly ConcurrentQueue<Guid> order = new();

    /// <summary>Starts a search for a stored plan's draft.</summary>
    /// <param name="stored">The plan that asks.</param>
    /// <param name="scan">Its scan.</param>
    /// <param name="wish">The wish.</param>
    /// <param name="language">Language of who asks: the pictures are drawn in it before the search is told to be done, so that nobody looks at empty frames.</param>
    public Job Start(StoredPlan stored, StoredScan scan, IReadOnlyList<LiftWish> wish, DocumentLanguage language)
    {
        ThreadPlan plan = PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(stored.DraftJson), stored.Name);
        string name = stored.Name;
        var id = Guid.CreateVersion7();
        plans[id] = stored.Id;
        return lanes.Proposals.Add(id, (progress, cancellation) =>
        {
            var proposals = PlanProposer.Propose(plan, scans.Skin(scan).Mesh, wish, name, new ProposalOptions(), new Yielding(new ProgressPart(progress, 0, PicturesShare), previews, cancellation), cancellation);
            var kept = new Found(proposals);
            progress.Report(new CourseProgress(PicturesShare, "Drawing the pictures"));
            kept.Pictures(language);
            found[id] = kept;
            order.Enqueue(id);
            if (order.Count > Kept && order.TryDequeue(out Guid oldest))
            {
                found.TryRemove(oldest, out _);
            }

            return id;
        });
    }

    /// <summary>The plan that asked for a search; null where the search is not remembered.</summary>
    public Guid? PlanOf(Guid search) => plans.TryGetValue(search, out Guid plan) ? plan : null;

    /// <summary>What a plan's search found; null where it is not done, not remembered, or another plan's.</summary>
    public PlanProposals? Of(Guid plan, Guid search) => PlanOf(search) == plan && found.TryGetValue(search, out Found? kept) ? kept.Proposals : null;

    /// <summary>Pictures of the proposals that a plan's search found; null where <see cref="Of"/> is.</summary>
    public IReadOnlyList<byte[]>? Pictures(Guid plan, Guid search, DocumentLanguage language) => PlanOf(search) == plan && found.TryGetValue(search, out Found? kept) ? kept.Pictures(language) : null;

    private sealed class Found(PlanProposals proposals)
    {
        private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<byte[]>>> pictures = new(StringComparer.Ordinal);

        public PlanProposals Proposals { get; } = proposals;

        public IReadOnlyList<byte[]> Pictures(DocumentLanguage language) =>
            pictures.GetOrAdd(language.Name, _ => new Lazy<IReadOnlyList<byte[]>>(() => LiftPicture.RenderEach(Proposals, language))).Value;
    }

    /// <summary>Lets a drag go first, between two solves.</summary>
    private sealed class Yielding(IProgress<CourseProgress> progress, PreviewSessions previews, CancellationToken cancellation) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value)
        {
            previews.WaitUntilQuiet(cancellation);
            progress.Report(value);
        }
    }
}
