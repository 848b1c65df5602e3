using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Geometry;

namespace Threadwell.Care.Triage;

/// <summary>What a patient answered at one time.</summary>
/// <param name="AnsweredAt">When she answered, by her phone's clock; null where it is not known. It may be earlier than the arrival by any time, and it may be wrong.</param>
/// <param name="Answers">Her answers.</param>
public sealed record CheckIn(OffsetDateTime? AnsweredAt, AnswerSheet Answers)
{
    /// <summary>Reads the JSON that a phone sends: <c>{"answeredAt": "2026-03-05T09:00:00+07:00", "answers": {…}}</c>.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <param name="rulebook">The rulebook with the questions.</param>
    /// <exception cref="InvalidInputException">It is not of that form, or an answer does not fit its question; the message names the place.</exception>
    public static CheckIn Parse(ReadOnlyMemory<byte> utf8, string source, TriageRulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        using JsonDocument document = AnswerReader.Document(utf8, source);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException(source, null, "an object with 'answeredAt' and 'answers' is needed.");
        }

        OffsetDateTime? at = null;
        AnswerSheet? answers = null;
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "answeredAt":
                    at = Time(member.Value, source);
                    break;
                case "answers":
                    answers = AnswerReader.Read(member.Value, source, "answers", rulebook.Questionnaire);
                    break;
                default:
                    throw new InvalidInputException(source, member.Name, "there is no such member; known are answeredAt, answers.");
            }
        }

        return new CheckIn(at, answers ?? throw new InvalidInputException(source, "answers", "they are missing."));
    }

    /// <summary>Reads when she answered.</summary>
    /// <param name="value">The member: a time with its offset (RFC 3339), or null.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It is neither.</exception>
    public static OffsetDateTime? Time(JsonElement value, string source) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when OffsetDateTimePattern.Rfc3339.Parse(value.GetString()!).TryGetValue(default, out OffsetDateTime time) && time.Year is >= 1970 and < 2200 => time,
        _ => throw new InvalidInputException(source, "answeredAt", "a time with its offset is needed (2026-03-05T09:00:00+07:00), or null."),
    };
}

/// <summary>What triage has to know of the treatment. What is not known is null, and raises where it matters.</summary>
/// <param name="TreatedAt">When the treatment ended, in the clinic's own offset: its calendar counts the days.</param>
/// <param name="AnaestheticAt">When the last local anaesthetic was injected; not after <paramref name="TreatedAt"/>.</param>
/// <param name="Areas">Areas treated.</param>
/// <param name="Sides">Sides treated.</param>
public sealed record TreatmentFacts(OffsetDateTime? TreatedAt, OffsetDateTime? AnaestheticAt, IReadOnlyList<string>? Areas, TreatedSides? Sides);
