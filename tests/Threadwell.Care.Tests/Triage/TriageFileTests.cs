using System.Text;
using System.Text.Json.Nodes;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Care.Triage;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Triage;

/// <summary>The shipped file holds what a clinic must be able to rely on, and a file that does not hold together is refused.</summary>
public sealed class TriageFileTests
{
    // Words that name a disease; a patient is told what she told and what to do.
    private static readonly string[] Diagnoses = ["infection", "necrosis", "ischaemi", "haematoma", "stroke", "sepsis", "abscess", "nhiễm trùng", "hoại tử", "thiếu máu", "tụ máu", "đột quỵ", "áp xe", "phản vệ"];

    private static string Shipped => Encoding.UTF8.GetString(TriageFile.ShippedBytes.Span);

    [Fact]
    public void The_eleven_cards_are_there_and_rules_lead_to_each()
    {
        string[] cards = ["ischaemia", "haematoma", "anaestheticToxicity", "anaphylaxis", "earlyInfection", "lateInfection", "exposedThread", "dimple", "nerveWeakness", "parotid", "nodule"];
        Assert.Equal(cards, ActionCards.Shipped.All.Select(card => card.Id));
        HashSet<string> led = [.. CheckIns.Rulebook.Rules.SelectMany(rule => rule.Cards)];
        Assert.Equal(cards.Order(StringComparer.Ordinal), led.Order(StringComparer.Ordinal));
        Assert.All(ActionCards.Shipped.All, card => Assert.InRange(card.Steps.Count, 3, 8));
    }

    [Fact]
    public void What_patients_read_names_no_diagnosis_and_is_in_composed_letters()
    {
        IEnumerable<Wording> read = CheckIns.Rulebook.Rules.SelectMany(rule => new[] { rule.Says, rule.Does })
            .Concat(CheckIns.Rulebook.Levels.SelectMany(level => new[] { level.Title, level.Does }))
            .Concat(CheckIns.Rulebook.Questionnaire.Questions.SelectMany(question => question.Choices.Select(choice => choice.Text).Append(question.Text)))
            .Concat(ActionCards.Shipped.All.Select(card => card.Patient))
            .OfType<Wording>();
        Assert.All(read, text =>
        {
            Assert.DoesNotContain(Diagnoses, word => text.En.Contains(word, StringComparison.OrdinalIgnoreCase) || text.Vi.Contains(word, StringComparison.OrdinalIgnoreCase));
            Assert.True(text.Vi.IsNormalized(NormalizationForm.FormC));
            Assert.Equal(Places(text.En), Places(text.Vi));
        });
    }

    [Fact]
    public void Green_says_that_nobody_has_examined_and_the_opening_says_who_reads_and_what_to_do_else()
    {
        Assert.Equal(
            new Wording("What you told us is usual for day {day}. Nobody has examined you. If it worsens, do not wait for the next check-in.", "Những gì bạn cho biết là thường gặp ở ngày {day}. Chưa có ai khám cho bạn. Nếu nặng hơn, đừng chờ đến lần theo dõi tiếp theo."),
            CheckIns.Rulebook.Get(TriageLevel.Green).Does);
        Assert.Equal("emergency hours phone", Places(CheckIns.Rulebook.Opening.En));
        Assert.Equal("emergency hours phone", Places(CheckIns.Rulebook.Opening.Vi));
    }

