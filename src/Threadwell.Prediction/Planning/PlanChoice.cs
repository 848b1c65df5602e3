using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Chooses from fronts: which combinations are verified, which verified plans make the front, which three are proposed.</summary>
internal static class PlanChoice
{
    // A plan that lifts less than this share of the most (or of the wish, where that is less) is no proposal.
    private const double LeastShare = 0.4;

    // Where the wish cannot be met, a plan within this share of the most will do with fewer threads.
    private const double NearMost = 0.9;

    // What is missing of the wish counts twice as much as threads or risk: the wish is what was asked for.
    private const double WishWeight = 2;

    /// <summary>Combinations to verify: for each number of threads the most lift, the least risk that meets the wish, and an even spread over the lifts between.</summary>
    /// <param name="front">The front of superposition.</param>
    /// <param name="most">Most of them.</param>
    public static IReadOnlyList<WeighedPlan> Spread(IReadOnlyList<WeighedPlan> front, int most)
    {
        if (front.Count == 0)
        {
            return [];
        }

        double least = LeastShare * Math.Min(1, front.Max(plan => plan.Score.Reached));
        WeighedPlan[] useful = [.. front.Where(plan => plan.Score.Reached >= least)];
        IGrouping<int, WeighedPlan>[] counts = [.. useful.GroupBy(plan => plan.Options.Length).OrderBy(group => group.Key)];
        int each = Math.Max(2, most / counts.Length);
        var chosen = new List<WeighedPlan>();
        foreach (IGrouping<int, WeighedPlan> group in counts)
        {
            WeighedPlan[] byLift = [.. group.OrderBy(plan => plan.Score.Reached)];
            var wanted = new List<WeighedPlan> { byLift[^1] };
            if (byLift.Where(plan => plan.Score.Reached >= 1).MinBy(plan => plan.Score.Risk.Score) is { } meets)
            {
                wanted.Add(meets);
            }

            for (int step = 0; step < each && wanted.Distinct().Count() < each; step++)
            {
                wanted.Add(byLift[(byLift.Length - 1) * step / Math.Max(1, each - 1)]);
            }

            chosen.AddRange(wanted.Distinct().OrderBy(plan => plan.Score.Reached));
        }

        return chosen;
    }

    /// <summary>The verified plans that no other beats, by threads and then by lift.</summary>
    public static IReadOnlyList<VerifiedPlan> Front(IReadOnlyList<VerifiedPlan> plans) =>
    [
        .. plans.Where((plan, index) => !plans.Where((other, at) => at != index && Beats(other, plan, at < index)).Any())
            .OrderBy(plan => plan.Plan.Threads.Count).ThenBy(plan => plan.Score.Reached),
    ];

    /// <summary>The three proposals; fewer where the front has fewer members.</summary>
    /// <param name="front">The front.</param>
    /// <param name="mostThreads">Most threads of a plan.</param>
    public static IReadOnlyList<(ProposalKind Kind, int Front)> Three(IReadOnlyList<VerifiedPlan> front, int mostThreads)
    {
        int[] all = [.. Enumerable.Range(0, front.Count)];
        int most = all.MaxBy(at => front[at].Score.Reached);
        double enough = front[most].Score.Reached >= 1 ? 1 : NearMost * front[most].Score.Reached;
        int fewest = all.Where(at => front[at].Score.Reached >= enough).OrderBy(at => front[at].Plan.Threads.Count).ThenBy(at => front[at].Score.Risk.Score).First();
        double Cost(int at) => (WishWeight * Math.Max(0, 1 - front[at].Score.Reached)) + ((double)front[at].Plan.Threads.Count / mostThreads) + front[at].Score.Risk.Score;
        int? balanced = all.Where(at => at != most && at != fewest).OrderBy(Cost).Select(at => (int?)at).FirstOrDefault();
        var three = new List<(ProposalKind, int)> { (ProposalKind.FewestThreads, fewest) };
        if (balanced is { } between)
        {
            three.Add((ProposalKind.Balanced, between));
        }

        if (most != fewest)
        {
            three.Add((ProposalKind.MostLift, most));
        }

        return three;
    }

    private static bool Beats(VerifiedPlan other, VerifiedPlan plan, bool earlier)
    {
        bool asGood = other.Plan.Threads.Count <= plan.Plan.Threads.Count && other.Score.Reached >= plan.Score.Reached && other.Score.Risk.Score <= plan.Score.Risk.Score;
        bool same = other.Plan.Threads.Count == plan.Plan.Threads.Count && other.Score.Reached == plan.Score.Reached && other.Score.Risk.Score == plan.Score.Risk.Score;
        return asGood && (!same || earlier);
    }
}
