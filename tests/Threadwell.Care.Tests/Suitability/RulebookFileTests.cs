using System.Text;
using System.Text.Json.Nodes;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Suitability;

/// <summary>What a rulebook file may say, and how one rule is replaced.</summary>
public class RulebookFileTests
{
    private const string Small = """
        {
          "schemaVersion": 1, "version": 3, "title": {"en": "t", "vi": "t"},
          "groups": [{"id": "g", "text": {"en": "g", "vi": "g"}}],
          "questions": [
            {"id": "areas", "group": "g", "kind": "choices", "of": "patient", "text": {"en": "q", "vi": "q"}, "choices": [{"id": "neck", "text": {"en": "n", "vi": "n"}}, {"id": "brow", "text": {"en": "b", "vi": "b"}}]},
            {"id": "grade", "group": "g", "kind": "choice", "of": "doctor", "text": {"en": "q", "vi": "q"}, "choices": [{"id": "mild", "text": {"en": "m", "vi": "m"}}], "per": "areas"},
            {"id": "smokes", "group": "g", "kind": "yesNo", "of": "patient", "text": {"en": "q", "vi": "q"}},
            {"id": "last", "group": "g", "kind": "date", "of": "patient", "text": {"en": "q", "vi": "q"}, "never": true},
            {"id": "end", "group": "g", "kind": "date", "of": "patient", "text": {"en": "q", "vi": "q"}, "optional": true},
            {"id": "weight", "group": "g", "kind": "number", "of": "patient", "text": {"en": "q", "vi": "q"}, "lowest": 20, "highest": 300, "unit": "kg"}
          ],
          "rules": [
            {"id": "r", "when": {"question": "smokes", "is": ["yes"]}, "outcome": "withConditions", "says": {"en": "s", "vi": "s"}, "change": {"en": "c", "vi": "c"}, "judgement": true}
          ]
        }
        """;

    [Fact]
    public void The_shipped_rulebook_reads_back_the_same()
    {
        byte[] bytes = RulebookFile.ToBytes(RulebookFile.Shipped);
        Assert.Equal(bytes, RulebookFile.ToBytes(RulebookFile.Parse(bytes, "again")));
        foreach (SuitabilityRule rule in RulebookFile.Shipped.Rules)
        {
            Rulebook same = RulebookFile.WithRule(RulebookFile.Shipped, rule.Id, RulebookFile.ToBytes(rule), "rule");
            Assert.Equal(RulebookFile.Shipped.Version + 1, same.Version);
            Assert.Equal(RulebookFile.ToBytes(rule), RulebookFile.ToBytes(same.Find(rule.Id)!));
        }
    }

    [Fact]
    public void A_result_reads_back_the_same()
    {
        byte[] bytes = Sheets.Healthy("abdomen", "nose").But("pregnant", "yes").But("smoking", "").Assess().ToJson();
        Assert.Equal(bytes, SuitabilityResult.Parse(bytes, "again").ToJson());
    }

    [Fact]
    public void Answers_read_back_the_same()
    {
        AnswerSheet sheet = Sheets.Healthy("neck", "abdomen").But("smoking", "unknown").But("dentalWork", "2026-01-02");
        byte[] bytes = AnswerReader.ToJson(sheet);
        Assert.Equal(sheet.All, AnswerReader.Parse(bytes, "again", RulebookFile.Shipped.Questionnaire).All);
        Assert.Equal(bytes, AnswerReader.ToJson(AnswerReader.Parse(bytes, "again", RulebookFile.Shipped.Questionnaire)));
    }

