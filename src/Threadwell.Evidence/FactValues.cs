using System.Collections.Frozen;

namespace Threadwell.Evidence;

/// <summary>
/// The values that a computation goes by: the catalogue's, of which some may be replaced, by a sample of the uncertainty, by a fit, or by what a question varies. It never changes
/// once it is made.
/// </summary>
public sealed class FactValues
{
    private readonly FrozenDictionary<string, double> replaced;

    private FactValues(FrozenDictionary<string, double> replaced) => this.replaced = replaced;

    /// <summary>The catalogue's values.</summary>
    public static FactValues Catalogue { get; } = new(FrozenDictionary<string, double>.Empty);

    /// <summary>Names of the facts that have another value than the catalogue's, with it, by name.</summary>
    public IEnumerable<KeyValuePair<string, double>> Replaced => replaced.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>These values with others in the place of some.</summary>
    /// <param name="values">Names of facts and their values, in each fact's own unit.</param>
    /// <exception cref="KeyNotFoundException">No fact has such a name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public FactValues With(params IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = replaced.ToDictionary(StringComparer.Ordinal);
        foreach ((string name, double value) in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(values), value, $"The value of '{name}' is not finite.");
            }

            if (EvidenceCatalogue.Get(name).Value == value)
            {
                all.Remove(name);
            }
            else
            {
                all[name] = value;
            }
        }

        return all.Count == 0 ? Catalogue : new FactValues(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The value of a fact, in the unit that the caller expects.</summary>
    /// <param name="name">Unique name of the fact.</param>
    /// <param name="unit">Unit that the caller computes with; it must be the fact's own.</param>
    /// <exception cref="KeyNotFoundException">No fact has that name.</exception>
    /// <exception cref="InvalidOperationException">The fact is in another unit.</exception>
    public double Value(string name, string unit)
    {
        double inCatalogue = EvidenceCatalogue.Value(name, unit);
        return replaced.TryGetValue(name, out double value) ? value : inCatalogue;
    }
}
