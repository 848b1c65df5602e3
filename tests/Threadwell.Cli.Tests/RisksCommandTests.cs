namespace Threadwell.Cli.Tests;

public class RisksCommandTests
{
    [Fact]
    public void Ranges_intervals_and_what_nobody_knows_are_told()
    {
        CommandLineRun run = CommandLineRun.Of("risks", "--area", "abdomen", "--material", "PCL", "--age", "55");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"dimples\s+2\.1 to 6\.2\s+0\.7 to 11\s+E-093, E-095, E-098", run.Output);
        Assert.Contains("None of them was of polycaprolactone (PCL) alone", run.Output, StringComparison.Ordinal);
        Assert.Contains("nobody has published rates for this area", run.Output, StringComparison.Ordinal);
        Assert.Contains("infection: over 50 years 5.9 of 100 people, up to 50 years 0.7 (E-091). You are over 50.", run.Output, StringComparison.Ordinal);
        Assert.Contains("weakness of a part of the face (E-100, E-101)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_age_both_sides_of_50_are_told_and_neither_is_called_hers()
    {
        CommandLineRun run = CommandLineRun.Of("risks", "--language", "vi");
        Assert.Contains("nhiễm trùng: trên 50 tuổi 5,9 trong 100 người, đến 50 tuổi 0,7 (E-091)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Bạn trên 50", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Bạn chưa quá 50", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--area", "nose", "--area: 'nose' is not known")]
    [InlineData("--age", "12", "--age")]
    [InlineData("--material", "gold", "--material: 'gold' is not known")]
    public void Bad_input_is_refused_at_its_place(string option, string value, string says)
    {
        CommandLineRun run = CommandLineRun.Of("risks", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("threadwell: " + says, run.Error, StringComparison.Ordinal);
    }
}
