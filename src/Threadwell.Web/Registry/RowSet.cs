namespace Threadwell.Web.Registry;

/// <summary>Which treatments of a list count for something.</summary>
internal sealed class RowSet : IEquatable<RowSet>
{
    private const int Bits = 64;

    private readonly ulong[] bits;

    /// <summary>Asks each treatment.</summary>
    /// <param name="treatments">The treatments.</param>
    /// <param name="counts">Whether one counts.</param>
    public RowSet(IReadOnlyList<RegistryTreatment> treatments, Func<RegistryTreatment, bool> counts)
    {
        bits = new ulong[(treatments.Count + Bits - 1) / Bits];
        IsAll = true;
        for (int row = 0; row < treatments.Count; row++)
        {
            if (counts(treatments[row]))
            {
                bits[row / Bits] |= 1UL << (row % Bits);
            }
            else
            {
                IsAll = false;
            }
        }
    }

    /// <summary>Whether all count.</summary>
    public bool IsAll { get; }

    /// <summary>Whether a treatment counts.</summary>
    public bool Contains(int row) => (bits[row / Bits] >> (row % Bits) & 1) != 0;

    /// <inheritdoc />
    public bool Equals(RowSet? other) => other is not null && bits.AsSpan().SequenceEqual(other.bits);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RowSet);

    /// <inheritdoc />
    public override int GetHashCode() => bits.Length;
}
