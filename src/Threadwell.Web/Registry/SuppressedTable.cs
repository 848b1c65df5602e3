using System.Runtime.CompilerServices;
using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// Which cells of a table of treatments by some dimensions may be shown (docs/care/registry.md). Withheld is a cell of few patients; one from which, with the sums over each dimension, few could be had by
/// subtraction; one that shares a further value in all its patients and from which few could be had by that; one whose sum over a dimension is withheld; and further ones, until on each line of the table what is withheld is two cells or more that hold enough together.
/// </summary>
internal sealed class SuppressedTable
{
    // A finer table tells of few in nearly every cell, and would take long to judge.
    private const int MostCells = 3000;

    // A cell may hold a part of a patient alone, which is not nobody: lines are judged in parts. Nobody is treated as often.
    private const int Parts = 1000;

    // Sums of parts of one are whole but for rounding.
    private const double Slack = 1e-9;

    private readonly Dictionary<long, double> cells = [];
    private readonly HashSet<long> withheld = [];
    private readonly long[] strides;
    private readonly int[] sizes;
    private readonly bool isTooFine;

    private SuppressedTable(Coded coded, int[] dimensions, Func<int, bool>? period, Func<int, bool>? counts, int least, Dictionary<int, SuppressedTable> made)
    {
        sizes = [.. dimensions.Select(dimension => coded.Names[dimension].Count), .. period is null ? (int[])[] : [2]];
        strides = new long[sizes.Length];
        long stride = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            strides[axis] = stride;
            stride *= sizes[axis];
        }

        for (int row = 0; row < coded.Weights.Length; row++)
        {
            if (counts?.Invoke(row) != false)
            {
                long cell = CellOf(coded, dimensions, period, row);
                cells[cell] = cells.GetValueOrDefault(cell) + coded.Weights[row];
            }
        }

        isTooFine = cells.Count > MostCells;
        if (!isTooFine)
        {
            WithholdFew(least);
            WithholdAlike(coded, dimensions, period, counts, least);
            WithholdBelow(coded, dimensions, period, counts, least, made);
            while (Close(least))
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
        var coded = Coded.Of(treatments);
        int[] dimensions = [.. RegistryDimension.All.Select((dimension, index) => (dimension, index)).Where(pair => filter.Chosen.ContainsKey(pair.dimension) || pair.dimension == further).Select(pair => pair.index)];
        Func<int, bool>? period = filter.From is null && filter.Until is null ? null : row => !(treatments[row].Quarter < filter.From) && !(treatments[row].Quarter > filter.Until);
        SuppressedTable table = Of(coded, dimensions, period, counts is null ? null : row => counts(treatments[row]), least, []);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        if (table.isTooFine)
        {
            return shown;
        }

        long cell = period is null ? 0 : table.strides[^1];
        int open = -1;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            RegistryDimension dimension = RegistryDimension.All[dimensions[axis]];
            if (dimension == further)
            {
                open = axis;
            }
            else if (coded.Names[dimensions[axis]].TryGetValue(filter.Chosen[dimension], out int code))
            {
                cell += table.strides[axis] * code;
            }
            else
            {
                return shown;
            }
        }

        foreach ((string name, int code) in open < 0 ? [new("", 0)] : (IEnumerable<KeyValuePair<string, int>>)coded.Names[dimensions[open]])
        {
            long of = cell + (open < 0 ? 0 : table.strides[open] * code);
            if (table.cells.ContainsKey(of) && !table.withheld.Contains(of))
            {
                shown.Add(name);
            }
        }

