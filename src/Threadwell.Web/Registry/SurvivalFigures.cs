using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>A curve at one time.</summary>
/// <param name="Months">The time.</param>
/// <param name="AtRisk">How many were followed then, without it.</param>
/// <param name="Without">Share without it.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record SurvivalPoint(double Months, int AtRisk, double Without, double Low, double High);

/// <summary>A curve over time, as far as enough patients are followed.</summary>
public sealed class SurvivalLine
{
    private readonly CountedTimes times;

    private SurvivalLine(string group, CountedTimes times, double from, double until)
    {
        Group = group;
        From = from;
        Until = until;
        this.times = times;

        // The share is of those who were without it at its begin: what came before rests on too few, and one loss among few would weigh on all that follows.
        Curve = KaplanMeier.Of(times.From(from));
        Events = Curve.Steps.Where(step => step.Months <= until).Sum(step => step.Events);
        SurvivalStep? first = Curve.Steps is [var step, ..] && step.Months <= until ? step : null;
        int whole = first?.AtRisk ?? times.AtRisk(until);
        Unbroken = WilsonInterval.Of(whole, whole);
        Median = Curve.TimeUntil() is var (months, low, high) ? (Within(months), Within(low), Within(high)) : default;
        FollowUpMonths = KaplanMeier.Of(times.FollowUp()).TimeUntil().Months;
    }

    /// <summary>Times at which a curve is written out, months: those at which patients are asked and seen.</summary>
    public static IReadOnlyList<double> Written { get; } = [3, 6, 12, 18, 24, 36, 48, 60];

    /// <summary>Value of the dimension by which curves are told apart; empty for all.</summary>
    public string Group { get; }

    /// <summary>How many treatments.</summary>
    public int Count => times.Count;

    /// <summary>To how many it happened, as far as the curve is shown: what it falls by.</summary>
    public int Events { get; }

    /// <summary>The curve.</summary>
    public KaplanMeier Curve { get; }

    /// <summary>The time from which it is shown: from then on enough are followed.</summary>
    public double From { get; }

    /// <summary>The time until which it is shown: so long enough are followed.</summary>
    public double Until { get; }

    /// <summary>
    /// The share before the first event, with its interval: Wilson's, of none among those who were followed when it first happened (where it did not happen, of those followed at the end), for Greenwood's
    /// variance is nil there although not everything is known. The share only falls, so what bounds it from below later bounds it earlier, too.
    /// </summary>
    public RateInterval Unbroken { get; }

    /// <summary>The median with its interval; null where the curve, as far as it is shown, does not fall so far.</summary>
    public (double? Months, double? Low, double? High) Median { get; }

    /// <summary>Median time of follow-up, from the treatment on also where it was first measured later (M. Schemper and T. L. Smith, Control. Clin. Trials 17 (1996) 343: the curve with event and censoring exchanged); null where it is not reached.</summary>
    public double? FollowUpMonths { get; }

    /// <summary>Makes one.</summary>
    /// <param name="group">Value of the dimension.</param>
    /// <param name="times">The times of all treatments.</param>
    /// <param name="holds">Which treatments it is of.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The curve; null where at no time so many were followed.</returns>
    internal static SurvivalLine? Of(string group, FollowedTimes times, Func<int, bool> holds, int least) =>
        times.Longest(holds, least) is var (from, until) ? new SurvivalLine(group, times.Count(holds), from, until) : null;

    /// <summary>The curve at a time; null where it is not shown.</summary>
    /// <param name="months">The time.</param>
    public SurvivalPoint? At(double months)
    {
        if (months > Until || (months <= From && From > 0))
        {
            return null;
        }

        int atRisk = times.AtRisk(months);
        return Curve.Steps.LastOrDefault(candidate => candidate.Months <= months) is { } step
            ? new SurvivalPoint(months, atRisk, step.Without, step.Low, step.High)
            : new SurvivalPoint(months, atRisk, 1, Unbroken.Low, 1);
    }

    private double? Within(double? months) => months <= Until ? months : null;
}

/// <summary>Time until something happens, in a selection.</summary>
/// <param name="All">All of it; null where too few were followed.</param>
/// <param name="Groups">By group, those that may be shown.</param>
/// <param name="IsWithheld">Whether a group is withheld.</param>
/// <param name="Lost">How many of all were recorded as lost.</param>
/// <param name="Died">How many of all died.</param>
public sealed record SurvivalFigures(SurvivalLine? All, IReadOnlyList<SurvivalLine> Groups, bool IsWithheld, RateInterval Lost, int Died)
{
    /// <summary>Computes them.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="of">What is waited for.</param>
    internal static SurvivalFigures Of(RegistrySelection selection, RegistryTime of)
    {
        Disclosure disclosure = selection.Disclosure;
        RegistryCodes codes = selection.Codes;
        FollowedTimes times = codes.TimesOf(of);
        int followed = 0;
        int lost = 0;
        int died = 0;
        for (int row = 0; row < codes.Count; row++)
        {
            if (times.Has(row) && disclosure.IsSelected(row))
            {
                followed++;
                lost += codes.Lost[row] ? 1 : 0;
                died += codes.Died[row] ? 1 : 0;
            }
        }

        SurvivalLine? all = disclosure.MaySay(times.Has) ? SurvivalLine.Of("", times, disclosure.IsSelected, disclosure.Least) : null;
        (IReadOnlyList<SurvivalLine> groups, bool isWithheld) = all is not null && selection.Filter.By is { } by ? GroupsBy(selection, times, by, disclosure.Shown(by, of)) : ([], false);
        return new SurvivalFigures(all, groups, isWithheld, WilsonInterval.Of(lost, followed), died);
    }

    private static (IReadOnlyList<SurvivalLine> Groups, bool IsWithheld) GroupsBy(RegistrySelection selection, FollowedTimes times, RegistryDimension by, IReadOnlySet<string> shown)
    {
        Disclosure disclosure = selection.Disclosure;
        int dimension = RegistryCodes.PlaceOf(by);
        int[] values = selection.Codes.Codes[dimension];
        int[] sizes = new int[selection.Codes.Names[dimension].Count];
        for (int row = 0; row < values.Length; row++)
        {
            sizes[values[row]] += times.Has(row) && disclosure.IsSelected(row) ? 1 : 0;
        }

        SurvivalLine[] groups =
        [
            .. selection.Codes.Names[dimension].Where(value => sizes[value.Value] > 0 && shown.Contains(value.Key)).OrderByDescending(value => sizes[value.Value]).ThenBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => SurvivalLine.Of(value.Key, times, row => values[row] == value.Value && disclosure.IsSelected(row), disclosure.Least)).OfType<SurvivalLine>(),
        ];
        return (groups, groups.Length < sizes.Count(size => size > 0));
    }
}
