using System.Collections.Concurrent;
using System.Numerics;
using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// Judges which cells of a table may be shown (<see cref="SuppressedTable"/>). What could be had by subtraction is counted as it would be: a pattern "these values, and not those" is what the sums over more
/// values leave when those over fewer are taken from them, and the sums are kept (<see cref="QuarterSums"/>).
/// </summary>
internal sealed class TableJudgement
{
    // A finer table tells of few in nearly every cell, and would take long to judge.
    private const int MostCells = 3000;

    // Lines are judged in parts of a patient: a cell may hold a part of one alone, which is not nobody. Nobody is treated as often.
    private const int Parts = 1000;

    private readonly RegistryCodes codes;
    private readonly RegistryPart part;
    private readonly int set;
    private readonly int[] dimensions;
    private readonly (int? From, int? Until)? period;
    private readonly int least;
    private readonly Dictionary<long, Cell> cells = [];
    private readonly HashSet<long> withheld = [];

    /// <summary>Sorts treatments into cells.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="part">Those of them that count.</param>
    /// <param name="set">The dimensions of the table: a bit for each.</param>
    /// <param name="period">Its period; null where it is by none.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public TableJudgement(RegistryCodes codes, RegistryPart part, int set, (int? From, int? Until)? period, int least)
    {
        (this.codes, this.part, this.set, this.period, this.least) = (codes, part, set, period, least);
        dimensions = [.. Enumerable.Range(0, RegistryDimension.All.Count).Where(dimension => (set >> dimension & 1) != 0)];
        QuarterSums sums = part.SumsBy(set);
        foreach (SummedCell summed in sums.Cells())
        {
            for (int place = summed.First; place < summed.After; place++)
            {
                int quarter = sums.QuarterAt(place);
                bool isWithin = IsWithin(quarter);
                long key = NumberOf(codes.CellOf(set, summed.Row), isWithin);
                if (!cells.TryGetValue(key, out Cell? cell))
                {
                    cells[key] = cell = new Cell(sums.RowAt(place), isWithin, quarter);
                }

                cell.Add(quarter, sums.WeightAt(place), DiffersIn(cell.Row, sums.RowAt(place)));
            }
        }
    }

    /// <summary>The number of a cell of a table.</summary>
    /// <param name="cell">Its number by the table's dimensions (<see cref="RegistryCodes.CellOf(int, int)"/>).</param>
    /// <param name="isWithin">Whether it is that inside the table's period.</param>
    public static long NumberOf(long cell, bool isWithin) => (2 * cell) + (isWithin ? 1 : 0);

    /// <summary>Judges.</summary>
    /// <param name="made">Tables that were judged, to which those are added that are needed: the sums of this one.</param>
    /// <returns>The numbers of the cells that may be shown, and how many there are.</returns>
    public (IReadOnlySet<long> Shown, int Cells) Judge(ConcurrentDictionary<TableKey, SuppressedTable> made)
    {
        if (cells.Count > MostCells)
        {
            return (new HashSet<long>(), 0);
        }

        WithholdFew();
        WithholdAlike();
        WithholdCut();
        WithholdBelow(made);
        while (Close())
        {
            // Each pass may open another line.
        }

        return (cells.Keys.Where(key => !withheld.Contains(key)).ToHashSet(), cells.Count);
    }

    // The dimensions in which two treatments do not agree.
    private int DiffersIn(int row, int other)
    {
        int differs = 0;
        for (int dimension = 0; dimension < codes.Codes.Length; dimension++)
        {
            differs |= codes.Codes[dimension][row] == codes.Codes[dimension][other] ? 0 : 1 << dimension;
        }

        return differs;
    }

    private bool IsWithin(int quarter) => period is var (from, until) && !(quarter < from) && !(quarter > until);

    // From a cell and all sums that hold it, the sum of each pattern "this value here, another one there" can be had.
    private void WithholdFew()
    {
        foreach ((long key, Cell cell) in cells)
        {
            if (TellsOfFew(cell, dimensions, 0, codes.FirstQuarter, codes.LastQuarter))
            {
                withheld.Add(key);
            }
        }
    }

