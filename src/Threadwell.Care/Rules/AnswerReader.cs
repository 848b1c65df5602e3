using System.Globalization;
using System.Text.Json;
using NodaTime;
using Threadwell.Geometry;

namespace Threadwell.Care.Rules;

/// <summary>Reads answers strictly, each by the kind of its question.</summary>
public static class AnswerReader
{
    private const int LargestSheet = 1024 * 1024;
    private const int LongestText = 2000;

    /// <summary>Reads a JSON object of answers: question to answer, or question to item to answer where it is asked for each item.</summary>
    /// <param name="answers">The object.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <param name="place">Where the object stands in the source ("answers").</param>
    /// <param name="questionnaire">The questions.</param>
    /// <exception cref="InvalidInputException">An answer does not fit its question, or there is no such question.</exception>
    public static AnswerSheet Read(JsonElement answers, string source, string place, Questionnaire questionnaire)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        if (answers.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException(source, place, "an object of answers is needed.");
        }

        var read = new Dictionary<AnswerKey, Answer>();
        foreach (JsonProperty member in answers.EnumerateObject())
        {
            string at = $"{place}.{member.Name}";
            Question question = questionnaire.Find(member.Name) ?? throw new InvalidInputException(source, at, "there is no such question.");
            if (question.Per is null)
            {
                read.Add(new AnswerKey(question.Id), Read(member.Value, question, source, at));
                continue;
            }

            if (member.Value.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidInputException(source, at, $"this is asked for each of '{question.Per}': an object of item to answer is needed.");
            }

            string[] items = [.. questionnaire.Get(question.Per).Choices.Select(choice => choice.Id)];
            foreach (JsonProperty item in member.Value.EnumerateObject())
            {
                if (!items.Contains(item.Name))
                {
                    throw new InvalidInputException(source, $"{at}.{item.Name}", $"this is none of '{question.Per}'; known are {string.Join(", ", items)}.");
                }

                read.Add(new AnswerKey(question.Id, item.Name), Read(item.Value, question, source, $"{at}.{item.Name}"));
            }
        }

