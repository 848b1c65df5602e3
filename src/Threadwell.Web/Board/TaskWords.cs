using Microsoft.Extensions.Localization;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Pages;
using Threadwell.Web.Text;

namespace Threadwell.Web.Board;

/// <summary>What was answered, and what is to be done, in words.</summary>
internal static class TaskWords
{
    /// <summary>A step of a task: as the rulebook has it, or the call of the morning after.</summary>
    public static Wording Step(TriageLevel level, string step, IStringLocalizer<BoardText> text) => step == Escalation.CallStep ? new Wording(text["step.called"], text["step.called"]) : CheckInAnswer.Step(level, step, TriageFile.Shipped);

    /// <summary>
    /// What the reasons of a task's answers do not say of its level: that the phone had shown more than they give or an earlier level still stands, and that a rule that held is no longer in the rulebook.
    /// Empty where the reasons say it all, or no check-in opened it.
    /// </summary>
    public static IEnumerable<string> BesidesReasons(CareTask task, StoredCheckIn? checkIn, IStringLocalizer<BoardText> text)
    {
        if (checkIn is not null && task.Level > checkIn.Level)
        {
            yield return text["graver", text["level." + PageWords.Of(checkIn.Level)].Value, text["level." + PageWords.Of(task.Level)].Value, text[checkIn.Shown() >= task.Level ? "graver.phone" : "graver.stands"].Value].Value;
        }

        if (checkIn is not null && KeptReasons.HasGone(checkIn, TriageFile.Shipped))
        {
            yield return text["reasons.gone"].Value;
        }
    }

    /// <summary>An answer in words; null where the question is open.</summary>
    public static string? Of(Question question, AnswerSheet sheet, string language, IStringLocalizer<BoardText> text) => sheet.Find(new AnswerKey(question.Id)) switch
    {
        null => null,
        WordAnswer { Word: "yes" } => text["answer.yes"],
        WordAnswer { Word: "no" } => text["answer.no"],
        WordAnswer word => Choice(question, word.Word, language),
        WordsAnswer words => string.Join("; ", words.Words.Select(word => Choice(question, word, language))),
        NumberAnswer number => number.Value.ToString(System.Globalization.CultureInfo.CurrentCulture) + (question.Unit is { } unit ? $" {unit}" : ""),
        TextAnswer said => said.Text,
        _ => text["answer.unknown"],
    };

    /// <summary>Whether an answer tells of something: not "none", not "no", not the mildest.</summary>
    public static bool Tells(Question question, AnswerSheet sheet) => sheet.Find(new AnswerKey(question.Id)) switch
    {
        null => false,
        WordAnswer word => word.Word != "no" && (question.Choices.Count == 0 || question.Choices[0].Id != word.Word),
        WordsAnswer words => words.Words is not ["none"],
        NumberAnswer number => question.Id == "temperature" || number.Value > 0,
        TextAnswer said => said.Text.Trim().Length > 0,
        _ => true,
    };

    private static string Choice(Question question, string id, string language) => question.Choices.FirstOrDefault(choice => choice.Id == id)?.Text.In(language) ?? id;
}
