using System.Text.Json;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Geometry;

namespace Threadwell.Care.Suitability;

/// <summary>Answers to a rulebook's questions, as a file holds them (<c>docs/formats/answers.md</c>).</summary>
/// <param name="Answers">The answers.</param>
/// <param name="AnsweredOn">The day on which they are judged; null where the file names none.</param>
public sealed record AnswerFile(AnswerSheet Answers, LocalDate? AnsweredOn)
{
    /// <summary>Version of the file form that is read.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The example of the documentation, JSON: a made-up patient of whom every question is answered.</summary>
    public static string Example
    {
        get
        {
            using var reader = new StreamReader(typeof(AnswerFile).Assembly.GetManifestResourceStream("Threadwell.Care.answers.example.json")!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Reads the content of a file of answers.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <param name="rulebook">The rulebook with the questions.</param>
    /// <exception cref="InvalidInputException">It is not of the documented form, or an answer does not fit its question; the message names the place.</exception>
    public static AnswerFile Parse(ReadOnlyMemory<byte> utf8, string source, Rulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        using JsonDocument document = AnswerReader.Document(utf8, source);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException(source, null, "an object with 'schemaVersion' and 'answers' is needed.");
        }

        JsonElement? answers = null;
        LocalDate? day = null;
        bool versioned = false;
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "schemaVersion":
                    versioned = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out int version) && version == SchemaVersion
                        ? true : throw new InvalidInputException(source, "schemaVersion", $"{SchemaVersion} is needed; this program reads no other version.");
                    break;
                case "answeredOn":
                    day = member.Value.ValueKind == JsonValueKind.String && LocalDateJson.TryParse(member.Value.GetString(), out LocalDate read)
                        ? read : throw new InvalidInputException(source, "answeredOn", "a day of the form yyyy-MM-dd is needed.");
                    break;
                case "answers":
                    answers = member.Value;
                    break;
                default:
                    throw new InvalidInputException(source, member.Name, "there is no such member; known are schemaVersion, answeredOn, answers.");
            }
        }

        return !versioned ? throw new InvalidInputException(source, "schemaVersion", "it is missing.")
            : answers is not { } given ? throw new InvalidInputException(source, "answers", "they are missing.")
            : new AnswerFile(AnswerReader.Read(given, source, "answers", rulebook.Questionnaire), day);
    }

    /// <summary>Refuses answers that cannot be judged on a day.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="today">The day.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">The birth date lies after the day.</exception>
    public static void CheckDay(AnswerSheet answers, LocalDate today, string source)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Find(new AnswerKey("birthDate")) is DateAnswer birth && birth.Day > today)
        {
            throw new InvalidInputException(source, "answers.birthDate", $"it lies after the day of the assessment, {NodaTime.Text.LocalDatePattern.Iso.Format(today)}.");
        }
    }
}
