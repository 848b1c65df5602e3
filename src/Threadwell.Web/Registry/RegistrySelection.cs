using Threadwell.Care.Registry;

namespace Threadwell.Web.Registry;

/// <summary>The treatments that a filter selects, if they may be told of.</summary>
internal sealed class RegistrySelection
{
    private readonly IReadOnlyList<RegistryTreatment> all;

    private RegistrySelection(IReadOnlyList<RegistryTreatment> all, RegistryFilter filter, Disclosure disclosure, bool isShown)
    {
        this.all = all;
        Codes = RegistryCodes.Of(all);
        Filter = filter;
        Disclosure = disclosure;
        IsShown = isShown;
    }

    /// <summary>What is selected: as it was asked for, its period widened to whole blocks.</summary>
    public RegistryFilter Filter { get; }

    /// <summary>What may be said of it.</summary>
    public Disclosure Disclosure { get; }

    /// <summary>False where it holds too few, or would tell of few by comparison with a wider one.</summary>
    public bool IsShown { get; }

    /// <summary>All treatments of the registry as numbers; which are selected is told by <see cref="Disclosure.IsSelected"/>.</summary>
    public RegistryCodes Codes { get; }

    /// <summary>The treatments; none where they are not shown.</summary>
    public IReadOnlyList<RegistryTreatment> Treatments => field ??= IsShown ? [.. all.Where((_, row) => Disclosure.IsSelected(row))] : [];

    /// <summary>Selects.</summary>
    /// <param name="all">All treatments of the registry.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public static RegistrySelection Of(IReadOnlyList<RegistryTreatment> all, RegistryFilter asked, int least = SmallGroups.Least)
    {
        ArgumentNullException.ThrowIfNull(asked);
        RegistryFilter filter = Widen(all, asked, least);
        var disclosure = new Disclosure(all, filter, least);
        var codes = RegistryCodes.Of(all);
        bool isShown = disclosure.MaySay(_ => true) && SuppressedTable.Shown(codes, codes.All, filter, null, least).Count > 0;
        return new RegistrySelection(all, filter, disclosure, isShown);
    }

    // A period begins and ends between blocks of those who are chosen, so that the difference of two periods holds enough, too.
    private static RegistryFilter Widen(IReadOnlyList<RegistryTreatment> all, RegistryFilter asked, int least)
    {
        if ((asked.From is null && asked.Until is null) || RegistryCodes.Of(all).BlocksOf(asked, least) is not { } blocks)
        {
            return asked;
        }

        (int? from, int? until) = blocks.Widen(asked.From, asked.Until);
        return asked with { From = from, Until = until };
    }
}
