using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Grouped Sobol indices from pairs of draws: two independent draws A and B of everything, and for each cause a third in which only its own numbers come from B (Saltelli et al. 2010,
/// doi 10.1016/j.cpc.2009.09.018). The first-order index is 1 - E(f_B - f_AB)² / 2V, the total index E(f_A - f_AB)² / 2V (Jansen 1999, doi 10.1016/S0010-4655(98)00154-4).
/// </summary>
/// <remarks>
/// <para>
/// All draws have the same distribution, and A and B are independent: the squares of any two differ by nothing in the mean, and the product of A and B about the mean is nothing. What these
/// come to in the sample is chance, and goes with the chance of the indices: it is taken out by linear regression (control variates). That nearly halves the intervals.
/// </para>
/// <para>
/// Where each value was foretold, by something that never saw its pair, and many further pairs as well, the same is estimated from the foretold values of both. What these differ by is chance, and goes with the
/// chance of the courses' own estimate: so much of it as it goes with is taken off that. However badly it foretells, it leans to no side.
/// </para>
/// <para>
/// Intervals are percentiles of a bootstrap over the pairs, in which all of this is done anew; the further pairs are so many that their own chance is drawn from a normal distribution.
/// </para>
/// </remarks>
internal static class CauseIndices
{
    private const int Resamples = 1000;

    // With fewer pairs a regression on the controls would follow chance.
    private const int FewestPairsOfControls = 60;

    private const int OfA = 0;
    private const int OfB = 1;
    private const int FirstMixed = 2;

    private static readonly Cause[] Causes = Enum.GetValues<Cause>();

    /// <summary>Sobol indices of one outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="pairs">For each pair of draws: the value of A, of B, and of A with each cause from B.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static OutcomeCauses Of(CauseOutcome outcome, double[][] pairs, int seed) => Of(outcome, pairs, [], [], seed);

    /// <summary>Sobol indices of one outcome that was foretold too.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="pairs">For each pair of draws: the value of A, of B, and of A with each cause from B.</param>
    /// <param name="foretold">The foretold values of the same.</param>
    /// <param name="further">The foretold values of further pairs.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static OutcomeCauses Of(CauseOutcome outcome, double[][] pairs, double[][] foretold, double[][] further, int seed)
    {
        var random = new Random(seed);
        (Estimate Total, Estimate Alone)? beyond = further.Length == 0 ? null : (Differences(further, OfA), Differences(further, OfB));
        (double[] Total, double[] Alone)[] resampled = [.. Enumerable.Range(0, Resamples).Select(_ =>
        {
            int[] rows = [.. pairs.Select(_ => random.Next(pairs.Length))];
            (Estimate Total, Estimate Alone)? strayed = beyond is { } of ? (Strayed(of.Total, random), Strayed(of.Alone, random)) : null;
            return Both([.. rows.Select(row => pairs[row])], beyond is null ? [] : [.. rows.Select(row => foretold[row])], strayed);
        })];
        (double[] total, double[] alone) = Both(pairs, foretold, beyond);
        (double mean, double variance) = Moments(pairs);
        return new OutcomeCauses
        {
            Outcome = outcome,
            Pairs = pairs.Length,
            Mean = mean,
            StandardDeviation = Math.Sqrt(variance),
            Causes = [.. Causes.Select((cause, index) =>
            {
                (double totalLow, double totalHigh) = Interval(resampled.Select(indices => indices.Total[index]));
                (double aloneLow, double aloneHigh) = Interval(resampled.Select(indices => indices.Alone[index]));
                return new CauseShare { Cause = cause, Alone = alone[index], AloneLow = aloneLow, AloneHigh = aloneHigh, Total = total[index], TotalLow = totalLow, TotalHigh = totalHigh };
            })],
        };
    }

    private static (double[] Total, double[] Alone) Both(double[][] pairs, double[][] foretold, (Estimate Total, Estimate Alone)? beyond)
    {
        double[] Of(int draw, Estimate? further)
        {
            Estimate own = Differences(pairs, draw);
            return further is null ? own.Shares : Corrected(own, Differences(foretold, draw), further);
        }

        return (Of(OfA, beyond?.Total), [.. Of(OfB, beyond?.Alone).Select(left => 1 - left)]);
    }

    /// <summary>An estimate of the courses, less what the estimate of what was foretold of them strays by, so far as both stray together.</summary>
    private static double[] Corrected(Estimate own, Estimate foretold, Estimate further) => [.. own.Shares.Select((share, cause) =>
    {
        double square = Dot(foretold.Deviations[cause], foretold.Deviations[cause]);
        double together = square == 0 ? 0 : Math.Clamp(Dot(own.Deviations[cause], foretold.Deviations[cause]) / square, 0, 1);
        return share + (together * (further.Shares[cause] - foretold.Shares[cause]));
    })];

    private static Estimate Strayed(Estimate estimate, Random random) => estimate with
    {
        Shares = [.. estimate.Shares.Zip(estimate.Errors, (share, error) => share + (error * Normal.Sample(random, 0, 1)))],
    };

    private static (double Low, double High) Interval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(int)(0.05 * Resamples)], sorted[(int)(0.95 * Resamples)]);
    }

    /// <summary>For each cause half the mean square of the differences between one of the two draws and the mixed one, relative to the variance.</summary>
    private static Estimate Differences(double[][] pairs, int draw)
    {
        (double mean, double variance) = Moments(pairs);
        if (variance == 0)
        {
            // Nothing decides: a difference to A is none of it, one to B all.
            return new Estimate([.. Causes.Select(_ => draw == OfA ? 0.0 : 1)], [.. Causes.Select(_ => new double[pairs.Length])]);
        }

        double[] spread = [.. pairs.Select(pair => Spread(pair, mean))];
        double[] shares = [.. Causes.Select((_, cause) => pairs.Average(pair => 0.5 * Square(pair[draw] - pair[FirstMixed + cause])) / variance)];
        double[][] deviations = [.. shares.Select((share, cause) => pairs.Select((pair, row) => ((0.5 * Square(pair[draw] - pair[FirstMixed + cause])) - (share * spread[row])) / variance).ToArray())];
        return pairs.Length < FewestPairsOfControls ? new Estimate(shares, deviations) : WithoutChance(shares, deviations, [.. Controls(pairs, mean)]);
    }

    // The variance is the mean of two estimates: deviations from the mean, and half of the squared differences within pairs. The second goes up and down with the numerators of the indices.
    private static (double Mean, double Variance) Moments(double[][] pairs)
    {
        // From the first value on, so that equal ones have no variance at all.
        double first = pairs[0][OfA];
        double mean = first + pairs.Average(pair => pair.Average(value => value - first));
        return (mean, pairs.Average(pair => Spread(pair, mean)));
    }

    private static double Spread(double[] pair, double mean) => 0.25 * (Square(pair[OfA] - mean) + Square(pair[OfB] - mean) + Square(pair[OfA] - pair[OfB]));

    /// <summary>What is nothing in the mean: the product of A and B, and what the squares of the others differ from that of A by.</summary>
    private static IEnumerable<double[]> Controls(double[][] pairs, double mean) =>
    [
        [.. pairs.Select(pair => (pair[OfA] - mean) * (pair[OfB] - mean))],
        .. Enumerable.Range(OfB, 1 + Causes.Length).Select(other => pairs.Select(pair => Square(pair[OfA] - mean) - Square(pair[other] - mean)).ToArray()),
    ];

    /// <summary>Takes the part of each estimate's deviation off it that the controls explain, by least squares.</summary>
    private static Estimate WithoutChance(double[] shares, double[][] deviations, double[][] controls)
    {
        // Controls go together where a cause does little: what is left of such a direction is not followed.
        const double Ridge = 1e-6;

        double[] means = [.. controls.Select(control => control.Average())];
        double[][] centred = [.. controls.Zip(means, (control, mean) => control.Select(value => value - mean).ToArray())];
        double[] lengths = [.. centred.Select(control => Math.Sqrt(Dot(control, control)))];
        int[] used = [.. Enumerable.Range(0, lengths.Length).Where(control => lengths[control] > 0)];
        Matrix<double> normal = DenseMatrix.Create(used.Length, used.Length, (row, column) =>
            (Dot(centred[used[row]], centred[used[column]]) / (lengths[used[row]] * lengths[used[column]])) + (row == column ? Ridge : 0));
        Matrix<double> right = DenseMatrix.Create(used.Length, deviations.Length, (row, of) => Dot(centred[used[row]], deviations[of]) / lengths[used[row]]);
        Matrix<double> slopes = normal.Cholesky().Solve(right);
        double[] less = [.. shares];
        double[][] left = [.. deviations.Select(of => of.ToArray())];
        for (int row = 0; row < used.Length; row++)
        {
            for (int of = 0; of < less.Length; of++)
            {
                double slope = slopes[row, of] / lengths[used[row]];
                less[of] -= slope * means[used[row]];
                for (int pair = 0; pair < left[of].Length; pair++)
                {
                    left[of][pair] -= slope * centred[used[row]][pair];
                }
            }
        }

        return new Estimate(less, left);
    }

    private static double Dot(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private static double Square(double value) => value * value;

    /// <summary>Shares of the variance by cause, and by how much each pair makes them deviate.</summary>
    private sealed record Estimate(double[] Shares, double[][] Deviations)
    {
        /// <summary>Standard error of each share.</summary>
        public double[] Errors { get; } = [.. Deviations.Select(deviation => Math.Sqrt(Dot(deviation, deviation)) / deviation.Length)];
    }
}
