using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The quick model of a plan: the responses of its threads alone, each with one unknown amplitude. A thread that is gathered beside others needs less tension, since they have brought
/// its ends together already: what is left of its gather is h_i = g_i - sum over the others of a_j S_ij, with the gather g_i relative to the reference and S_ij the share of thread i's gather that
/// thread j's lone response gives it. Fat is soft under small loads, so that the first part s of a gather lifts nothing: a_i = (h_i - s) / (1 - s), not negative, for a thread cannot push.
/// </summary>
internal sealed class Superposition
{
    private const int MostSweeps = 60;
    private const double Settled = 1e-6;

    private readonly IReadOnlyList<PlanCandidate> candidates;
    private readonly double[][] coupling;
    private readonly bool[][] apart;
    private readonly IReadOnlyList<LiftWish> wish;
    private readonly double barbLimit;
    private readonly double dimplingLimit;
    private readonly double slack;

    /// <summary>Prepares the model.</summary>
    /// <param name="candidates">The candidates with their lone responses.</param>
    /// <param name="coupling">S_ij: row i, column j.</param>
    /// <param name="apart">Whether two candidates may stand in one plan.</param>
    /// <param name="wish">The wish.</param>
    /// <param name="barbLimit">Largest share of its holding force that a barb may carry.</param>
    /// <param name="dimplingLimit">Largest dimpling risk.</param>
    /// <param name="slack">s, the share of the reference gather that lifts nothing; from 0 to below 1.</param>
    public Superposition(IReadOnlyList<PlanCandidate> candidates, double[][] coupling, bool[][] apart, IReadOnlyList<LiftWish> wish, double barbLimit, double dimplingLimit, double slack)
    {
        this.slack = slack;
        (this.candidates, this.coupling, this.apart, this.wish) = (candidates, coupling, apart, wish);
        (this.barbLimit, this.dimplingLimit) = (barbLimit, dimplingLimit);
    }

    /// <summary>Whether a combination may stand in one plan at all.</summary>
    public bool Fits(ReadOnlySpan<PlanOption> options)
    {
        for (int i = 0; i < options.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!apart[options[i].Candidate][options[j].Candidate])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Lift at each wished landmark, mm.</summary>
    public double[] LiftMm(ReadOnlySpan<PlanOption> options)
    {
        Span<double> amplitudes = stackalloc double[options.Length];
        Solve(options, amplitudes);
        var lift = new double[wish.Count];
        for (int option = 0; option < options.Length; option++)
        {
            for (int target = 0; target < lift.Length; target++)
            {
                lift[target] += amplitudes[option] * candidates[options[option].Candidate].LiftMm[target];
            }
        }

        return lift;
    }

    /// <summary>What the least useful option adds: the share of the wish, at the landmark where that is most. One alone is always worth while.</summary>
    public double LeastGain(ReadOnlySpan<PlanOption> options)
    {
        double least = double.PositiveInfinity;
        double[] all = LiftMm(options);
        for (int left = 0; left < options.Length && options.Length > 1; left++)
        {
            double[] without = LiftMm([.. options[..left], .. options[(left + 1)..]]);
            double most = double.NegativeInfinity;
            for (int target = 0; target < all.Length; target++)
            {
                most = Math.Max(most, (all[target] - without[target]) / wish[target].LiftMm);
            }

            least = Math.Min(least, most);
        }

        return least;
    }

    /// <summary>Weighs a combination.</summary>
    public PlanScore Score(ReadOnlySpan<PlanOption> options)
    {
        Span<double> amplitudes = stackalloc double[options.Length];
        Solve(options, amplitudes);
        double zones = 0, barbs = 0, reached = double.PositiveInfinity;
        for (int option = 0; option < options.Length; option++)
        {
            PlanCandidate candidate = candidates[options[option].Candidate];
            zones = Math.Max(zones, candidate.Zones);
            barbs = Math.Max(barbs, amplitudes[option] * candidate.BarbLoad);
        }

        for (int target = 0; target < wish.Count; target++)
        {
            double lift = 0;
            for (int option = 0; option < options.Length; option++)
            {
                lift += amplitudes[option] * candidates[options[option].Candidate].LiftMm[target];
            }

            reached = Math.Min(reached, lift / wish[target].LiftMm);
        }

        return new PlanScore(reached, new RiskParts(zones, barbs / barbLimit, Dimpling(options, amplitudes) / dimplingLimit));
    }

    // The sum of the lone risks: hollowing and gathering are each linear in small displacements, and the larger of two sums is no more than the sum of the larger ones.
    private double Dimpling(ReadOnlySpan<PlanOption> options, ReadOnlySpan<double> amplitudes)
    {
        double[] first = candidates[options[0].Candidate].Dimpling;
        double most = 0;
        for (int vertex = 0; vertex < first.Length; vertex++)
        {
            double sum = 0;
            for (int option = 0; option < options.Length; option++)
            {
                sum += amplitudes[option] * candidates[options[option].Candidate].Dimpling[vertex];
            }

            most = Math.Max(most, sum);
        }

        return most;
    }

    private double Amplitude(double gather) => Math.Max(0, (gather - slack) / (1 - slack));

    private void Solve(ReadOnlySpan<PlanOption> options, Span<double> amplitudes)
    {
        for (int option = 0; option < options.Length; option++)
        {
            amplitudes[option] = Amplitude(options[option].Gather);
        }

        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double change = 0;
            for (int i = 0; i < options.Length; i++)
            {
                double left = options[i].Gather;
                double[] row = coupling[options[i].Candidate];
                for (int j = 0; j < options.Length; j++)
                {
                    left -= i == j ? 0 : amplitudes[j] * row[options[j].Candidate];
                }

                left = Amplitude(left);
                change = Math.Max(change, Math.Abs(left - amplitudes[i]));
                amplitudes[i] = left;
            }

            if (change < Settled)
            {
                return;
            }
        }
    }
}
