namespace Threadwell.Cli.Tests;

public class PatientCommandTests
{
    [Fact]
    public void The_same_patient_is_the_same_bytes_and_replaces_only_its_own_files()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["second"]);
        File.WriteAllText(Path.Combine(folder["second"], "notes.txt"), "mine");
        foreach (string target in new[] { "first", "second" })
        {
            CommandLineRun run = CommandLineRun.Of("patient", "make", "--age", "60", "--sex", "male", "--laxity", "mild", "--seed", "7", "--out", folder[target]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(3, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(File.Exists));
        }

        Assert.Equal(
            ["first", "first/landmarks.json", "first/scan.glb", "first/scan.obj", "second", "second/landmarks.json", "second/notes.txt", "second/scan.glb", "second/scan.obj"],
            folder.Names);
        foreach (string file in new[] { "landmarks.json", "scan.glb", "scan.obj" })
        {
            Assert.Equal(File.ReadAllBytes(folder["first/" + file]), File.ReadAllBytes(folder["second/" + file]));
        }
    }
}
