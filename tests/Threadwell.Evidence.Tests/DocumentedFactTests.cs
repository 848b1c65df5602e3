using System.Globalization;
using System.Text.RegularExpressions;

namespace Threadwell.Evidence.Tests;

/// <summary>Tables in the docs that begin with a fact's name, id and value say what the catalogue says.</summary>
public sealed partial class DocumentedFactTests
{
    [Fact]
    public void TablesOfTheDocsAgreeWithTheCatalogue()
    {
        var facts = EvidenceCatalogue.All.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var wrong = new List<string>();
        int rows = 0;
        foreach ((string path, string text) in SourceTree.Docs)
        {
            foreach (Match row in Row().Matches(text))
            {
                rows++;
                string name = row.Groups["name"].Value;
                if (!facts.TryGetValue(name, out Fact? fact))
                {
                    wrong.Add($"{path}: no fact is named '{name}'");
                }
                else if (row.Groups["id"].Value != fact.Id
                    || !double.TryParse(row.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || value != fact.Value)
                {
                    wrong.Add($"{path}: '{name}' is {fact.Id}, {fact.Value.ToString(CultureInfo.InvariantCulture)}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(rows > 0, "No table of facts was found: the pattern no longer fits the docs.");
    }

    [Theory]
    [InlineData("polymers", "polymer.md")]
    [InlineData("tissue-response", "tissue-response.md")]
    [InlineData("ageing", "ageing.md")]
    public void ATheoryPageListsEveryFactOfItsTopic(string topic, string page)
    {
        string text = SourceTree.Docs[Path.Combine("theory", page)];
        Assert.Empty(EvidenceCatalogue.All.Where(f => f.Topic == topic && !text.Contains($"| `{f.Name}` |", StringComparison.Ordinal)).Select(f => f.Name));
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9.-]+)` \| (?<id>[ECA]-[0-9]+) \| (?<value>[^|]*) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Row();
}
