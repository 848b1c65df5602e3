using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Threadwell.Evidence;

/// <summary>
/// Reads one topic file of the catalogue and refuses what does not keep its rules, so that no later code has to doubt a fact.
/// The rules are written down in <c>docs/evidence.md</c>.
/// </summary>
public static partial class CatalogueReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the facts of a topic file, in the order of the file.</summary>
    /// <param name="topic">Name of the topic, which is the file's name without ".json".</param>
    /// <param name="json">The file: an array of facts in the form of <see cref="Fact"/>, with camel-case keys.</param>
    /// <exception cref="InvalidDataException">The file is no such array, or a fact breaks a rule; the message names topic and fact.</exception>
    public static Fact[] Read(string topic, Stream json)
    {
        Fact[] facts = ReadArray<Fact>(topic, json, "facts");
        for (int i = 0; i < facts.Length; i++)
        {
            if (Problem(facts[i]) is { } problem)
            {
                throw new InvalidDataException($"{topic}.json: fact '{facts[i].Name}': {problem}.");
            }

            facts[i] = facts[i] with { Topic = topic };
        }

        return facts;
    }

    /// <summary>Reads the statements of a topic file, in the order of the file.</summary>
    /// <param name="topic">Name of the topic, which is the file's name without ".json".</param>
    /// <param name="json">The file: an array of statements in the form of <see cref="EvidenceStatement"/>, with camel-case keys.</param>
    /// <exception cref="InvalidDataException">The file is no such array, or a statement breaks a rule; the message names topic and statement.</exception>
    public static EvidenceStatement[] ReadStatements(string topic, Stream json)
    {
        EvidenceStatement[] statements = ReadArray<EvidenceStatement>(topic, json, "statements");
        for (int i = 0; i < statements.Length; i++)
        {
            EvidenceStatement row = statements[i];
            string? problem = row.Id.Length == 0 || row.Id[0] != 'E' || !IdPattern().IsMatch(row.Id) ? "an id E-nnn is expected"
                : row.Grade == EvidenceGrade.Assumption ? "an assumption is no statement of a source"
                : string.IsNullOrWhiteSpace(row.Statement) || string.IsNullOrWhiteSpace(row.Conditions) || string.IsNullOrWhiteSpace(row.Source) ? "statement, conditions and source must not be empty"
                : null;
            if (problem is not null)
            {
                throw new InvalidDataException($"{topic}.json: statement '{row.Id}': {problem}.");
            }

            statements[i] = row with { Topic = topic };
        }

        return statements;
    }

    private static T[] ReadArray<T>(string topic, Stream json, string what)
        where T : class
    {
        T[] entries;
        try
        {
            entries = JsonSerializer.Deserialize<T[]>(json, Options) ?? throw new InvalidDataException($"{topic}.json: an array of {what} is expected.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{topic}.json: {exception.Message}", exception);
        }

        int missing = Array.FindIndex(entries, entry => entry is null);
        return missing < 0 ? entries : throw new InvalidDataException($"{topic}.json: entry {missing} is null.");
    }

    private static string? Problem(Fact fact)
    {
        bool isAssumption = fact.Id.StartsWith("A-", StringComparison.Ordinal);
        if (!NamePattern().IsMatch(fact.Name))
        {
            return "a name is made of lower-case letters, digits, dots and hyphens";
        }

        if (!IdPattern().IsMatch(fact.Id))
        {
            return $"'{fact.Id}' is no id; E-nnn, C-nn or A-nnn is expected";
        }

        if (isAssumption != (fact.Grade == EvidenceGrade.Assumption))
        {
            return "an id A-nnn and the grade 'assumption' go together";
        }

        if (string.IsNullOrWhiteSpace(fact.Quantity) || string.IsNullOrWhiteSpace(fact.Unit)
            || string.IsNullOrWhiteSpace(fact.Conditions) || string.IsNullOrWhiteSpace(fact.Source))
        {
            return "quantity, unit, conditions and source must not be empty";
        }

        if (fact.Low > fact.Value || fact.High < fact.Value)
        {
            return "low <= value <= high is violated";
        }

        if (fact.StandardDeviation < 0)
        {
            return "a standard deviation is not negative";
        }

        return isAssumption && (fact.Low is null || fact.High is null) ? "an assumption needs low and high: it is always sampled" : null;
    }

    [GeneratedRegex("^[a-z0-9]+(?:[.-][a-z0-9]+)*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^(?:E-[0-9]{3}|C-[0-9]{2}|A-[0-9]{3})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
