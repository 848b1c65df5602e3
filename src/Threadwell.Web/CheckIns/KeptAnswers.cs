using System.Text;
using System.Text.Json;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Geometry;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>Reads answers as far as they fit the questions in force: what was kept under an older version, and what arrives.</summary>
internal static class KeptAnswers
{
    private const string Source = "check-in";

    /// <summary>The answers of a check-in.</summary>
    /// <param name="row">The check-in.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static AnswerSheet Of(StoredCheckIn row, TriageRulebook rulebook)
    {
        byte[] json = Encoding.UTF8.GetBytes(row.AnswersJson);
        try
        {
            return CheckIn.Parse(json, Source, rulebook).Answers;
        }
        catch (InvalidInputException)
        {
            // Its questions have changed since.
            using JsonDocument document = AnswerReader.Document(json, Source);
            return Fitting(document.RootElement.GetProperty("answers"), rulebook);
        }
    }

    /// <summary>
    /// The answers that fit the questions in force; every other is left out, which triage takes as open. Of a list in which a word is not known the others are kept: a sign is not lost beside it. "None" is not,
    /// for it was not said of that word.
    /// </summary>
    /// <param name="answers">An object of answers.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static AnswerSheet Fitting(JsonElement answers, TriageRulebook rulebook)
    {
        var fitting = new List<KeyValuePair<AnswerKey, Answer>>();
        foreach (JsonProperty member in answers.EnumerateObject())
        {
            if (!TryAdd(member.Name, member.Value) && KnownOf(member, rulebook) is { Length: > 0 } words)
            {
                TryAdd(member.Name, JsonSerializer.SerializeToElement(words));
            }
        }

        return new AnswerSheet(fitting);

        bool TryAdd(string question, JsonElement answer)
        {
            try
            {
                fitting.AddRange(AnswerReader.Read(Alone(question, answer), Source, "answers", rulebook.Questionnaire).All);
                return true;
            }
            catch (InvalidInputException)
            {
                // No such question, or no such answer to it.
                return false;
            }
        }
    }

    // The words of a list that tell of a sign that its question knows, each once.
    private static string[] KnownOf(JsonProperty list, TriageRulebook rulebook) =>
        list.Value.ValueKind == JsonValueKind.Array && rulebook.Questionnaire.Questions.FirstOrDefault(question => question.Id == list.Name && question.Kind == QuestionKind.Choices) is { } question
            ? [.. list.Value.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!).Where(word => word != "none" && question.Choices.Any(choice => choice.Id == word)).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>An object of answers with this one alone.</summary>
    /// <param name="question">Id of the question.</param>
    /// <param name="answer">Its answer.</param>
    public static JsonElement Alone(string question, JsonElement answer) => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [question] = answer });
}
