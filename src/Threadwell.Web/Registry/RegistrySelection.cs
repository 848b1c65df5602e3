using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>The treatments that a filter selects, if they may be told of.</summary>
internal sealed class RegistrySelection
{
    private RegistrySelection(RegistryFilter filter, Disclosure disclosure, bool isShown)
    {
        Filter = filter;
        Disclosure = disclosure;
        IsShown = isShown;
        Treatments = isShown ? [.. disclosure.Selected()] : [];
    }

    /// <summary>What is selected: as it was asked for, its period widened to whole blocks.</summary>
    public RegistryFilter Filter { get; }

    /// <summary>What may be said of it.</summary>
    public Disclosure Disclosure { get; }

    /// <summary>False where it holds too few, or would tell of few by comparison with a wider one.</summary>
    public bool IsShown { get; }

    /// <summary>The treatments; none where they are not shown.</summary>
    public IReadOnlyList<RegistryTreatment> Treatments { get; }

    /// <summary>Selects.</summary>
    /// <param name="all">All treatments of the registry.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public static RegistrySelection Of(IReadOnlyList<RegistryTreatment> all, RegistryFilter asked, int least = SmallGroups.Least)
    {
        ArgumentNullException.ThrowIfNull(asked);
        RegistryFilter filter = Widen(all, asked, least);
        var disclosure = new Disclosure(all, filter, least);

        bool isShown = disclosure.MaySay(_ => true) && (filter.Chosen.Count == 0 || SuppressedTable.Shown(all, filter, null, null, least).Count > 0);
        return new RegistrySelection(filter, disclosure, isShown);
    }

    // Quarters are put together, from the first on, until each block holds enough patients; a period begins and ends between blocks, so that the difference of two periods holds enough, too.
    private static RegistryFilter Widen(IReadOnlyList<RegistryTreatment> all, RegistryFilter asked, int least)
    {
        if (asked.From is null && asked.Until is null)
        {
            return asked;
        }

        var blocks = new List<(int First, int Last)>();
        var people = new HashSet<Guid>();
        int? first = null;
        foreach (IGrouping<int, Guid> quarter in all.Where(asked.Holds).GroupBy(treatment => treatment.Quarter, treatment => treatment.PatientId).OrderBy(group => group.Key))
        {
            first ??= quarter.Key;
            people.UnionWith(quarter);
            if (people.Count >= least)
            {
                blocks.Add((first.Value, quarter.Key));
                people.Clear();
                first = null;
            }
        }

        // What is left at the end is too few for a block of its own.
        if (first is not null && blocks.Count > 0)
        {
            blocks[^1] = (blocks[^1].First, all.Where(asked.Holds).Max(treatment => treatment.Quarter));
        }

        return asked with
        {
            From = blocks.Where(block => block.First < asked.From && asked.From <= block.Last).Select(block => (int?)block.First).FirstOrDefault() ?? asked.From,
            Until = blocks.Where(block => block.First <= asked.Until && asked.Until < block.Last).Select(block => (int?)block.Last).FirstOrDefault() ?? asked.Until,
        };
    }
}
