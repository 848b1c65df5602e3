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
/// Where a quick estimate of the outcome goes with the course nearly exactly, the index is that of the courses, plus what many more quick pairs say beyond the quick ones of the same draws.
/// Intervals are percentiles of a bootstrap over the pairs, in which all of this is done anew.
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
    public static OutcomeCauses Of(CauseOutcome outcome, double[][] pairs, int seed) => Of(outcome, new Levels(pairs, [], []), seed);

    /// <summary>Sobol indices of one outcome that has a quick estimate.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="pairs">For each pair of draws: the value of A, of B, and of A with each cause from B.</param>
    /// <param name="quick">The quick estimates of the same.</param>
    /// <param name="more">Quick estimates of further pairs.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static OutcomeCauses Of(CauseOutcome outcome, double[][] pairs, double[][] quick, double[][] more, int seed) => Of(outcome, new Levels(pairs, quick, more), seed);

    private static OutcomeCauses Of(CauseOutcome outcome, Levels levels, int seed)
    {
        var random = new Random(seed);
        (double[] Total, double[] Alone)[] resampled = [.. Enumerable.Range(0, Resamples).Select(_ => Both(levels.Resample(random)))];
        (double[] total, double[] alone) = Both(levels);
        double[] moments = levels.Combine(pairs => Moments(pairs) is var (mean, variance) ? [mean, variance] : []);
        return new OutcomeCauses
        {
            Outcome = outcome,
            Pairs = levels.Pairs.Length + levels.More.Length,
            Mean = moments[0],
            StandardDeviation = Math.Sqrt(moments[1]),
            Causes = [.. Causes.Select((cause, index) =>
            {
                (double totalLow, double totalHigh) = Interval(resampled.Select(indices => indices.Total[index]));
                (double aloneLow, double aloneHigh) = Interval(resampled.Select(indices => indices.Alone[index]));
                return new CauseShare { Cause = cause, Alone = alone[index], AloneLow = aloneLow, AloneHigh = aloneHigh, Total = total[index], TotalLow = totalLow, TotalHigh = totalHigh };
            })],
        };
    }

    private static (double[] Total, double[] Alone) Both(Levels levels) =>
        (levels.Combine(pairs => Differences(pairs, OfA)), levels.Combine(pairs => [.. Differences(pairs, OfB).Select(left => 1 - left)]));

    private static (double Low, double High) Interval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(int)(0.05 * Resamples)], sorted[(int)(0.95 * Resamples)]);
    }

    /// <summary>For each cause half the mean square of the differences between one of the two draws and the mixed one, relative to the variance.</summary>
    private static double[] Differences(double[][] pairs, int draw)
    {
        (double mean, double variance) = Moments(pairs);
        if (variance == 0)
        {
            // Nothing decides: a difference to A is none of it, one to B all.
            return [.. Causes.Select(_ => draw == OfA ? 0.0 : 1)];
        }

        double[][] numerators = [.. Causes.Select((_, cause) => pairs.Select(pair => 0.5 * Square(pair[draw] - pair[FirstMixed + cause])).ToArray())];
        double[] shares = [.. numerators.Select(numerator => numerator.Average() / variance)];
        if (pairs.Length < FewestPairsOfControls)
        {
            return shares;
        }

        double[] spread = [.. pairs.Select(pair => Spread(pair, mean))];
        double[][] deviations = [.. numerators.Select((numerator, cause) => numerator.Zip(spread, (above, below) => (above - (shares[cause] * below)) / variance).ToArray())];
        return [.. shares.Zip(Chance(deviations, Controls(pairs, mean)), (share, chance) => share - chance)];
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

    /// <summary>The part of each estimate's deviation that the controls explain, by least squares.</summary>
    private static double[] Chance(double[][] deviations, IEnumerable<double[]> controls)
    {
        // Controls go together where a cause does little: what is left of such a direction is not followed.
        const double Ridge = 1e-6;

        double[] means = [.. controls.Select(control => control.Average())];
        double[][] centred = [.. controls.Zip(means, (control, mean) => control.Select(value => value - mean).ToArray())];
        double[] lengths = [.. centred.Select(control => Math.Sqrt(control.Sum(Square)))];
        int[] used = [.. Enumerable.Range(0, lengths.Length).Where(control => lengths[control] > 0)];
        Matrix<double> normal = DenseMatrix.Create(used.Length, used.Length, (row, column) =>
            (Dot(centred[used[row]], centred[used[column]]) / (lengths[used[row]] * lengths[used[column]])) + (row == column ? Ridge : 0));
        Matrix<double> right = DenseMatrix.Create(used.Length, deviations.Length, (row, of) => Dot(centred[used[row]], deviations[of]) / lengths[used[row]]);
        Matrix<double> slopes = normal.Cholesky().Solve(right);
        return [.. deviations.Select((_, of) => used.Select((control, row) => slopes[row, of] / lengths[control] * means[control]).Sum())];
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

    /// <summary>Pairs of courses, the quick estimates of the same draws, and those of further ones; the last two are empty where there are none.</summary>
    private sealed record Levels(double[][] Pairs, double[][] Quick, double[][] More)
    {
        public Levels Resample(Random random)
        {
            int[] rows = Rows(Pairs.Length), further = Rows(More.Length);
            return new Levels([.. rows.Select(row => Pairs[row])], [.. Quick.Length == 0 ? [] : rows.Select(row => Quick[row])], [.. further.Select(row => More[row])]);

            int[] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(count))];
        }

        public double[] Combine(Func<double[][], double[]> estimate)
        {
            double[] whole = estimate(Pairs);
            return Quick.Length == 0 ? whole : [.. whole.Zip(estimate([.. Quick, .. More]), estimate(Quick)).Select(parts => parts.First + parts.Second - parts.Third)];
        }
    }
}
