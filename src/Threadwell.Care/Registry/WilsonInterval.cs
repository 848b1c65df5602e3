namespace Threadwell.Care.Registry;

/// <summary>A rate with its interval.</summary>
/// <param name="Events">How often it happened.</param>
/// <param name="Of">Among how many.</param>
/// <param name="Rate">Events among all; not a number among none.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record RateInterval(int Events, int Of, double Rate, double Low, double High);

/// <summary>Score interval of a rate (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209): it stays between 0 and 1 and tells something also where nothing happened.</summary>
public static class WilsonInterval
{
    /// <summary>Computes it.</summary>
    /// <param name="events">How often it happened; not negative.</param>
    /// <param name="of">Among how many; not fewer than the events.</param>
    /// <param name="level">Confidence, between 0 and 1.</param>
    /// <returns>The interval; from 0 to 1 among none, for then nothing is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static RateInterval Of(int events, int of, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(of, events);
        double z = NormalQuantile.TwoSided(level);
        if (of == 0)
        {
            return new RateInterval(0, 0, double.NaN, 0, 1);
        }

        double rate = (double)events / of;
        double squared = z * z;
        double middle = (rate + (squared / (2 * of))) / (1 + (squared / of));
        double half = z / (1 + (squared / of)) * Math.Sqrt((rate * (1 - rate) / of) + (squared / (4.0 * of * of)));

        // At the ends the formula gives exactly 0 and 1, which rounding may miss.
        return new RateInterval(events, of, rate, events == 0 ? 0 : Math.Max(0, middle - half), events == of ? 1 : Math.Min(1, middle + half));
    }
}
