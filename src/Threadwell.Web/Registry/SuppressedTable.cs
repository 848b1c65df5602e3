using System.Collections.Concurrent;
using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// Which cells of a table of treatments by some dimensions, and by whether they fall into a period, may be shown (docs/care/registry.md). Withheld is a cell of few patients; one from which, with the sums over
/// each dimension, few could be had by subtraction; one that shares a further value, or some quarters, in all its patients and from which few could be had by that; one whose period cuts its own blocks of
/// quarters; one whose sum over a dimension is withheld; and further ones, until on each line of the table what is withheld is two cells or more that hold enough together.
/// </summary>
internal sealed class SuppressedTable
{
    // A finer table tells of few in nearly every cell, and would take long to judge.
    private const int MostCells = 3000;

    // So many kinds of treatments are looked at to judge a table; what is not judged by then is withheld.
    private const long MostLooks = 200_000_000;

    // A cell may hold a part of a patient alone, which is not nobody: lines are judged in parts. Nobody is treated as often.
    private const int Parts = 1000;

    // Sums of parts of one are whole but for rounding.
    private const double Slack = 1e-9;

    private readonly RegistryCodes codes;
    private readonly int[] dimensions;
    private readonly (int? From, int? Until)? period;
    private readonly int least;
    private readonly Dictionary<long, Cell> cells = [];
    private readonly HashSet<long> withheld = [];
    private readonly long[] strides;
    private readonly int[] sizes;
    private readonly bool isTooFine;
    private long looks;

    private SuppressedTable(RegistryCodes codes, int[] dimensions, (int? From, int? Until)? period, Func<int, bool>? counts, int least, ConcurrentDictionary<TableKey, SuppressedTable> made)
    {
        (this.codes, this.dimensions, this.period, this.least) = (codes, dimensions, period, least);
        sizes = [.. dimensions.Select(dimension => codes.Names[dimension].Count), .. period is null ? (int[])[] : [2]];
        strides = new long[sizes.Length];
        long stride = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            strides[axis] = stride;
            stride *= sizes[axis];
        }

        int[] further = [.. Enumerable.Range(0, codes.Names.Count).Where(dimension => !dimensions.Contains(dimension) && codes.Names[dimension].Count > 1)];
        for (int row = 0; row < codes.Weights.Length; row++)
        {
            if (counts?.Invoke(row) != false)
            {
                long at = CellOf(row);
                if (!cells.TryGetValue(at, out Cell? cell))
                {
                    cells[at] = cell = new Cell(row, [.. Enumerable.Range(0, sizes.Length).Select(axis => (int)(at / strides[axis] % sizes[axis]))], [.. further], codes.Quarters[row]);
                }

                cell.Add(codes, row);
            }
        }

