namespace Threadwell.Cli.Tests;

/// <summary>The command that makes the Learn page's pictures anew; what it makes is held by the tests of reports.</summary>
public sealed class LearnCommandTests
{
    [Fact]
    public void Too_few_courses_for_a_band_are_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of("learn", "--samples", "5", "--out", folder["stored"]).IsRefused("--samples");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["stored"], "");
        CommandLineRun.Of("learn", "--samples", "0", "--out", folder["stored"]).IsRefused("is a file");
    }
}
