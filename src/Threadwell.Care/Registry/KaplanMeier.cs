namespace Threadwell.Care.Registry;

/// <summary>One patient's time.</summary>
/// <param name="Months">Time until it happened, or until the patient was last seen without it; not negative.</param>
/// <param name="Happened">True where it happened; false where the patient was last seen without it (censored).</param>
/// <param name="EntryMonths">
/// From when she was followed without it; not negative and not after <paramref name="Months"/>. Before, it could not have been seen, so she does not count as one to whom it did not happen (delayed entry).
/// </param>
public readonly record struct TimeToEvent(double Months, bool Happened, double EntryMonths = 0)
{
    /// <summary>Whether she was followed, and without it, just before a time.</summary>
    /// <param name="months">The time.</param>
    public bool IsAtRisk(double months) => (EntryMonths < months || EntryMonths == 0) && Months >= months;
}

/// <summary>The curve after one time at which something happened.</summary>
/// <param name="Months">The time.</param>
/// <param name="AtRisk">How many were still followed and without it just before.</param>
/// <param name="Events">To how many it happened at this time.</param>
/// <param name="Without">Share without it afterwards.</param>
/// <param name="StandardError">Standard error of that share (Greenwood).</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record SurvivalStep(double Months, int AtRisk, int Events, double Without, double StandardError, double Low, double High);

/// <summary>
/// The share of patients to whom something has not yet happened, over time, with those who are no longer followed counted for as long as they were (E. L. Kaplan and P. Meier,
/// J. Am. Stat. Assoc. 53 (1958) 457), and those who are followed from later on counted from then on (W.-Y. Tsai, N. P. Jewell and M.-C. Wang, Biometrika 74 (1987) 883); variance by Greenwood, intervals on the scale of log(-log) (J. D. Kalbfleisch and R. L. Prentice), which stay between 0 and 1.
/// </summary>
public sealed class KaplanMeier
{
    private KaplanMeier(IReadOnlyList<SurvivalStep> steps, int count, double lastSeen)
    {
        Steps = steps;
        Count = count;
        LastSeenMonths = lastSeen;
    }

    /// <summary>The curve's steps, by time.</summary>
    public IReadOnlyList<SurvivalStep> Steps { get; }

    /// <summary>How many patients it rests on.</summary>
    public int Count { get; }

    /// <summary>The longest time that anybody was followed: beyond it nothing is known.</summary>
    public double LastSeenMonths { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="times">A time for each patient, in any order. Where both fall on one time, events count before censorings.</param>
    /// <param name="level">Confidence of the intervals, between 0 and 1.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite, or begins after its end.</exception>
    public static KaplanMeier Of(IEnumerable<TimeToEvent> times, double level = 0.95) => Of(CountedTimes.Of(times), level);

    /// <summary>Computes the curve of times that are counted already.</summary>
    /// <param name="times">The times. Where both fall on one time, events count before censorings.</param>
    /// <param name="level">Confidence of the intervals, between 0 and 1.</param>
    public static KaplanMeier Of(CountedTimes times, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(times);
        double z = NormalQuantile.TwoSided(level);
        var steps = new List<SurvivalStep>();
        int followed = 0;
        double lastSeen = 0;
        double without = 1;
        double greenwood = 0;
        for (int index = 0; index < times.Months.Length; index++)
        {
            double month = times.Months[index];

            // Who begins at a time counts after it; who begins at nought, at once.
            followed += month == 0 ? times.Beginning[index] : 0;
            if (times.Events[index] is > 0 and var events)
            {
                without *= 1 - ((double)events / followed);
                greenwood += followed == events ? double.PositiveInfinity : events / ((double)followed * (followed - events));
                steps.Add(Step(month, followed, events, without, greenwood, z));
            }

            lastSeen = times.Ending[index] > 0 ? month : lastSeen;
            followed += (month == 0 ? 0 : times.Beginning[index]) - times.Ending[index];
        }

        return new KaplanMeier(steps, times.Count, lastSeen);
    }

    /// <summary>The share without it at a time; null beyond the longest time that anybody was followed.</summary>
    /// <param name="months">The time.</param>
    public double? WithoutAt(double months)
    {
        if (months > LastSeenMonths)
        {
            return null;
        }

        double without = 1;
        foreach (SurvivalStep step in Steps.TakeWhile(step => step.Months <= months))
        {
            without = step.Without;
        }

        return without;
    }

    /// <summary>
    /// The time by which it has happened to a share of patients, with its interval (R. Brookmeyer and J. Crowley, Biometrics 38 (1982) 29: where the curve's own interval passes the share).
    /// Each is null where the curve does not fall so far.
    /// </summary>
    /// <param name="share">The share to whom it has happened: 0.5 for the median.</param>
    public (double? Months, double? Low, double? High) TimeUntil(double share = 0.5)
    {
        double left = 1 - share;

        // Equal shares that went through different products differ in their last digit.
        const double Same = 1e-12;
        double? First(Func<SurvivalStep, double> of) => Steps.FirstOrDefault(step => of(step) <= left + Same)?.Months;
        return (First(step => step.Without), First(step => step.Low), First(step => step.High));
    }

    private static SurvivalStep Step(double month, int atRisk, int events, double without, double greenwood, double z)
    {
        if (without <= 0)
        {
            // Nobody is left: Greenwood's variance is no longer defined.
            return new SurvivalStep(month, atRisk, events, 0, double.NaN, 0, 0);
        }

        double logarithm = Math.Log(without);
        double spread = z * Math.Sqrt(greenwood) / Math.Abs(logarithm);
        return new SurvivalStep(month, atRisk, events, without, without * Math.Sqrt(greenwood), Math.Exp(logarithm * Math.Exp(spread)), Math.Exp(logarithm * Math.Exp(-spread)));
    }
}
