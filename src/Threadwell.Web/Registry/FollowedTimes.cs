using System.Buffers;
using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>The time of each treatment until one thing happened, in order of time: sorted once for a list of treatments, whatever is chosen of it.</summary>
internal sealed class FollowedTimes
{
    private const int None = -1;

    private readonly double[] months;
    private readonly int[] begins;
    private readonly int[] ends;
    private readonly bool[] happened;
    private readonly int[] byBegin;
    private readonly int[] byEnd;
    private readonly int[] patients;

    /// <summary>Sorts them.</summary>
    /// <param name="patients">The patient of each treatment, numbered from nought on and below the number of treatments.</param>
    /// <param name="timeOf">The time of a treatment; null where it has none.</param>
    public FollowedTimes(int[] patients, Func<int, TimeToEvent?> timeOf)
    {
        this.patients = patients;
        var places = new Dictionary<double, int>();
        for (int row = 0; row < patients.Length; row++)
        {
            if (timeOf(row) is { } known)
            {
                places[known.EntryMonths] = places[known.Months] = None;
            }
        }

        months = [.. places.Keys.Order()];
        for (int place = 0; place < months.Length; place++)
        {
            places[months[place]] = place;
        }

        begins = new int[patients.Length];
        ends = new int[patients.Length];
        happened = new bool[patients.Length];
        for (int row = 0; row < patients.Length; row++)
        {
            (begins[row], ends[row], happened[row]) = timeOf(row) is { } known ? (places[known.EntryMonths], places[known.Months], known.Happened) : (None, None, false);
        }

        byBegin = InOrder(begins);
        byEnd = InOrder(ends);
    }

    /// <summary>Whether a treatment has a time.</summary>
    public bool Has(int row) => ends[row] != None;

    /// <summary>Counts the times of some treatments.</summary>
    /// <param name="holds">Which.</param>
    public CountedTimes Count(Func<int, bool> holds)
    {
        var counted = new CountedTimes(months);
        for (int row = 0; row < ends.Length; row++)
        {
            if (ends[row] != None && holds(row))
            {
                counted.Add(begins[row], ends[row], happened[row]);
            }
        }

        return counted;
    }

    /// <summary>The longest stretch of time during which enough people (not treatments: some are treated twice) are followed without it.</summary>
    /// <param name="holds">Whose treatments are looked at.</param>
    /// <param name="least">How many people are enough.</param>
    /// <returns>Its begin and end, months; null where at no time so many are followed.</returns>
    public (double From, double Until)? Longest(Func<int, bool> holds, int least)
    {
        int[] followed = ArrayPool<int>.Shared.Rent(patients.Length);
        Array.Clear(followed);
        try
        {
            return Longest(holds, least, followed);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(followed);
        }
    }

    private (double From, double Until)? Longest(Func<int, bool> holds, int least, int[] followed)
    {
        int people = 0;
        int entered = 0;
        while (entered < byBegin.Length && BeginOf(entered) == 0)
        {
            Enter();
        }

        (double From, double Until)? longest = null;
        double? from = people >= least ? 0 : null;
        for (int left = 0; left < byEnd.Length;)
        {
            if (!Counts(byEnd[left]))
            {
                left++;
                continue;
            }

            double month = EndOf(left);
            while (entered < byBegin.Length && BeginOf(entered) is var begin && begin < month)
            {
                Enter();
                if (entered == byBegin.Length || BeginOf(entered) != begin)
                {
                    from ??= people >= least ? begin : null;
                }
            }

            if (from is { } begun && (longest is not { } found || month - begun > found.Until - found.From))
            {
                longest = (begun, month);
            }

            for (; left < byEnd.Length && EndOf(left) == month; left++)
            {
                if (Counts(byEnd[left]) && --followed[patients[byEnd[left]]] == 0)
                {
                    people--;
                }
            }

            // Who enters at the same time is followed from then on.
            while (entered < byBegin.Length && BeginOf(entered) <= month)
            {
                Enter();
            }

            from = people < least ? null : from ?? month;
        }

        return longest;

        // Who ended when she began was not followed, unless both are the day of the treatment.
        bool Counts(int row) => (begins[row] < ends[row] || months[ends[row]] == 0) && holds(row);

        double BeginOf(int index) => months[begins[byBegin[index]]];

        double EndOf(int index) => months[ends[byEnd[index]]];

        void Enter()
        {
            int row = byBegin[entered++];
            if (Counts(row) && followed[patients[row]]++ == 0)
            {
                people++;
            }
        }
    }

    // The treatments that have a place, by it.
    private int[] InOrder(int[] places)
    {
        int[] next = new int[months.Length + 1];
        foreach (int place in places)
        {
            next[place + 1]++;
        }

        next[0] = 0;
        for (int place = 1; place < next.Length; place++)
        {
            next[place] += next[place - 1];
        }

        int[] ordered = new int[next[^1]];
        for (int row = 0; row < places.Length; row++)
        {
            if (places[row] != None)
            {
                ordered[next[places[row]]++] = row;
            }
        }

        return ordered;
    }
}
