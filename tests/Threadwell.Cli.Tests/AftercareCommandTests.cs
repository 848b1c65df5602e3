using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Threadwell.Care.Aftercare;

namespace Threadwell.Cli.Tests;

public class AftercareCommandTests
{
    private static readonly string Example = Path.Combine(Docs(), "treatment.example.json");

    [Fact]
    public void The_example_becomes_a_file_a_calendar_and_a_sheet()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun run = CommandLineRun.Of("aftercare", Example, "--out", folder["out"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (string part in (string[])
        [
            "Sleep on your back with the head raised: to the morning of 1 December 2026 [E-107, E-109, E-110, E-111]\n      A pillow at the side pushes on the threads",
            "No steam bath, sauna, hot water or other high heat: to the end of 24 December 2026 [E-107",
            "No make-up, cream or powder on the entries: until the entries have closed, and at least until 10:30 on 28 November 2026 [E-107, E-111, E-188, clinical judgement]",
            "Azithromycin 500 mg: 1 viên mỗi sáng: to the end of 28 November 2026",
            "Do not ride",
        ])
        {
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(["aftercare.ics", "aftercare.json", "aftercare.pdf"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        byte[] content = File.ReadAllBytes(Path.Combine(folder["out"], "aftercare.json"));
        AftercarePlan plan = AftercarePlan.Parse(content, "aftercare.json");
        Assert.Equal(content, plan.ToJson());
        Assert.Equal("T-000123", plan.Treatment);
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", File.ReadAllText(Path.Combine(folder["out"], "aftercare.ics")), StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(folder["out"], "aftercare.pdf"))), StringComparison.Ordinal);
    }

    [Fact]
    public void It_speaks_vietnamese_and_gives_the_same_file_as_json()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun vietnamese = CommandLineRun.Of("aftercare", Example, "--out", folder["out"], "--language", "vi");
        Assert.StartsWith("Nên làm\n", vietnamese.Output, StringComparison.Ordinal);
        Assert.Contains("Không xông hơi, tắm hơi, nước nóng hay nhiệt độ cao: đến hết ngày 24/12/2026", vietnamese.Output, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Đã hết thời hạn: Ngủ nằm ngửa\\, kê cao đầu\r\n", File.ReadAllText(Path.Combine(folder["out"], "aftercare.ics")), StringComparison.Ordinal);
        CommandLineRun json = CommandLineRun.Of("aftercare", Example, "--out", folder["out"], "--json");
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        Assert.Equal(File.ReadAllText(Path.Combine(folder["out"], "aftercare.json")), json.Output);
    }

    [Fact]
    public void It_shows_what_holds_at_a_time()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun run = CommandLineRun.Of("aftercare", Example, "--out", folder["out"], "--at", "2026-11-29T20:00+07:00");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Day 3, 29 Nov 2026\nToday\n  Tell us how it is going; it takes half a minute\nDo\n", run.Output, StringComparison.Ordinal);
        string[] parts = [.. new[] { "\nDo\n", "Keep the area clean and dry", "\nDo not\n", "No steam bath", "\nOver\n", "Azithromycin 500 mg", "\nUsual today\n", "Swelling on both sides", "\nCall us now: 024 3333 4444\n", "Redness that is new" }];
        int[] places = [.. parts.Select(part => run.Output.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        CommandLineRun.Of("aftercare", Example, "--out", folder["out"], "--at", "tomorrow").IsRefused("--at: 'tomorrow' is no time of the form");
        CommandLineRun.Of("aftercare", Example, "--out", folder["none"], "--at", "2026-11-29T20:00+07:00", "--json").IsRefused("--at: --json writes the whole aftercare");
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Theory]
    [InlineData("durations", "{\"heat\": 3}", "treatment.json: durations.heat: 3 is too short: a clinic may lengthen this rule, and never set it below 14 (days).")]
    [InlineData("allergies", "[\"macrolide\"]", "treatment.json: medicines[1]: the patient is allergic to 'macrolide', and 'Azithromycin 500 mg' is of the same family (macrolides); order another medicine.")]
    [InlineData("areas", "[\"nose\"]", "treatment.json: areas[0]: 'nose' is not known; known are jawline, nasolabial, brow")]
    [InlineData("treatedAt", "\"2026-11-26T10:30:00+01:00\"", "treatment.json: treatedAt: Asia/Ho_Chi_Minh is at +07 from universal time then, not at +01.")]
    [InlineData("colour", "\"red\"", "treatment.json: ")]
    public void What_cannot_be_used_is_refused_and_nothing_is_written(string member, string value, string says)
    {
        using var folder = new TemporaryFolder();
        JsonNode content = JsonNode.Parse(File.ReadAllText(Example))!;
        content[member] = JsonNode.Parse(value);
        File.WriteAllText(folder["treatment.json"], content.ToJsonString());
        CommandLineRun.Of("aftercare", folder["treatment.json"], "--out", folder["out"]).IsRefused(says);
        Assert.Equal(["treatment.json"], folder.Names);
    }

    [Fact]
    public void What_fits_no_sheet_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        JsonNode content = JsonNode.Parse(File.ReadAllText(Example))!;
        content["entryPoints"] = new JsonArray([.. Enumerable.Range(1, 50).Select(number => JsonValue.Create($"{number} " + new string('x', 190)))]);
        File.WriteAllText(folder["treatment.json"], content.ToJsonString());
        CommandLineRun.Of("aftercare", folder["treatment.json"], "--out", folder["out"]).IsRefused("does not fit one side of A4; name fewer or shorter medicines and entries.");
        Assert.Equal(["treatment.json"], folder.Names);
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_missing_option_are_refused()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of("aftercare", "nowhere.json", "--out", folder["out"]).IsRefused("no such file");
        CommandLineRun.Of("aftercare", folder[""], "--out", folder["out"]).IsRefused("this is a folder; name a file.");
        CommandLineRun.Of("aftercare", Example).IsRefused("'--out' is required");
        File.WriteAllText(folder["taken"], "mine");
        CommandLineRun.Of("aftercare", Example, "--out", folder["taken"]).IsRefused("is a file");
        Assert.Equal("mine", File.ReadAllText(folder["taken"]));
        Assert.Equal(["taken"], folder.Names);
    }

    private static string Docs([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "formats"));
}
