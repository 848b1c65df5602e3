using System.Text.RegularExpressions;

namespace Threadwell.Evidence.Tests;

/// <summary>Facts and code hold each other: no fact that nothing uses, no use that names no fact or another unit.</summary>
public sealed partial class FactUseTests
{
    [Fact]
    public void EveryFactIsUsedByNameInTheSources()
    {
        string[] unused = [.. EvidenceCatalogue.All.Where(f => !SourceTree.AllCode.Contains($"\"{f.Name}\"", StringComparison.Ordinal)).Select(f => $"{f.Topic}: {f.Name}")];
        Assert.Empty(unused);
    }

    [Fact]
    public void EveryUseNamesAFactAndItsUnit()
    {
        var names = EvidenceCatalogue.All.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var wrong = new List<string>();
        int uses = 0;
        foreach ((string path, string code) in SourceTree.Sources)
        {
            foreach (Match use in Use().Matches(code))
            {
                uses++;
                string name = use.Groups["name"].Value;
                if (!names.TryGetValue(name, out Fact? fact))
                {
                    wrong.Add($"{path}: no fact is named '{name}'");
                }
                else if (use.Groups["unit"].Success && use.Groups["unit"].Value != fact.Unit)
                {
                    wrong.Add($"{path}: '{name}' is in {fact.Unit}, not in {use.Groups["unit"].Value}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(uses > 0, "The search found no use of the catalogue: the pattern no longer fits the sources.");
    }

    [Fact]
    public void NamesAreAskedForAsLiterals()
    {
        string[] computed = [.. SourceTree.Sources
            .Where(s => !s.Key.StartsWith("Threadwell.Evidence", StringComparison.Ordinal) && Computed().IsMatch(s.Value))
            .Select(s => s.Key)];
        Assert.Empty(computed);
    }

    /// <summary>Names that reach the catalogue through a helper's parameter are literals too: what looks like a fact's name, and not like a file's, is one.</summary>
    [Fact]
    public void WhatLooksLikeANameIsAFact()
    {
        var names = EvidenceCatalogue.All.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var beginnings = names.Select(Beginning).ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. SourceTree.Sources.SelectMany(s => Dotted().Matches(s.Value).Select(m => (s.Key, Name: m.Groups["name"].Value)))
            .Where(use => beginnings.Contains(Beginning(use.Name)) && !names.Contains(use.Name) && !use.Name.EndsWith(".json", StringComparison.Ordinal) && !use.Name.EndsWith(".html", StringComparison.Ordinal))
            .Select(use => $"{use.Key}: no fact is named '{use.Name}'")];
        Assert.Empty(unknown);
    }

    private static string Beginning(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];

    [GeneratedRegex("""(?:EvidenceCatalogue|FactValues\.Catalogue|\bfacts)\s*\.\s*(?:Value|Get)\(\s*"(?<name>[^"]*)"(?:\s*,\s*"(?<unit>[^"]*)")?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Use();

    // An interpolated or concatenated name would escape the two tests above.
    [GeneratedRegex("""(?:EvidenceCatalogue|FactValues\.Catalogue|\bfacts)\s*\.\s*(?:Value|Get)\(\s*(?:\$|"[^"]*"\s*\+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Computed();

    [GeneratedRegex("""(?<!\\)"(?<name>[a-z0-9-]+(?:\.[a-z0-9-]+)+)["]""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Dotted();
}
