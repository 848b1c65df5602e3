using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Threadwell.Cli.Tests.Schemas;

/// <summary>Holds a JSON file against a schema of <c>docs/formats</c>: the keywords that stand there, and an error for any other.</summary>
internal sealed class SchemaCheck
{
    private readonly JsonElement root;
    private readonly List<string> faults;

    private SchemaCheck(JsonElement root, List<string> faults) => (this.root, this.faults) = (root, faults);

    /// <summary>Where the schemas lie.</summary>
    public static string Folder { get; } = Docs();

    /// <summary>What of a file does not keep a schema: places and what is wrong there.</summary>
    /// <param name="schema">File name of the schema.</param>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<string> Faults(string schema, JsonElement file)
    {
        var found = new List<string>();
        Whole(schema, found).Check(Read(schema), file, "$");
        return found;
    }

    private static SchemaCheck Whole(string schema, List<string> found) => new(Read(schema), found);

    private static JsonElement Read(string schema) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, schema))).RootElement;

    private void Check(JsonElement schema, JsonElement value, string place)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            JsonElement given = keyword.Value;
            bool holds = keyword.Name switch
            {
                "$schema" or "$id" or "$defs" or "title" or "description" or "default" or "then" or "else" => true,
                "$ref" => Follow(given.GetString()!, value, place),
                "type" => given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Any(type => Is(type.GetString()!, value)) : Is(given.GetString()!, value),
                "const" => JsonElement.DeepEquals(given, value),
                "enum" => given.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)),
                "anyOf" => given.EnumerateArray().Any(one => Keeps(one, value)),
                "oneOf" => given.EnumerateArray().Count(one => Keeps(one, value)) == 1,
                "if" => Branch(schema, Keeps(given, value) ? "then" : "else", value, place),
                "required" => value.ValueKind != JsonValueKind.Object || given.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "properties" => Members(given, value, place),
                "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(member.Name, out _)),
                "items" => Items(given, value, place),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= given.GetInt32(),
                "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= given.GetInt32(),
                "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= given.GetInt32(),
                "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= given.GetInt32(),
                "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, given.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= given.GetDouble(),
                "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > given.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= given.GetDouble(),
                _ => throw new NotSupportedException($"The check does not know '{keyword.Name}'."),
            };
            if (!holds)
            {
                faults.Add($"{place}: {keyword.Name} {given.GetRawText()}");
            }
        }
    }

    private bool Keeps(JsonElement schema, JsonElement value)
    {
        var inner = new List<string>();
        new SchemaCheck(root, inner).Check(schema, value, "");
        return inner.Count == 0;
    }

    private bool Follow(string reference, JsonElement value, string place)
    {
        if (reference[0] == '#')
        {
            Check(reference.Split('/').Skip(1).Aggregate(root, (element, name) => element.GetProperty(name)), value, place);
        }
        else
        {
            Whole(reference, faults).Check(Read(reference), value, place);
        }

        return true;
    }

    private bool Branch(JsonElement schema, string branch, JsonElement value, string place)
    {
        if (schema.TryGetProperty(branch, out JsonElement further))
        {
            Check(further, value, place);
        }

        return true;
    }

    private bool Members(JsonElement properties, JsonElement value, string place)
    {
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(property.Name, out JsonElement member))
            {
                Check(property.Value, member, $"{place}.{property.Name}");
            }
        }

        return true;
    }

    private bool Items(JsonElement items, JsonElement value, string place)
    {
        for (int index = 0; value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength(); index++)
        {
            Check(items, value[index], $"{place}[{index}]");
        }

        return true;
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The check does not know the type '{type}'."),
    };

    private static string Docs([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "formats"));
}
