using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Geometry;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Consents;

namespace Threadwell.Web.Consents;

/// <summary>
/// Everything that was shown when a consent was signed, and what was answered (<c>docs/formats/consent.md</c>). Its canonical bytes are what the signature covers: UTF-8 JSON without white space between
/// tokens, properties in the order below, letters unescaped where JSON allows it.
/// </summary>
internal sealed record ConsentFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Version of the form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the program that showed it.</summary>
    public required string Program { get; init; }

    /// <summary>Language of the text.</summary>
    public required string Language { get; init; }

    /// <summary>The clinic's name and phone number.</summary>
    public required ShownClinic Clinic { get; init; }

    /// <summary>The patient.</summary>
    public required ShownPatient Patient { get; init; }

    /// <summary>The plan; null where none is consented to.</summary>
    public ShownPlan? Plan { get; init; }

    /// <summary>The prediction that was shown; null for none.</summary>
    public ShownPrediction? Prediction { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required IReadOnlyList<ShownSection> Sections { get; init; }

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<ShownPicture> Pictures { get; init; }

    /// <summary>The decisions.</summary>
    public required IReadOnlyList<ShownChoice> Choices { get; init; }

    /// <summary>The sentence above the signature.</summary>
    public required string Statement { get; init; }

    /// <summary>The canonical text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>SHA-256 of the canonical bytes, lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Reads a stored text.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static ConsentFile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ConsentFile>(json, Options) ?? throw new InvalidInputException("consent", null, "the stored text is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException("consent", error.Path, "the stored text is no consent.", error);
        }
    }
}

/// <summary>The clinic as it was named.</summary>
internal sealed record ShownClinic(string Name, string Phone);

/// <summary>The patient as she was named.</summary>
internal sealed record ShownPatient(string FullName, string BirthDate, int Number, bool IsDemonstration);

/// <summary>The plan: key of the version or outline, its name and number, and SHA-256 of its bytes.</summary>
internal sealed record ShownPlan(Guid? VersionId, Guid? OutlineId, string Name, int Number, string Sha256);

/// <summary>The prediction: its key, version of the model and SHA-256 of its file.</summary>
internal sealed record ShownPrediction(Guid Id, string ModelVersion, string Sha256);

/// <summary>A picture: SHA-256 of its PNG file, and its caption.</summary>
internal sealed record ShownPicture(string Sha256, string Caption);

/// <summary>A decision: what it was about, the sentence, and the answer; null while it is not given.</summary>
internal sealed record ShownChoice(ConsentKind Kind, string Name, string Statement, bool? Given);

/// <summary>A section of the text.</summary>
internal sealed record ShownSection(string Heading, IReadOnlyList<ShownBlock> Blocks)
{
    /// <summary>A section as it is stored.</summary>
    public static ShownSection Of(DocumentSection section) => new(section.Heading, [.. section.Blocks.Select(ShownBlock.Of)]);

    /// <summary>The section as documents and pages draw it.</summary>
    public DocumentSection ToDocument() => new(Heading, [.. Blocks.Select(block => block.ToDocument())]);
}

/// <summary>A paragraph, list or table: just one of the three.</summary>
internal sealed record ShownBlock(string? Text, IReadOnlyList<string>? Items, IReadOnlyList<string>? Headings, IReadOnlyList<IReadOnlyList<string>>? Rows)
{
    /// <summary>A block as it is stored.</summary>
    public static ShownBlock Of(DocumentBlock block) => block switch
    {
        ParagraphBlock paragraph => new(paragraph.Text, null, null, null),
        ListBlock list => new(null, list.Items, null, null),
        TableBlock table => new(null, null, table.Headings, table.Rows),
        _ => throw new ArgumentException($"A block of the kind {block.GetType().Name} is not known.", nameof(block)),
    };

    /// <summary>The block as documents and pages draw it.</summary>
    public DocumentBlock ToDocument() =>
        Text is not null ? new ParagraphBlock(Text)
        : Items is not null ? new ListBlock(Items)
        : new TableBlock(Headings ?? [], Rows ?? []);
}
