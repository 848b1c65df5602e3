using System.Text;
using System.Text.Json.Nodes;
using Threadwell.Care.Aftercare;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>What a file of aftercare rules may say.</summary>
public class AftercareRulebookFileTests
{
    [Fact]
    public void The_shipped_rules_read_back_the_same()
    {
        byte[] bytes = AftercareRulebookFile.ToBytes(AftercareRulebookFile.Shipped);
        Assert.Equal(bytes, AftercareRulebookFile.ToBytes(AftercareRulebookFile.Parse(bytes, "again")));
    }

    [Theory]
    [InlineData("schemaVersion", "2", "schemaVersion: version 2 is not known")]
    [InlineData("version", "0", "version: a whole number from 1")]
    [InlineData("title.vi", "\" \"", "title.vi: a text of 1 to")]
    [InlineData("rules", "[]", "rules: 1 to 500 entries")]
    [InlineData("rules.0", "null", "rules[0]: an entry is needed")]
    [InlineData("rules.0.id", "\"a b\"", "rules[0].id: 'a b' is no id")]
    [InlineData("rules.1.id", "\"upright\"", "rules[1].id: 'upright' is used twice")]
    [InlineData("rules.0.kind", "\"maybe\"", "rules[0].kind")]
    [InlineData("rules.0.areas", "[]", "rules[0].areas: at least one area")]
    [InlineData("rules.0.areas", "[\"neck\", \"neck\"]", "rules[0].areas: at least one area is needed, each once")]
    [InlineData("rules.0.areas.0", "\"elbow\"", "rules[0].areas[0]")]
    [InlineData("rules.0.helmet", "[]", "rules[0].helmet: at least one answer")]
    [InlineData("rules.0.until.end", "\"always\"", "rules[0].until.length: hours, days, nights and closed are counted")]
    [InlineData("rules.0.until.length", "null", "rules[0].until.length: hours, days, nights and closed are counted")]
    [InlineData("rules.0.until.length", "-1", "rules[0].until.length: 0 to 1440")]
    [InlineData("rules.1.until.length", "4000", "rules[1].until.length: 0 to 3650")]
    [InlineData("rules.0.until.length", "1.5", "rules[0].until.length")]
    [InlineData("rules.0.minimum", "null", "rules[0].minimum: a counted end needs the shortest")]
    [InlineData("rules.1.minimum.length", "6", "rules[1].minimum.length: the shortest lies from 0 to the length")]
    [InlineData("rules.1.minimum.length", "-1", "rules[1].minimum.length")]
    [InlineData("rules.1.minimum.sources.0", "\"E-9999\"", "rules[1].minimum.sources[0]: the evidence catalogue has no row 'E-9999'")]
    [InlineData("rules.1.range.low", "8", "rules[1].range: only a counted end has a range")]
    [InlineData("rules.1.range", "null", "rules[1].judgement: without a source that gives its length")]
    [InlineData("rules.1.range.low", "6", "rules[1].judgement: without a source that gives its length")]
    [InlineData("rules.1.sources", "[]", "rules[1].range: a range comes from sources")]
    [InlineData("rules.2.judgement", "false", "rules[2].judgement: without a source")]
    [InlineData("rules.1.why.en", "\"\"", "rules[1].why.en: a text of 1 to")]
    [InlineData("rules.1.sources.0", "\"E-9999\"", "rules[1].sources[0]: the evidence catalogue has no row 'E-9999'")]
    [InlineData("rules.1.colour", "\"red\"", "rules[1]")]
    [InlineData("checks.1.days.1", "1", "checks[1].days[1]: numbers from 0 to 3650 are needed, each larger")]
    [InlineData("checks.0.days", "[]", "checks[0]: at least one day")]
    [InlineData("checks.0.judgement", "false", "checks[0].judgement")]
    [InlineData("signs.0.fromDay", "-1", "signs[0].fromDay: 0 to 3650")]
    [InlineData("signs.1.toDay", "-1", "signs[1].toDay: the first day to 3650")]
    [InlineData("signs.0.judgement", "false", "signs[0].judgement")]
    [InlineData("signs.0.level", "\"red\"", "signs[0].level")]
    [InlineData("guideDays", "[3, 1]", "guideDays[1]: numbers from 0")]
    [InlineData("guideDays", "[]", "guideDays: at least one day")]
    [InlineData("drugFamilies.0.related.0", "\"penicillins\"", "drugFamilies[0].related[0]: 'penicillins' is no other family")]
    [InlineData("drugFamilies.0.related.0", "\"unknown\"", "drugFamilies[0].related[0]: 'unknown' is no other family")]
    [InlineData("drugFamilies.0.members", "[]", "drugFamilies[0].members: 1 to 500 names")]
    [InlineData("drugFamilies.0.names.0", "\"\"", "drugFamilies[0].names[0]: a name of 1 to 120")]
    public void What_does_not_hold_together_is_refused_with_its_place(string place, string value, string says)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => AftercareRulebookFile.Parse(With(place, value), "rules.json"));
        Assert.StartsWith("rules.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void One_rule_must_stand_for_the_medicines()
    {
        int medicines = AftercareRulebookFile.Shipped.Rules.ToList().FindIndex(rule => rule.Until.End == AftercareEnd.Ordered);
        Assert.Contains("rules: exactly one rule must end as 'ordered'", Assert.Throws<InvalidInputException>(() => AftercareRulebookFile.Parse(With($"rules.{medicines}.until.end", "\"always\""), "rules.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guide_day_without_a_usual_sign_is_refused()
    {
        // The last usual sign holds for ever; take its end away from the last day of the guide.
        string rules = Encoding.UTF8.GetString(With("guideDays", "[0, 3650]"));
        Assert.Equal([0, 3650], AftercareRulebookFile.Parse(Encoding.UTF8.GetBytes(rules), "rules.json").GuideDays);
        int dissolving = AftercareRulebookFile.Shipped.Signs.ToList().FindIndex(sign => sign.Id == "dissolving");
        JsonNode root = JsonNode.Parse(rules)!;
        root["signs"]![dissolving]!["toDay"] = 3649;
        Assert.Contains(
            "guideDays[1]: no sign of the level 'usual' is told for every area on day 3650",
            Assert.Throws<InvalidInputException>(() => AftercareRulebookFile.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), "rules.json")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public void What_is_no_file_of_rules_is_refused(string content) =>
        Assert.Throws<InvalidInputException>(() => AftercareRulebookFile.Parse(Encoding.UTF8.GetBytes(content), "rules.json"));

    // The shipped rules with one value changed; the place is written with dots: "rules.0.id".
    private static byte[] With(string place, string value)
    {
        JsonNode root = JsonNode.Parse(AftercareRulebookFile.ToBytes(AftercareRulebookFile.Shipped))!;
        string[] steps = place.Split('.');
        JsonNode at = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        JsonNode? changed = JsonNode.Parse(value);
        if (int.TryParse(steps[^1], out int last))
        {
            at[last] = changed;
        }
        else
        {
            at[steps[^1]] = changed;
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
