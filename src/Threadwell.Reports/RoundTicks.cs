namespace Threadwell.Reports;

/// <summary>Round tick values for an axis or a legend.</summary>
public static class RoundTicks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten within a range, both ends included.</summary>
    /// <param name="low">Start of the range.</param>
    /// <param name="high">End of the range; above <paramref name="low"/>.</param>
    /// <param name="about">About how many ticks are wanted.</param>
    public static IReadOnlyList<double> Between(double low, double high, int about)
    {
        double step = Step(high - low, about);
        double slack = 1e-9 * (high - low);
        var ticks = new List<double>();
        for (double index = Math.Ceiling((low - slack) / step); index * step <= high + slack; index++)
        {
            ticks.Add(index == 0 ? 0 : index * step);
        }

        return ticks;
    }

    /// <summary>The round step that divides a length into about that many parts.</summary>
    public static double Step(double length, int about)
    {
        double raw = length / Math.Max(1, about);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double factor = raw / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }
}