    // Where all of a cell share a value of a dimension that is not the table's, it is the same cell of the table by that dimension, too, and can be taken from whatever else is told by it. The same goes for the
    // quarters that all of a cell fall into: of others' periods that hold it, the least is judged, and a longer one holds more by a block or by nobody. So for any two sets that are told of, of which one holds
    // the other, the rest is made of whole patterns, or of blocks: the conditions of the larger one hold for everybody in the smaller.
    private void WithholdAlike()
    {
        foreach ((long key, Cell cell) in cells)
        {
            if (!withheld.Contains(key))
            {
                int[] shared = SharedBy(cell);
                int[] common = [.. dimensions.Concat(shared).Order()];
                if ((shared.Length > 0 && TellsOfFew(cell, common, 0, codes.FirstQuarter, codes.LastQuarter)) || TellsOfFewByPeriod(cell, common))
                {
                    withheld.Add(key);
                }
            }
        }
    }

    // The further dimensions in which all of a cell agree.
    private int[] SharedBy(Cell cell)
    {
        var shared = new List<int>();
        long of = codes.CellOf(set, cell.Row);
        for (int dimension = 0; dimension < codes.Names.Count; dimension++)
        {
            if (((set | cell.DiffersIn) >> dimension & 1) == 0 && codes.Names[dimension].Count > 1)
            {
                (long all, long within) = Sum(part.SumsBy(set | 1 << dimension), of + codes.PartOfCell(dimension, cell.Row), codes.FirstQuarter, codes.LastQuarter);
                if ((cell.IsWithin ? within : all - within) == cell.Weight)
                {
                    shared.Add(dimension);
                }
            }
        }

        return [.. shared];
    }

