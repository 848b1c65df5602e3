using System.Text;
using Threadwell.Care.Rules;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Care.Triage;

/// <summary>Reads and checks the file of check-ins and triage (<c>docs/care/triage.md</c>).</summary>
public static class TriageFile
{
    /// <summary>Version of the file form that is read.</summary>
    public const int SchemaVersion = 1;

    private const int MostRules = 500;
    private const int MostWords = 1000;
    private const int LongestMinutes = 7 * 24 * 60;

    private static readonly Lazy<byte[]> Embedded = new(() => Resource("triage.json"));
    private static readonly Lazy<TriageRulebook> Read = new(() => Parse(Embedded.Value, "triage.json"));

    /// <summary>What the product ships; a clinic's responsible doctor signs it off before use.</summary>
    public static TriageRulebook Shipped => Read.Value;

    /// <summary>The bytes of the shipped file, UTF-8, as a phone evaluates it.</summary>
    public static ReadOnlyMemory<byte> ShippedBytes => Embedded.Value;

    /// <summary>Reads the content of a file.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It does not hold together; the message names the place.</exception>
    public static TriageRulebook Parse(ReadOnlySpan<byte> utf8, string source) => Check(PlanJson.Parse<TriageContent>(utf8, source), source);

    internal static byte[] Resource(string name)
    {
        using Stream stream = typeof(TriageFile).Assembly.GetManifestResourceStream($"Threadwell.Care.Triage.{name}")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Refuses sources that the catalogue does not have, and a rule without a source that was read which hides that it is judgement.</summary>
    internal static void CheckSources(RuleFileProblem problem, IReadOnlyList<string> sources, bool judgement, string place)
    {
        for (int index = 0; index < sources.Count; index++)
        {
            problem.Require(EvidenceCatalogue.Rows.Any(row => row.Id == sources[index]), $"{place}.sources[{index}]", $"the evidence catalogue has no row '{sources[index]}'.");
        }

        problem.Require(
            judgement || EvidenceCatalogue.Rows.Any(row => row.Grade is EvidenceGrade.Read && sources.Contains(row.Id, StringComparer.Ordinal)),
            $"{place}.judgement",
            "without a source that was read, a rule rests on clinical judgement and must say so (true).");
    }

    private static TriageRulebook Check(TriageContent content, string source)
    {
        var problem = new RuleFileProblem(source);
        problem.Require(content.SchemaVersion == SchemaVersion, "schemaVersion", $"version {content.SchemaVersion} is not known; this program reads version {SchemaVersion}.");
        problem.Require(content.Version >= 1, "version", "a whole number from 1 is needed.");
        problem.RequireText(content.Title, "title");
        problem.RequireText(content.Opening, "opening");
        problem.Require(content.ClockToleranceMinutes is >= 0 and <= 24 * 60, "clockToleranceMinutes", "0 to 1440 minutes are possible.");
        CheckSchedule(problem, content.Schedule);
        CheckIds(problem, content.Photos.Select(photo => photo.Id), "photos");
        CheckWords(problem, content.Words);
        var names = new CourseNames(content.Conditions, [.. content.Words.Lists.Keys], [.. AreaIndication.Names]);
        Questionnaire questionnaire = QuestionnaireCheck.Build(problem, content.Groups, content.Questions, names);
        problem.Require(content.Groups[0].Id == TriageRulebook.SafetyGroup, "groups[0].id", $"'{TriageRulebook.SafetyGroup}' comes first.");
        problem.Require(content.Questions.All(question => question.Per is null), "questions", "a question of a check-in is asked once.");
        CheckScreen(problem, content.Questions);
        CheckLevels(problem, content.Levels);
        CheckRules(problem, content, new ConditionCheck(problem, content.Questions.ToDictionary(question => question.Id, StringComparer.Ordinal), names));
        return new TriageRulebook(content, questionnaire);
    }

    private static void CheckSchedule(RuleFileProblem problem, IReadOnlyList<ScheduledCheckIn> schedule)
    {
        CheckIds(problem, schedule.Select(item => item.Id), "schedule");
        for (int index = 0; index < schedule.Count; index++)
        {
            ScheduledCheckIn item = schedule[index];
            problem.Require((item.Days is null) != (item.Months is null), $"schedule[{index}]", "either 'days' or 'months' is needed.");
            problem.Require(item.Days is null or (>= 1 and <= 3650) && item.Months is null or (>= 1 and <= 120), $"schedule[{index}]", "1 to 3650 days or 1 to 120 months are possible.");
            problem.RequireText(item.Text, $"schedule[{index}].text");
        }
    }

    private static void CheckWords(RuleFileProblem problem, TriageWords words)
    {
        foreach ((string id, IReadOnlyList<string> list) in words.Lists)
        {
            problem.Require(list.Count is >= 1 and <= MostWords, $"words.lists.{id}", $"1 to {MostWords} words are needed.");
            for (int index = 0; index < list.Count; index++)
            {
                string[] tokens = TextWords.Tokens(list[index]);
                problem.Require(tokens.Length > 0 && tokens.All(token => token.Length > 0) && list[index].IsNormalized(NormalizationForm.FormC), $"words.lists.{id}[{index}]", "words without punctuation, in composed letters, are needed.");
            }
        }
    }

    /// <summary>The safety screen: pictures, each with an explicit "none of these", so that an answer is never an omission.</summary>
    private static void CheckScreen(RuleFileProblem problem, IReadOnlyList<Question> questions)
    {
        for (int index = 0; index < questions.Count; index++)
        {
            Question question = questions[index];
            bool safety = question.Group == TriageRulebook.SafetyGroup;
            problem.Require(!safety || (question is { Kind: QuestionKind.Choices, Optional: false } && question.Choices[^1].Id == "none"), $"questions[{index}]", "a question of the safety screen has choices, and the last is 'none'.");
            problem.Require(!safety || index == 0 || questions[index - 1].Group == TriageRulebook.SafetyGroup, $"questions[{index}]", "the safety screen comes before all other questions.");
        }
    }

    private static void CheckLevels(RuleFileProblem problem, IReadOnlyList<LevelRule> levels)
    {
        problem.Require(levels.Select(level => level.Id).SequenceEqual(Enum.GetValues<TriageLevel>().OrderDescending()), "levels", "each level is needed once, the most severe first.");
        for (int at = 0; at < levels.Count; at++)
        {
            problem.RequireText(levels[at].Title, $"levels[{at}].title");
            problem.RequireText(levels[at].Does, $"levels[{at}].does");
            CheckIds(problem, levels[at].Steps.Select(step => step.Id), $"levels[{at}].steps");
            for (int index = 0; index < levels[at].Steps.Count; index++)
            {
                DeadlineStep step = levels[at].Steps[index];
                string place = $"levels[{at}].steps[{index}]";
                int clocks = (step.Minutes is null ? 0 : 1) + (step.SameDay is true ? 1 : 0) + (step.WorkingDays is null ? 0 : 1);
                problem.Require(clocks == 1, place, "exactly one of 'minutes', 'sameDay' and 'workingDays' is needed.");
                problem.Require(step.Minutes is null or (>= 1 and <= LongestMinutes), $"{place}.minutes", $"1 to {LongestMinutes} minutes are possible.");
                problem.Require(step.WorkingDays is null or (>= 1 and <= 10), $"{place}.workingDays", "1 to 10 working days are possible.");
                problem.Require(step.AtMostHours is null || step is { WorkingDays: not null, AtMostHours: >= 1 and <= 240 }, $"{place}.atMostHours", "1 to 240 hours are possible, beside 'workingDays'.");
                problem.Require((step.AtMostHours is null) == (step.AtMostHoursUntilDay is null), $"{place}.atMostHoursUntilDay", "it belongs to 'atMostHours'.");
                problem.RequireText(step.Text, $"{place}.text");
            }
        }
    }

    private static void CheckRules(RuleFileProblem problem, TriageContent content, ConditionCheck conditions)
    {
        problem.Require(content.Rules.Count is >= 1 and <= MostRules, "rules", $"1 to {MostRules} rules are needed.");
        CheckIds(problem, content.Rules.Select(rule => rule.Id), "rules");
        for (int index = 0; index < content.Rules.Count; index++)
        {
            TriageRule rule = content.Rules[index];
            string place = $"rules[{index}]";
            problem.Require(rule.Level != TriageLevel.Green, $"{place}.level", "a rule only raises: amber, red or emergency.");
            problem.Require((rule.When is null) != (rule.On is null), place, "either 'when' or 'on' is needed.");
            if (rule.When is { } when)
            {
                conditions.Check(when, $"{place}.when", null);
            }

            problem.RequireText(rule.Says, $"{place}.says");
            problem.RequireText(rule.Does, $"{place}.does");
            for (int card = 0; card < rule.Cards.Count; card++)
            {
                problem.Require(ActionCards.Shipped.Find(rule.Cards[card]) is not null, $"{place}.cards[{card}]", $"no card is named '{rule.Cards[card]}'.");
            }

            CheckSources(problem, rule.Sources, rule.Judgement, place);
        }

        foreach (TriageOccasion occasion in Enum.GetValues<TriageOccasion>())
        {
            problem.Require(content.Rules.Count(rule => rule.On == occasion) == 1, "rules", $"one rule 'on' {occasion} is needed.");
        }
    }

    private static void CheckIds(RuleFileProblem problem, IEnumerable<string> ids, string place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int index, string id) in ids.Index())
        {
            problem.RequireId(id, $"{place}[{index}].id");
            problem.Require(seen.Add(id), $"{place}[{index}].id", $"'{id}' is used twice.");
        }
    }
}
