using System.Globalization;
using System.Text;

namespace Threadwell.Care.Triage;

/// <summary>The rule sheet that a clinic's responsible doctor reads and signs: schedule, levels, every rule and every card, made from the files that are evaluated.</summary>
public static class TriageSheet
{
    /// <summary>The sheet as Markdown; the same files give the same text.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="cards">The cards.</param>
    /// <param name="language">Two-letter language ("en", "vi").</param>
    public static string Markdown(TriageRulebook rulebook, ActionCards cards, string language)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(cards);
        string Say(string english, string vietnamese) => language == "vi" ? vietnamese : english;
        var sheet = new StringBuilder();
        void Line(string text = "") => sheet.Append(text).Append('\n');
        string Clinical(bool judgement) => judgement ? Say("clinical judgement", "nhận định lâm sàng") : "";
        string Sources(IReadOnlyList<string> sources, bool judgement) => string.Join("; ", new[] { string.Join(", ", sources), Clinical(judgement) }.Where(text => text.Length > 0));

        Line($"# {rulebook.Title.In(language)}");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"{Say("Version", "Phiên bản")} {rulebook.Version}. {Say("Made from triage.json and cards.json; a change there changes this sheet.", "Tạo từ triage.json và cards.json; thay đổi ở đó sẽ thay đổi bảng này.")}"));
        Line();
        Line($"{Say("Check-ins", "Lịch theo dõi")}: {string.Join(", ", rulebook.Schedule.Select(item => item.Text.In(language)))}; {Say("and at any time", "và bất cứ lúc nào")}.");
        var words = new ConditionWords(rulebook, language);
        foreach (LevelRule level in rulebook.Levels)
        {
            Line();
            Line($"## {level.Title.In(language)}");
            Line();
            Line(level.Does.In(language));
            Line();
            foreach (DeadlineStep step in level.Steps)
            {
                Line($"- {Clock(step, language)}: {step.Text.In(language)} ({Owner(step.Owner, language)})");
            }

            TriageRule[] rules = [.. rulebook.Rules.Where(rule => rule.Level == level.Id)];
            if (rules.Length == 0)
            {
                continue;
            }

            Line();
            Line($"| {Say("rule", "quy tắc")} | {Say("holds when", "áp dụng khi")} | {Say("the patient reads", "người bệnh đọc")} | {Say("card", "thẻ")} | {Say("source", "nguồn")} |");
            Line("|---|---|---|---|---|");
            foreach (TriageRule rule in rules)
            {
                string when = rule.When is { } condition ? words.Of(condition) : Occasion(rule.On!.Value, language);
                string says = rule.Does is { } does ? $"{rule.Says.In(language)} {does.In(language)}" : rule.Says.In(language);
                Line($"| {rule.Id} | {when} | {says} | {string.Join(", ", rule.Cards.Select(id => cards.Find(id)!.Title.In(language)))} | {Sources(rule.Sources, rule.Judgement)} |");
            }
        }

        Line();
        Line($"## {Say("Words that are looked for in free text", "Từ được tìm trong phần viết tự do")}");
        foreach ((string id, IReadOnlyList<string> list) in rulebook.Content.Words.Lists)
        {
            Line();
            Line($"**{id}**: {string.Join("; ", list)}");
        }

        Line();
        Line($"## {cards.Title.In(language)}");
        foreach (ActionCard card in cards.All)
        {
            Line();
            Line($"### {card.Title.In(language)}");
            Line();
            if (card.Patient is { } patient)
            {
                Line($"{Say("To the patient", "Dặn người bệnh")}: {patient.In(language)}");
                Line();
            }

            for (int step = 0; step < card.Steps.Count; step++)
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"{step + 1}. {card.Steps[step].Clock.In(language)}, {Owner(card.Steps[step].Owner, language)}: {card.Steps[step].Text.In(language)}"));
            }

            Line();
            Line($"{Say("Source", "Nguồn")}: {Sources(card.Sources, card.Judgement)}");
        }

        return sheet.ToString();
    }

    /// <summary>Who acts, in words.</summary>
    public static string Owner(ActionOwner owner, string language) => (owner, language == "vi") switch
    {
        (ActionOwner.Clinic, false) => "clinic",
        (ActionOwner.Clinic, true) => "phòng khám",
        (ActionOwner.OnCall, false) => "doctor on call",
        (ActionOwner.OnCall, true) => "bác sĩ trực",
        (ActionOwner.SecondDoctor, false) => "second doctor",
        (ActionOwner.SecondDoctor, true) => "bác sĩ thứ hai",
        (ActionOwner.HeadOfDepartment, false) => "head of department",
        (ActionOwner.HeadOfDepartment, true) => "trưởng khoa",
        _ => throw new ArgumentOutOfRangeException(nameof(owner)),
    };

    private static string Clock(DeadlineStep step, string language)
    {
        bool vietnamese = language == "vi";
        string at = step switch
        {
            { Minutes: { } minutes } when minutes % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} {(vietnamese ? "giờ" : "h")}"),
            { Minutes: { } minutes } => string.Create(CultureInfo.InvariantCulture, $"{minutes} {(vietnamese ? "phút" : "min")}"),
            { SameDay: true } => vietnamese ? "trong ngày" : "the same day",
            _ => string.Create(CultureInfo.InvariantCulture, $"{step.WorkingDays} {(vietnamese ? "ngày làm việc" : "working day")}"),
        };
        return step.AtMostHours is { } hours
            ? string.Create(CultureInfo.InvariantCulture, $"{at}, {(vietnamese ? "đến ngày" : "until day")} {step.AtMostHoursUntilDay} {(vietnamese ? "không quá" : "never over")} {hours} {(vietnamese ? "giờ" : "h")}")
            : at;
    }

    private static string Occasion(TriageOccasion occasion, string language) => (occasion, language == "vi") switch
    {
        (TriageOccasion.MissedCheckIn, false) => "a check-in of the first week is over and nothing has come since",
        (TriageOccasion.MissedCheckIn, true) => "một lần theo dõi trong tuần đầu đã qua mà chưa nhận được gì",
        (TriageOccasion.BlankSafety, false) => "a question of the safety screen is open; it is asked again at once",
        (TriageOccasion.BlankSafety, true) => "câu hỏi an toàn còn bỏ trống; hỏi lại ngay",
        (TriageOccasion.Blank, false) => "another question is open; it is asked again at once",
        (TriageOccasion.Blank, true) => "câu hỏi khác còn bỏ trống; hỏi lại ngay",
        (TriageOccasion.UnknownTime, false) => "the time of the treatment or of the answers is not known, or they contradict each other",
        (TriageOccasion.UnknownTime, true) => "không rõ thời điểm điều trị hoặc trả lời, hoặc chúng mâu thuẫn nhau",
        _ => throw new ArgumentOutOfRangeException(nameof(occasion)),
    };
}
