using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>A curve at one time.</summary>
/// <param name="Months">The time.</param>
/// <param name="AtRisk">How many were followed until then, or longer, without it.</param>
/// <param name="Without">Share without it.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record SurvivalPoint(double Months, int AtRisk, double Without, double Low, double High);

/// <summary>A curve over time.</summary>
public sealed class SurvivalLine
{
    private readonly double[] times;

    private SurvivalLine(string group, TimeToEvent[] all, int least)
    {
        Group = group;
        Curve = KaplanMeier.Of(all);
        Events = all.Count(time => time.Happened);
        times = [.. all.Select(time => time.Months).Order()];

        // Beyond, fewer than the least are followed: it would tell of them, and rests on them.
        Until = times[^least];
        Median = Curve.TimeUntil() is var (months, low, high) ? (Within(months), Within(low), Within(high)) : default;
        FollowUpMonths = KaplanMeier.Of(all.Select(time => time with { Happened = !time.Happened })).TimeUntil().Months;
    }

    /// <summary>Times at which a curve is written out, months: those at which patients are asked and seen.</summary>
    public static IReadOnlyList<double> Written { get; } = [3, 6, 12, 18, 24, 36, 48, 60];

    /// <summary>Value of the dimension by which curves are told apart; empty for all.</summary>
    public string Group { get; }

    /// <summary>How many treatments.</summary>
    public int Count => times.Length;

    /// <summary>To how many it happened.</summary>
    public int Events { get; }

    /// <summary>The curve.</summary>
    public KaplanMeier Curve { get; }

    /// <summary>The time until which it is shown: so long enough are followed.</summary>
    public double Until { get; }

    /// <summary>The median with its interval; null where the curve, as far as it is shown, does not fall so far.</summary>
    public (double? Months, double? Low, double? High) Median { get; }

    /// <summary>Median time of follow-up (M. Schemper and T. L. Smith, Control. Clin. Trials 17 (1996) 343: the curve with event and censoring exchanged); null where it is not reached.</summary>
    public double? FollowUpMonths { get; }

    /// <summary>Makes one.</summary>
    /// <param name="group">Value of the dimension.</param>
    /// <param name="times">A time for each treatment; at least as many as are told of.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public static SurvivalLine Of(string group, IEnumerable<TimeToEvent> times, int least) => new(group, [.. times], least);

    /// <summary>The curve at a time; null beyond what is shown.</summary>
    /// <param name="months">The time.</param>
    public SurvivalPoint? At(double months)
    {
        if (months > Until)
        {
            return null;
        }

        SurvivalStep? step = Curve.Steps.LastOrDefault(candidate => candidate.Months <= months);
        return new SurvivalPoint(months, times.Count(time => time >= months), step?.Without ?? 1, step?.Low ?? 1, step?.High ?? 1);
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
    /// <param name="of">The time of a treatment; null where it has none.</param>
    internal static SurvivalFigures Of(RegistrySelection selection, Func<RegistryTreatment, TimeToEvent?> of)
    {
        int least = selection.Disclosure.Least;
        RegistryTreatment[] followed = [.. selection.Treatments.Where(treatment => of(treatment) is not null)];
        SurvivalLine? all = selection.Disclosure.MaySay(treatment => of(treatment) is not null) ? SurvivalLine.Of("", followed.Select(treatment => of(treatment)!.Value), least) : null;
        var groups = new List<SurvivalLine>();
        bool withheld = false;
        if (all is not null && selection.Filter.By is { } by)
        {
            IReadOnlySet<string> shown = selection.Disclosure.Shown(by, treatment => of(treatment) is not null);
            ILookup<string, RegistryTreatment> values = followed.ToLookup(by.Of, StringComparer.Ordinal);
            groups.AddRange(values.Where(value => shown.Contains(value.Key)).OrderByDescending(value => value.Count()).ThenBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => SurvivalLine.Of(value.Key, value.Select(treatment => of(treatment)!.Value), least)));
            withheld = groups.Count < values.Count;
        }

        return new SurvivalFigures(all, groups, withheld, WilsonInterval.Of(followed.Count(treatment => treatment.LostOn is not null), followed.Length), followed.Count(treatment => treatment.DiedOn is not null));
    }
}
