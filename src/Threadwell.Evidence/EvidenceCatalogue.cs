using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Threadwell.Evidence;

/// <summary>
/// Every literature number and assumption that the software uses, read from the topic files under <c>Catalogue/</c>.
/// A number from the literature exists once, here; code asks for it by name.
/// </summary>
public static class EvidenceCatalogue
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<FrozenDictionary<string, Fact>> Loaded = new(Load);

    /// <summary>All facts, by topic and then in the order of their file.</summary>
    public static IEnumerable<Fact> All =>
        Loaded.Value.Values.OrderBy(fact => fact.Topic, StringComparer.Ordinal).ThenBy(fact => fact.Id, StringComparer.Ordinal).ThenBy(fact => fact.Name, StringComparer.Ordinal);

    /// <summary>The fact of a name.</summary>
    /// <param name="name">Unique name of the fact.</param>
    /// <exception cref="KeyNotFoundException">No fact has that name.</exception>
    public static Fact Get(string name) =>
        Loaded.Value.TryGetValue(name, out Fact? fact)
            ? fact
            : throw new KeyNotFoundException($"The evidence catalogue has no fact named '{name}'.");

    /// <summary>The value of a fact, in the unit that the caller expects.</summary>
    /// <param name="name">Unique name of the fact.</param>
    /// <param name="unit">Unit that the caller computes with; it must be the fact's own.</param>
    /// <exception cref="KeyNotFoundException">No fact has that name.</exception>
    /// <exception cref="InvalidOperationException">The fact is in another unit.</exception>
    public static double Value(string name, string unit)
    {
        Fact fact = Get(name);
        return fact.Unit == unit
            ? fact.Value
            : throw new InvalidOperationException($"Fact '{name}' is in {fact.Unit}, not in {unit}.");
    }

    private static FrozenDictionary<string, Fact> Load()
    {
        var facts = new Dictionary<string, Fact>(StringComparer.Ordinal);
        var assembly = typeof(EvidenceCatalogue).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            string topic = resource.Split('.')[^2];
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            Fact[] read = JsonSerializer.Deserialize<Fact[]>(stream, Options) ?? [];
            foreach (Fact fact in read)
            {
                if (!facts.TryAdd(fact.Name, fact with { Topic = topic }))
                {
                    throw new InvalidDataException($"{topic}.json: the name '{fact.Name}' is used twice.");
                }
            }
        }

        return facts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
