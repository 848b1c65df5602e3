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
        int threadsPlaced = 0;
        foreach (RegistryTreatment treatment in selection.Treatments)
        {
            threadsPlaced += treatment.Threads;
            RegistryComplication[] counted = treatment.Complications.Count == 0 ? [] : [.. treatment.Complications.Where(complication => complication.Severity >= selection.Filter.Severity)];
            foreach (IGrouping<ComplicationKind, RegistryComplication> kind in counted.GroupBy(complication => complication.Kind))
            {
                treatments[(int)kind.Key]++;
                threads[(int)kind.Key] += Affected(kind);
            }

            treatments[kinds] += counted.Length > 0 ? 1 : 0;
            threads[kinds] += Affected(counted);
        }

        return new ComplicationFigures(
            [.. AllKinds.Select(kind => (ComplicationKind?)kind).OrderByDescending(kind => treatments[(int)kind!]).ThenBy(kind => kind).Prepend(null)
                .Select(kind => (Kind: kind, Place: kind is { } named ? (int)named : kinds)).Where(kind => kind.Kind is null || treatments[kind.Place] > 0)
                .Select(kind => new KindRate(kind.Kind, WilsonInterval.Of(treatments[kind.Place], selection.Treatments.Count), WilsonInterval.Of(threads[kind.Place], threadsPlaced)))],
            Groups(selection, RegistryDimension.Material),
            Groups(selection, RegistryDimension.Area),
            Groups(selection, RegistryDimension.Operator),
            Lot(selection));
    }

    private static int Affected(IEnumerable<RegistryComplication> complications) => complications.Where(complication => complication.ThreadId is not null).Select(complication => complication.ThreadId).Distinct().Count();

    private static bool Counts(RegistryComplication complication, RegistryFilter filter) => complication.Severity >= filter.Severity && (filter.Kind is not { } kind || complication.Kind == kind);

    private static GroupFigures Groups(RegistrySelection selection, RegistryDimension dimension) => Placed(
        selection.Disclosure.Shown(dimension),
        selection.Treatments.Select(treatment => (Group: dimension.Of(treatment), Happened: treatment.Complications.Any(complication => Counts(complication, selection.Filter)))),
        Whole(selection));

    // A complication counts for the lot of its thread, for none where that was struck out; one that is about no single thread counts for every lot of the treatment.
    private static GroupFigures Lot(RegistrySelection selection) => Placed(
        selection.Disclosure.ShownOfMany(treatment => treatment.Lots),
        selection.Treatments.SelectMany(treatment => treatment.Lots.Select(lot =>
            (Group: lot, Happened: treatment.Complications.Any(complication => Counts(complication, selection.Filter) && (!complication.NamesThread || complication.LotKey == lot))))),
        whole: null);

    private static RateInterval Whole(RegistrySelection selection) =>
        WilsonInterval.Of(selection.Treatments.Count(treatment => treatment.Complications.Any(complication => Counts(complication, selection.Filter))), selection.Treatments.Count);

    private static GroupFigures Placed(IReadOnlySet<string> shown, IEnumerable<(string Group, bool Happened)> rows, RateInterval? whole)
    {
        var counts = new Dictionary<string, (int Events, int Of)>(StringComparer.Ordinal);
        foreach ((string group, bool happened) in rows)
        {
            (int events, int of) = counts.GetValueOrDefault(group);
            counts[group] = (events + (happened ? 1 : 0), of + 1);
        }

        RateInterval common = whole ?? WilsonInterval.Of(counts.Values.Sum(count => count.Events), counts.Values.Sum(count => count.Of));
        GroupRate[] told = [.. counts.Where(group => shown.Contains(group.Key)).OrderByDescending(group => group.Value.Of).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new GroupRate(group.Key, WilsonInterval.Of(group.Value.Events, group.Value.Of), Place(common.Rate, group.Value.Events, group.Value.Of)))];
        return new GroupFigures(told, common, told.Length < counts.Count);
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
