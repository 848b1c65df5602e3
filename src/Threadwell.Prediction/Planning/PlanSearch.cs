namespace Threadwell.Prediction;

/// <summary>
/// Looks for the combinations of candidates that no other beats: for each number of threads and each of a ladder of bounds on the risk score, greedy choice and then exchange of one
/// thread at a time until no exchange gives more lift. Bounds find what weighted sums miss, where the front is hollow. Everything weighed on the way is offered to the front. Then the
/// neighbours of every member of the front, with one thread exchanged, added or left out, are weighed until no member has neighbours left that were not (Pareto local search).
/// </summary>
/// <param name="model">The quick model.</param>
/// <param name="options">What a plan may hold.</param>
/// <param name="most">Most options in a plan.</param>
/// <param name="leastGain">Least share of the wish that each option of a plan adds at some landmark.</param>
internal sealed class PlanSearch(Superposition model, IReadOnlyList<PlanOption> options, int most, double leastGain)
{
    private const int Bounds = 8;

    // Combinations weighed at most in the second part: a second or two.
    private const int MostWeighed = 400_000;

    private readonly PlanArchive archive = new();

    /// <summary>Combinations weighed so far.</summary>
    public int Weighed { get; private set; }

    /// <summary>Searches; the same input gives the same front.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<WeighedPlan> Run(CancellationToken cancellation)
    {
        double[] alone = [.. options.Select(option => Weigh([option])).Where(score => score.Risk.IsWorthVerifying).Select(score => score.Risk.Score).Order()];
        if (alone.Length == 0)
        {
            return [];
        }

        for (int bound = 0; bound <= Bounds; bound++)
        {
            // From the least risky thread to the limits.
            double allowed = bound == Bounds ? double.PositiveInfinity : alone[0] + ((1 - alone[0]) * bound / Bounds);
            PlanOption[] plan = [];
            for (int count = 1; count <= most; count++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Added(plan, allowed) is not { } longer)
                {
                    break;
                }

                plan = Exchanged(longer, allowed, cancellation);
            }
        }

        var visited = new HashSet<WeighedPlan>(ReferenceEqualityComparer.Instance);
        while (Weighed < MostWeighed && archive.Front.FirstOrDefault(visited.Add) is { } member)
        {
            cancellation.ThrowIfCancellationRequested();
            WeighNeighbours(member.Options);
        }

        return archive.Front;
    }

    private void WeighNeighbours(PlanOption[] plan)
    {
        PlanOption[] longer = [.. plan, default];
        for (int at = plan.Length < most ? plan.Length : plan.Length - 1; at >= 0; at--)
        {
            PlanOption[] trial = at == plan.Length ? longer : [.. plan];
            foreach (PlanOption option in options)
            {
                trial[at] = option;
                if (model.Fits(trial))
                {
                    Weigh(trial);
                }
            }

            if (at < plan.Length && plan.Length > 1)
            {
                Weigh([.. plan[..at], .. plan[(at + 1)..]]);
            }
        }
    }

    private PlanOption[]? Added(PlanOption[] plan, double allowed)
    {
        PlanOption[]? best = null;
        double reached = double.NegativeInfinity;
        PlanOption[] trial = [.. plan, default];
        foreach (PlanOption option in options)
        {
            trial[^1] = option;
            if (Value(trial, allowed) is { } value && value > reached)
            {
                (best, reached) = ([.. trial], value);
            }
        }

        return best;
    }

    private PlanOption[] Exchanged(PlanOption[] plan, double allowed, CancellationToken cancellation)
    {
        double reached = Value(plan, allowed)!.Value;
        bool better = true;
        while (better)
        {
            better = false;
            for (int at = 0; at < plan.Length; at++)
            {
                cancellation.ThrowIfCancellationRequested();
                PlanOption[] trial = [.. plan];
                foreach (PlanOption option in options)
                {
                    trial[at] = option;
                    if (Value(trial, allowed) is { } value && value > reached + 1e-12)
                    {
                        (plan, reached, better) = ([.. trial], value, true);
                    }
                }
            }
        }

        return plan;
    }

    /// <summary>The share of the wish that a combination reaches; null where it breaks a limit or the bound.</summary>
    private double? Value(PlanOption[] plan, double allowed)
    {
        if (!model.Fits(plan))
        {
            return null;
        }

        PlanScore score = Weigh(plan);
        return score.Risk.IsWorthVerifying && score.Risk.Score <= allowed ? score.Reached : null;
    }

    private PlanScore Weigh(PlanOption[] plan)
    {
        Weighed++;
        PlanScore score = model.Score(plan);
        if (score.Risk.IsWorthVerifying && score.Reached > 0 && archive.Takes(plan, score) && model.LeastGain(plan) >= leastGain)
        {
            archive.Offer(plan, score);
        }

        return score;
    }
}
