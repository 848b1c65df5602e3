using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A plan as the full model finds it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Pairs">Threads of each place: those of both sides, or of one.</param>
/// <param name="Result">Its day 0.</param>
/// <param name="LiftMm">Lift at each wished landmark, mm.</param>
/// <param name="Score">Share of the wish reached, and risk.</param>
internal sealed record VerifiedPlan(ThreadPlan Plan, IReadOnlyList<string[]> Pairs, PreviewResult Result, double[] LiftMm, PlanScore Score);

/// <summary>Solves combinations on the full mesh, and eases the gather of one that breaks a limit there.</summary>
/// <param name="preview">The tissue on the mesh of a prediction.</param>
/// <param name="limits">The limits.</param>
/// <param name="wish">The wish.</param>
internal sealed class PlanVerifier(LiftPreview preview, PlanLimits limits, IReadOnlyList<LiftWish> wish)
{
    // Below the limit, since the answer to the gather is not quite linear.
    private const double Eased = 0.98;

    private const int Tries = 3;

    /// <summary>Verifies a plan; null where it keeps the limits only with another layout, or finds no equilibrium.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="pairs">Threads of each place.</param>
    /// <param name="zones">Closeness to danger zones.</param>
    /// <param name="cancellation">Ends it.</param>
    public VerifiedPlan? Verify(ThreadPlan plan, IReadOnlyList<string[]> pairs, double zones, CancellationToken cancellation)
    {
        ThreadPlan now = plan;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            if (TryUpdate(now, cancellation) is not { } result || CandidateResponses.Lifts(result, wish) is not { } lifts)
            {
                return null;
            }

            var risk = new RiskParts(zones, CandidateResponses.BarbLoad(result) / limits.BarbLoad, result.DimplingRisk.Max() / limits.Dimpling);
            if (risk.Holds)
            {
                return new VerifiedPlan(now, pairs, result, lifts, new PlanScore(wish.Select((wished, target) => lifts[target] / wished.LiftMm).Min(), risk));
            }

            double factor = Eased / Math.Max(risk.Barbs, risk.Dimpling);
            now = now with { Threads = [.. now.Threads.Select(thread => thread with { GatherMm = Rounded(factor * thread.GatherMm!.Value) })] };
        }

        return null;
    }

    /// <summary>What each wished landmark loses when some threads are left out, mm.</summary>
    public double[] Loss(VerifiedPlan verified, IReadOnlyList<string> without, CancellationToken cancellation)
    {
        ThreadPlan rest = verified.Plan with { Threads = [.. verified.Plan.Threads.Where(thread => !without.Contains(thread.Id))] };
        double[] left = TryUpdate(rest, cancellation) is { } result && CandidateResponses.Lifts(result, wish) is { } lifts ? lifts : new double[wish.Count];
        return [.. verified.LiftMm.Zip(left, (with, less) => with - less)];
    }

    // A tenth of a millimetre is more than a hand can tell.
    private static double Rounded(double gatherMm) => Math.Floor(10 * gatherMm) / 10;

    private PreviewResult? TryUpdate(ThreadPlan plan, CancellationToken cancellation)
    {
        try
        {
            return preview.Update(plan, cancellation);
        }
        catch (PreviewException)
        {
            return null;
        }
    }
}