        isTooFine = cells.Count > MostCells;
        if (!isTooFine)
        {
            WithholdFew();
            WithholdAlike(further, counts);
            WithholdCut();
            WithholdBelow(counts, made);
            while (Close())
            {
                // Each pass may open another line.
            }
        }
    }

    /// <summary>Judges a table.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other.</param>
    /// <param name="filter">Its chosen dimensions are those of the table, and its period.</param>
    /// <param name="further">One more dimension; null for none.</param>
    /// <param name="counts">Which treatments count; null for all.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The values of the further dimension that may be shown for what the filter chooses; without one, an empty text where the choice itself may be shown.</returns>
    public static IReadOnlySet<string> Shown(IReadOnlyList<RegistryTreatment> treatments, RegistryFilter filter, RegistryDimension? further, Func<RegistryTreatment, bool>? counts, int least)
    {
        var registry = RegistryCodes.Of(treatments);
        int[] axes = [.. RegistryDimension.All.Select((dimension, index) => (dimension, index)).Where(pair => filter.Chosen.ContainsKey(pair.dimension) || pair.dimension == further).Select(pair => pair.index)];
        (int? From, int? Until)? within = filter.From is null && filter.Until is null ? null : (filter.From, filter.Until);
        SuppressedTable table = Of(registry, axes, within, counts is null ? null : row => counts(treatments[row]), least, counts is null ? registry.Tables() : []);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        if (table.isTooFine)
        {
            return shown;
        }

        long cell = within is null ? 0 : table.strides[^1];
        int open = -1;
        for (int axis = 0; axis < axes.Length; axis++)
        {
            RegistryDimension dimension = RegistryDimension.All[axes[axis]];
            if (dimension == further)
            {
                open = axis;
            }
            else if (registry.Names[axes[axis]].TryGetValue(filter.Chosen[dimension], out int code))
            {
                cell += table.strides[axis] * code;
            }
            else
            {
                return shown;
            }
        }

        foreach ((string name, int code) in open < 0 ? [new("", 0)] : (IEnumerable<KeyValuePair<string, int>>)registry.Names[axes[open]])
        {
            long of = cell + (open < 0 ? 0 : table.strides[open] * code);
            if (table.cells.ContainsKey(of) && !table.withheld.Contains(of))
            {
                shown.Add(name);
            }
        }

        return shown;
    }

    private static SuppressedTable Of(RegistryCodes codes, int[] dimensions, (int? From, int? Until)? period, Func<int, bool>? counts, int least, ConcurrentDictionary<TableKey, SuppressedTable> made) =>
        made.GetOrAdd(
            new TableKey(dimensions.Sum(dimension => 1 << dimension) | (period is null ? 0 : 1 << RegistryDimension.All.Count), period?.From, period?.Until, least),
            _ => new SuppressedTable(codes, dimensions, period, counts, least, made));

    private bool IsWithin(int row) => period is var (from, until) && !(codes.Quarters[row] < from) && !(codes.Quarters[row] > until);

    private long CellOf(int row)
    {
        long cell = IsWithin(row) ? strides[^1] : 0;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            cell += strides[axis] * codes.Codes[dimensions[axis]][row];
        }

        return cell;
    }

    // From a cell and all sums that hold it, the sum of each pattern "this value here, another one there" can be had.
    private void WithholdFew()
    {
        Kind[] kinds = [.. cells.Values.Select(cell => new Kind(cell, cell.Row, 0, cell.Weight))];
        foreach ((long key, Cell cell) in cells)
        {
            if (TellsOfFew(kinds, cell, []))
            {
                withheld.Add(key);
            }
        }
    }

    // Where all of a cell share a value of a dimension that is not the table's, it is the same cell of the table by that dimension, too, and can be taken from whatever else is told by it. The same goes for the
    // quarters that all of a cell fall into: of others' periods that hold it, the least is judged, and a longer one holds more by a block or by nobody. So for any two sets that are told of, of which one holds
    // the other, the rest is made of whole patterns, or of blocks: the conditions of the larger one hold for everybody in the smaller.
    private void WithholdAlike(int[] further, Func<int, bool>? counts)
    {
        Kind[]? kinds = null;
        foreach ((long key, Cell cell) in cells)
        {
            if (withheld.Contains(key))
            {
                continue;
            }

            IReadOnlyList<Hull> hulls = HullsOf(cell);
            if (cell.Shared.Count > 0 || hulls.Count > 0)
            {
                kinds ??= Kinds(further, counts);
                looks += kinds.Length * (1L + hulls.Count);
                if (looks > MostLooks || (cell.Shared.Count > 0 && TellsOfFew(kinds, cell, cell.Shared)) || hulls.Any(hull => TellsOfFew(Within(kinds, cell, hull), cell, cell.Shared)))
                {
                    withheld.Add(key);
                }
            }
        }
    }

    // Treatments that are alike in every dimension and their quarter, by one of them.
    private Kind[] Kinds(int[] further, Func<int, bool>? counts)
    {
        var alike = new Dictionary<(long Cell, long Further, int Quarter), Kind>();
        for (int row = 0; row < codes.Weights.Length; row++)
        {
            if (counts?.Invoke(row) != false)
            {
                long at = CellOf(row);
                (long, long, int) key = (at, codes.CellOf(further, row), codes.Quarters[row]);
                alike[key] = alike.TryGetValue(key, out Kind known) ? known with { Weight = known.Weight + codes.Weights[row] } : new Kind(cells[at], row, codes.Quarters[row], codes.Weights[row]);
            }
        }

        return [.. alike.Values];
    }

    // For every choice of values that all of a cell share: the shortest period that may be asked for of it, in its own blocks, and holds all of the cell. Left out is one that holds everybody, or is the table's.
    private IReadOnlyList<Hull> HullsOf(Cell cell)
    {
        if (cell.First == codes.FirstQuarter && cell.Last == codes.LastQuarter)
        {
            return [];
        }

        (int, int)? own = period is var (from, until) && cell.At[^1] == 1 ? (Math.Max(from ?? codes.FirstQuarter, codes.FirstQuarter), Math.Min(until ?? codes.LastQuarter, codes.LastQuarter)) : null;
        int[] common = [.. dimensions.Concat(cell.Shared).Order()];
        var hulls = new List<Hull>();
        for (int choice = 0; choice < 1 << common.Length; choice++)
        {
            int[] values = [.. common.Where((_, index) => (choice >> index & 1) != 0)];
            (int? first, int? last) = codes.BlocksOf(values, cell.Row, least).Widen(cell.First, cell.Last);
            if ((first, last) != (codes.FirstQuarter, codes.LastQuarter) && (first, last) != own)
            {
                hulls.Add(new Hull(values, first!.Value, last!.Value));
            }
        }

        return hulls;
    }

    private IEnumerable<Kind> Within(Kind[] kinds, Cell cell, Hull hull) =>
        kinds.Where(kind => kind.Quarter >= hull.First && kind.Quarter <= hull.Last && Array.TrueForAll(hull.Values, dimension => codes.Codes[dimension][kind.Row] == codes.Codes[dimension][cell.Row]));

    // Whether a pattern of a cell's conditions, met here and not met there, holds somebody but too few.
    private bool TellsOfFew(IEnumerable<Kind> kinds, Cell cell, IReadOnlyList<int> shared)
    {
        double[] patterns = new double[1 << (sizes.Length + shared.Count)];
        foreach (Kind kind in kinds)
        {
            int pattern = 0;
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                pattern |= cell.At[axis] == kind.Cell.At[axis] ? 1 << axis : 0;
            }

            for (int index = 0; index < shared.Count; index++)
            {
                pattern |= codes.Codes[shared[index]][kind.Row] == codes.Codes[shared[index]][cell.Row] ? 1 << (sizes.Length + index) : 0;
            }

            patterns[pattern] += kind.Weight;
        }

        return Array.Exists(patterns, weight => weight > 0 && weight < least - Slack);
    }

    // A group of a selection has the selection's period. Where that cuts a block of the group's own, the group differs by few from what is told when the group itself is chosen.
    private void WithholdCut()
    {
        if (period is not var (from, until))
        {
            return;
        }

        foreach ((long key, Cell cell) in cells)
        {
            if (cell.At[^1] == 1 && !withheld.Contains(key) && !Fits(dimensions) && dimensions.Any(dimension => Fits([.. dimensions.Where(other => other != dimension)])))
            {
                withheld.Add(key);
            }

            bool Fits(int[] values) => codes.BlocksOf(values, cell.Row, least).Widen(from, until) == (from, until);
        }
    }

    // What is withheld as a sum is withheld in its parts, which would add up to it.
    private void WithholdBelow(Func<int, bool>? counts, ConcurrentDictionary<TableKey, SuppressedTable> made)
    {
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            bool isPeriod = axis == dimensions.Length;
            SuppressedTable sum = Of(codes, isPeriod ? dimensions : [.. dimensions.Where((_, index) => index != axis)], isPeriod ? null : period, counts, least, made);
            foreach ((long key, Cell cell) in cells)
            {
                long rest = 0;
                for (int other = 0, kept = 0; other < sizes.Length; other++)
                {
                    if (other != axis)
                    {
                        rest += sum.strides[kept++] * cell.At[other];
                    }
                }

                if (sum.isTooFine || sum.withheld.Contains(rest))
                {
                    withheld.Add(key);
                }
            }
        }
    }

    private bool Close()
    {
        int before = withheld.Count;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            foreach (IGrouping<long, long> line in cells.GroupBy(cell => cell.Key - (strides[axis] * cell.Value.At[axis]), cell => cell.Key).Where(line => line.Any(withheld.Contains)))
            {
                IReadOnlySet<long> shown = SmallGroups.Shown(line.ToDictionary(cell => cell, cell => (int)Math.Floor((cells[cell].Weight * Parts) + Slack)), least * Parts, withheld);
                withheld.UnionWith(line.Where(cell => !shown.Contains(cell)));
            }
        }

        return withheld.Count > before;
    }

    // Treatments that a pattern cannot tell apart, by one of them.
    private readonly record struct Kind(Cell Cell, int Row, int Quarter, double Weight);

    // A period of those who have some values.
    private readonly record struct Hull(int[] Values, int First, int Last);

    // A cell of the table: one treatment of it, its place on each axis, the further dimensions in which all of it agree, and the quarters into which it falls.
    private sealed class Cell(int row, int[] at, List<int> shared, int quarter)
    {
        public int Row { get; } = row;

        public int[] At { get; } = at;

        public IReadOnlyList<int> Shared => shared;

        public double Weight { get; private set; }

        public int First { get; private set; } = quarter;

        public int Last { get; private set; } = quarter;

        public void Add(RegistryCodes codes, int row)
        {
            Weight += codes.Weights[row];
            (First, Last) = (Math.Min(First, codes.Quarters[row]), Math.Max(Last, codes.Quarters[row]));
            if (shared.Count > 0)
            {
                shared.RemoveAll(dimension => codes.Codes[dimension][row] != codes.Codes[dimension][Row]);
            }
        }
    }
}