        return shown;
    }

    private static SuppressedTable Of(Coded coded, int[] dimensions, Func<int, bool>? period, Func<int, bool>? counts, int least, Dictionary<int, SuppressedTable> made)
    {
        int key = dimensions.Sum(dimension => 1 << dimension) | (period is null ? 0 : 1 << RegistryDimension.All.Count);
        return made.TryGetValue(key, out SuppressedTable? known) ? known : made[key] = new SuppressedTable(coded, dimensions, period, counts, least, made);
    }

    // From a cell and all sums that hold it, the sum of each pattern "this value here, another one there" can be had.
    private void WithholdFew(int least)
    {
        double[] patterns = new double[1 << sizes.Length];
        foreach (long cell in cells.Keys)
        {
            Array.Clear(patterns);
            foreach ((long other, double weight) in cells)
            {
                int pattern = 0;
                for (int axis = 0; axis < sizes.Length; axis++)
                {
                    pattern |= cell / strides[axis] % sizes[axis] == other / strides[axis] % sizes[axis] ? 1 << axis : 0;
                }

                patterns[pattern] += weight;
            }

            if (Array.Exists(patterns, weight => weight > 0 && weight < least - Slack))
            {
                withheld.Add(cell);
            }
        }
    }

    // Where all of a cell share a value of a dimension that is not the table's, it is the same cell of the table by that dimension, too, and can be taken from whatever else is told by it. So for any two
    // sets that are told of, of which one holds the other, the rest is made of whole patterns: the conditions of the larger one hold for everybody in the smaller.
    private void WithholdAlike(Coded coded, int[] dimensions, Func<int, bool>? period, Func<int, bool>? counts, int least)
    {
        int[] further = [.. Enumerable.Range(0, coded.Names.Count).Where(dimension => !dimensions.Contains(dimension) && coded.Names[dimension].Count > 1)];
        if (further.Length == 0)
        {
            return;
        }

        // Treatments that are alike in every dimension, by one of them.
        var alike = new Dictionary<(long Cell, long Further), (int Row, double Weight)>();
        for (int row = 0; row < coded.Weights.Length; row++)
        {
            if (counts?.Invoke(row) != false)
            {
                long rest = 0;
                foreach (int dimension in further)
                {
                    rest = (rest * coded.Names[dimension].Count) + coded.Codes[dimension][row];
                }

                (long, long) key = (CellOf(coded, dimensions, period, row), rest);
                alike[key] = alike.TryGetValue(key, out (int Row, double Weight) known) ? (known.Row, known.Weight + coded.Weights[row]) : (row, coded.Weights[row]);
            }
        }

        foreach (IGrouping<long, int> cell in alike.GroupBy(pair => pair.Key.Cell, pair => pair.Value.Row).Where(cell => !withheld.Contains(cell.Key)))
        {
            int first = cell.First();
            int[] shared = [.. further.Where(dimension => cell.All(row => coded.Codes[dimension][row] == coded.Codes[dimension][first]))];
            if (shared.Length == 0)
            {
                continue;
            }

            double[] patterns = new double[1 << (sizes.Length + shared.Length)];
            foreach (((long other, _), (int row, double weight)) in alike)
            {
                int pattern = 0;
                for (int axis = 0; axis < sizes.Length; axis++)
                {
                    pattern |= cell.Key / strides[axis] % sizes[axis] == other / strides[axis] % sizes[axis] ? 1 << axis : 0;
                }

                for (int index = 0; index < shared.Length; index++)
                {
                    pattern |= coded.Codes[shared[index]][row] == coded.Codes[shared[index]][first] ? 1 << (sizes.Length + index) : 0;
                }

                patterns[pattern] += weight;
            }

            if (Array.Exists(patterns, weight => weight > 0 && weight < least - Slack))
            {
                withheld.Add(cell.Key);
            }
        }
    }

    private long CellOf(Coded coded, int[] dimensions, Func<int, bool>? period, int row)
    {
        long cell = period?.Invoke(row) == true ? strides[^1] : 0;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            cell += strides[axis] * coded.Codes[dimensions[axis]][row];
        }

        return cell;
    }

    // What is withheld as a sum is withheld in its parts, which would add up to it.
    private void WithholdBelow(Coded coded, int[] dimensions, Func<int, bool>? period, Func<int, bool>? counts, int least, Dictionary<int, SuppressedTable> made)
    {
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            bool isPeriod = axis == dimensions.Length;
            SuppressedTable sum = Of(coded, isPeriod ? dimensions : [.. dimensions.Where((_, index) => index != axis)], isPeriod ? null : period, counts, least, made);
            foreach (long cell in cells.Keys)
            {
                long rest = 0;
                for (int other = 0, kept = 0; other < sizes.Length; other++)
                {
                    if (other != axis)
                    {
                        rest += sum.strides[kept++] * (cell / strides[other] % sizes[other]);
                    }
                }

                if (sum.isTooFine || sum.withheld.Contains(rest))
                {
                    withheld.Add(cell);
                }
            }
        }
    }

    private bool Close(int least)
    {
        int before = withheld.Count;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            foreach (IGrouping<long, long> line in cells.Keys.GroupBy(cell => cell - (strides[axis] * (cell / strides[axis] % sizes[axis]))).Where(line => line.Any(withheld.Contains)))
            {
                IReadOnlySet<long> shown = SmallGroups.Shown(line.ToDictionary(cell => cell, cell => (int)Math.Floor((cells[cell] * Parts) + Slack)), least * Parts, withheld);
                withheld.UnionWith(line.Where(cell => !shown.Contains(cell)));
            }
        }

        return withheld.Count > before;
    }

    // The treatments' values as numbers. A treatment weighs as a part of its patient, so that a sum of weights is never more than the patients it is of.
    private sealed record Coded(IReadOnlyList<Dictionary<string, int>> Names, IReadOnlyList<int[]> Codes, double[] Weights)
    {
        private static readonly ConditionalWeakTable<IReadOnlyList<RegistryTreatment>, Coded> Known = [];

        public static Coded Of(IReadOnlyList<RegistryTreatment> treatments) => Known.GetValue(treatments, Make);

        private static Coded Make(IReadOnlyList<RegistryTreatment> treatments)
        {
            var names = new List<Dictionary<string, int>>();
            var codes = new List<int[]>();
            foreach (RegistryDimension dimension in RegistryDimension.All)
            {
                var known = new Dictionary<string, int>(StringComparer.Ordinal);
                int[] code = new int[treatments.Count];
                for (int row = 0; row < treatments.Count; row++)
                {
                    string value = dimension.Of(treatments[row]);
                    if (!known.TryGetValue(value, out code[row]))
                    {
                        known[value] = code[row] = known.Count;
                    }
                }

                names.Add(known);
                codes.Add(code);
            }

            var times = treatments.GroupBy(treatment => treatment.PatientId).ToDictionary(patient => patient.Key, patient => patient.Count());
            return new Coded(names, codes, [.. treatments.Select(treatment => 1.0 / times[treatment.PatientId])]);
        }
    }
}
