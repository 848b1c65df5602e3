using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Threadwell.Web.Registry;

/// <summary>The treatments that count for some figure, as sums of their weights by any dimensions and quarters, with the tables that were judged of them.</summary>
internal sealed class RegistryPart
{
    // Cells of so many tables are kept, which take some megabytes; a list of treatments is seldom asked for more before it changes.
    private const int MostCells = 200_000;

    private readonly RegistryCodes codes;
    private readonly int[] byQuarter;
    private readonly (int Row, long Weight)[] kinds;
    private readonly QuarterSums?[] sums = new QuarterSums?[1 << RegistryDimension.All.Count];
    private readonly ConcurrentDictionary<TableKey, SuppressedTable> tables = [];
    private readonly ConcurrentDictionary<(int Dimensions, int Least), IReadOnlyDictionary<long, QuarterBlocks>> blocks = [];

    /// <summary>Sums up.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="byQuarter">Those of them that count, by quarter.</param>
    /// <param name="isLot">Whether they are those of one lot.</param>
    public RegistryPart(RegistryCodes codes, int[] byQuarter, bool isLot = false)
    {
        (this.codes, this.byQuarter, IsLot) = (codes, byQuarter, isLot);
        kinds = Kinds();
    }

    /// <summary>Whether it is told of beside the others, as a lot is: so that these can be had by subtraction, too.</summary>
    public bool IsLot { get; }

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

    /// <summary>The blocks of quarters of its treatments.</summary>
    /// <param name="dimensions">By what cells are told apart: a bit for each dimension.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The blocks of each cell, by its number (<see cref="RegistryCodes.CellOf(int, int)"/>).</returns>
    public IReadOnlyDictionary<long, QuarterBlocks> BlocksBy(int dimensions, int least) =>
        blocks.GetOrAdd((dimensions, least), _ => QuarterBlocks.Of(codes, byQuarter, dimensions, least));

    // Treatments that are alike in every dimension and their quarter, by one of them.
    private (int Row, long Weight)[] Kinds()
    {
        var alike = new Dictionary<(long Cell, int Quarter), (int Row, long Weight)>(byQuarter.Length);
        foreach (int row in byQuarter)
        {
            ref (int Row, long Weight) kind = ref CollectionsMarshal.GetValueRefOrAddDefault(alike, (codes.CellOf(sums.Length - 1, row), codes.Quarters[row]), out bool isKnown);
            kind = (isKnown ? kind.Row : row, kind.Weight + codes.Weights[row]);
        }

        return [.. alike.Values];
    }
}

/// <summary>What a table is by.</summary>
/// <param name="Dimensions">A bit for each dimension.</param>
/// <param name="Period">Its period; null where it is by none.</param>
/// <param name="Least">The least number of patients that is told of.</param>
internal readonly record struct TableKey(int Dimensions, (int? From, int? Until)? Period, int Least);
