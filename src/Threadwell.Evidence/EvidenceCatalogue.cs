using System.Collections.Frozen;
using System.Reflection;

namespace Threadwell.Evidence;

/// <summary>
/// Every literature number and assumption that the software uses, read from the topic files under <c>Catalogue/</c>.
/// A number from the literature exists once, here; code asks for it by name.
/// </summary>
public static class EvidenceCatalogue
{
    private static readonly Lazy<FrozenDictionary<string, Fact>> Loaded = new(Load);
    private static readonly Lazy<FrozenDictionary<string, EvidenceStatement>> LoadedStatements = new(LoadStatements);

    /// <summary>All facts, ordered by topic, then id, then name.</summary>
    public static IEnumerable<Fact> All =>
        Loaded.Value.Values.OrderBy(fact => fact.Topic, StringComparer.Ordinal).ThenBy(fact => fact.Id, StringComparer.Ordinal).ThenBy(fact => fact.Name, StringComparer.Ordinal);

    /// <summary>All statements, ordered by id.</summary>
    public static IEnumerable<EvidenceStatement> Statements => LoadedStatements.Value.Values.OrderBy(row => row.Id, StringComparer.Ordinal);

    /// <summary>Id and grade of every fact and every statement; an id occurs as often as there are facts and statements of it.</summary>
    public static IEnumerable<(string Id, EvidenceGrade Grade)> Rows => All.Select(fact => (fact.Id, fact.Grade)).Concat(Statements.Select(row => (row.Id, row.Grade)));

    /// <summary>The statement of an id, whose case is ignored; null where there is none.</summary>
    public static EvidenceStatement? FindStatement(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return LoadedStatements.Value.GetValueOrDefault(id.ToUpperInvariant());
    }

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

    /// <summary>
    /// The facts that a person means by what they typed: the fact of exactly that name, or all facts of that id ("E-003"), or all whose
    /// name begins with it at a dot ("pdo"). Case is ignored; empty where nothing fits. Ordered as <see cref="All"/>.
    /// </summary>
    /// <param name="nameOrId">Name, beginning of a name, or id.</param>
    public static IReadOnlyList<Fact> Find(string nameOrId)
    {
        Fact[] exact = [.. All.Where(f => f.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || f.Id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase))];
        return exact.Length > 0 ? exact : [.. All.Where(f => f.Name.StartsWith(nameOrId + ".", StringComparison.OrdinalIgnoreCase))];
    }

    private static FrozenDictionary<string, Fact> Load()
    {
        var facts = new Dictionary<string, Fact>(StringComparer.Ordinal);
        foreach ((string topic, Fact fact) in Files("Catalogue", CatalogueReader.Read))
        {
            if (!facts.TryAdd(fact.Name, fact))
            {
                throw new InvalidDataException($"{topic}.json: the name '{fact.Name}' is used twice.");
            }
        }

        return facts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, EvidenceStatement> LoadStatements()
    {
        var statements = new Dictionary<string, EvidenceStatement>(StringComparer.Ordinal);
        foreach ((string topic, EvidenceStatement row) in Files("Statements", CatalogueReader.ReadStatements))
        {
            if (!statements.TryAdd(row.Id, row))
            {
                throw new InvalidDataException($"{topic}.json: the row '{row.Id}' is given twice.");
            }
        }

        return statements.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Topic, T Entry)> Files<T>(string folder, Func<string, Stream, T[]> read)
    {
        Assembly assembly = typeof(EvidenceCatalogue).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.Contains($".{folder}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            string topic = resource.Split('.')[^2];
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            foreach (T entry in read(topic, stream))
            {
                yield return (topic, entry);
            }
        }
    }
}
