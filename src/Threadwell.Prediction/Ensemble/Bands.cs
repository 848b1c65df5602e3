using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Percentiles of values that were computed with drawn facts.</summary>
public static class Bands
{
    /// <summary>The shares that a band names, in the order of <see cref="NumberBand"/>'s members.</summary>
    internal static readonly double[] Percentiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Percentiles of a number; null stands for later than every time that was simulated.</summary>
    /// <param name="values">The values in any order, at least one.</param>
    public static NumberBand Of(IReadOnlyList<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Select(value => value ?? double.PositiveInfinity).Order()];
        double? At(int percentile) => Quantile(sorted, Percentiles[percentile]) is var quantile && double.IsFinite(quantile) ? quantile : null;
        return new NumberBand { Low90 = At(0), Low50 = At(1), Median = At(2), High50 = At(3), High90 = At(4) };
    }

    /// <summary>Percentiles of many curves at each stored time.</summary>
    /// <typeparam name="TCourse">What a curve is read off.</typeparam>
    /// <param name="courses">The courses, at least one.</param>
    /// <param name="times">Number of stored times.</param>
    /// <param name="value">The value of a course at a time.</param>
    internal static CurveBand Of<TCourse>(IReadOnlyList<TCourse> courses, int times, Func<TCourse, int, double> value)
    {
        double[][] quantiles = [.. Enumerable.Range(0, times).Select(time =>
        {
            double[] sorted = [.. courses.Select(course => value(course, time)).Order()];
            return Percentiles.Select(share => Quantile(sorted, share)).ToArray();
        })];
        double[] At(int percentile) => [.. quantiles.Select(values => values[percentile])];
        return new CurveBand { Low90 = At(0), Low50 = At(1), Median = At(2), High50 = At(3), High90 = At(4) };
    }

    /// <summary>A quantile by the plotting position (k + 1/2) / n, so that the percentiles of few values are not drawn inwards.</summary>
    /// <param name="sorted">The values, rising, at least one.</param>
    /// <param name="share">Share below, 0 to 1.</param>
    internal static double Quantile(double[] sorted, double share)
    {
        double position = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        int below = (int)position;
        double rest = position - below;
        return rest == 0 ? sorted[below] : sorted[below] + (rest * (sorted[below + 1] - sorted[below]));
    }
}
