using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>How often either of two plans has the larger number; what is left are pairs with the same.</summary>
/// <param name="First">Share of the pairs in which the first has.</param>
/// <param name="Second">Share of the pairs in which the second has.</param>
public readonly record struct Odds(double First, double Second)
{
    /// <summary>Counts pairs; null is later than every time that was simulated.</summary>
    internal static Odds Of<TCourse>(IReadOnlyCollection<(TCourse First, TCourse Second)> pairs, Func<TCourse, double?> number, double same)
    {
        double Beyond((TCourse First, TCourse Second) pair) =>
            (number(pair.First) ?? double.PositiveInfinity, number(pair.Second) ?? double.PositiveInfinity) is var (first, second) && first.Equals(second) ? 0 : first - second;
        return new Odds((double)pairs.Count(pair => Beyond(pair) > same) / pairs.Count, (double)pairs.Count(pair => Beyond(pair) < -same) / pairs.Count);
    }
}

/// <summary>Odds of the numbers of <see cref="PredictionSummary"/>.</summary>
public sealed record SummaryOdds
{
    /// <summary>Mean lift over the targets on day 0.</summary>
    public required Odds LiftNowMm { get; init; }

    /// <summary>Half-life of the lift.</summary>
    public required Odds LiftHalfLifeMonths { get; init; }

    /// <summary>End of the measurable lift.</summary>
    public required Odds LiftEndMonths { get; init; }

    /// <summary>End of the visible lift.</summary>
    public required Odds VisibleLiftEndMonths { get; init; }

    /// <summary>Largest gain of the support index over the untreated course.</summary>
    public required Odds LargestSupportGain { get; init; }

    /// <summary>Half-life of the gain of support.</summary>
    public required Odds SupportHalfLifeMonths { get; init; }

    /// <summary>End of the support.</summary>
    public required Odds SupportEndMonths { get; init; }

    /// <summary>Return to the position before treatment.</summary>
    public required Odds BackToDayZeroMonths { get; init; }
}
