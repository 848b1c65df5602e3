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
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="part">Those of them that count.</param>
    /// <param name="filter">Its chosen dimensions are those of the table, and its period.</param>
    /// <param name="further">One more dimension; null for none.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The values of the further dimension that may be shown for what the filter chooses; without one, an empty text where the choice itself may be shown.</returns>
    public static IReadOnlySet<string> Shown(RegistryCodes codes, RegistryPart part, RegistryFilter filter, RegistryDimension? further, int least)
    {
        if (codes.CellOf(filter) is not var (dimensions, cell))
        {
            return new HashSet<string>();
        }

        bool isWithin = PeriodOf(filter) is not null;
        if (further is null)
        {
            return Of(codes, part, dimensions, PeriodOf(filter), least, part.Tables()).Shows(cell, isWithin) ? new HashSet<string> { "" } : [];
        }

        int place = RegistryCodes.PlaceOf(further);
        SuppressedTable table = Of(codes, part, dimensions | 1 << place, PeriodOf(filter), least, part.Tables());
        return codes.Names[place].Where(name => table.Shows(cell + codes.PartOfValue(place, name.Value), isWithin)).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The table by some dimensions.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="part">Those of them that count.</param>
    /// <param name="dimensions">A bit for each dimension.</param>
    /// <param name="period">The period; null where the table is by none.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <param name="made">Tables that were judged, to which it is added.</param>
    public static SuppressedTable Of(RegistryCodes codes, RegistryPart part, int dimensions, (int? From, int? Until)? period, int least, ConcurrentDictionary<TableKey, SuppressedTable> made) =>
        made.GetOrAdd(new TableKey(dimensions, period, least), _ => new SuppressedTable(new TableJudgement(codes, part, dimensions, period, least).Judge(made)));

    /// <summary>The period of a filter; null where it has none.</summary>
    /// <param name="filter">The filter.</param>
    public static (int? From, int? Until)? PeriodOf(RegistryFilter filter) => filter.From is null && filter.Until is null ? null : (filter.From, filter.Until);

    /// <summary>Whether a cell may be shown; one that holds nobody may not.</summary>
    /// <param name="cell">The number of the cell by the table's dimensions (<see cref="RegistryCodes.CellOf(int, int)"/>).</param>
    /// <param name="isWithin">Whether it is that inside the period; false where the table is by none.</param>
    public bool Shows(long cell, bool isWithin) => shown.Contains(TableJudgement.NumberOf(cell, isWithin));
}
