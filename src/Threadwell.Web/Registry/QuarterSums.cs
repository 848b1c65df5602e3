using System.Runtime.InteropServices;

namespace Threadwell.Web.Registry;

/// <summary>A cell of treatments that agree in some dimensions.</summary>
/// <param name="Row">One of its treatments.</param>
/// <param name="First">Where its sums begin.</param>
/// <param name="After">Where they end.</param>
internal readonly record struct SummedCell(int Row, int First, int After);

/// <summary>Weights of treatments summed by some dimensions and by quarter, so that the sum of a cell over any period is the difference of two numbers.</summary>
internal sealed class QuarterSums
{
    private readonly long[] keys;
    private readonly int[] rows;
    private readonly long[] until;
    private readonly int firstQuarter;
    private readonly int quarters;

    /// <summary>Sums up.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="dimensions">A bit for each dimension.</param>
    /// <param name="kinds">One treatment of each kind, and the weight of all of it.</param>
    public QuarterSums(RegistryCodes codes, int dimensions, (int Row, long Weight)[] kinds)
    {
        firstQuarter = codes.FirstQuarter;
        quarters = codes.LastQuarter - codes.FirstQuarter + 1;
        var sums = new Dictionary<long, (int Row, long Weight)>();
        foreach ((int row, long weight) in kinds)
        {
            ref (int Row, long Weight) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (codes.CellOf(dimensions, row) * quarters) + codes.Quarters[row] - firstQuarter, out bool isKnown);
            sum = (isKnown ? sum.Row : row, sum.Weight + weight);
        }

        keys = [.. sums.Keys];
        Array.Sort(keys);
        rows = new int[keys.Length];
        until = new long[keys.Length + 1];
        for (int place = 0; place < keys.Length; place++)
        {
            (rows[place], long weight) = sums[keys[place]];
            until[place + 1] = until[place] + weight;
        }
    }

    /// <summary>The cells that hold anybody.</summary>
    public IEnumerable<SummedCell> Cells()
    {
        for (int first = 0; first < keys.Length;)
        {
            int after = first + 1;
            while (after < keys.Length && keys[after] / quarters == keys[first] / quarters)
            {
                after++;
            }

            yield return new SummedCell(rows[first], first, after);
            first = after;
        }
    }

    /// <summary>The quarter of a sum.</summary>
    /// <param name="place">Its place.</param>
    public int QuarterAt(int place) => firstQuarter + (int)(keys[place] % quarters);

    /// <summary>A treatment of a sum.</summary>
    /// <param name="place">Its place.</param>
    public int RowAt(int place) => rows[place];

    /// <summary>The weight of a sum.</summary>
    /// <param name="place">Its place.</param>
    public long WeightAt(int place) => until[place + 1] - until[place];

    /// <summary>The weight of a cell in a period.</summary>
    /// <param name="cell">The cell's number, by these dimensions (<see cref="RegistryCodes.CellOf(int, int)"/>).</param>
    /// <param name="first">First quarter of the period.</param>
    /// <param name="last">Last quarter of the period.</param>
    public long Of(long cell, int first, int last)
    {
        long from = Math.Max(0, first - firstQuarter);
        long to = Math.Min(quarters - 1, last - firstQuarter);
        return from > to ? 0 : until[PlaceOf((cell * quarters) + to + 1)] - until[PlaceOf((cell * quarters) + from)];
    }

    // The first place whose key is not below.
    private int PlaceOf(long key)
    {
        int low = 0;
        int high = keys.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = keys[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
