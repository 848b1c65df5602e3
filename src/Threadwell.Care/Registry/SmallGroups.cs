namespace Threadwell.Care.Registry;

/// <summary>Which groups of a registry may be shown: few patients in a group tell who they are.</summary>
public static class SmallGroups
{
    /// <summary>Groups of fewer patients are not shown where a clinic sets nothing: a common threshold of statistical disclosure control, which a clinic may raise; no medical number.</summary>
    public const int Least = 10;

    /// <summary>
    /// The groups that may be shown of those that together make a shown whole. What is withheld could be had by subtraction as one sum, so it is made of two groups or more, which hold the least size
    /// together: the next larger ones are withheld with it until that is so.
    /// </summary>
    /// <typeparam name="TKey">What a group is named by.</typeparam>
    /// <param name="sizes">Size of each group.</param>
    /// <param name="least">Least size that is shown; at least 1.</param>
    /// <param name="withheld">Groups that are withheld for another reason, whatever their size; null for none.</param>
    /// <param name="people">Who is in a group, where one may be in several: together they count once. Null where nobody is.</param>
    /// <returns>The keys that may be shown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The least size is below 1.</exception>
    public static IReadOnlySet<TKey> Shown<TKey>(IReadOnlyDictionary<TKey, int> sizes, int least = Least, IReadOnlySet<TKey>? withheld = null, Func<TKey, IEnumerable<int>>? people = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        int groups = 0;
        int together = 0;
        var hidden = new HashSet<int>();
        var shown = new List<TKey>();
        foreach ((TKey key, int size) in sizes.Where(group => group.Value > 0).OrderBy(group => IsWithheld(group.Key, group.Value) ? 0 : 1).ThenBy(group => group.Value).ThenByDescending(group => group.Key.ToString(), StringComparer.Ordinal))
        {
            if (IsWithheld(key, size) || groups == 1 || (groups > 0 && together < least))
            {
                groups++;
                hidden.UnionWith(people?.Invoke(key) ?? []);
                together = people is null ? together + size : hidden.Count;
            }
            else
            {
                shown.Add(key);
            }
        }

        // A group of nobody hides nothing, unless it could be counted among those that are hidden.
        IEnumerable<TKey> empty = sizes.Where(group => group.Value == 0).Select(group => group.Key);
        return new HashSet<TKey>(shown.Concat(groups == 0 ? empty : []));

        bool IsWithheld(TKey key, int size) => size < least || withheld?.Contains(key) == true;
    }
}
