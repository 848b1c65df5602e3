using System.Numerics;
using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// What may be said of a selection without telling of few people (docs/care/registry.md). Every patient falls into a cell by which conditions of the selection her treatments meet and which they do not.
/// From figures of the selection, and of those that drop one condition or more, each cell could be had by subtraction: so a figure is given only where every cell that holds anybody holds enough.
/// </summary>
internal sealed class Disclosure
{
    private readonly RegistryFilter filter;
    private readonly RegistryCodes codes;
    private readonly byte[] cells;
    private readonly int whole;

    /// <summary>Sorts everybody into cells.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other.</param>
    /// <param name="filter">What is selected; its period between blocks (<see cref="RegistrySelection"/>).</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public Disclosure(IReadOnlyList<RegistryTreatment> treatments, RegistryFilter filter, int least)
    {
        this.filter = filter;
        Least = least;
        codes = RegistryCodes.Of(treatments);
        cells = new byte[treatments.Count];
        int condition = 1;
        foreach ((RegistryDimension dimension, string value) in filter.Chosen)
        {
            int place = RegistryCodes.PlaceOf(dimension);
            int[] values = codes.Codes[place];
            if (codes.Names[place].TryGetValue(value, out int chosen))
            {
                for (int row = 0; row < cells.Length; row++)
                {
                    cells[row] |= (byte)(values[row] == chosen ? condition : 0);
                }
            }

            condition <<= 1;
        }

        if (filter.From is not null || filter.Until is not null)
        {
            (int from, int until) = (filter.From ?? codes.FirstQuarter, filter.Until ?? codes.LastQuarter);
            for (int row = 0; row < cells.Length; row++)
            {
                cells[row] |= (byte)(codes.Quarters[row] >= from && codes.Quarters[row] <= until ? condition : 0);
            }

            condition <<= 1;
        }

        whole = condition - 1;
    }

    /// <summary>The least number of patients that is told of.</summary>
    public int Least { get; }

    /// <summary>Whether a treatment is selected.</summary>
    /// <param name="row">The treatment's place among all.</param>
    public bool IsSelected(int row) => cells[row] == whole;

    /// <summary>Whether figures of those of the selection that count may be given.</summary>
    /// <param name="counts">Which treatments count, by their place among all.</param>
    public bool MaySay(Func<int, bool> counts) => MaySay(1, (row, _) => counts(row) ? 1UL : 0)[0];

    /// <summary>The same for several parts, in one pass.</summary>
    /// <param name="parts">How many; at most 64.</param>
    /// <param name="counts">For which parts a treatment counts, by its place among all, of those that are asked for: a bit for each part.</param>
    public bool[] MaySay(int parts, Func<int, ulong, ulong> counts)
    {
        // More people than enough change nothing: a part that has them in a cell is not looked at there any more.
        ulong[] open = [.. Enumerable.Repeat(ulong.MaxValue >> (64 - parts), whole + 1)];
        int[] people = new int[(whole + 1) * parts];
        int[] last = [.. Enumerable.Repeat(-1, people.Length)];
        for (int row = 0; row < cells.Length; row++)
        {
            int cell = cells[row];
            if (open[cell] == 0)
            {
                continue;
            }

            for (ulong of = counts(row, open[cell]) & open[cell]; of != 0; of &= of - 1)
            {
                int part = BitOperations.TrailingZeroCount(of);
                int place = (cell * parts) + part;

                // Each person counts once in a cell: her treatments come one after another.
                if (last[place] != codes.Patients[row])
                {
                    last[place] = codes.Patients[row];
                    open[cell] &= ++people[place] < Least ? ulong.MaxValue : ~(1UL << part);
                }
            }
        }

        return [.. Enumerable.Range(0, parts).Select(part => People(whole, part) >= Least && Enumerable.Range(0, whole).All(cell => People(cell, part) == 0 || People(cell, part) >= Least))];

        int People(int cell, int part) => people[(cell * parts) + part];
    }

    /// <summary>The groups of the selection whose figures may be given, so that none can be had by subtraction either.</summary>
    /// <param name="dimension">By what they are grouped.</param>
    /// <param name="followed">Until what those were followed that count; null where all count.</param>
    public IReadOnlySet<string> Shown(RegistryDimension dimension, RegistryTime? followed = null)
    {
        if (filter.Chosen.TryGetValue(dimension, out string? only))
        {
            // The selection is one group of it.
            return new HashSet<string>(StringComparer.Ordinal) { only };
        }

        IReadOnlySet<string> shown = SuppressedTable.Shown(codes, codes.All, filter, dimension, Least);
        if (followed is null)
        {
            return shown;
        }

        FollowedTimes times = codes.TimesOf(followed);
        IReadOnlySet<string> counted = SuppressedTable.Shown(codes, codes.PartOf(followed), filter, dimension, Least);
        IReadOnlyDictionary<string, int> names = codes.Names[RegistryCodes.PlaceOf(dimension)];
        int[] values = codes.Codes[RegistryCodes.PlaceOf(dimension)];
        int[] people = new int[names.Count];
        int[] last = [.. Enumerable.Repeat(-1, names.Count)];
        for (int row = 0; row < cells.Length; row++)
        {
            if (cells[row] == whole && last[values[row]] != codes.Patients[row] && times.Has(row))
            {
                last[values[row]] = codes.Patients[row];
                people[values[row]]++;
            }
        }

        return SmallGroups.Shown(
            names.Where(name => people[name.Value] > 0).ToDictionary(name => name.Key, name => people[name.Value], StringComparer.Ordinal),
            Least,
            names.Keys.Where(name => !shown.Contains(name) || !counted.Contains(name)).ToHashSet(StringComparer.Ordinal),
            name => Enumerable.Range(0, cells.Length).Where(row => cells[row] == whole && values[row] == names[name] && times.Has(row)).Select(row => codes.Patients[row]));
    }

    /// <summary>The lots of the selection whose figures may be given. A treatment may belong to several, and nothing can be chosen by them.</summary>
    public IReadOnlySet<string> ShownLots() => codes.ShownLots(filter, Least, () => new LotJudgement(codes, filter, IsSelected, Least).Judge());
}
