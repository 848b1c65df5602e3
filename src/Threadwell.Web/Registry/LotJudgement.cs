using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// Judges which lots of a selection may be shown (docs/care/registry.md). A lot is judged as if it were chosen, in tables of its own treatments and of all others; then beside what is told of the registry without
/// regard to lots; and at last beside the other lots, with all of which, or those of a material, it makes up a whole that is shown.
/// </summary>
/// <param name="codes">The registry's treatments.</param>
/// <param name="filter">What is selected; its period between blocks.</param>
/// <param name="isSelected">Whether a treatment is, by its place among all.</param>
/// <param name="least">The least number of patients that is told of.</param>
internal sealed class LotJudgement(RegistryCodes codes, RegistryFilter filter, Func<int, bool> isSelected, int least)
{
    private readonly RegistryLots lots = codes.Lots;
    private readonly int dimensions = codes.CellOf(filter)!.Value.Dimensions;
    private readonly long chosen = codes.CellOf(filter)!.Value.Cell;
    private readonly (int? From, int? Until)? period = SuppressedTable.PeriodOf(filter);
    private readonly long limit = least * RegistryCodes.Patient;
    private readonly long[] weights = new long[codes.Names.Max(names => names.Count)];
    private readonly Dictionary<int, int[]> rowsOf = [];
    private readonly HashSet<int> withheld = [];

    /// <summary>Judges.</summary>
    /// <returns>Names of the lots that may be shown.</returns>
    public IReadOnlySet<string> Judge()
    {
        for (int lot = 0; lot < lots.Names.Count; lot++)
        {
            int[] rows = SelectedOf(lot);
            if (rows.Length > 0)
            {
                rowsOf[lot] = rows;
            }
        }

        foreach ((int lot, int[] rows) in rowsOf)
        {
            if (People(rows) < least || !MayBeChosen(lot, rows) || IsNearlyAnother(lot, rows))
            {
                withheld.Add(lot);
            }
        }

        List<Line> lines = [.. Lines()];
        int before;
        do
        {
            before = withheld.Count;
            foreach (Line line in lines)
            {
                IReadOnlySet<int> shown = SmallGroups.Shown(line.Rows.ToDictionary(group => group.Key, group => People(group.Value)), least, withheld, lot => line.Rows[lot].Select(row => codes.Patients[row]));
                withheld.UnionWith(line.Whole.Where(lot => !shown.Contains(lot)));
            }
        }
        while (withheld.Count > before);

        return rowsOf.Keys.Where(lot => !withheld.Contains(lot)).Select(lot => lots.Names[lot]).ToHashSet(StringComparer.Ordinal);
    }

    private int[] SelectedOf(int lot)
    {
        var selected = new List<int>();
        foreach (int row in lots.RowsOf(lot))
        {
            if (isSelected(row))
            {
                selected.Add(row);
            }
        }

        return [.. selected];
    }

    // Treatments of one patient stand beside each other.
    private int People(IReadOnlyList<int> rows)
    {
        int people = 0;
        for (int index = 0; index < rows.Count; index++)
        {
            people += index > 0 && codes.Patients[rows[index]] == codes.Patients[rows[index - 1]] ? 0 : 1;
        }

        return people;
    }

    // As if it could be chosen beside what is; and if not even that, then by what all of it share with something that is told of.
    private bool MayBeChosen(int lot, int[] rows)
    {
        int[] byQuarter = lots.RowsOf(lot).ToArray();
        Array.Sort(Array.ConvertAll(byQuarter, row => codes.Quarters[row]), byQuarter);
        var part = new RegistryPart(codes, byQuarter, isLot: true);
        return SuppressedTable.Of(codes, part, dimensions, period, least, part.Tables()).Shows(chosen, period is not null) && !HoldsNearlyOnly(part, rows);
    }

    // Whether something that is told of the registry, whatever the lot, is of this lot alone and leaves few of it: for any values that all but few of it have.
    private bool HoldsNearlyOnly(RegistryPart part, int[] rows)
    {
        long weight = rows.Sum(row => codes.Weights[row]);
        return Among(rows, dimension: 0, values: 0, cell: 0);

        bool Among(int[] left, int dimension, int values, long cell)
        {
            if (dimension == codes.Codes.Length)
            {
                return LeavesFew(part, weight, values, cell);
            }

            if (Among(left, dimension + 1, values, cell))
            {
                return true;
            }

            int[] codesOf = codes.Codes[dimension];
            return codes.Names[dimension].Count > 1 && Frequent(left, codesOf).Exists(value =>
                Among([.. left.Where(row => codesOf[row] == value)], dimension + 1, values | 1 << dimension, cell + codes.PartOfValue(dimension, value)));
        }

        // What is told of holds enough.
        List<int> Frequent(int[] of, int[] codesOf)
        {
            var found = new List<int>();
            foreach (int row in of)
            {
                weights[codesOf[row]] += codes.Weights[row];
            }

            foreach (int row in of)
            {
                if (weights[codesOf[row]] is var held && held >= limit && weight - held < limit)
                {
                    found.Add(codesOf[row]);
                }

                weights[codesOf[row]] = 0;
            }

            return found;
        }
    }

