using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Cli.Tests.Schemas;

/// <summary>Writes the JSON schema of a result file from the types that write it; what a member is comes from its comment.</summary>
internal sealed class ResultSchema
{
    private static readonly JsonSerializerOptions Types = new(PlanJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Files within files, which have a schema of their own.
    private static readonly Dictionary<Type, string> Files = new() { [typeof(ThreadPlan)] = "plan.schema.json", [typeof(PredictionDocument)] = "prediction.schema.json" };

    private readonly SortedDictionary<string, JsonNode> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> names = [];

    private ResultSchema()
    {
    }

    /// <summary>The schema of a type's files.</summary>
    /// <param name="root">The type.</param>
    /// <param name="file">File name of the schema.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What is to be known of the whole.</param>
    public static string Of(Type root, string file, string title, string description)
    {
        var schema = new ResultSchema();
        JsonObject whole = schema.Object(root);
        var written = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = file, ["title"] = title, ["description"] = description };
        foreach ((string name, JsonNode? part) in whole.ToArray())
        {
            whole.Remove(name);
            written[name] = part;
        }

        if (schema.definitions.Count > 0)
        {
            written["$defs"] = new JsonObject(schema.definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        return written.ToJsonString(Written) + "\n";
    }

    private JsonObject Object(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (JsonPropertyInfo property in Types.GetTypeInfo(type).Properties)
        {
            JsonObject described = property.Name == "schemaVersion" ? new JsonObject { ["const"] = 1 } : Value(property.PropertyType, property.IsGetNullable);
            if (property.Name.EndsWith("sha256", StringComparison.OrdinalIgnoreCase))
            {
                described["pattern"] = "^[0-9a-f]{64}$";
            }

            described["description"] = Comment((PropertyInfo)property.AttributeProvider!);
            properties[property.Name] = described;
            if (property.IsRequired)
            {
                required.Add(property.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["required"] = required, ["properties"] = properties };
    }

    private JsonObject Value(Type type, bool nullable)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Value(underlying, nullable: true);
        }

        if (type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(double))
        {
            string word = type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : type == typeof(int) ? "integer" : "number";
            return new JsonObject { ["type"] = nullable ? new JsonArray(word, "null") : word };
        }

        if (type.IsEnum)
        {
            var words = new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(word => JsonSerializer.SerializeToNode(word, type, Types))]);
            if (nullable)
            {
                words.Add(null);
            }

            return new JsonObject { ["enum"] = words };
        }

        if (type == typeof(Vector3D))
        {
            return new JsonObject { ["type"] = nullable ? new JsonArray("array", "null") : "array", ["items"] = new JsonObject { ["type"] = "number" }, ["minItems"] = 3, ["maxItems"] = 3 };
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            Type item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
            return new JsonObject { ["type"] = nullable ? new JsonArray("array", "null") : "array", ["items"] = Value(item, nullable: false) };
        }

        var reference = new JsonObject { ["$ref"] = Reference(type) };
        return nullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private string Reference(Type type)
    {
        if (Files.TryGetValue(type, out string? file))
        {
            return file;
        }

        if (!names.TryGetValue(type, out string? name))
        {
            name = JsonNamingPolicy.CamelCase.ConvertName(type.Name);
            names.Add(type, name);
            definitions.Add(name, Object(type));
        }

        return "#/$defs/" + name;
    }

    // The comment of a property, or of the parameter that makes it.
    private static string Comment(PropertyInfo property)
    {
        Type type = property.DeclaringType!;
        XElement members = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")).Root!.Element("members")!;
        XElement? Member(string name) => members.Elements("member").FirstOrDefault(member => (string?)member.Attribute("name") == name);
        XElement comment = Member($"P:{type.FullName}.{property.Name}")?.Element("summary")
            ?? Member($"T:{type.FullName}")!.Elements("param").First(parameter => (string?)parameter.Attribute("name") == property.Name);
        var text = new StringBuilder();
        foreach (XNode node in comment.Nodes())
        {
            text.Append(node is XElement { IsEmpty: true } see ? JsonNamingPolicy.CamelCase.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]) : node is XElement element ? element.Value : node.ToString());
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
