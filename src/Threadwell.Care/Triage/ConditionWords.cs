using System.Globalization;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;

namespace Threadwell.Care.Triage;

/// <summary>Says a condition of triage in words, so that a doctor can read and sign what the file holds.</summary>
/// <param name="rulebook">The rulebook with the questions and named conditions.</param>
/// <param name="language">Two-letter language ("en", "vi").</param>
internal sealed class ConditionWords(TriageRulebook rulebook, string language)
{
    // Forms of its own: the program runs without those of the system, as its pages do.
    private readonly NumberFormatInfo culture = language == "vi" ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } : NumberFormatInfo.InvariantInfo;

    /// <summary>A condition in words.</summary>
    public string Of(Condition condition) => Of(condition, within: false);

    private string Of(Condition condition, bool within) => condition switch
    {
        { All: { } all } => Joined(all, Say(" and ", " và "), within),
        { Any: { } any } => Joined(any, Say(" or ", " hoặc "), within),
        { Not: { } not } => Say("not: ", "không phải: ") + Of(not, within: true),
        { Named: { } name } => Of(rulebook.Content.Conditions[name], within),
        { HoursFrom: { } hours } => string.Create(culture, $"{Say("from", "từ")} {hours} {Say("h after", "giờ sau")} {Start(condition.Since)}"),
        { HoursUpTo: { } hours } => string.Create(culture, $"{Say("until", "đến")} {hours} {Say("h after", "giờ sau")} {Start(condition.Since)}"),
        { DaysFrom: { } days } => string.Create(culture, $"{Say("from day", "từ ngày")} {days}"),
        { Treated: { } areas } => $"{Say("treated", "đã làm")}: {string.Join(", ", areas.Select(area => RulebookFile.Shipped.Questionnaire.Get("areas").Choices.First(choice => choice.Id == area).Text.In(language)))}",
        { Sides: { } sides } => $"{Say("treated sides", "bên đã làm")}: {string.Join(", ", sides.Select(side => side == TreatedSides.One ? Say("one", "một bên") : Say("both", "hai bên")))}",
        { Question: { } id } => Test(condition, rulebook.Questionnaire.Get(id)),
        _ => throw new ArgumentException("The condition has no form; it was not checked.", nameof(condition)),
    };

    private string Joined(IReadOnlyList<Condition> parts, string word, bool within)
    {
        string joined = string.Join(word, parts.Select(part => Of(part, within: parts.Count > 1)));
        return within && parts.Count > 1 ? $"({joined})" : joined;
    }

    private string Test(Condition condition, Question question)
    {
        string asked = question.Text.In(language);
        return condition switch
        {
            { Is: { } words } => $"“{asked}”: {string.Join(" / ", words.Select(word => Word(question, word)))}",
            { Includes: { } words } => $"“{asked}”: {string.Join(" / ", words.Select(word => Word(question, word)))}",
            { AtLeast: { } least } => string.Create(culture, $"“{asked}” ≥ {least}{Unit(question)}"),
            { Below: { } bound } => string.Create(culture, $"“{asked}” < {bound}{Unit(question)}"),
            { Rises: { } rise } => string.Create(culture, $"“{asked}”: {Say("at least", "ít nhất")} {rise} {Say("step worse than the last answer", "bậc nặng hơn lần trả lời trước")}")
                + (condition.ComparedFromHour is { } hour ? string.Create(culture, $" {Say("that was given from", "tính từ")} {hour} {Say("h after the anaesthetic", "giờ sau khi tiêm tê")}") : ""),
            { First: true } => $"“{asked}”: {Say("never answered before", "chưa từng trả lời trước đó")}",
            { ToldBefore: { } words } => $"“{asked}”: {Say("told before", "đã báo trước đó")}: {string.Join(" / ", words.Select(word => Word(question, word)))}",
            { Exceeds: { } other } => string.Create(culture, $"“{asked}” ≥ “{rulebook.Questionnaire.Get(other).Text.In(language)}” + {condition.By}"),
            { Mentions: { } lists } => $"{Say("words of the list", "có từ trong danh sách")} {string.Join(", ", lists)}, {Say("not denied", "không bị phủ định")}",
            { MentionsEvenDenied: { } lists } => $"{Say("words of the list", "có từ trong danh sách")} {string.Join(", ", lists)}, {Say("denied or not", "dù bị phủ định hay không")}",
            _ => throw new ArgumentException("The condition has no test that a sheet says.", nameof(condition)),
        };
    }

    private string Word(Question question, string word) => word switch
    {
        "yes" when question.Kind == QuestionKind.YesNo => Say("yes", "có"),
        "no" when question.Kind == QuestionKind.YesNo => Say("no", "không"),
        _ => question.Choices.First(choice => choice.Id == word).Text.In(language),
    };

    private static string Unit(Question question) => question.Unit is null ? "" : $" {question.Unit}";

    private string Start(CourseStart? since) => since == CourseStart.Anaesthetic ? Say("the anaesthetic", "khi tiêm tê") : Say("the treatment", "khi điều trị");

    private string Say(string english, string vietnamese) => language == "vi" ? vietnamese : english;
}
