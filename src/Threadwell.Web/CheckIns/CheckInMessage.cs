using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Geometry;

namespace Threadwell.Web.CheckIns;

/// <summary>A check-in as a phone sends it.</summary>
/// <param name="Id">Key, made by the phone: the same answers that arrive twice are one check-in.</param>
/// <param name="ScheduledId">The check-in of the schedule that it answers ("day3"); empty for none.</param>
/// <param name="CheckIn">When it was answered, and the answers.</param>
/// <param name="PhoneLevel">The level that the phone has shown; null where it showed none.</param>
/// <param name="RulebookVersion">Version of the questions that the phone asked.</param>
internal sealed record CheckInMessage(Guid Id, string ScheduledId, CheckIn CheckIn, TriageLevel? PhoneLevel, int RulebookVersion)
{
    /// <summary>More than this is no check-in, bytes.</summary>
    public const int LargestBytes = 64 * 1024;

    private const string Source = "check-in";

    /// <summary>The answers with their time as the row keeps them; the same answers give the same text.</summary>
    public string AnswersJson { get; } = ToJson(CheckIn);

    /// <summary>The time of the answers as the row keeps it; empty where it is not known.</summary>
    public string AnsweredAt { get; } = TimeOf(CheckIn);

    /// <summary>Reads what a phone sent.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="rulebook">The rulebook in force. Answers are taken as far as they fit it: what does not fit counts as open, and is asked again.</param>
    /// <exception cref="InvalidInputException">It is not of the documented form (docs/api.md); the message names the place.</exception>
    public static CheckInMessage Parse(ReadOnlyMemory<byte> utf8, TriageRulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        if (utf8.Length > LargestBytes)
        {
            throw new InvalidInputException(Source, null, $"there are {utf8.Length} bytes; at most {LargestBytes} are read.");
        }

        using JsonDocument document = AnswerReader.Document(utf8, Source);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException(Source, null, "an object with 'id', 'answeredAt' and 'answers' is needed.");
        }

        Guid? id = null;
        int? version = null;
        JsonElement scheduled = default;
        TriageLevel? level = null;
        JsonElement answeredAt = default;
        JsonElement answers = default;
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "id":
                    id = member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetGuid(out Guid key) && key != Guid.Empty ? key : throw Wrong("id", "a key of the form 018f0000-0000-7000-8000-000000000000 is needed.");
                    break;
                case "scheduledId":
                    scheduled = member.Value;
                    break;
                case "answeredAt":
                    answeredAt = member.Value;
                    break;
                case "answers":
                    answers = member.Value;
                    break;
                case "phoneLevel":
                    level = Level(member.Value);
                    break;
                case "rulebookVersion":
                    version = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out int number) && number >= 1 ? number : throw Wrong("rulebookVersion", "a whole number from 1 is needed.");
                    break;
                default:
                    throw Wrong(member.Name, "there is no such member; known are id, scheduledId, answeredAt, answers, phoneLevel, rulebookVersion.");
            }
        }

        _ = id ?? throw Wrong("id", "it is missing.");
        _ = version ?? throw Wrong("rulebookVersion", "it is missing.");
        if (answers.ValueKind == JsonValueKind.Undefined)
        {
            throw Wrong("answers", "they are missing.");
        }

        return new CheckInMessage(id.Value, Scheduled(scheduled, version.Value, rulebook), Told(answeredAt, answers, rulebook), level, version.Value);
    }

    // One answer that does not fit its question must not keep a red beside it from the clinic: it is left open, and asked again.
    private static CheckIn Told(JsonElement answeredAt, JsonElement answers, TriageRulebook rulebook)
    {
        if (answers.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("answers", "an object of answers is needed.");
        }

        OffsetDateTime? time = answeredAt.ValueKind == JsonValueKind.Undefined ? null : CheckIn.Time(answeredAt, Source);
        foreach (Question words in rulebook.Questionnaire.Questions.Where(question => question.Kind == QuestionKind.Text))
        {
            // Words that are too long are refused aloud: left out, they could hide an emergency of which nobody would ask again.
            if (answers.TryGetProperty(words.Id, out JsonElement said) && said.ValueKind == JsonValueKind.String)
            {
                _ = AnswerReader.Read(KeptAnswers.Alone(words.Id, said), Source, "answers", rulebook.Questionnaire);
            }
        }

        return new CheckIn(time, KeptAnswers.Fitting(answers, rulebook));
    }

    // Another version may have had other days; what was answered counts all the same, by its own time.
    private static string Scheduled(JsonElement value, int version, TriageRulebook rulebook) =>
        value.ValueKind == JsonValueKind.Undefined ? ""
        : value.ValueKind != JsonValueKind.String ? throw WrongDay()
        : value.GetString() is { } name && (name.Length == 0 || rulebook.Schedule.Any(item => item.Id == name)) ? name
        : version == rulebook.Version ? throw WrongDay()
        : "";

    private static InvalidInputException WrongDay() => Wrong("scheduledId", "a check-in of the schedule (\"day3\") is needed, or an empty text.");

    private static TriageLevel? Level(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when Enum.GetValues<TriageLevel>().Where(level => Pages.PageWords.Of(level) == value.GetString()).ToArray() is [var level] => level,
        _ => throw Wrong("phoneLevel", "one of green, amber, red, emergency is needed, or null."),
    };

    private static string ToJson(CheckIn told) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"answeredAt":{{(TimeOf(told) is { Length: > 0 } at ? $"\"{at}\"" : "null")}},"answers":{{Encoding.UTF8.GetString(AnswerReader.ToJson(told.Answers))}}}""");

    private static string TimeOf(CheckIn told) => told.AnsweredAt is { } at ? OffsetDateTimePattern.Rfc3339.Format(at) : "";

    private static InvalidInputException Wrong(string place, string problem) => new(Source, place, problem);
}