    // For every choice of values that all of a cell share: the shortest period that may be asked for of it, in its own blocks, and holds all of the cell. Left out is one that holds everybody, or is the table's.
    private bool TellsOfFewByPeriod(Cell cell, int[] common)
    {
        if (cell.First == codes.FirstQuarter && cell.Last == codes.LastQuarter)
        {
            return false;
        }

        (int, int)? own = period is var (from, until) && cell.IsWithin ? (Math.Max(from ?? codes.FirstQuarter, codes.FirstQuarter), Math.Min(until ?? codes.LastQuarter, codes.LastQuarter)) : null;
        for (int choice = 0; choice < 1 << common.Length; choice++)
        {
            int chosen = common.Where((_, index) => (choice >> index & 1) != 0).Sum(dimension => 1 << dimension);
            int[] further = [.. common.Where(dimension => (chosen >> dimension & 1) == 0)];
            (int? first, int? last) = BlocksOf(codes.All, chosen, cell).Widen(cell.First, cell.Last);
            if ((first, last) != (codes.FirstQuarter, codes.LastQuarter) && (first, last) != own && TellsOfFew(cell, further, chosen, first!.Value, last!.Value))
            {
                return true;
            }

            // The lot itself is chosen by looking at its line: its periods are those of its own blocks.
            if (part.IsLot)
            {
                (first, last) = BlocksOf(part, chosen, cell).Widen(cell.First, cell.Last);
                if ((first, last) != own && TellsOfFew(cell, further, chosen, first!.Value, last!.Value, others: false))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private QuarterBlocks BlocksOf(RegistryPart of, int values, Cell cell) => of.BlocksBy(values, least)[codes.CellOf(values, cell.Row)];

    // Whether a pattern of a cell's values, met here and not met there, holds somebody but too few: of those who have the chosen values, in some quarters. Of a lot, also of those who are not of it.
    private bool TellsOfFew(Cell cell, ReadOnlySpan<int> values, int chosen, int first, int last, bool others = true)
    {
        Span<long> patterns = stackalloc long[(period is null ? 1 : 2) << values.Length];
        Weigh(part, cell, values, chosen, first, last, patterns);
        if (HoldFew(patterns))
        {
            return true;
        }

        if (!part.IsLot || !others)
        {
            return false;
        }

        Span<long> rest = stackalloc long[patterns.Length];
        Weigh(codes.All, cell, values, chosen, first, last, rest);
        for (int pattern = 0; pattern < rest.Length; pattern++)
        {
            rest[pattern] -= patterns[pattern];
        }

        return HoldFew(rest);
    }

    private bool HoldFew(ReadOnlySpan<long> patterns)
    {
        foreach (long weight in patterns)
        {
            if (weight > 0 && weight < least * RegistryCodes.Patient)
            {
                return true;
            }
        }

        return false;
    }

    // The weight of each pattern.
    private void Weigh(RegistryPart of, Cell cell, ReadOnlySpan<int> values, int chosen, int first, int last, Span<long> patterns)
    {
        int sets = 1 << values.Length;
        Span<long> at = stackalloc long[sets];
        Span<int> by = stackalloc int[sets];
        (at[0], by[0]) = (codes.CellOf(chosen, cell.Row), chosen);
        for (int met = 0; met < sets; met++)
        {
            if (met > 0)
            {
                int added = values[BitOperations.TrailingZeroCount(met)];
                int rest = met & (met - 1);
                (at[met], by[met]) = (at[rest] + codes.PartOfCell(added, cell.Row), by[rest] | 1 << added);
            }

            (patterns[met], long within) = Sum(of.SumsBy(by[met]), at[met], first, last);
            if (period is not null)
            {
                patterns[sets + met] = cell.IsWithin ? within : patterns[met] - within;
            }
        }

        // So far each holds whoever meets its conditions; those who meet one more are taken away, condition by condition.
        for (int condition = 1; condition < patterns.Length; condition <<= 1)
        {
            for (int pattern = 0; pattern < patterns.Length; pattern++)
            {
                patterns[pattern] -= (pattern & condition) == 0 ? patterns[pattern | condition] : 0;
            }
        }
    }

    // The weight of a cell in some quarters, and of it in those that are the table's period, too.
    private (long All, long Within) Sum(QuarterSums sums, long cell, int first, int last) =>
        (sums.Of(cell, first, last), period is var (from, until) ? sums.Of(cell, Math.Max(first, from ?? first), Math.Min(last, until ?? last)) : 0);

    // A group of a selection has the selection's period. Where that cuts a block of the group's own, the group differs by few from what is told when the group itself is chosen; a lot, from what is told of it in
    // another period.
    private void WithholdCut()
    {
        if (period is not var (from, until))
        {
            return;
        }

        foreach ((long key, Cell cell) in cells)
        {
            if (cell.IsWithin && !withheld.Contains(key) && (part.IsLot ? !Fits(part, set) : !Fits(codes.All, set) && Array.Exists(dimensions, dimension => Fits(codes.All, set & ~(1 << dimension)))))
            {
                withheld.Add(key);
            }

            bool Fits(RegistryPart of, int values) => BlocksOf(of, values, cell).Widen(from, until) == (from, until);
        }
    }

    // What is withheld as a sum is withheld in its parts, which would add up to it.
    private void WithholdBelow(ConcurrentDictionary<TableKey, SuppressedTable> made)
    {
        foreach (int dimension in dimensions)
        {
            int rest = set & ~(1 << dimension);
            var sum = SuppressedTable.Of(codes, part, rest, period, least, made);
            withheld.UnionWith(cells.Where(cell => !sum.Shows(codes.CellOf(rest, cell.Value.Row), cell.Value.IsWithin)).Select(cell => cell.Key));
        }

        if (period is not null)
        {
            var sum = SuppressedTable.Of(codes, part, set, null, least, made);
            withheld.UnionWith(cells.Where(cell => !sum.Shows(codes.CellOf(set, cell.Value.Row), isWithin: false)).Select(cell => cell.Key));
        }
    }

    private bool Close()
    {
        int before = withheld.Count;
        foreach (int dimension in dimensions)
        {
            CloseLines((key, cell) => key - NumberOf(codes.PartOfCell(dimension, cell.Row), isWithin: false));
        }

        if (period is not null)
        {
            CloseLines((_, cell) => codes.CellOf(set, cell.Row));
        }

        return withheld.Count > before;
    }

    // Those on one line have one number.
    private void CloseLines(Func<long, Cell, long> lineOf)
    {
        foreach (IGrouping<long, long> line in cells.GroupBy(cell => lineOf(cell.Key, cell.Value), cell => cell.Key).Where(line => line.Any(withheld.Contains)))
        {
            IReadOnlySet<long> shown = SmallGroups.Shown(line.ToDictionary(cell => cell, cell => (int)(cells[cell].Weight * Parts / RegistryCodes.Patient)), least * Parts, withheld);
            withheld.UnionWith(line.Where(cell => !shown.Contains(cell)));
        }
    }

    // A cell of the table: one treatment of it, whether it is that inside the period, and the quarters into which it falls.
    private sealed class Cell(int row, bool isWithin, int quarter)
    {
        public int Row { get; } = row;

        public bool IsWithin { get; } = isWithin;

        public long Weight { get; private set; }

        public int First { get; } = quarter;

        public int Last { get; private set; } = quarter;

        // Where two of its treatments are known not to agree.
        public int DiffersIn { get; private set; }

        // They come by quarter.
        public void Add(int next, long weight, int differs)
        {
            Weight += weight;
            Last = next;
            DiffersIn |= differs;
        }
    }
}
