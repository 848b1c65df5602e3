using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Threadwell.Care.Rules;

/// <summary>A day in a file: "2026-11-26", nothing else.</summary>
public sealed class LocalDateJson : JsonConverter<LocalDate>
{
    /// <summary>Reads a day of the form yyyy-MM-dd.</summary>
    /// <param name="text">The text.</param>
    /// <param name="date">The day.</param>
    /// <returns>Whether the text is a day of the calendar from 1900 to 2199.</returns>
    public static bool TryParse(string? text, out LocalDate date)
    {
        ParseResult<LocalDate> read = LocalDatePattern.Iso.Parse(text ?? "");
        return read.TryGetValue(default, out date) && date.Year is >= 1900 and < 2200;
    }

    /// <inheritdoc/>
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out LocalDate date) ? date : throw new JsonException("A day of the form yyyy-MM-dd is needed.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}
