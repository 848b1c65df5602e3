using System.Collections.Concurrent;

namespace Threadwell.Web.Registry;

/// <summary>
/// Which cells of a table of treatments by some dimensions, and by whether they fall into a period, may be shown (docs/care/registry.md). Withheld is a cell of few patients; one from which, with the sums over
/// each dimension, few could be had by subtraction; one that shares a further value, or some quarters, in all its patients and from which few could be had by that; one whose period cuts its own blocks of
/// quarters; one whose sum over a dimension is withheld; and further ones, until on each line of the table what is withheld is two cells or more that hold enough together.
/// </summary>
internal sealed class SuppressedTable
{
    private readonly IReadOnlySet<long> shown;

    private SuppressedTable((IReadOnlySet<long> Shown, int Cells) judged) => (shown, Size) = judged;

    /// <summary>How many cells were judged.</summary>
    public int Size { get; }

    /// <summary>Judges a table.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other.</param>
    /// <param name="filter">Its chosen dimensions are those of the table, and its period.</param>
    /// <param name="further">One more dimension; null for none.</param>
    /// <param name="counts">Which treatments count; null for all.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The values of the further dimension that may be shown for what the filter chooses; without one, an empty text where the choice itself may be shown.</returns>
    public static IReadOnlySet<string> Shown(IReadOnlyList<RegistryTreatment> treatments, RegistryFilter filter, RegistryDimension? further, Func<RegistryTreatment, bool>? counts, int least)
    {
        var codes = RegistryCodes.Of(treatments);
        RegistryPart part = codes.PartOf(counts);
        int[] dimensions = [.. RegistryDimension.All.Select((dimension, index) => (dimension, index)).Where(pair => filter.Chosen.ContainsKey(pair.dimension) || pair.dimension == further).Select(pair => pair.index)];
        (int? From, int? Until)? period = filter.From is null && filter.Until is null ? null : (filter.From, filter.Until);
        SuppressedTable table = Of(codes, part, dimensions, period, least, part.Tables());
        var axes = new TableAxes(codes, dimensions, period);
        var values = new HashSet<string>(StringComparer.Ordinal);
        long cell = axes.Of(isWithin: period is not null);
        int open = -1;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            RegistryDimension dimension = RegistryDimension.All[dimensions[axis]];
            if (dimension == further)
            {
                open = axis;
            }
            else if (codes.Names[dimensions[axis]].TryGetValue(filter.Chosen[dimension], out int code))
            {
                cell += axes.Stride(axis) * code;
            }
            else
            {
                return values;
            }
        }

        foreach ((string name, int code) in open < 0 ? [new("", 0)] : (IEnumerable<KeyValuePair<string, int>>)codes.Names[dimensions[open]])
        {
            if (table.Shows(cell + (open < 0 ? 0 : axes.Stride(open) * code)))
            {
                values.Add(name);
            }
        }

        return values;
    }

    /// <summary>The table by some dimensions.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="part">Those of them that count.</param>
    /// <param name="dimensions">The dimensions in order.</param>
    /// <param name="period">The period; null where the table is by none.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <param name="made">Tables that were judged, to which it is added.</param>
    public static SuppressedTable Of(RegistryCodes codes, RegistryPart part, int[] dimensions, (int? From, int? Until)? period, int least, ConcurrentDictionary<TableKey, SuppressedTable> made) =>
        made.GetOrAdd(
            new TableKey(dimensions.Sum(dimension => 1 << dimension), period, least),
            _ => new SuppressedTable(new TableJudgement(codes, part, dimensions, period, least).Judge(made)));

    /// <summary>Whether a cell may be shown; one that holds nobody may not.</summary>
    /// <param name="cell">The number of the cell (<see cref="TableAxes"/>).</param>
    public bool Shows(long cell) => shown.Contains(cell);
}