    [Fact]
    public void A_changed_rule_gives_another_outcome_and_the_next_version()
    {
        JsonNode rule = JsonNode.Parse(RulebookFile.ToBytes(RulebookFile.Shipped.Find("smoking")!))!;
        rule["outcome"] = "notSuitable";
        Rulebook changed = RulebookFile.WithRule(RulebookFile.Shipped, "smoking", Encoding.UTF8.GetBytes(rule.ToJsonString()), "rule");
        SuitabilityResult result = SuitabilityEngine.Assess(changed, Sheets.Healthy().But("smoking", "yes"), Sheets.Today);
        Assert.Equal((Outcome.NotSuitable, 2), (result.Outcome, result.RulebookVersion));
        Assert.Equal(Outcome.WithConditions, Sheets.Healthy().But("smoking", "yes").Assess().Outcome);

        rule["id"] = "other";
        Assert.Contains("the id stays 'smoking'", Assert.Throws<InvalidInputException>(() => RulebookFile.WithRule(RulebookFile.Shipped, "smoking", Encoding.UTF8.GetBytes(rule.ToJsonString()), "rule")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no rule", Assert.Throws<InvalidInputException>(() => RulebookFile.WithRule(RulebookFile.Shipped, "x", Encoding.UTF8.GetBytes(rule.ToJsonString()), "rule")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion: version 2")]
    [InlineData("\"version\": 3", "\"version\": 0", "version: ")]
    [InlineData("\"group\": \"g\", \"kind\": \"yesNo\"", "\"group\": \"h\", \"kind\": \"yesNo\"", "questions[2].group: no group")]
    [InlineData("\"id\": \"last\"", "\"id\": \"smokes\"", "questions[3].id: 'smokes' is used twice")]
    [InlineData("\"id\": \"last\"", "\"id\": \"a b\"", "questions[3].id: 'a b' is no id")]
    [InlineData("\"id\": \"last\"", "\"id\": \"a.b\"", "questions[3].id: a question's id has no dot")]
    [InlineData("\"per\": \"areas\"", "\"per\": \"smokes\"", "questions[1].per: 'smokes' is no earlier question")]
    [InlineData("\"kind\": \"yesNo\"", "\"kind\": \"choice\"", "questions[2].choices: ")]
    [InlineData("{\"id\": \"mild\"", "{\"id\": \"unknown\"", "questions[1].choices[0].id: 'unknown' is used twice or has")]
    [InlineData("\"lowest\": 20", "\"lowest\": 400", "questions[5].lowest: ")]
    [InlineData("\"never\": true", "\"never\": true, \"unit\": \"kg\"", "questions[3]: only a number has bounds")]
    [InlineData("\"never\": true", "\"askedWhen\": {\"question\": \"weight\", \"below\": 3}", "questions[3].askedWhen.question: no question is named 'weight' (or it is asked later")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\"", "rules[0].when: exactly one test")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\", \"is\": [\"yes\"], \"below\": 1", "rules[0].when: exactly one test")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\", \"is\": [\"maybe\"]", "rules[0].when.is[0]: 'maybe' is not an answer")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\", \"is\": []", "rules[0].when.is: at least one word")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\", \"below\": 3", "rules[0].when.below: this test does not fit")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"grade\", \"is\": [\"mild\"]", "rules[0].when.question: 'grade' is asked for each of 'areas'")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"end\", \"daysAgoBelow\": 3", "rules[0].when.question: 'end' may stay open")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"last\", \"daysAgoBelow\": 0", "rules[0].when.daysAgoBelow: a whole number")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"item\": [\"neck\"]", "rules[0].when.item: there is no item")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"is\": [\"yes\"]", "rules[0].when: exactly one of 'all'")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"not\": {\"question\": \"smokes\", \"is\": [\"yes\"]}, \"is\": [\"yes\"]", "rules[0].when: a test needs a 'question'")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"all\": []", "rules[0].when.all: 1 to 50")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"any\": [{\"not\": {}}]", "rules[0].when.any[0].not: exactly one of")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"any\": [null]", "rules[0].when.any[0]: a condition is needed")]
    [InlineData("\"question\": \"smokes\", \"is\": [\"yes\"]", "\"question\": \"smokes\", \"was\": [\"yes\"]", "when")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"noReasonAgainst\"", "rules[0].outcome: ")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notSettled\"", "rules[0].outcome: ")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"perhaps\"", "outcome")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notNow\"", "rules[0].until: 'notNow' needs a day")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notNow\", \"until\": [{\"after\": \"last\", \"plusDays\": 3}]", "rules[0].until: the last day must not")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notNow\", \"until\": [{}]", "rules[0].until[0]: a day to look again")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notNow\", \"until\": [{\"after\": \"smokes\"}, {\"plusDays\": 1}]", "rules[0].until[0].after: 'smokes' is no question")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"notNow\", \"until\": [{\"plusMonths\": 200}]", "rules[0].until[0].plusMonths: ")]
    [InlineData("\"outcome\": \"withConditions\"", "\"outcome\": \"refer\"", "rules[0].letter: 'refer' needs")]
    [InlineData("\"judgement\": true", "\"judgement\": false", "rules[0].judgement: without a source")]
    [InlineData("\"judgement\": true", "\"judgement\": false, \"sources\": [\"E-107\"]", "rules[0].judgement: without a source")]
    [InlineData("\"judgement\": true", "\"judgement\": true, \"sources\": [\"E-999\"]", "rules[0].sources[0]: the evidence catalogue has no row")]
    [InlineData("\"says\": {\"en\": \"s\", \"vi\": \"s\"}", "\"says\": {\"en\": \"s\", \"vi\": \" \"}", "rules[0].says.vi: ")]
    [InlineData("\"judgement\": true", "\"judgement\": true, \"forEach\": \"smokes\"", "rules[0].forEach: 'smokes' is no question")]
    public void A_file_that_does_not_hold_together_is_refused_with_its_place(string part, string replacement, string says)
    {
        Assert.NotNull(RulebookFile.Parse(Sheets.Utf8(Small), "small"));
        Assert.Contains(part, Small, StringComparison.Ordinal);
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => RulebookFile.Parse(Sheets.Utf8(Small.Replace(part, replacement, StringComparison.Ordinal)), "small"));
        Assert.StartsWith("small: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_a_form_are_read_by_the_kind_of_their_question()
    {
        Questionnaire questions = RulebookFile.Parse(Sheets.Utf8(Small), "small").Questionnaire;
        Answer? Form(string id, params string?[] words) => AnswerReader.FromForm(words, questions.Get(id), "form", id);
        Assert.Null(Form("smokes", "", null, " "));
        Assert.Equal(Answer.Yes, Form("smokes", " yes "));
        Assert.Equal(Answer.Unknown, Form("weight", "unknown"));
        Assert.Equal(new NumberAnswer(54.5), Form("weight", "54,5"));
        Assert.Equal(new WordsAnswer(["neck", "brow"]), Form("areas", "brow", "neck"));
        Assert.Equal(Answer.Never, Form("last", "never"));
        Assert.Throws<InvalidInputException>(() => Form("weight", "1e9"));
        Assert.Throws<InvalidInputException>(() => Form("smokes", "yes", "no"));
        Assert.Throws<InvalidInputException>(() => Form("areas", "elbow"));
        Assert.Throws<InvalidInputException>(() => Form("end", "never"));
    }
}
