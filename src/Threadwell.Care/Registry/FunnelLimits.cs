namespace Threadwell.Care.Registry;

/// <summary>
/// Limits of a funnel plot: between which counts chance alone leaves a group of a size whose true rate is the common one (D. J. Spiegelhalter, Stat. Med. 24 (2005) 1185; exact binomial tails).
/// A group outside is looked at; a group inside has proved nothing.
/// </summary>
public static class FunnelLimits
{
    /// <summary>The usual inner limit: one group in twenty lies outside by chance.</summary>
    public const double Inner = 0.95;

    /// <summary>The usual outer limit: two groups in a thousand.</summary>
    public const double Outer = 0.998;

    /// <summary>The limits for one size of group, as rates.</summary>
    /// <param name="rate">The common rate, from 0 to 1.</param>
    /// <param name="of">Size of the group; at least 1.</param>
    /// <param name="level">Share of groups inside, between 0 and 1.</param>
    /// <returns>The least and the most events that are inside, divided by the size: the chance of fewer than the least, and of more than the most, is each at most half of what is outside.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static (double Low, double High) Of(double rate, int of, double level = Inner)
    {
        if (!(rate >= 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies from 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        double tail = (1 - level) / 2;
        return ((double)Least(rate, of, tail) / of, (double)(of - Least(1 - rate, of, tail)) / of);
    }

    // The smallest count k with P(X < k) at most the tail and P(X <= k) above it.
    private static int Least(double rate, int of, double tail)
    {
        if (rate <= 0)
        {
            return 0;
        }

        if (rate >= 1)
        {
            return of;
        }

        // Powers of small rates vanish: logarithms carry them.
        double log = of * Math.Log(1 - rate);
        double below = 0;
        for (int count = 0; count < of; count++)
        {
            below += Math.Exp(log);
            if (below > tail)
            {
                return count;
            }

            log += Math.Log((of - count) / (count + 1.0)) + Math.Log(rate / (1 - rate));
        }

        return of;
    }
}
