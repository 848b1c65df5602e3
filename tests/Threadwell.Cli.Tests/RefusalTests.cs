namespace Threadwell.Cli.Tests;

public class RefusalTests
{
    [Theory]
    [InlineData("'bogus'", "bogus")]
    [InlineData("Required command", "patient")]
    [InlineData("'--out' is required", "patient", "make")]
    [InlineData("--age: '12' is not a number (years) from 18 to 90", "patient", "make", "--age", "12", "--out", "x")]
    [InlineData("--age: 'old'", "patient", "make", "--age", "old", "--out", "x")]
    [InlineData("--age: 'NaN'", "patient", "make", "--age", "NaN", "--out", "x")]
    [InlineData("--sex: 'cat' is not known; give female|male", "patient", "make", "--sex", "cat", "--out", "x")]
    [InlineData("--colour", "patient", "make", "--colour", "red", "--out", "x")]
    [InlineData("--seed: '-1'", "patient", "make", "--seed", "-1", "--out", "x")]
    [InlineData("nothing-like-it: the catalogue has no fact", "evidence", "nothing-like-it")]
    [InlineData("no-such-plan.json: no such file", "predict", "no-such-plan.json", "--out", "x")]
    [InlineData("--language: 'de' is not known; give en|vi", "predict", "plan.json", "--language", "de", "--out", "x")]
    [InlineData("no-such-plan.json: no such file", "causes", "no-such-plan.json", "--out", "x")]
    [InlineData("--samples: '5'", "causes", "plan.json", "--samples", "5", "--out", "x")]
    [InlineData("--samples: 0 or 20 to 4096 are needed", "predict", "plan.json", "--samples", "5", "--out", "x")]
    [InlineData("--samples: 0 or 20 to 4096 are needed", "serve", "--samples", "19", "--data", "x")]
    [InlineData("no-such-list.json: no such file", "recalibrate", "no-such-list.json", "--out", "x")]
    [InlineData("no-such-clinic.json: no such file", "predict", "plan.json", "--samples", "20", "--clinic", "no-such-clinic.json", "--out", "x")]
    [InlineData("--samples: 0 or 20 to 4096 are needed", "validate", "--samples", "19", "--out", "x")]
    [InlineData("no such file", "update", "no-such-folder", "--observations", "v.json", "--out", "x")]
    [InlineData("--months: '0'", "predict", "plan.json", "--months", "0", "--out", "x")]
    [InlineData("--area: threads are not for the nose", "plan", "suggest", "--scan", "scan.glb", "--area", "nose", "--out", "x.json")]
    [InlineData("--area: threads are not for the buttock", "plan", "suggest", "--scan", "scan.glb", "--area", "buttock", "--out", "x.json")]
    [InlineData("--area: 'elbow' is not known", "plan", "suggest", "--scan", "scan.glb", "--area", "elbow", "--out", "x.json")]
    [InlineData("refer", "plan", "suggest", "--scan", "scan.glb", "--area", "jawline", "--laxity", "severe", "--out", "x.json")]
    [InlineData("nothing to treat yet", "plan", "suggest", "--scan", "scan.glb", "--area", "jawline", "--laxity", "none", "--out", "x.json")]
    [InlineData("no-such-scan.glb", "plan", "suggest", "--scan", "no-such-scan.glb", "--area", "jawline", "--out", "x.json")]
    [InlineData("--landmarks: the landmarks of a torso", "plan", "suggest", "--scan", "scan.glb", "--area", "breast", "--out", "x.json")]
    [InlineData("--material: 'STEEL'", "plan", "suggest", "--scan", "scan.glb", "--area", "jawline", "--material", "STEEL", "--out", "x.json")]
    [InlineData("'--lift' is required", "propose", "plan.json", "--out", "x")]
    [InlineData("no-such-plan.json: no such file", "propose", "no-such-plan.json", "--lift", "jowl=2", "--out", "x")]
    [InlineData("--lift: 'jowl' is no wish", "propose", "plan.json", "--lift", "jowl", "--out", "x")]
    [InlineData("--area: a scan needs an area", "propose", "scan.glb", "--lift", "jowl=2", "--out", "x")]
    [InlineData("--area: threads are not for the nose", "propose", "scan.glb", "--area", "nose", "--lift", "jowl=2", "--out", "x")]
    [InlineData("refer", "propose", "scan.glb", "--area", "jawline", "--laxity", "severe", "--lift", "jowl=2", "--out", "x")]
    [InlineData("no-such-deck.json", "solve", "no-such-deck.json", "--out", "x.json")]
    public void What_cannot_be_used_is_refused_with_one_line(string because, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string[] inFolder = [.. arguments.Select(argument => argument is "x" or "x.json" ? folder[argument] : argument)];
        CommandLineRun.Of(inFolder).IsRefused(because);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("solve", "folder", "--out", "x.json")]
    [InlineData("predict", "folder", "--out", "x")]
    [InlineData("landmarks", "--scan", "folder", "--out", "x.json")]
    [InlineData("plan", "suggest", "--scan", "folder", "--area", "jawline", "--out", "x.json")]
    public void A_folder_in_the_place_of_a_file_is_named_as_such(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder"]);
        CommandLineRun.Of([.. arguments.Select(argument => argument is "folder" or "x" or "x.json" ? folder[argument] : argument)])
            .IsRefused($"{folder["folder"]}: this is a folder; name a file.");
        Assert.Equal(["folder"], folder.Names);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_written_file_is_named_as_such()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder"]);
        File.WriteAllText(folder["deck.json"], "{}");
        CommandLineRun.Of("solve", folder["deck.json"], "--out", folder["folder"]).IsRefused("this is a folder; name a file.");
    }