    [Fact]
    public void The_safety_screen_asks_of_what_it_must_and_areas_are_those_of_the_questionnaire()
    {
        Assert.Equal(
            ["eyes", "skinColour", "breathing", "tightness", "allergy", "numbing", "face", "ill", "weakness", "mouth", "fluid", "lump", "thread", "trunk"],
            CheckIns.Rulebook.Questionnaire.Questions.TakeWhile(question => question.Group == TriageRulebook.SafetyGroup).Select(question => question.Id));
        string[] areas = [.. RulebookFile.Shipped.Questionnaire.Get("areas").Choices.Select(choice => choice.Id)];
        Assert.All(["neck", "breast", "abdomen"], area => Assert.Contains(area, areas));
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion: version 2")]
    [InlineData("\"clockToleranceMinutes\": 60", "\"clockToleranceMinutes\": -1", "clockToleranceMinutes: ")]
    [InlineData("\"id\": \"day1\", \"days\": 1", "\"id\": \"day1\"", "schedule[1]: either 'days' or 'months'")]
    [InlineData("\"id\": \"day2\"", "\"id\": \"day1\"", "schedule[2].id: 'day1' is used twice")]
    [InlineData("{\"id\": \"none\", \"text\": {\"en\": \"No\", \"vi\": \"Không\"}}", "{\"id\": \"no\", \"text\": {\"en\": \"No\", \"vi\": \"Không\"}}", "questions[12]: a question of the safety screen has choices, and the last is 'none'")]
    [InlineData("\"kind\": \"text\", \"of\": \"patient\", \"optional\": true", "\"kind\": \"text\", \"of\": \"patient\"", "kind: a free text")]
    [InlineData("{\"named\": \"swollen\"}", "{\"named\": \"swolen\"}", "named: no condition is named 'swolen'")]
    [InlineData("\"swollen\": {\"question\": \"swelling\", \"is\": [\"mild\", \"moderate\", \"severe\"]}", "\"swollen\": {\"named\": \"swollen\"}", "named: no condition is named 'swollen', or it leads back")]
    [InlineData("\"treated\": [\"breast\"]}", "\"treated\": [\"knee\"]}", "treated[0]: 'knee' is not an answer")]
    [InlineData("\"mentions\": [\"urgent\"]", "\"mentions\": [\"other\"]", "mentions[0]: 'other' is not an answer")]
    [InlineData("\"exceeds\": \"painRight\", \"by\": 3", "\"exceeds\": \"painRight\"", "by: 'exceeds' and 'by'")]
    [InlineData("\"rises\": 1, \"comparedFromHour\": 12}, {\"question\": \"painRight\"", "\"rises\": 0, \"comparedFromHour\": 12}, {\"question\": \"painRight\"", "rises: a number above 0")]
    [InlineData("{\"hoursFrom\": 48}", "{\"hoursFrom\": -48}", "a number from 0 to 40000")]
    [InlineData("{\"id\": \"eye\", \"level\": \"emergency\"", "{\"id\": \"eye\", \"level\": \"green\"", "rules[0].level: a rule only raises")]
    [InlineData("\"on\": \"blankSafety\"", "\"on\": \"blank\"", "rules: one rule 'on' BlankSafety")]
    [InlineData("\"cards\": [\"ischaemia\", \"haematoma\"]", "\"cards\": [\"ischemia\"]", "rules[0].cards[0]: no card is named 'ischemia'")]
    [InlineData("\"sources\": [\"E-102\", \"E-106\"]", "\"sources\": [\"E-999\"]", "sources[0]: the evidence catalogue has no row 'E-999'")]
    [InlineData("\"judgement\": true},\n    {\"id\": \"airway\"", "\"judgement\": false},\n    {\"id\": \"airway\"", "judgement: without a source that was read")]
    [InlineData("\"workingDays\": 1, ", "", "levels[2].steps[0]: exactly one of")]
    [InlineData("\"fever\", \"feverish\"", "\"fever.\", \"feverish\"", "words.lists.urgent[0]: words without punctuation")]
    public void A_file_that_does_not_hold_together_is_refused_with_its_place(string part, string replacement, string says)
    {
        Assert.Contains(part, Shipped, StringComparison.Ordinal);
        int at = Shipped.IndexOf(part, StringComparison.Ordinal);
        string changed = Shipped[..at] + replacement + Shipped[(at + part.Length)..];
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => TriageFile.Parse(Encoding.UTF8.GetBytes(changed), "small"));
        Assert.StartsWith("small: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hoursFrom": 3}""")]
    [InlineData("""{"named": "fever"}""")]
    [InlineData("""{"question": "laxity", "rises": 1}""")]
    public void A_rulebook_of_suitability_has_no_course_to_look_at(string condition)
    {
        JsonNode rule = JsonNode.Parse(RulebookFile.ToBytes(RulebookFile.Shipped.Rules.First(one => one.ForEach == "areas")))!;
        rule["when"] = JsonNode.Parse(condition);
        string message = Assert.Throws<InvalidInputException>(() => RulebookFile.WithRule(RulebookFile.Shipped, rule["id"]!.GetValue<string>(), Encoding.UTF8.GetBytes(rule.ToJsonString()), "rule")).Message;
        Assert.Contains("this looks at a course of answers", message, StringComparison.Ordinal);
    }

    private static string Places(string text) => string.Join(' ', text.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
}
