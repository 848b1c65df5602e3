using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Geometry;

namespace Threadwell.Plans.Files;

/// <summary>How plans, landmarks and predictions are written as JSON: strict on reading, readable on writing.</summary>
public static class PlanJson
{
    /// <summary>Largest file that is read, bytes; a plan of a hundred threads is a thousandth of it.</summary>
    private const long LargestFile = 64L * 1024 * 1024;

    /// <summary>The options of every file of this floor: unknown and missing members are errors, names in camel case.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        MaxDepth = 16,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new Vector3DConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a file strictly.</summary>
    /// <exception cref="InvalidInputException">The file is missing, too large or not of the documented form; the message names the place.</exception>
    public static T Read<T>(string path) => Parse<T>(ReadBytes(path), path);

    /// <summary>Reads the content of a file strictly.</summary>
    /// <param name="content">The content, UTF-8.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">The content is not of the documented form; the message names the place.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> content, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, Options)
                ?? throw new InvalidInputException(source, null, "the file holds null where an object is needed.");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(source, Place(error), Problem(error), error);
        }
    }

    /// <summary>The file form of a value, UTF-8, closed by a line feed; the same value gives the same bytes.</summary>
    public static byte[] ToBytes<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The path cannot be written.</exception>
    public static void Write<T>(string path, T value)
    {
        byte[] content = ToBytes(value);
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    private static byte[] ReadBytes(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidInputException("path", null, "it is empty; name a file.");
        }

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new InvalidInputException(path, null, Directory.Exists(path) ? "this is a folder; name a file." : "no such file.");
            }

            return file.Length > LargestFile
                ? throw new InvalidInputException(path, null, $"the file has {file.Length} bytes; at most {LargestFile} are read.")
                : File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, null, $"the file cannot be read ({error.Message}).", error);
        }
    }

    private static string Place(JsonException error)
    {
        string path = error.Path is null or "$" ? "" : error.Path.TrimStart('$').TrimStart('.');
        string line = error.LineNumber is { } number ? $"line {number + 1}" : "";
        return (path, line) switch
        {
            ("", "") => "the whole file",
            ("", _) => line,
            (_, "") => path,
            _ => $"{path} ({line})",
        };
    }

    private static string Problem(JsonException error)
    {
        // The serializer appends its own path and line to some messages; the place is named once already.
        string message = error.Message;
        int cut = message.IndexOf(" Path: ", StringComparison.Ordinal);
        message = cut > 0 ? message[..cut] : message;
        cut = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        message = cut > 0 ? message[..cut] : message;
        return message.Replace("Threadwell.", "", StringComparison.Ordinal).Replace('\n', ' ');
    }

    private sealed class Vector3DConverter : JsonConverter<Vector3D>
    {
        public override Vector3D Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("Three numbers [x, y, z] are needed.");
            }

            Span<double> components = stackalloc double[3];
            for (int axis = 0; axis < 3; axis++)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out components[axis]) || !double.IsFinite(components[axis]))
                {
                    throw new JsonException("Three finite numbers [x, y, z] are needed.");
                }
            }

            return reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? new Vector3D(components[0], components[1], components[2])
                : throw new JsonException("Exactly three numbers [x, y, z] are needed.");
        }

        public override void Write(Utf8JsonWriter writer, Vector3D value, JsonSerializerOptions options)
        {
            // A point takes one line, so that a plan stays readable.
            string text = FormattableString.Invariant($"[{value.X:R}, {value.Y:R}, {value.Z:R}]");
            writer.WriteRawValue(text);
        }
    }
}
