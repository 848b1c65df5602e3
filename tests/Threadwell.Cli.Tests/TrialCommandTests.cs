using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Threadwell.Cli.Tests;

public class TrialCommandTests
{
    private static readonly string Example = Path.Combine(Docs(), "trials", "collagen-round-a-thread.json");

    [Fact]
    public void A_trial_is_a_table_and_with_out_a_file()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun run = CommandLineRun.Of("trial", Example, "--out", folder["result.json"]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Collagen round one PDO strand and several in rats\n", run.Output, StringComparison.Ordinal);
        JsonElement result = JsonDocument.Parse(File.ReadAllBytes(folder["result.json"])).RootElement;
        JsonElement[] rows = [.. result.GetProperty("rows").EnumerateArray()];
        double Collagen(string arm, double days) => rows.Single(row => row.GetProperty("arm").GetString() == arm && row.GetProperty("endpoint").GetString() == "collagen" && row.GetProperty("at").GetDouble() == days).GetProperty("mean").GetDouble();
        Assert.True(Collagen("four strands", 14) > Collagen("one strand", 14));
        Assert.Equal(30, rows.Length);
        Assert.Equal(30, run.Output.Split('\n').Count(line => line.Contains("strand", StringComparison.Ordinal) && line.Contains("days", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_no_trial_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.json"], """{ "name": "bad", "threads": [ { "name": "a", "material": "PDO", "diameterMm": 0.3, "days": [5, 1] } ] }""");
        CommandLineRun run = CommandLineRun.Of("trial", folder["bad.json"], "--out", folder["result.json"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("threads[0].days[1]: values rise.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["result.json"]));
    }

    private static string Docs([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "formats"));
}
