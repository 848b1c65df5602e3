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

        (int least, int most) = Counts(rate, of, (1 - level) / 2);
        return ((double)least / of, (double)most / of);
    }

    // The smallest count k with P(X <= k) above the tail, and the largest with P(X >= k) above it.
    private static (int Least, int Most) Counts(double rate, int of, double tail)
    {
        if (rate is <= 0 or >= 1)
        {
            int only = rate <= 0 ? 0 : of;
            return (only, only);
        }

        // Chances by their ratio to the most likely count's: each follows from its neighbour, and those farther away than these are nothing beside the sum.
        const double Nothing = 1e-18;
        double odds = rate / (1 - rate);
        int mode = Math.Min(of, (int)((of + 1.0) * rate));
        double sum = 1;
        (int lowest, double lowestChance) = (mode, 1);
        while (lowest > 0 && lowestChance > Nothing)
        {
            lowestChance /= Rise(lowest - 1);
            lowest--;
            sum += lowestChance;
        }

        (int highest, double highestChance) = (mode, 1);
        while (highest < of && highestChance > Nothing)
        {
            highestChance *= Rise(highest);
            highest++;
            sum += highestChance;
        }

        int least = lowest;
        for (double chance = lowestChance, below = chance; below <= tail * sum && least < of; below += chance)
        {
            chance *= Rise(least++);
        }

        int most = highest;
        for (double chance = highestChance, above = chance; above <= tail * sum && most > 0; above += chance)
        {
            chance /= Rise(--most);
        }

        return (least, most);

        // The chance of one more, divided by that of the count.
        double Rise(int count) => (of - count) / (count + 1.0) * odds;
    }
}
