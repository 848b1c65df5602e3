using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Threadwell.Web.Registry;

/// <summary>The treatments that count for some figure, as sums of their weights by any dimensions and quarters, with the tables that were judged of them.</summary>
internal sealed class RegistryPart
{
    // Cells of so many tables are kept, which take some megabytes; a list of treatments is seldom asked for more before it changes.
    private const int MostCells = 200_000;

    private readonly RegistryCodes codes;
    private readonly (int Row, long Weight)[] kinds;
    private readonly QuarterSums?[] sums = new QuarterSums?[1 << RegistryDimension.All.Count];
    private readonly ConcurrentDictionary<TableKey, SuppressedTable> tables = [];

    /// <summary>Sums up.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="counts">Which of them count; null for all.</param>
    public RegistryPart(RegistryCodes codes, RowSet? counts)
    {
        this.codes = codes;
        Counts = counts;
        kinds = Kinds();
    }

    /// <summary>Which treatments count; null for all.</summary>
    public RowSet? Counts { get; }

    /// <summary>Tables that were judged.</summary>
    public ConcurrentDictionary<TableKey, SuppressedTable> Tables()
    {
        if (tables.Values.Sum(table => table.Size) > MostCells)
        {
            tables.Clear();
        }

        return tables;
    }

    /// <summary>Sums by some dimensions.</summary>
    /// <param name="dimensions">A bit for each dimension.</param>
    public QuarterSums SumsBy(int dimensions) => sums[dimensions] ??= new QuarterSums(codes, dimensions, kinds);

    // Treatments that are alike in every dimension and their quarter, by one of them.
    private (int Row, long Weight)[] Kinds()
    {
        var alike = new Dictionary<(long Cell, int Quarter), (int Row, long Weight)>(codes.Count);
        for (int row = 0; row < codes.Count; row++)
        {
            if (Counts?.Contains(row) != false)
            {
                ref (int Row, long Weight) kind = ref CollectionsMarshal.GetValueRefOrAddDefault(alike, (codes.CellOf(sums.Length - 1, row), codes.Quarters[row]), out bool isKnown);
                kind = (isKnown ? kind.Row : row, kind.Weight + codes.Weights[row]);
            }
        }

        return [.. alike.Values];
    }
}

/// <summary>What a table is by.</summary>
/// <param name="Dimensions">A bit for each dimension.</param>
/// <param name="Period">Its period; null where it is by none.</param>
/// <param name="Least">The least number of patients that is told of.</param>
internal readonly record struct TableKey(int Dimensions, (int? From, int? Until)? Period, int Least);