        return new AnswerSheet(read);
    }

    /// <summary>Reads the JSON text of an object of answers, as <see cref="ToJson"/> writes it.</summary>
    /// <exception cref="InvalidInputException">The text is no such object.</exception>
    public static AnswerSheet Parse(ReadOnlyMemory<byte> utf8, string source, Questionnaire questionnaire)
    {
        using JsonDocument document = Document(utf8, source);
        return Read(document.RootElement, source, "answers", questionnaire);
    }

    /// <summary>Reads a JSON text strictly: no comments, no duplicate members, bounded size and depth.</summary>
    /// <exception cref="InvalidInputException">The text is no JSON; the message names the line.</exception>
    public static JsonDocument Document(ReadOnlyMemory<byte> utf8, string source)
    {
        if (utf8.Length > LargestSheet)
        {
            throw new InvalidInputException(source, null, $"there are {utf8.Length} bytes; at most {LargestSheet} are read.");
        }

        try
        {
            CheckTexts(utf8.Span);
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException(source, error is JsonException { LineNumber: { } line } ? $"line {line + 1}" : null, "this is no valid JSON, names a member twice, or is nested too deeply.", error);
        }
    }

    // A parsed document refuses half a character (an escaped lone surrogate, broken UTF-8) only where a text is taken from it; here it is refused at once.
    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 8 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }

    /// <summary>The answers as a JSON object that <see cref="Parse"/> reads; the same answers give the same text.</summary>
    public static byte[] ToJson(AnswerSheet answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var members = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach ((AnswerKey key, Answer answer) in answers.All)
        {
            object value = answer switch
            {
                WordAnswer word => word.Word,
                WordsAnswer words => words.Words,
                NumberAnswer number => number.Value,
                TextAnswer text => text.Text,
                DateAnswer date => NodaTime.Text.LocalDatePattern.Iso.Format(date.Day),
                _ => "unknown",
            };
            if (key.Item is null)
            {
                members[key.Question] = value;
            }
            else
            {
                members.TryAdd(key.Question, new SortedDictionary<string, object>(StringComparer.Ordinal));
                ((SortedDictionary<string, object>)members[key.Question])[key.Item] = value;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(members);
    }

    /// <summary>Reads the words that a form sent for one question; empty words are no answer.</summary>
    /// <param name="words">The words: one, or several for <see cref="QuestionKind.Choices"/>.</param>
    /// <param name="question">The question.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <param name="place">The name of the field.</param>
    /// <returns>The answer; null where nothing was answered.</returns>
    /// <exception cref="InvalidInputException">The words do not fit the question.</exception>
    public static Answer? FromForm(IEnumerable<string?> words, Question question, string source, string place)
    {
        ArgumentNullException.ThrowIfNull(question);
        string[] given = [.. words.Select(word => word?.Trim() ?? "").Where(word => word.Length > 0)];
        return given.Length == 0 ? null
            : question.Kind == QuestionKind.Text ? Text(string.Join('\n', given), question, source, place)
            : question.Kind == QuestionKind.Choices ? Several(given, question, source, place)
            : given.Length > 1 ? throw new InvalidInputException(source, place, "one answer is needed.")
            : question.Kind == QuestionKind.Number && given[0] != "unknown" ? Number(double.TryParse(given[0].Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN, question, source, place)
            : Word(given[0], question, source, place);
    }

    private static Answer Read(JsonElement value, Question question, string source, string place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when question.Kind == QuestionKind.Text:
                return Text(value.GetString()!, question, source, place);
            case JsonValueKind.String when question.Kind != QuestionKind.Choices:
                return Word(value.GetString()!, question, source, place);
            case JsonValueKind.Number when question.Kind == QuestionKind.Number:
                return Number(value.GetDouble(), question, source, place);
            case JsonValueKind.Array when question.Kind == QuestionKind.Choices && value.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String):
                return Several([.. value.EnumerateArray().Select(word => word.GetString()!)], question, source, place);
            default:
                throw new InvalidInputException(source, place, $"{Expected(question)} is needed.");
        }
    }

    private static Answer Word(string word, Question question, string source, string place)
    {
        if (word == "unknown")
        {
            return Answer.Unknown;
        }

        bool fits = question.Kind switch
        {
            QuestionKind.YesNo => word is "yes" or "no",
            QuestionKind.Choice => question.Choices.Any(choice => choice.Id == word),
            QuestionKind.Date => question.Never && word == "never",
            _ => false,
        };
        return fits ? new WordAnswer(word)
            : question.Kind == QuestionKind.Date && LocalDateJson.TryParse(word, out LocalDate day) ? new DateAnswer(day)
            : throw new InvalidInputException(source, place, $"'{Short(word)}' is not an answer; {Expected(question)} is needed.");
    }

    private static TextAnswer Text(string text, Question question, string source, string place) =>
        text.Length <= LongestText ? new TextAnswer(text) : throw new InvalidInputException(source, place, $"{Expected(question)} is needed.");

    private static NumberAnswer Number(double value, Question question, string source, string place) =>
        double.IsFinite(value) && !(value < question.Lowest) && !(value > question.Highest)
            ? new NumberAnswer(value)
            : throw new InvalidInputException(source, place, $"{Expected(question)} is needed.");

    private static WordsAnswer Several(string[] words, Question question, string source, string place)
    {
        string[] known = [.. question.Choices.Select(choice => choice.Id)];
        string? wrong = Array.Find(words, word => !known.Contains(word));
        return wrong is not null ? throw new InvalidInputException(source, place, $"'{Short(wrong)}' is not known; known are {string.Join(", ", known)}.")
            : words.Distinct(StringComparer.Ordinal).Count() != words.Length ? throw new InvalidInputException(source, place, "a choice is named twice.")
            : words.Length == 0 ? throw new InvalidInputException(source, place, "at least one choice is needed; leave the question out when it is not answered.")
            : new WordsAnswer([.. known.Where(words.Contains)]);
    }

    private static string Short(string word) => word.Length <= 60 ? word : word[..60] + "…";

    private static string Expected(Question question) => question.Kind switch
    {
        QuestionKind.YesNo => "\"yes\", \"no\" or \"unknown\"",
        QuestionKind.Choice => $"one of {string.Join(", ", question.Choices.Select(choice => choice.Id))} or \"unknown\"",
        QuestionKind.Choices => $"a list of {string.Join(", ", question.Choices.Select(choice => choice.Id))}",
        QuestionKind.Text => $"a text of at most {LongestText} characters",
        QuestionKind.Date => question.Never ? "a day (yyyy-MM-dd), \"never\" or \"unknown\"" : "a day (yyyy-MM-dd) or \"unknown\"",
        _ => string.Create(CultureInfo.InvariantCulture, $"a number{(question.Lowest is { } low ? $" from {low}" : "")}{(question.Highest is { } high ? $" to {high}" : "")} or \"unknown\""),
    };
}
