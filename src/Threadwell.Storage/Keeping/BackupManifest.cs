using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Geometry;

namespace Threadwell.Storage.Keeping;

/// <summary>What a backup holds; the last part of its archive.</summary>
public sealed record BackupManifest
{
    /// <summary>Name of the part that holds it.</summary>
    internal const string PartName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Kind of the database: "sqlite" or "postgresql".</summary>
    public required string Database { get; init; }

    /// <summary>Last migration of the database: the version of its schema.</summary>
    public required string Migration { get; init; }

    /// <summary>When the backup was made, milliseconds since 1970.</summary>
    public required long CreatedAtMilliseconds { get; init; }

    /// <summary>Its parts.</summary>
    public required IReadOnlyList<BackupPart> Parts { get; init; }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    internal static BackupManifest Parse(string archive, byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(bytes, Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(archive, PartName, $"the list of the backup's parts cannot be read ({error.Message}).", error);
        }
    }
}

/// <summary>A part of a backup.</summary>
/// <param name="Name">Its name: a folder of "database", "files", "keys" or "audit", and what lies in it.</param>
/// <param name="Length">Its length, bytes.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal digits.</param>
public sealed record BackupPart(string Name, long Length, string Sha256);
