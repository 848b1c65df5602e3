using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Care.Rules;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Care.Suitability;

/// <summary>Reads, checks and writes rulebooks (<c>docs/formats/rules.md</c>).</summary>
public static class RulebookFile
{
    /// <summary>Version of the file form that is written and read.</summary>
    public const int SchemaVersion = 1;

    private const int MostRules = 500;
    private const int LongestMonths = 120;
    private const int LongestDays = 3650;

    // What a rule leaves out is left out, so that a person reads what it says.
    private static readonly JsonSerializerOptions Written = new(PlanJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly Lazy<Rulebook> Embedded = new(ReadShipped);

    // Rows whose number or statement was read at its source: only they carry a rule without clinical judgement.
    private static readonly Lazy<FrozenDictionary<string, bool>> ReadRows = new(() => EvidenceCatalogue.Rows
        .GroupBy(row => row.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(rows => rows.Key, rows => rows.Any(row => row.Grade is EvidenceGrade.Read), StringComparer.Ordinal));

    /// <summary>The rulebook that the product ships; a clinic's doctor signs it off before use and may change it.</summary>
    public static Rulebook Shipped => Embedded.Value;

    /// <summary>Reads a rulebook file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read or does not hold together; the message names the place.</exception>
    public static Rulebook Read(string path) => Check(PlanJson.Read<RulebookContent>(path), path);

    /// <summary>Reads the content of a rulebook file.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It does not hold together; the message names the place.</exception>
    public static Rulebook Parse(ReadOnlySpan<byte> utf8, string source) => Check(PlanJson.Parse<RulebookContent>(utf8, source), source);

    /// <summary>The file form of a rulebook, UTF-8; the same rulebook gives the same bytes.</summary>
    public static byte[] ToBytes(Rulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        return [.. JsonSerializer.SerializeToUtf8Bytes(rulebook.Content, Written), (byte)'\n'];
    }

    /// <summary>The file form of one rule, UTF-8, as an administrator edits it.</summary>
    public static byte[] ToBytes(SuitabilityRule rule) => [.. JsonSerializer.SerializeToUtf8Bytes(rule, Written), (byte)'\n'];

    /// <summary>The next version of a rulebook, in which one rule is replaced.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="ruleId">Id of the rule to replace.</param>
    /// <param name="utf8">The new rule in the file form of one rule; it keeps its id.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">The rule does not hold together, or its id is another; the message names the place.</exception>
    public static Rulebook WithRule(Rulebook rulebook, string ruleId, ReadOnlySpan<byte> utf8, string source)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        SuitabilityRule changed = PlanJson.Parse<SuitabilityRule>(utf8, source);
        var problem = new RuleFileProblem(source);
        int index = rulebook.Rules.ToList().FindIndex(rule => rule.Id == ruleId);
        problem.Require(index >= 0, "id", $"there is no rule '{ruleId}'.");
        problem.Require(changed.Id == ruleId, "id", $"the id stays '{ruleId}'; assessments refer to it.");
        CheckRule(problem, changed, "", rulebook.Questionnaire);
        SuitabilityRule[] rules = [.. rulebook.Rules];
        rules[index] = changed;
        return new Rulebook(rulebook.Content with { Version = rulebook.Version + 1, Rules = rules }, rulebook.Questionnaire);
    }

    private static Rulebook ReadShipped()
    {
        const string name = "Threadwell.Care.Suitability.suitability.json";
        using Stream stream = typeof(RulebookFile).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Parse(copy.ToArray(), "suitability.json");
    }

    private static Rulebook Check(RulebookContent content, string source)
    {
        var problem = new RuleFileProblem(source);
        problem.Require(content.SchemaVersion == SchemaVersion, "schemaVersion", $"version {content.SchemaVersion} is not known; this program reads version {SchemaVersion}.");
        problem.Require(content.Version >= 1, "version", "a whole number from 1 is needed.");
        problem.RequireText(content.Title, "title");
        Questionnaire questionnaire = QuestionnaireCheck.Build(problem, content.Groups, content.Questions);
        problem.Require(content.Rules.Count is >= 1 and <= MostRules, "rules", $"1 to {MostRules} rules are needed.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < content.Rules.Count; index++)
        {
            problem.Require(content.Rules[index] is not null, $"rules[{index}]", "a rule is needed.");
            CheckRule(problem, content.Rules[index], $"rules[{index}]", questionnaire);
            problem.Require(ids.Add(content.Rules[index].Id), $"rules[{index}].id", $"'{content.Rules[index].Id}' is used twice.");
        }

        return new Rulebook(content, questionnaire);
    }

    private static void CheckRule(RuleFileProblem problem, SuitabilityRule rule, string place, Questionnaire questionnaire)
    {
        string At(string member) => place.Length == 0 ? member : $"{place}.{member}";
        problem.RequireId(rule.Id, At("id"));
        Question? items = rule.ForEach is null ? null : questionnaire.Find(rule.ForEach);
        problem.Require(rule.ForEach is null || items is { Kind: QuestionKind.Choices, Per: null }, At("forEach"), $"'{rule.ForEach}' is no question of the kind 'choices'.");
        var conditions = new ConditionCheck(problem, questionnaire.Questions.ToDictionary(q => q.Id, StringComparer.Ordinal));
        conditions.Check(rule.When, At("when"), items);
        problem.Require(rule.Outcome is not (Outcome.NoReasonAgainst or Outcome.NotSettled), At("outcome"), "a rule gives withConditions, notNow, notSuitable or refer.");
        problem.Require((rule.Outcome == Outcome.NotNow) == (rule.Until.Count > 0), At("until"), "'notNow' needs a day until which it holds; no other outcome has one.");
        CheckUntil(problem, rule, At("until"), questionnaire);
        problem.RequireText(rule.Says, At("says"));
        problem.RequireText(rule.Change, At("change"));
        problem.Require((rule.Outcome == Outcome.Refer) == (rule.Letter is not null), At("letter"), "'refer' needs the content of its letter; no other outcome has one.");
        problem.RequireText(rule.Letter, At("letter"));
        for (int index = 0; index < rule.Sources.Count; index++)
        {
            problem.Require(ReadRows.Value.ContainsKey(rule.Sources[index]), $"{At("sources")}[{index}]", $"the evidence catalogue has no row '{rule.Sources[index]}'.");
        }

        problem.Require(
            rule.Judgement || rule.Sources.Any(id => ReadRows.Value[id]),
            At("judgement"),
            "without a source that was read, a rule rests on clinical judgement and must say so (true).");
    }

    private static void CheckUntil(RuleFileProblem problem, SuitabilityRule rule, string place, Questionnaire questionnaire)
    {
        for (int index = 0; index < rule.Until.Count; index++)
        {
            UntilRule until = rule.Until[index];
            string at = $"{place}[{index}]";
            problem.Require(until is not null, at, "a day is needed.");
            problem.Require(until!.PlusMonths is >= 0 and <= LongestMonths, $"{at}.plusMonths", $"0 to {LongestMonths} months are possible.");
            problem.Require(until.PlusDays is >= 0 and <= LongestDays, $"{at}.plusDays", $"0 to {LongestDays} days are possible.");
            problem.Require(until.After is null || questionnaire.Find(until.After) is { Kind: QuestionKind.Date, Per: null }, $"{at}.after", $"'{until.After}' is no question for a day.");
            problem.Require(until.After is not null || until.PlusMonths + until.PlusDays > 0, at, "a day to look again lies after the assessment.");
        }

        problem.Require(rule.Until.Count == 0 || rule.Until[^1].After is null, place, "the last day must not hang on an answer, so that there always is one.");
    }
}
