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
    private readonly TimeToEvent[] times;

    private SurvivalLine(string group, TimeToEvent[] times, double from, double until)
    {
        Group = group;
        From = from;
        Until = until;
        this.times = times;

        // The share is of those who were without it at its begin: what came before rests on too few, and one loss among few would weigh on all that follows.
        Curve = KaplanMeier.Of(times.Where(time => time.Months > from || from == 0).Select(time => time with { EntryMonths = Math.Max(time.EntryMonths, from) }));
        Events = Curve.Steps.Where(step => step.Months <= until).Sum(step => step.Events);
        SurvivalStep? first = Curve.Steps is [var step, ..] && step.Months <= until ? step : null;
        int whole = first?.AtRisk ?? times.Count(time => time.IsAtRisk(until));
        Unbroken = WilsonInterval.Of(whole, whole);
        Median = Curve.TimeUntil() is var (months, low, high) ? (Within(months), Within(low), Within(high)) : default;
        FollowUpMonths = KaplanMeier.Of(times.Select(time => new TimeToEvent(time.Months, !time.Happened))).TimeUntil().Months;
    }

    /// <summary>Times at which a curve is written out, months: those at which patients are asked and seen.</summary>
    public static IReadOnlyList<double> Written { get; } = [3, 6, 12, 18, 24, 36, 48, 60];

    /// <summary>Value of the dimension by which curves are told apart; empty for all.</summary>
    public string Group { get; }

    /// <summary>How many treatments.</summary>
    public int Count => times.Length;

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
    /// <param name="times">A time for each treatment, with its patient.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The curve; null where at no time so many were followed.</returns>
    public static SurvivalLine? Of(string group, IEnumerable<(Guid Patient, TimeToEvent Time)> times, int least)
    {
        (Guid Patient, TimeToEvent Time)[] all = [.. times];
        return Enough(all, least) is var (from, until) ? new SurvivalLine(group, [.. all.Select(row => row.Time)], from, until) : null;
    }

    /// <summary>The curve at a time; null where it is not shown.</summary>
    /// <param name="months">The time.</param>
    public SurvivalPoint? At(double months)
    {
        if (months > Until || (months <= From && From > 0))
        {
            return null;
        }

        int atRisk = times.Count(time => time.IsAtRisk(months));
        return Curve.Steps.LastOrDefault(candidate => candidate.Months <= months) is { } step
            ? new SurvivalPoint(months, atRisk, step.Without, step.Low, step.High)
            : new SurvivalPoint(months, atRisk, 1, Unbroken.Low, 1);
    }

    // The longest stretch of time during which enough people (not treatments: some are treated twice) are followed without it.
    private static (double From, double Until)? Enough((Guid Patient, TimeToEvent Time)[] all, int least)
    {
        (Guid Patient, TimeToEvent Time)[] entering = [.. all.Where(row => row.Time.EntryMonths < row.Time.Months || row.Time.Months == 0).OrderBy(row => row.Time.EntryMonths)];
        (Guid Patient, TimeToEvent Time)[] leaving = [.. entering.OrderBy(row => row.Time.Months)];
        var followed = new Dictionary<Guid, int>();
        int entered = 0;
        Enter(row => row.EntryMonths == 0);
        (double From, double Until)? longest = null;
        double? from = followed.Count >= least ? 0 : null;
        for (int left = 0; left < leaving.Length;)
        {
            double month = leaving[left].Time.Months;
            while (entered < entering.Length && entering[entered].Time.EntryMonths is var entry && entry < month)
            {
                Enter(row => row.EntryMonths == entry);
                from ??= followed.Count >= least ? entry : null;
            }

            if (from is { } begun && (longest is not { } found || month - begun > found.Until - found.From))
            {
                longest = (begun, month);
            }

            for (; left < leaving.Length && leaving[left].Time.Months == month; left++)
            {
                if (--followed[leaving[left].Patient] == 0)
                {
                    followed.Remove(leaving[left].Patient);
                }
            }

            // Who enters at the same time is followed from then on.
            Enter(row => row.EntryMonths <= month);
            from = followed.Count < least ? null : from ?? month;
        }

        return longest;

        void Enter(Func<TimeToEvent, bool> now)
        {
            for (; entered < entering.Length && now(entering[entered].Time); entered++)
            {
                followed[entering[entered].Patient] = followed.GetValueOrDefault(entering[entered].Patient) + 1;
            }
        }
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
        SurvivalLine? all = selection.Disclosure.MaySay(treatment => of(treatment) is not null) ? Line("", followed) : null;
        var groups = new List<SurvivalLine>();
        bool withheld = false;
        if (all is not null && selection.Filter.By is { } by)
        {
            IReadOnlySet<string> shown = selection.Disclosure.Shown(by, treatment => of(treatment) is not null);
            ILookup<string, RegistryTreatment> values = followed.ToLookup(by.Of, StringComparer.Ordinal);
            groups.AddRange(values.Where(value => shown.Contains(value.Key)).OrderByDescending(value => value.Count()).ThenBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => Line(value.Key, value)).OfType<SurvivalLine>());
            withheld = groups.Count < values.Count;
        }

        return new SurvivalFigures(all, groups, withheld, WilsonInterval.Of(followed.Count(treatment => treatment.LostOn is not null), followed.Length), followed.Count(treatment => treatment.DiedOn is not null));

        SurvivalLine? Line(string group, IEnumerable<RegistryTreatment> treatments) => SurvivalLine.Of(group, treatments.Select(treatment => (treatment.PatientId, of(treatment)!.Value)), least);
    }
}
