using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>The rule sheets in the documentation are those of the files. After a wanted change, THREADWELL_WRITE_SAMPLE=1 writes them anew.</summary>
public sealed class TriageSheetTests
{
    [Theory]
    [InlineData("en", "triage-rules.md")]
    [InlineData("vi", "triage-rules.vi.md")]
    public void The_sheet_in_the_documentation_says_what_the_files_say(string language, string file)
    {
        string path = Path.GetFullPath(Path.Combine(CheckIns.Folder(), "..", "..", "..", "docs", "care", file));
        string sheet = TriageSheet.Markdown(CheckIns.Rulebook, ActionCards.Shipped, language);
        if (Environment.GetEnvironmentVariable("THREADWELL_WRITE_SAMPLE") == "1")
        {
            File.WriteAllText(path, sheet);
        }

        Assert.Equal(File.ReadAllText(path), sheet);
        Assert.All(CheckIns.Rulebook.Rules, rule => Assert.Contains($"| {rule.Id} |", sheet, StringComparison.Ordinal));
    }
}
