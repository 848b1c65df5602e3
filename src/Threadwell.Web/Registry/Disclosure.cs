using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>
/// What may be said of a selection without telling of few people (docs/care/registry.md). Every patient falls into a cell by which conditions of the selection her treatments meet and which they do not.
/// From figures of the selection, and of those that drop one condition or more, each cell could be had by subtraction: so a figure is given only where every cell that holds anybody holds enough.
/// </summary>
internal sealed class Disclosure
{
    private readonly IReadOnlyList<RegistryTreatment> treatments;
    private readonly RegistryFilter filter;
    private readonly byte[] cells;
    private readonly int[] patient;
    private readonly int whole;

    /// <summary>Sorts everybody into cells.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other.</param>
    /// <param name="filter">What is selected; its period between blocks (<see cref="RegistrySelection"/>).</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public Disclosure(IReadOnlyList<RegistryTreatment> treatments, RegistryFilter filter, int least)
    {
        this.treatments = treatments;
        this.filter = filter;
        Least = least;
        (Func<RegistryTreatment, string> Of, string Value)[] conditions = [.. filter.Chosen.Select(pair => (pair.Key.Of, pair.Value))];
        bool hasPeriod = filter.From is not null || filter.Until is not null;
        whole = (1 << (conditions.Length + (hasPeriod ? 1 : 0))) - 1;
        cells = new byte[treatments.Count];
        patient = new int[treatments.Count];
        int people = 0;
        for (int index = 0; index < treatments.Count; index++)
        {
            RegistryTreatment treatment = treatments[index];
            people += index > 0 && treatment.PatientId != treatments[index - 1].PatientId ? 1 : 0;
            patient[index] = people;
            int cell = 0;
            for (int condition = 0; condition < conditions.Length; condition++)
            {
                cell |= conditions[condition].Of(treatment) == conditions[condition].Value ? 1 << condition : 0;
            }

            if (hasPeriod && (filter.From is not { } from || treatment.Quarter >= from) && (filter.Until is not { } until || treatment.Quarter <= until))
            {
                cell |= 1 << conditions.Length;
            }

            cells[index] = (byte)cell;
        }
    }

    /// <summary>The least number of patients that is told of.</summary>
    public int Least { get; }

    /// <summary>The treatments that are selected.</summary>
    public IEnumerable<RegistryTreatment> Selected()
    {
        for (int index = 0; index < treatments.Count; index++)
        {
            if (cells[index] == whole)
            {
                yield return treatments[index];
            }
        }
    }

    /// <summary>Whether figures of those of the selection that count may be given.</summary>
    /// <param name="counts">Which treatments count.</param>
    public bool MaySay(Func<RegistryTreatment, bool> counts)
    {
        var people = new PeopleOfCells(whole + 1);
        for (int index = 0; index < treatments.Count; index++)
        {
            if (counts(treatments[index]))
            {
                people.Add(cells[index], patient[index]);
            }
        }

        return people[whole] >= Least && !people.AnyBelow(Least);
    }

    /// <summary>The groups of the selection whose figures may be given, so that none can be had by subtraction either.</summary>
    /// <param name="dimension">By what they are grouped.</param>
    /// <param name="counts">Which treatments count; null for all.</param>
    public IReadOnlySet<string> Shown(RegistryDimension dimension, Func<RegistryTreatment, bool>? counts = null)
    {
        if (filter.Chosen.TryGetValue(dimension, out string? only))
        {
            // The selection is one group of it.
            return new HashSet<string>(StringComparer.Ordinal) { only };
        }

        IReadOnlySet<string> shown = SuppressedTable.Shown(treatments, filter, dimension, null, Least);
        if (counts is null)
        {
            return shown;
        }

        IReadOnlySet<string> counted = SuppressedTable.Shown(treatments, filter, dimension, counts, Least);
        Dictionary<string, HashSet<int>> people = Enumerable.Range(0, treatments.Count).Where(index => cells[index] == whole && counts(treatments[index]))
            .GroupBy(index => dimension.Of(treatments[index]), index => patient[index], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToHashSet(), StringComparer.Ordinal);
        return SmallGroups.Shown(
            people.ToDictionary(group => group.Key, group => group.Value.Count, StringComparer.Ordinal),
            Least,
            people.Keys.Where(group => !shown.Contains(group) || !counted.Contains(group)).ToHashSet(StringComparer.Ordinal),
            group => people[group]);
    }

    /// <summary>The same for groups of which a treatment may belong to several, and by which nothing can be chosen: its lots.</summary>
    /// <param name="of">A treatment's groups.</param>
    public IReadOnlySet<string> ShownOfMany(Func<RegistryTreatment, IReadOnlyList<string>> of)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var within = new List<PeopleOfCells>();
        var selected = new List<List<int>>();
        for (int index = 0; index < treatments.Count; index++)
        {
            foreach (string name in of(treatments[index]))
            {
                if (!names.TryGetValue(name, out int number))
                {
                    names[name] = number = names.Count;
                    within.Add(new PeopleOfCells(whole + 1));
                    selected.Add([]);
                }

                within[number].Add(cells[index], patient[index]);
                if (cells[index] == whole)
                {
                    selected[number].Add(patient[index]);
                }
            }
        }

        return SmallGroups.Shown(
            names.ToDictionary(name => name.Key, name => within[name.Value][whole], StringComparer.Ordinal),
            Least,
            names.Where(name => within[name.Value].AnyBelow(Least)).Select(name => name.Key).ToHashSet(StringComparer.Ordinal),
            name => selected[names[name]]);
    }

    // Counts people, each once in a cell: those of one person come one after another.
    private sealed class PeopleOfCells(int cells)
    {
        private readonly int[] last = Enumerable.Repeat(-1, cells).ToArray();
        private readonly int[] count = new int[cells];

        public int this[int cell] => count[cell];

        public void Add(int cell, int person)
        {
            if (last[cell] != person)
            {
                last[cell] = person;
                count[cell]++;
            }
        }

        public bool AnyBelow(int least) => Array.Exists(count, people => people > 0 && people < least);
    }
}
