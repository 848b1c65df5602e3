using Threadwell.Evidence;

namespace Threadwell.Cli.Tests;

public class EvidenceCommandTests
{
    [Fact]
    public void Every_fact_has_its_line()
    {
        string[] lines = CommandLineRun.Of("evidence").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(EvidenceCatalogue.All.Count() + EvidenceCatalogue.Statements.Count(), lines.Length);
        Assert.All(EvidenceCatalogue.Statements.Zip(lines.Skip(EvidenceCatalogue.All.Count())), pair => Assert.StartsWith(pair.First.Id, pair.Second, StringComparison.Ordinal));
        Assert.All(EvidenceCatalogue.All.Zip(lines), pair => Assert.Contains(pair.First.Name, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("E-069")]
    [InlineData("e-069")]
    [InlineData("outcome.repeatability-of-surface-measurement")]
    public void A_fact_is_shown_with_its_source_by_name_or_id(string key)
    {
        CommandLineRun run = CommandLineRun.Of("evidence", key);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0.2 mm", run.Output, StringComparison.Ordinal);
        Assert.Contains("source: 2008 Laryngoscope", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_is_shown_with_its_source_beside_the_facts_of_its_row()
    {
        CommandLineRun run = CommandLineRun.Of("evidence", "E-194");
        Assert.Contains("7 mg/kg of body weight", run.Output, StringComparison.Ordinal);
        Assert.Contains("lidocaine.plain-by-weight", run.Output, StringComparison.Ordinal);
    }
}
