using System.Diagnostics;
using System.Text.Json;

namespace Threadwell.Cli.Tests;

/// <summary>Patient, plan and prediction through the built program.</summary>
public sealed class WholeWayTests(WholeWayTests.Planned planned) : IClassFixture<WholeWayTests.Planned>
{
    [Fact]
    public void A_plan_names_its_scan_and_a_changed_scan_is_refused()
    {
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        JsonElement scan = JsonDocument.Parse(File.ReadAllBytes(folder["plans/plan.json"])).RootElement.GetProperty("scan");
        Assert.Equal("../patient/scan.glb", scan.GetProperty("path").GetString());
        Assert.Equal("m", scan.GetProperty("unit").GetString());

        File.AppendAllText(folder["patient/scan.glb"], " ");
        CommandLineRun.Of("predict", folder["plans/plan.json"], "--out", folder["prediction"]).IsRefused("has changed since the plan was made");
        File.Delete(folder["patient/scan.glb"]);
        CommandLineRun.Of("predict", folder["plans/plan.json"], "--out", folder["prediction"]).IsRefused("scan.path");
        Assert.DoesNotContain(folder.Names, name => name.Contains("prediction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_prediction_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a POSIX signal");
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        string[] before = folder.Names;
        using Process process = CommandLineRun.Start("predict", folder["plans/plan.json"], "--out", folder["prediction"]);
        string? line = process.StandardError.ReadLine();
        Assert.Contains("0 %", line, StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        string rest = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("Cancelled; nothing was written.\n", rest, StringComparison.Ordinal);
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void A_server_that_is_ended_while_it_starts_does_not_say_that_nothing_was_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a POSIX signal");
        using var folder = new TemporaryFolder();
        using Process process = CommandLineRun.Start("serve", "--data", folder["data"], "--urls", "http://127.0.0.1:0");
        Assert.Contains("Threadwell is starting", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        string rest = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Ended while something was still under way; what was stored before is kept.\n", rest);
    }

    [Fact]
    public void A_prediction_has_its_four_files_and_the_same_bytes_on_one_and_two_threads()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        foreach (string threads in new[] { "1", "2" })
        {
            CommandLineRun run = CommandLineRun.Of("predict", folder["plans/plan.json"], "--months", "3", "--threads", threads, "--out", folder[threads]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains($"Report: {folder[threads]}", run.Output, StringComparison.Ordinal);
            Assert.Contains("not reached in the time simulated", run.Output, StringComparison.Ordinal);
        }

        foreach (string file in new[] { "course.png", "lift.png", "prediction.json", "report.html" })
        {
            Assert.Equal(File.ReadAllBytes(folder["1/" + file]), File.ReadAllBytes(folder["2/" + file]));
        }

        JsonElement prediction = JsonDocument.Parse(File.ReadAllBytes(folder["1/prediction.json"])).RootElement;
        Assert.True(prediction.GetProperty("summary").GetProperty("liftNowMm").GetDouble() > 0.2);
        Assert.All(prediction.GetProperty("residuals").EnumerateArray(), residual => Assert.InRange(residual.GetDouble(), 0, 1e-6));
    }

    /// <summary>A patient and a plan, made once by the program itself.</summary>
    public sealed class Planned : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Planned()
        {
            Assert.Equal(0, CommandLineRun.Of("patient", "make", "--age", "52", "--sex", "female", "--laxity", "moderate", "--seed", "1", "--out", folder["patient"]).ExitCode);
            CommandLineRun run = CommandLineRun.Of(
                "plan", "suggest", "--scan", folder["patient/scan.glb"], "--landmarks", folder["patient/landmarks.json"], "--area", "jawline", "--material", "PDO", "--age", "52", "--sex", "female", "--laxity", "moderate", "--out", folder["plans/plan.json"]);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        public void Dispose() => folder.Dispose();

        /// <summary>Puts a copy into a test's folder.</summary>
        internal void CopyTo(TemporaryFolder target)
        {
            foreach (string name in folder.Names.Where(name => File.Exists(folder[name])))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target[name])!);
                File.Copy(folder[name], target[name]);
            }
        }
    }
}