    [Theory]
    [InlineData("http://0.0.0.0:5999", "'0.0.0.0' can be reached from other machines")]
    [InlineData("http://192.168.1.4:5999", "can be reached from other machines")]
    [InlineData("http://clinic.example", "can be reached from other machines")]
    [InlineData("https://127.0.0.1:5999", "'https' is not served")]
    [InlineData("127.0.0.1", "is no address")]
    [InlineData("http://127.0.0.1:5999/app", "is no address")]
    public void An_address_that_must_not_be_served_is_refused(string address, string because)
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of("serve", "--urls", address, "--data", folder["data"]).IsRefused(because);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("http://clinic.example", "'http' does not protect what is sent")]
    [InlineData("http://127.0.0.1", "'http' does not protect what is sent")]
    [InlineData("clinic.example", "is no address")]
    [InlineData("https://", "is no address")]
    [InlineData("https://clinic.example/app", "holds more than scheme, name and port")]
    [InlineData("https://clinic.example/?a=b", "holds more than scheme, name and port")]
    [InlineData("https://clinic.example/#top", "holds more than scheme, name and port")]
    [InlineData("https://me:secret@clinic.example", "holds more than scheme, name and port")]
    public void A_public_address_that_is_not_an_https_name_is_refused(string address, string because)
    {
        using var folder = new TemporaryFolder();
        CommandLineRun refused = CommandLineRun.Of("serve", "--public-address", address, "--urls", "http://127.0.0.1:0", "--data", folder["data"]);
        refused.IsRefused(because);
        Assert.StartsWith("--public-address: ", refused.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_file_in_the_place_of_the_data_folder_is_refused_and_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["taken"], "mine");
        CommandLineRun.Of("serve", "--urls", "http://127.0.0.1:0", "--data", folder["taken"]).IsRefused("this is a file; name a folder");
        Assert.Equal("mine", File.ReadAllText(folder["taken"]));
    }

    [Fact]
    public void A_file_in_the_place_of_the_output_folder_is_refused_and_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["taken"], "mine");
        CommandLineRun.Of("patient", "make", "--out", folder["taken"]).IsRefused("is a file");
        CommandLineRun.Of("patient", "make", "--out", System.IO.Path.Combine(folder["taken"], "below")).IsRefused("is a file");
        Assert.Equal(["taken"], folder.Names);
        Assert.Equal("mine", File.ReadAllText(folder["taken"]));
    }

    [Fact]
    public void A_plan_that_is_no_plan_is_refused_with_the_place()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["plan.json"], "{ \"schemaVersion\": 1,\n \"treads\": [] }");
        CommandLineRun run = CommandLineRun.Of("predict", folder["plan.json"], "--out", folder["out"]);
        run.IsRefused("plan.json");
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
        Assert.Equal(["plan.json"], folder.Names);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_lists_the_commands(string option)
    {
        CommandLineRun run = CommandLineRun.Of(option);
        Assert.Equal(0, run.ExitCode);
        Assert.All(new[] { "patient", "landmarks", "plan", "predict", "solve", "assess", "aftercare", "evidence", "learn" }, command => Assert.Contains("\n  " + command, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_of_a_command_needs_none_of_its_required_options()
    {
        CommandLineRun run = CommandLineRun.Of("patient", "make", "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--laxity", run.Output, StringComparison.Ordinal);
        Assert.Contains("[default: female]", run.Output, StringComparison.Ordinal);
        Assert.Contains("[default: head]", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }
}
