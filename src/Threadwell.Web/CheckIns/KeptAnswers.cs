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

    /// <summary>The answers that fit the questions in force; every other is left out, which triage takes as open.</summary>
    /// <param name="answers">An object of answers.</param>
    /// <param name="rulebook">The rulebook in force.</param>
    public static AnswerSheet Fitting(JsonElement answers, TriageRulebook rulebook)
    {
        var fitting = new List<KeyValuePair<AnswerKey, Answer>>();
        foreach (JsonProperty member in answers.EnumerateObject())
        {
            try
            {
                fitting.AddRange(AnswerReader.Read(Alone(member.Name, member.Value), Source, "answers", rulebook.Questionnaire).All);
            }
            catch (InvalidInputException)
            {
                // No such question, or no such answer to it.
            }
        }

        return new AnswerSheet(fitting);
    }

    /// <summary>An object of answers with this one alone.</summary>
    /// <param name="question">Id of the question.</param>
    /// <param name="answer">Its answer.</param>
    public static JsonElement Alone(string question, JsonElement answer) => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [question] = answer });
}
