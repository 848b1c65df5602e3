using System.Runtime.CompilerServices;
using System.Text.Json;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;

namespace Threadwell.Cli.Tests;

public class AssessCommandTests
{
    private static readonly string Example = Path.Combine(Docs(), "answers.example.json");

    [Fact]
    public void The_example_is_judged_with_every_reason_its_source_and_what_would_change_it()
    {
        CommandLineRun run = CommandLineRun.Of("assess", Example);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Not now, until 4 December 2026\n", run.Output, StringComparison.Ordinal);
        foreach (string part in (string[])["blood thinner", "Over 50 years", "E-124, E-128", "clinical judgement", "E-109", "Rules version 1, 2026-11-26"])
        {
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_day_may_be_given_and_the_reasons_are_spoken_in_vietnamese()
    {
        CommandLineRun run = CommandLineRun.Of("assess", Example, "--date", "2026-12-04", "--language", "vi");
        Assert.StartsWith("Có thể, kèm điều kiện: bác sĩ của bạn quyết định\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Trên 50 tuổi", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_whole_result_and_reads_back()
    {
        CommandLineRun run = CommandLineRun.Of("assess", Example, "--json");
        SuitabilityResult result = SuitabilityResult.Parse(System.Text.Encoding.UTF8.GetBytes(run.Output), "output");
        Assert.Equal(Outcome.NotNow, result.Outcome);
        Assert.Equal(["dental.recent", "blood-thinner.continues", "age.over-50"], result.Reasons.Select(reason => reason.Rule));
        Assert.Equal(run.Output, CommandLineRun.Of("assess", Example, "--json").Output);
    }

    [Fact]
    public void What_is_not_answered_is_named_and_never_a_no()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "answers.json", """{"schemaVersion": 1, "answeredOn": "2026-11-26", "answers": {"areas": ["jawline"], "smoking": "unknown"}}""");
        CommandLineRun run = CommandLineRun.Of("assess", file);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Cannot be settled until open questions are answered\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  laxity.jawline: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("  smoking: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nose")]
    [InlineData("buttock")]
    public void Nose_and_buttocks_are_refused_with_the_reason(string area)
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "answers.json", $"{{\"schemaVersion\": 1, \"answers\": {{\"areas\": [\"{area}\"]}}}}");
        CommandLineRun run = CommandLineRun.Of("assess", file, "--json");
        SuitabilityResult result = SuitabilityResult.Parse(System.Text.Encoding.UTF8.GetBytes(run.Output), "output");
        Assert.Equal(Outcome.NotSuitable, result.Outcome);
        Assert.Contains("cannot hold a shape", Assert.Single(result.Reasons).Says.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schemaVersion": 1, "answers": {"smoking": "maybe"}}""", "answers.smoking: 'maybe' is not an answer")]
    [InlineData("""{"schemaVersion": 1, "answers": {"smoking": true}}""", "answers.smoking: \"yes\", \"no\" or \"unknown\" is needed")]
    [InlineData("""{"schemaVersion": 1, "answers": {"smokes": "no"}}""", "answers.smokes: there is no such question")]
    [InlineData("""{"schemaVersion": 1, "answers": {"areas": ["elbow"]}}""", "answers.areas: 'elbow' is not known")]
    [InlineData("""{"schemaVersion": 1, "answers": {"areas": []}}""", "answers.areas: at least one choice")]
    [InlineData("""{"schemaVersion": 1, "answers": {"areas": ["neck", "neck"]}}""", "answers.areas: a choice is named twice")]
    [InlineData("""{"schemaVersion": 1, "answers": {"laxity": "mild"}}""", "answers.laxity: this is asked for each of 'areas'")]
    [InlineData("""{"schemaVersion": 1, "answers": {"laxity": {"elbow": "mild"}}}""", "answers.laxity.elbow: this is none of 'areas'")]
    [InlineData("""{"schemaVersion": 1, "answers": {"birthDate": "14/03/1971"}}""", "answers.birthDate: '14/03/1971' is not an answer")]
    [InlineData("""{"schemaVersion": 1, "answers": {"birthDate": "1971-02-30"}}""", "answers.birthDate: '1971-02-30' is not an answer")]
    [InlineData("""{"schemaVersion": 1, "answeredOn": "2020-01-01", "answers": {"birthDate": "2021-01-01"}}""", "answers.birthDate: it lies after the day")]
    [InlineData("""{"schemaVersion": 1, "answers": {"birthDate": "never"}}""", "answers.birthDate: 'never' is not an answer")]
    [InlineData("""{"schemaVersion": 2, "answers": {}}""", "schemaVersion: 1 is needed")]
    [InlineData("""{"answers": {}}""", "schemaVersion: it is missing")]
    [InlineData("""{"schemaVersion": 1}""", "answers: they are missing")]
    [InlineData("""{"schemaVersion": 1, "answers": {}, "notes": ""}""", "notes: there is no such member")]
    [InlineData("""{"schemaVersion": 1, "answers": {"smoking": "no", "smoking": "yes"}}""", "names a member twice")]
    [InlineData("""{"schemaVersion": 1, "answers": {""", "line 1: this is no valid JSON")]
    [InlineData("[]", "an object with 'schemaVersion'")]
    public void Bad_answers_are_refused_with_their_place(string content, string says)
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of("assess", Write(folder, "answers.json", content)).IsRefused(says);
    }

    [Fact]
    public void A_missing_file_a_wrong_day_and_a_wrong_rulebook_are_refused()
    {
        CommandLineRun.Of("assess", "nowhere.json").IsRefused("no such file");
        CommandLineRun.Of("assess", Example, "--date", "tomorrow").IsRefused("--date: 'tomorrow'");
        CommandLineRun.Of("assess", Example, "--rulebook", Example).IsRefused("answers");
    }

    [Fact]
    public void A_clinics_own_rulebook_is_used()
    {
        using var folder = new TemporaryFolder();
        string shipped = System.Text.Encoding.UTF8.GetString(RulebookFile.ToBytes(RulebookFile.Shipped));
        string own = Write(folder, "rules.json", shipped.Replace("\"daysAgoBelow\": 14", "\"daysAgoBelow\": 3", StringComparison.Ordinal).Replace("\"version\": 1,", "\"version\": 7,", StringComparison.Ordinal));
        CommandLineRun run = CommandLineRun.Of("assess", Example, "--rulebook", own);
        Assert.StartsWith("Possible with conditions", run.Output, StringComparison.Ordinal);
        Assert.Contains("Rules version 7", run.Output, StringComparison.Ordinal);
        string broken = Write(folder, "broken.json", shipped.Replace("\"question\": \"smoking\"", "\"question\": \"smoke\"", StringComparison.Ordinal));
        CommandLineRun.Of("assess", Example, "--rulebook", broken).IsRefused("when.question: no question is named 'smoke'");
    }

    [Fact]
    public void The_schema_and_the_page_describe_the_questions_that_are_read()
    {
        JsonElement described = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Docs(), "answers.schema.json"))).RootElement.GetProperty("properties").GetProperty("answers").GetProperty("properties");
        Assert.Equal(RulebookFile.Shipped.Questionnaire.Questions.Select(question => question.Id), described.EnumerateObject().Select(member => member.Name));
        foreach (Question question in RulebookFile.Shipped.Questionnaire.Questions.Where(question => question.Choices.Count > 0))
        {
            string text = described.GetProperty(question.Id).GetRawText();
            Assert.All(question.Choices, choice => Assert.Contains($"\"{choice.Id}\"", text, StringComparison.Ordinal));
        }
    }

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        File.WriteAllText(folder[name], content);
        return folder[name];
    }

    private static string Docs([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "formats"));
}
