namespace Threadwell.Web.Registry;

/// <summary>Lots of the registry's treatments as numbers, both ways.</summary>
internal sealed class RegistryLots
{
    private readonly int[] firstOfRow;
    private readonly int[] lots;
    private readonly int[] firstOfLot;
    private readonly int[] rows;

    /// <summary>Numbers them.</summary>
    /// <param name="treatments">The treatments.</param>
    public RegistryLots(IReadOnlyList<RegistryTreatment> treatments)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        var all = new List<int>(treatments.Count);
        firstOfRow = new int[treatments.Count + 1];
        for (int row = 0; row < treatments.Count; row++)
        {
            foreach (string name in treatments[row].Lots)
            {
                if (!numbers.TryGetValue(name, out int number))
                {
                    numbers[name] = number = names.Count;
                    names.Add(name);
                }

                all.Add(number);
            }

            firstOfRow[row + 1] = all.Count;
        }

        (Names, lots) = (names, [.. all]);
        firstOfLot = new int[names.Count + 1];
        foreach (int lot in lots)
        {
            firstOfLot[lot + 1]++;
        }

        for (int lot = 0; lot < names.Count; lot++)
        {
            firstOfLot[lot + 1] += firstOfLot[lot];
        }

        int[] next = [.. firstOfLot];
        rows = new int[lots.Length];
        for (int row = 0; row < treatments.Count; row++)
        {
            foreach (int lot in LotsOf(row))
            {
                rows[next[lot]++] = row;
            }
        }
    }

    /// <summary>Names of the lots, by number.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The lots of a treatment.</summary>
    public ReadOnlySpan<int> LotsOf(int row) => lots.AsSpan(firstOfRow[row]..firstOfRow[row + 1]);

    /// <summary>The treatments of a lot in order.</summary>
    public ReadOnlySpan<int> RowsOf(int lot) => rows.AsSpan(firstOfLot[lot]..firstOfLot[lot + 1]);
}
