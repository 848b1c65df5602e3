using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.Text;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>The answers of a check-in in the words of its questions.</summary>
internal static class ToldAnswers
{
    /// <summary>Each question that was answered, and what was said.</summary>
    public static IEnumerable<(string Question, string Answer)> Of(StoredCheckIn row, TriageRulebook rulebook, string language, IStringLocalizer<CheckInText> text)
    {
        using var kept = JsonDocument.Parse(row.AnswersJson);
        JsonElement answers = kept.RootElement.TryGetProperty("answers", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : kept.RootElement;
        foreach (Question question in rulebook.Questionnaire.Questions)
        {
            if (answers.TryGetProperty(question.Id, out JsonElement answer))
            {
                yield return (question.Text.In(language), Said(question, answer, language, text));
            }
        }
    }

    private static string Said(Question question, JsonElement answer, string language, IStringLocalizer<CheckInText> text) => answer.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", answer.EnumerateArray().Select(one => Choice(question, one.GetString() ?? "", language, text))),
        JsonValueKind.Number => answer.GetDouble().ToString(CultureInfo.CurrentCulture) + (question.Unit is { } unit ? $" {unit}" : ""),
        JsonValueKind.String => Choice(question, answer.GetString()!, language, text),
        _ => "",
    };

    private static string Choice(Question question, string word, string language, IStringLocalizer<CheckInText> text) =>
        question.Choices.FirstOrDefault(choice => choice.Id == word)?.Text.In(language) ?? (question.Kind == QuestionKind.YesNo && word is ("yes" or "no") ? text[word].Value : word);
}
