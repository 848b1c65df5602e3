using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Threadwell.Web.Registry;

/// <summary>The registry's treatments as numbers, with what was judged of them so far: made once for a list of treatments and kept as long as the list.</summary>
internal sealed class RegistryCodes
{
    // Tables of so many choices and periods are kept; more are asked for by nobody who reads.
    private const int MostTables = 500;

    private static readonly ConditionalWeakTable<IReadOnlyList<RegistryTreatment>, RegistryCodes> Known = [];

    private readonly ConcurrentDictionary<(int Dimensions, int Least), IReadOnlyDictionary<long, QuarterBlocks>> blocks = [];
    private readonly ConcurrentDictionary<TableKey, SuppressedTable> tables = [];
    private readonly int[] byQuarter;

    private RegistryCodes(IReadOnlyList<RegistryTreatment> treatments)
    {
        var names = new List<Dictionary<string, int>>();
        var codes = new List<int[]>();
        foreach (RegistryDimension dimension in RegistryDimension.All)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] code = new int[treatments.Count];
            for (int row = 0; row < treatments.Count; row++)
            {
                string value = dimension.Of(treatments[row]);
                if (!known.TryGetValue(value, out code[row]))
                {
                    known[value] = code[row] = known.Count;
                }
            }

            names.Add(known);
            codes.Add(code);
        }

        (Names, Codes) = (names, codes);
        Quarters = [.. treatments.Select(treatment => treatment.Quarter)];
        Patients = new int[treatments.Count];
        for (int row = 1; row < treatments.Count; row++)
        {
            Patients[row] = Patients[row - 1] + (treatments[row].PatientId != treatments[row - 1].PatientId ? 1 : 0);
        }

        int[] times = new int[treatments.Count];
        foreach (int patient in Patients)
        {
            times[patient]++;
        }

        Weights = [.. Patients.Select(patient => 1.0 / times[patient])];
        byQuarter = [.. Enumerable.Range(0, treatments.Count).OrderBy(row => Quarters[row])];
        (FirstQuarter, LastQuarter) = byQuarter.Length == 0 ? (0, 0) : (Quarters[byQuarter[0]], Quarters[byQuarter[^1]]);
    }

    /// <summary>Values of each dimension of <see cref="RegistryDimension.All"/> and their numbers.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, int>> Names { get; }

    /// <summary>The number of each treatment's value, by dimension.</summary>
    public IReadOnlyList<int[]> Codes { get; }

    /// <summary>A treatment weighs as a part of its patient, so that a sum of weights is never more than the patients it is of.</summary>
    public double[] Weights { get; }

    /// <summary>Each treatment's calendar quarter.</summary>
    public int[] Quarters { get; }

    /// <summary>Each treatment's patient, numbered in order.</summary>
    public int[] Patients { get; }

    /// <summary>The first quarter of any treatment.</summary>
    public int FirstQuarter { get; }

    /// <summary>The last quarter of any treatment.</summary>
    public int LastQuarter { get; }

    /// <summary>The numbers of a list of treatments.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other; the list is not changed any more.</param>
    public static RegistryCodes Of(IReadOnlyList<RegistryTreatment> treatments) => Known.GetValue(treatments, list => new RegistryCodes(list));

    /// <summary>The number that treatments share which agree in some dimensions.</summary>
    /// <param name="dimensions">The dimensions, in order.</param>
    /// <param name="row">A treatment.</param>
    public long CellOf(ReadOnlySpan<int> dimensions, int row)
    {
        long cell = 0;
        foreach (int dimension in dimensions)
        {
            cell = (cell * Names[dimension].Count) + Codes[dimension][row];
        }

        return cell;
    }

    /// <summary>The blocks of quarters of those who agree with a treatment in some dimensions.</summary>
    /// <param name="dimensions">The dimensions, in order.</param>
    /// <param name="row">A treatment.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    public QuarterBlocks BlocksOf(int[] dimensions, int row, int least) => BlocksOf(dimensions, least)[CellOf(dimensions, row)];

    /// <summary>The blocks of quarters of those whom a filter chooses, whatever their day.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The blocks; null where it chooses nobody.</returns>
    public QuarterBlocks? BlocksOf(RegistryFilter filter, int least)
    {
        long cell = 0;
        var dimensions = new List<int>();
        for (int dimension = 0; dimension < Names.Count; dimension++)
        {
            if (filter.Chosen.TryGetValue(RegistryDimension.All[dimension], out string? value))
            {
                if (!Names[dimension].TryGetValue(value, out int code))
                {
                    return null;
                }

                cell = (cell * Names[dimension].Count) + code;
                dimensions.Add(dimension);
            }
        }

        return BlocksOf([.. dimensions], least).GetValueOrDefault(cell);
    }

    /// <summary>Tables that were judged by every treatment.</summary>
    public ConcurrentDictionary<TableKey, SuppressedTable> Tables()
    {
        if (tables.Count > MostTables)
        {
            tables.Clear();
        }

        return tables;
    }

    private IReadOnlyDictionary<long, QuarterBlocks> BlocksOf(int[] dimensions, int least) =>
        blocks.GetOrAdd((dimensions.Sum(dimension => 1 << dimension), least), _ => QuarterBlocks.Of(byQuarter.Select(row => (CellOf(dimensions, row), Quarters[row], Patients[row])), least));
}

/// <summary>What a table is by.</summary>
/// <param name="Dimensions">A bit for each dimension, and one for the period.</param>
/// <param name="From">First quarter of the period; null for no limit.</param>
/// <param name="Until">Last quarter of the period; null for no limit.</param>
/// <param name="Least">The least number of patients that is told of.</param>
internal readonly record struct TableKey(int Dimensions, int? From, int? Until, int Least);
