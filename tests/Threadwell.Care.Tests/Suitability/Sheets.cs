using System.Text;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;

namespace Threadwell.Care.Tests.Suitability;

/// <summary>Answers to the shipped questionnaire for tests.</summary>
internal static class Sheets
{
    public static readonly LocalDate Today = new(2026, 11, 26);

    private static readonly string[] Harmless = ["breastExamined", "weightStable"];

    /// <summary>A healthy woman of 40 with mild laxity of the areas: every question answered so that no reason is against.</summary>
    public static AnswerSheet Healthy(params string[] areas)
    {
        AnswerSheet sheet = AnswerSheet.Empty.With(new AnswerKey("areas"), new WordsAnswer(areas.Length == 0 ? ["jawline"] : areas));
        foreach (Question question in RulebookFile.Shipped.Questionnaire.Questions.Where(question => question is { Id: not "areas", Optional: false }))
        {
            Answer answer = question.Id switch
            {
                "birthDate" => new DateAnswer(new LocalDate(1986, 5, 1)),
                "sex" => new WordAnswer("female"),
                "laxity" => new WordAnswer("mild"),
                "skinThickness" => new WordAnswer("normal"),
                "sunDamage" => new WordAnswer("little"),
                "skinType" => new WordAnswer("type3"),
                "bloodThinnerPlan" => new WordAnswer("continues"),
                "muscleGap" => new WordAnswer("narrow"),
                _ => question.Kind == QuestionKind.Date ? Answer.Never : Harmless.Contains(question.Id) ? Answer.Yes : Answer.No,
            };
            foreach (AnswerKey place in Questionnaire.Places(question, sheet))
            {
                sheet = sheet.With(place, answer);
            }
        }

        return sheet;
    }

    /// <summary>The same sheet with other words, read as a form sends them; "" takes an answer away.</summary>
    public static AnswerSheet But(this AnswerSheet sheet, string place, params string[] words)
    {
        string[] parts = place.Split('.');
        Question question = RulebookFile.Shipped.Questionnaire.Get(parts[0]);
        return sheet.With(new AnswerKey(parts[0], parts.ElementAtOrDefault(1)), AnswerReader.FromForm(words, question, "test", place));
    }

    public static SuitabilityResult Assess(this AnswerSheet sheet, LocalDate? today = null) => SuitabilityEngine.Assess(RulebookFile.Shipped, sheet, today ?? Today);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
