using System.Runtime.InteropServices;

namespace Threadwell.Web.Registry;

/// <summary>
/// Quarters put together, from the first on, until each block holds enough patients; what is left at the end joins the last. A period begins and ends between blocks of those whom it is of, so that two
/// of their periods differ by nobody or by enough.
/// </summary>
internal sealed class QuarterBlocks
{
    private readonly List<(int First, int Last)> blocks = [];

    private QuarterBlocks()
    {
    }

    /// <summary>First and last quarter of each, in order; none where all together hold too few.</summary>
    public IReadOnlyList<(int First, int Last)> All => blocks;

    /// <summary>Puts quarters together, for each cell on its own.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="byQuarter">All of them, by quarter.</param>
    /// <param name="dimensions">By what cells are told apart: a bit for each dimension.</param>
    /// <param name="least">How many patients are enough.</param>
    /// <returns>The blocks of each cell, by its number (<see cref="RegistryCodes.CellOf(int, int)"/>).</returns>
    public static IReadOnlyDictionary<long, QuarterBlocks> Of(RegistryCodes codes, int[] byQuarter, int dimensions, int least)
    {
        var open = new Dictionary<long, Open>();
        foreach (int row in byQuarter)
        {
            ref Open? block = ref CollectionsMarshal.GetValueRefOrAddDefault(open, codes.CellOf(dimensions, row), out _);
            block ??= new Open(codes.Quarters[row]);
            block.Add(codes.Quarters[row], codes.Patients[row], least);
        }

        return open.ToDictionary(pair => pair.Key, pair => pair.Value.Close(least));
    }

    /// <summary>The period between blocks that holds another.</summary>
    /// <param name="from">Its first quarter; null for no limit.</param>
    /// <param name="until">Its last quarter; null for no limit.</param>
    public (int? From, int? Until) Widen(int? from, int? until)
    {
        foreach ((int first, int last) in blocks)
        {
            from = first < from && from <= last ? first : from;
            until = first <= until && until < last ? last : until;
        }

        return (from, until);
    }

    // The block that quarters are being added to.
    private sealed class Open(int quarter)
    {
        private readonly QuarterBlocks closed = new();
        private readonly List<int> patients = [];
        private (int First, int Last) block = (quarter, quarter);

        public void Add(int next, int patient, int least)
        {
            if (next > block.Last && patients.Count >= least)
            {
                closed.blocks.Add(block);
                patients.Clear();
                block.First = next;
            }

            block.Last = next;
            if (patients.Count < least && !patients.Contains(patient))
            {
                patients.Add(patient);
            }
        }

        public QuarterBlocks Close(int least)
        {
            if (patients.Count >= least)
            {
                closed.blocks.Add(block);
            }
            else if (closed.blocks.Count > 0)
            {
                closed.blocks[^1] = (closed.blocks[^1].First, block.Last);
            }

            return closed;
        }
    }
}
