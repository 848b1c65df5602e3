namespace Threadwell.Prediction;

/// <summary>A weighed combination.</summary>
/// <param name="Options">Its options, ascending.</param>
/// <param name="Score">What superposition says of it.</param>
internal sealed record WeighedPlan(PlanOption[] Options, PlanScore Score);

/// <summary>The combinations of which none other is better in lift, number of threads and risk at once.</summary>
internal sealed class PlanArchive
{
    // Differences below this are rounding.
    private const double Same = 1e-9;

    private readonly List<WeighedPlan> kept = [];

    /// <summary>They, by number of threads, then by lift.</summary>
    public IReadOnlyList<WeighedPlan> Front => [.. kept.OrderBy(plan => plan.Options.Length).ThenBy(plan => plan.Score.Reached)];

    /// <summary>Whether no combination that is kept is as good in everything.</summary>
    public bool Takes(ReadOnlySpan<PlanOption> options, PlanScore score)
    {
        foreach (WeighedPlan plan in kept)
        {
            if (plan.Options.Length <= options.Length && plan.Score.Reached >= score.Reached - Same && plan.Score.Risk.Score <= score.Risk.Score + Same)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a combination unless one that is kept is as good in everything; what it beats leaves.</summary>
    public void Offer(ReadOnlySpan<PlanOption> options, PlanScore score)
    {
        if (!Takes(options, score))
        {
            return;
        }

        int threads = options.Length;
        kept.RemoveAll(plan => plan.Options.Length >= threads && plan.Score.Reached <= score.Reached + Same && plan.Score.Risk.Score >= score.Risk.Score - Same);
        kept.Add(new WeighedPlan([.. options], score));
    }
}
