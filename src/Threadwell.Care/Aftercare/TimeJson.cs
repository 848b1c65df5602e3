using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Threadwell.Care.Aftercare;

/// <summary>An instant in a file: "2026-11-26T03:30:00Z".</summary>
public sealed class InstantJson : JsonConverter<Instant>
{
    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && InstantPattern.ExtendedIso.Parse(reader.GetString()!).TryGetValue(default, out Instant instant)
            ? instant : throw new JsonException("A time of the form 2026-11-26T03:30:00Z is needed.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}

/// <summary>A local time with its distance from universal time in a file: "2026-11-26T10:30:00+07:00"; the seconds may be left out.</summary>
public sealed class OffsetDateTimeJson : JsonConverter<OffsetDateTime>
{
    private static readonly OffsetDateTimePattern WithoutSeconds = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>");

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether the text is a time of the years 1900 to 2199.</returns>
    public static bool TryParse(string? text, out OffsetDateTime time)
    {
        ParseResult<OffsetDateTime> read = OffsetDateTimePattern.Rfc3339.Parse(text ?? "");
        read = read.Success ? read : WithoutSeconds.Parse(text ?? "");
        return read.TryGetValue(default, out time) && time.Year is >= 1900 and < 2200;
    }

    /// <inheritdoc/>
    public override OffsetDateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out OffsetDateTime time) ? time : throw new JsonException("A time of the form 2026-11-26T10:30:00+07:00 is needed.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, OffsetDateTime value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(OffsetDateTimePattern.Rfc3339.Format(value));
    }
}
