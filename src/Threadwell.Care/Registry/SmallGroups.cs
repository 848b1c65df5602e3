namespace Threadwell.Care.Registry;

/// <summary>Which groups of a registry may be shown: few patients in a group tell who they are.</summary>
public static class SmallGroups
{
    /// <summary>Groups of fewer patients are not shown where a clinic sets nothing: a common threshold of statistical disclosure control, which a clinic may raise.</summary>
    public const int Least = 10;

    /// <summary>
    /// The groups that may be shown of those that together make a shown whole. Where exactly one group is too small it could be had by subtraction, so the next larger one is withheld with it.
    /// </summary>
    /// <typeparam name="TKey">What a group is named by.</typeparam>
    /// <param name="sizes">Size of each group.</param>
    /// <param name="least">Least size that is shown; at least 1.</param>
    /// <returns>The keys that may be shown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The least size is below 1.</exception>
    public static IReadOnlySet<TKey> Shown<TKey>(IReadOnlyDictionary<TKey, int> sizes, int least = Least)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        TKey[] large = [.. sizes.Where(group => group.Value >= least).OrderByDescending(group => group.Value).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal).Select(group => group.Key)];
        int withheld = sizes.Count(group => group.Value > 0 && group.Value < least);

        // A group of nobody hides nothing.
        IEnumerable<TKey> empty = sizes.Where(group => group.Value == 0).Select(group => group.Key);
        return new HashSet<TKey>((withheld == 1 ? large.SkipLast(1) : large).Concat(withheld == 0 ? empty : []));
    }
}
