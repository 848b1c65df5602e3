using Threadwell.Care.Registry;
using Threadwell.Storage.Outcomes;

namespace Threadwell.Web.Registry;

/// <summary>How often a kind of complication followed.</summary>
/// <param name="Kind">The kind; null for any.</param>
/// <param name="Treatments">Among treatments.</param>
/// <param name="Threads">Among threads, where it is about one.</param>
internal sealed record KindRate(ComplicationKind? Kind, RateInterval Treatments, RateInterval Threads);

/// <summary>How often complications followed in a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rate">Among its treatments.</param>
/// <param name="Place">Where it stands in the funnel.</param>
public sealed record GroupRate(string Group, RateInterval Rate, FunnelPlace Place);

/// <summary>Where a group stands between the limits of chance.</summary>
public enum FunnelPlace
{
    /// <summary>Between the inner limits.</summary>
    Inside,

    /// <summary>Above or below the inner limits.</summary>
    OutsideInner,

    /// <summary>Above or below the outer limits.</summary>
    OutsideOuter,
}

/// <summary>Groups of one dimension.</summary>
/// <param name="Rows">Those that may be shown, the largest first.</param>
/// <param name="Whole">The common rate.</param>
/// <param name="IsWithheld">Whether a group is withheld.</param>
public sealed record GroupFigures(IReadOnlyList<GroupRate> Rows, RateInterval Whole, bool IsWithheld);

/// <summary>Rates of complications in a selection.</summary>
/// <param name="Kinds">By kind, the first for any.</param>
/// <param name="Materials">By material.</param>
/// <param name="Areas">By area.</param>
/// <param name="Operators">By who treated.</param>
/// <param name="Lots">By lot.</param>
internal sealed record ComplicationFigures(IReadOnlyList<KindRate> Kinds, GroupFigures Materials, GroupFigures Areas, GroupFigures Operators, GroupFigures Lots)
{
    private static readonly ComplicationKind[] AllKinds = Enum.GetValues<ComplicationKind>();

    /// <summary>Computes them.</summary>
    /// <param name="selection">The selection.</param>
    public static ComplicationFigures Of(RegistrySelection selection)
    {
        int kinds = AllKinds.Length;
        int[] treatments = new int[kinds + 1];
        int[] threads = new int[kinds + 1];
        RegistryCodes codes = selection.Codes;
        bool[] happened = new bool[codes.Count];
        foreach (int row in codes.WithComplications.Where(selection.Disclosure.IsSelected))
        {
            RegistryTreatment treatment = codes.TreatmentAt(row);
            RegistryComplication[] counted = [.. treatment.Complications.Where(complication => complication.Severity >= selection.Filter.Severity)];
            foreach (IGrouping<ComplicationKind, RegistryComplication> kind in counted.GroupBy(complication => complication.Kind))
            {
                treatments[(int)kind.Key]++;
                threads[(int)kind.Key] += Affected(kind);
            }

            treatments[kinds] += counted.Length > 0 ? 1 : 0;
            threads[kinds] += Affected(counted);
            happened[row] = Array.Exists(counted, complication => Counts(complication, selection.Filter));
        }

        int all = 0;
        int placed = 0;
        for (int row = 0; row < codes.Count; row++)
        {
            if (selection.Disclosure.IsSelected(row))
            {
                all++;
                placed += codes.Threads[row];
            }
        }

        var whole = WilsonInterval.Of(happened.Count(of => of), all);
        return new ComplicationFigures(
            [.. AllKinds.Select(kind => (ComplicationKind?)kind).OrderByDescending(kind => treatments[(int)kind!]).ThenBy(kind => kind).Prepend(null)
                .Select(kind => (Kind: kind, Place: kind is { } named ? (int)named : kinds)).Where(kind => kind.Kind is null || treatments[kind.Place] > 0)
                .Select(kind => new KindRate(kind.Kind, WilsonInterval.Of(treatments[kind.Place], all), WilsonInterval.Of(threads[kind.Place], placed)))],
            Groups(selection, RegistryDimension.Material, happened, whole),
            Groups(selection, RegistryDimension.Area, happened, whole),
            Groups(selection, RegistryDimension.Operator, happened, whole),
            Lot(selection));
    }

