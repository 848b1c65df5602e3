using System.Text.Json;
using System.Text.Json.Nodes;

namespace Threadwell.Cli.Tests;

/// <summary>A clinic's measured patients through the built program.</summary>
public sealed class RecalibrateCommandTests(WholeWayTests.Planned planned) : IClassFixture<WholeWayTests.Planned>
{
    private const string Visits = """{ "schemaVersion": 1, "observations": [ { "day": 7, "landmark": "jowl.left", "positionMm": 0.9, "errorMm": 0.3 }, { "day": 7, "landmark": "jowl.right", "positionMm": 1.0, "errorMm": 0.3 } ] }""";

    [Fact]
    public void What_a_patient_taught_moves_another_prediction_and_says_so()
    {
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        string[] short20 = ["--months", "0.25", "--samples", "20"];
        Done("predict", [folder["plans/plan.json"], "--out", folder["cases/one"], .. short20]);
        File.WriteAllText(folder["cases/one/visits.json"], Visits);
        CommandLineRun run = Done("recalibrate", [folder["cases"], "--out", folder["clinic"]]);
        Assert.Contains("jawline/pdo", run.Output, StringComparison.Ordinal);
        Assert.Contains("fewer than five patients", run.Output, StringComparison.Ordinal);
        Assert.Contains("<h1>", File.ReadAllText(folder["clinic/clinic.html"]), StringComparison.Ordinal);
        JsonElement clinic = JsonDocument.Parse(File.ReadAllBytes(folder["clinic/clinic.json"])).RootElement;
        Assert.Equal((1, 2), (clinic.GetProperty("patients").GetInt32(), clinic.GetProperty("measurements").GetInt32()));

        // A list of the same patient says the same.
        File.WriteAllText(folder["list.json"], """{ "schemaVersion": 1, "cases": [ { "name": "one", "prediction": "cases/one", "observations": "cases/one/visits.json" } ] }""");
        Done("recalibrate", [folder["list.json"], "--out", folder["listed"]]);
        Assert.Equal(File.ReadAllBytes(folder["clinic/clinic.json"]), File.ReadAllBytes(folder["listed/clinic.json"]));

        // She is in it already; another's update starts from the clinic's bands, and so does a new prediction.
        CommandLineRun.Of("update", folder["cases/one"], "--observations", folder["cases/one/visits.json"], "--clinic", folder["clinic/clinic.json"], "--out", folder["same"]).IsRefused("they would count twice");
        string[] another = ["--months", "0.3", "--samples", "20"];
        Done("predict", [folder["plans/plan.json"], "--out", folder["two"], .. another]);
        CommandLineRun update = Done("update", [folder["two"], "--observations", folder["cases/one/visits.json"], "--clinic", folder["clinic/clinic.json"], "--out", folder["learned"]]);
        Assert.Contains("recalibrated on this clinic's patients: 1", update.Output, StringComparison.Ordinal);
        CommandLineRun predict = Done("predict", [folder["plans/plan.json"], "--clinic", folder["clinic/clinic.json"], "--out", folder["moved/one"], .. another]);
        Assert.Contains("! Recalibrated on this clinic's measured patients (1, treated like this 1)", predict.Output, StringComparison.Ordinal);
        Assert.NotEqual(LiftNow(folder["cases/one/prediction.json"]), LiftNow(folder["moved/one/prediction.json"]));
        File.WriteAllText(folder["moved/one/visits.json"], Visits);
        CommandLineRun.Of("recalibrate", folder["moved"], "--out", folder["twice"]).IsRefused("they would count twice");
        CommandLineRun.Of("predict", folder["plans/plan.json"], "--clinic", folder["clinic/clinic.json"], "--out", folder["bare"]).IsRefused("--clinic: what a clinic's patients taught moves bands");

        // One that was learned with another model holds for no other.
        JsonNode other = JsonNode.Parse(File.ReadAllText(folder["clinic/clinic.json"]))!;
        other["modelVersion"] = "0.0.1";
        File.WriteAllText(folder["other.json"], other.ToJsonString());
        CommandLineRun.Of("update", folder["cases/one"], "--observations", folder["cases/one/visits.json"], "--clinic", folder["other.json"], "--out", folder["never"]).IsRefused("recalibrate again");
        CommandLineRun.Of("predict", folder["plans/plan.json"], "--samples", "20", "--clinic", folder["other.json"], "--out", folder["never"]).IsRefused("recalibrate again");
        CommandLineRun.Of("recalibrate", "", "--out", folder["never"]).IsRefused("it is empty");
        Assert.DoesNotContain(folder.Names, name => name.Contains("twice", StringComparison.Ordinal) || name.Contains("bare", StringComparison.Ordinal) || name.Contains("never", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"cases\": [] }", "cases: there are 0 patients")]
    [InlineData("{ \"cases\": [ { \"name\": \"one\", \"prediction\": \"p\" } ] }", "cases[0]: a case needs its visits")]
    [InlineData("{ \"cases\": [ { \"name\": \" \", \"prediction\": \"p\", \"observations\": \"v.json\" } ] }", "cases[0].name")]
    [InlineData("{ \"cases\": [ { \"name\": \"one\", \"prediction\": \"\", \"observations\": \"v.json\" } ] }", "cases[0].prediction")]
    [InlineData("{ \"cases\": [ { \"name\": \"one\", \"prediction\": \"p\", \"observations\": \"v.json\" } ] }", "no such file")]
    [InlineData("{ \"cases\": [ null ] }", "cases[0].name")]
    [InlineData("{ \"schemaVersion\": 2, \"cases\": [] }", "version 2 is not known")]
    [InlineData("{ \"cases\": [], \"more\": 1 }", "more")]
    [InlineData("nothing", "list.json")]
    public void A_list_that_cannot_be_used_is_refused_at_its_place(string list, string because)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["list.json"], list);
        CommandLineRun.Of("recalibrate", folder["list.json"], "--out", folder["x"]).IsRefused(because);
        Assert.Equal(["list.json"], folder.Names);
    }

    [Fact]
    public void A_folder_without_patients_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["cases"]);
        CommandLineRun.Of("recalibrate", folder["cases"], "--out", folder["x"]).IsRefused("there is no case in this folder");
    }

    private static CommandLineRun Done(string command, string[] arguments)
    {
        CommandLineRun run = CommandLineRun.Of([command, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    private static double LiftNow(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("summary").GetProperty("liftNowMm").GetDouble();
}