    // The same for some values, in every period that may be asked for of them.
    private bool LeavesFew(RegistryPart part, long weight, int values, long cell)
    {
        if (codes.All.BlocksBy(values, least).GetValueOrDefault(cell)?.All is not { Count: > 0 } blocks)
        {
            return false;
        }

        QuarterSums all = codes.All.SumsBy(values);
        QuarterSums own = part.SumsBy(values | dimensions);
        int begins = 1;
        while (begins < blocks.Count && Own(blocks[0].First, blocks[begins - 1].Last) < limit)
        {
            begins++;
        }

        int ends = blocks.Count - 2;
        while (ends >= 0 && Own(blocks[ends + 1].First, blocks[^1].Last) < limit)
        {
            ends--;
        }

        // Where others are in the shortest period, they are in all.
        int first = begins - 1;
        int last = ends + 1;
        if (first <= last && all.Of(cell, blocks[first].First, blocks[last].Last) != Own(blocks[first].First, blocks[last].Last))
        {
            return false;
        }

        for (int from = 0; from <= first; from++)
        {
            for (int until = Math.Max(from, last); until < blocks.Count; until++)
            {
                (int, int) asked = (blocks[from].First, blocks[until].Last);
                long held = Own(asked.Item1, asked.Item2);
                if (weight - held > 0 && weight - held < limit && held == all.Of(cell, asked.Item1, asked.Item2) && IsTold(from == 0 && until == blocks.Count - 1 ? null : asked))
                {
                    return true;
                }
            }
        }

        return false;

        long Own(int from, int until) => own.Of(cell + ChosenBeside(values), Math.Max(from, filter.From ?? from), Math.Min(until, filter.Until ?? until));

        bool IsTold((int? From, int? Until)? asked) => SuppressedTable.Of(codes, codes.All, values, asked, least, codes.All.Tables()).Shows(cell, asked is not null);
    }

    // What the chosen values add to the number of a cell by others.
    private long ChosenBeside(int values) =>
        filter.Chosen.Sum(pair => RegistryCodes.PlaceOf(pair.Key) is var place && (values >> place & 1) == 0 ? codes.PartOfValue(place, codes.Names[place][pair.Value]) : 0);

    // Whether all of it are of another lot, too, which has few more.
    private bool IsNearlyAnother(int lot, int[] rows)
    {
        foreach (int other in lots.LotsOf(rows[0]))
        {
            if (other != lot && Array.TrueForAll(rows, row => lots.LotsOf(row).Contains(other)))
            {
                int more = People([.. rowsOf[other].Except(rows)]);
                if (more > 0 && more < least)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // For each value of a further dimension the lots that are of it alone, with what few others have of it: of its total, too, no lot is to be had by subtraction. At last all lots, of which then seldom more need be withheld.
    private IEnumerable<Line> Lines()
    {
        for (int dimension = 0; dimension < codes.Names.Count; dimension++)
        {
            if ((dimensions >> dimension & 1) == 0 && codes.Names[dimension].Count > 1)
            {
                int[] values = codes.Codes[dimension];
                foreach (IGrouping<int, int> alike in rowsOf.Keys.Where(lot => Array.TrueForAll(rowsOf[lot], row => values[row] == values[rowsOf[lot][0]])).GroupBy(lot => values[rowsOf[lot][0]]).ToArray())
                {
                    var rows = alike.ToDictionary(lot => lot, lot => rowsOf[lot]);
                    foreach ((int lot, int[] selected) in rowsOf.Where(other => !rows.ContainsKey(other.Key)).ToArray())
                    {
                        int[] of = [.. selected.Where(row => values[row] == alike.Key)];
                        if (of.Length > 0 && People(of) < least)
                        {
                            rows[lot] = of;
                        }
                    }

                    yield return new Line([.. alike], rows);
                }
            }
        }

        yield return new Line([.. rowsOf.Keys], rowsOf);
    }

    // Lots that make up a whole.
    private sealed record Line(IReadOnlyList<int> Whole, IReadOnlyDictionary<int, int[]> Rows);
}
