namespace Threadwell.Care.Registry;

/// <summary>
/// Times of many patients, counted at each time at which one of them begins or ends: all that curves are computed from, whoever the patients are. Times that are told to a tenth of a month are a few hundred
/// for any number of patients.
/// </summary>
public sealed class CountedTimes
{
    private readonly double[] months;
    private readonly int[] beginning;
    private readonly int[] ending;
    private readonly int[] happened;
    private readonly int[] events;

    /// <summary>Begins to count.</summary>
    /// <param name="months">Every time at which one may begin or end, each once and in order, months; finite and not negative.</param>
    /// <exception cref="ArgumentException">They are not in order, or one is impossible.</exception>
    public CountedTimes(IReadOnlyList<double> months)
    {
        ArgumentNullException.ThrowIfNull(months);
        this.months = [.. months];
        for (int index = 0; index < this.months.Length; index++)
        {
            if (!(this.months[index] >= 0 && double.IsFinite(this.months[index]) && (index == 0 || this.months[index] > this.months[index - 1])))
            {
                throw new ArgumentException("Times are finite and not negative, and stand in order.", nameof(months));
            }
        }

        beginning = new int[this.months.Length];
        ending = new int[this.months.Length];
        happened = new int[this.months.Length];
        events = new int[this.months.Length];
    }

    /// <summary>How many are counted.</summary>
    public int Count { get; private set; }

    /// <summary>The times in order, months.</summary>
    internal ReadOnlySpan<double> Months => months;

    /// <summary>How many are followed from each time on.</summary>
    internal ReadOnlySpan<int> Beginning => beginning;

    /// <summary>How many are followed until each time.</summary>
    internal ReadOnlySpan<int> Ending => ending;

    /// <summary>To how many of those it happened while they were followed.</summary>
    internal ReadOnlySpan<int> Events => events;

    /// <summary>Counts times.</summary>
    /// <param name="times">A time for each patient, in any order.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite, or begins after its end.</exception>
    public static CountedTimes Of(IEnumerable<TimeToEvent> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        TimeToEvent[] all = [.. times];
        if (Array.Exists(all, time => !(time.EntryMonths >= 0 && time.Months >= time.EntryMonths && double.IsFinite(time.Months))))
        {
            throw new ArgumentException("Times are finite and not negative, and begin before their end.", nameof(times));
        }

        double[] axis = [.. all.Select(time => time.Months).Concat(all.Select(time => time.EntryMonths)).Distinct().Order()];
        var counted = new CountedTimes(axis);
        foreach (TimeToEvent time in all)
        {
            counted.Add(Array.BinarySearch(axis, time.EntryMonths), Array.BinarySearch(axis, time.Months), time.Happened);
        }

        return counted;
    }

    /// <summary>Counts one more.</summary>
    /// <param name="begin">Position of the time from which she was followed.</param>
    /// <param name="end">Position of the time until which she was; not before the other.</param>
    /// <param name="isEvent">Whether it happened then.</param>
    public void Add(int begin, int end, bool isEvent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, begin);
        Count++;
        beginning[begin]++;
        ending[end]++;
        if (isEvent)
        {
            happened[end]++;

            // What was found when she was first seen did not happen while she was followed.
            events[end] += begin < end || months[begin] == 0 ? 1 : 0;
        }
    }

    /// <summary>How many were followed, and without it, just before a time (<see cref="TimeToEvent.IsAtRisk"/>).</summary>
    /// <param name="at">The time, months.</param>
    public int AtRisk(double at)
    {
        int followed = 0;
        for (int index = 0; index < months.Length && (months[index] < at || months[index] == 0); index++)
        {
            followed += beginning[index] - (months[index] < at ? ending[index] : 0);
        }

        return followed;
    }

    /// <summary>Those who were followed longer than until a time, from then on.</summary>
    /// <param name="from">One of the times at which one begins or ends, or nought: then it is all of them.</param>
    /// <exception cref="ArgumentException">It is none of the times.</exception>
    public CountedTimes From(double from)
    {
        if (from == 0)
        {
            return this;
        }

        int first = Array.BinarySearch(months, from);
        if (first < 0)
        {
            throw new ArgumentException("Nobody begins or ends at this time.", nameof(from));
        }

        var rest = new CountedTimes(months);
        for (int index = 0; index < months.Length; index++)
        {
            // Who ended by then began by then.
            rest.beginning[Math.Max(index, first)] += beginning[index] - (index <= first ? ending[index] : 0);
            if (index > first)
            {
                (rest.ending[index], rest.happened[index], rest.events[index]) = (ending[index], happened[index], events[index]);
                rest.Count += ending[index];
            }
        }

        return rest;
    }

    /// <summary>The time until anybody is no longer followed for another reason than that it happened, from nought on: follow-up itself, with event and censoring exchanged.</summary>
    public CountedTimes FollowUp()
    {
        if (months is [] or [0, ..])
        {
            return Exchanged(months, 0);
        }

        return Exchanged([0, .. months], 1);

        CountedTimes Exchanged(double[] axis, int shift)
        {
            var exchanged = new CountedTimes(axis) { Count = Count };
            for (int index = 0; index < months.Length; index++)
            {
                exchanged.beginning[0] += beginning[index];
                exchanged.ending[index + shift] = ending[index];
                exchanged.happened[index + shift] = exchanged.events[index + shift] = ending[index] - happened[index];
            }

            return exchanged;
        }
    }
}