    private static int Affected(IEnumerable<RegistryComplication> complications) => complications.Where(complication => complication.ThreadId is not null).Select(complication => complication.ThreadId).Distinct().Count();

    private static bool Counts(RegistryComplication complication, RegistryFilter filter) => complication.Severity >= filter.Severity && (filter.Kind is not { } kind || complication.Kind == kind);

    private static GroupFigures Groups(RegistrySelection selection, RegistryDimension dimension, bool[] happened, RateInterval whole)
    {
        RegistryCodes codes = selection.Codes;
        int place = RegistryCodes.PlaceOf(dimension);
        int[] values = codes.Codes[place];
        var counts = new (int Events, int Of)[codes.Names[place].Count];
        for (int row = 0; row < values.Length; row++)
        {
            if (selection.Disclosure.IsSelected(row))
            {
                counts[values[row]].Of++;
                counts[values[row]].Events += happened[row] ? 1 : 0;
            }
        }

        return Placed(selection.Disclosure.Shown(dimension), codes.Names[place].Select(name => (name.Key, counts[name.Value].Events, counts[name.Value].Of)), whole);
    }

    // A complication counts for the lot of its thread, for none where that was struck out; one that is about no single thread counts for every lot of the treatment.
    private static GroupFigures Lot(RegistrySelection selection)
    {
        RegistryCodes codes = selection.Codes;
        RegistryLots lots = codes.Lots;
        int[] of = new int[lots.Names.Count];
        for (int row = 0; row < codes.Count; row++)
        {
            if (selection.Disclosure.IsSelected(row))
            {
                foreach (int lot in lots.LotsOf(row))
                {
                    of[lot]++;
                }
            }
        }

        int[] events = new int[lots.Names.Count];
        foreach (int row in codes.WithComplications.Where(selection.Disclosure.IsSelected))
        {
            foreach (int lot in lots.LotsOf(row))
            {
                string name = lots.Names[lot];
                events[lot] += codes.TreatmentAt(row).Complications.Any(complication => Counts(complication, selection.Filter) && (!complication.NamesThread || complication.LotKey == name)) ? 1 : 0;
            }
        }

        return Placed(selection.Disclosure.ShownLots(), lots.Names.Select((name, lot) => (name, events[lot], of[lot])), WilsonInterval.Of(events.Sum(), of.Sum()));
    }

    private static GroupFigures Placed(IReadOnlySet<string> shown, IEnumerable<(string Group, int Events, int Of)> groups, RateInterval common)
    {
        (string Group, int Events, int Of)[] held = [.. groups.Where(group => group.Of > 0)];
        GroupRate[] told = [.. held.Where(group => shown.Contains(group.Group)).OrderByDescending(group => group.Of).ThenBy(group => group.Group, StringComparer.Ordinal)
            .Select(group => new GroupRate(group.Group, WilsonInterval.Of(group.Events, group.Of), Place(common.Rate, group.Events, group.Of)))];
        return new GroupFigures(told, common, told.Length < held.Length);
    }

    private static FunnelPlace Place(double common, int events, int of) =>
        IsOutside(common, events, of, FunnelLimits.Outer) ? FunnelPlace.OutsideOuter
        : IsOutside(common, events, of, FunnelLimits.Inner) ? FunnelPlace.OutsideInner
        : FunnelPlace.Inside;

    private static bool IsOutside(double common, int events, int of, double level)
    {
        (double low, double high) = FunnelLimits.Of(common, of, level);

        // Limits are counts divided by the size: half a count tells them apart from what lies on them.
        return events < (low * of) - 0.5 || events > (high * of) + 0.5;
    }
}
