namespace Threadwell.Care.Registry;

/// <summary>The standard normal distribution, as far as intervals need it.</summary>
internal static class NormalQuantile
{
    private const double UsualLevel = 0.95;
    private static readonly double Usual = Halve(UsualLevel);

    /// <summary>The two-sided factor of an interval: 1.959964 for 0.95.</summary>
    /// <param name="level">Share of the distribution inside, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double TwoSided(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        return level == UsualLevel ? Usual : Halve(level);
    }

    private static double Halve(double level)
    {
        // The distribution rises everywhere: halving finds its inverse to the last digit.
        double low = 0;
        double high = 40;
        while (high - low > 1e-14 * Math.Max(1, high))
        {
            double middle = (low + high) / 2;
            (low, high) = Inside(middle) < level ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // Share of the distribution within z of nought: the series by all odd powers below 3 (Abramowitz and Stegun 26.2.11), the continued fraction beyond (26.2.14).
    private static double Inside(double z)
    {
        const double SeriesBelow = 3;
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < SeriesBelow)
        {
            double term = z;
            double sum = z;
            for (int k = 1; term > 1e-17 * sum; k++)
            {
                term *= z * z / ((2 * k) + 1);
                sum += term;
            }

            return 2 * density * sum;
        }

        double fraction = 0;
        for (int k = 100; k > 0; k--)
        {
            fraction = k / (z + fraction);
        }

        return 1 - (2 * density / (z + fraction));
    }
}
