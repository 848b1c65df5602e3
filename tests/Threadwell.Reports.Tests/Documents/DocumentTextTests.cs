using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Threadwell.Plans.Text;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Tests.Documents;

/// <summary>Holds the texts of documents together: both languages, every text used.</summary>
public sealed partial class DocumentTextTests
{
    private static readonly string Reports = Path.Combine(Root(), "src", "Threadwell.Reports");

    [Fact]
    public void Both_languages_have_every_text_with_the_same_places_for_values()
    {
        Dictionary<string, string> english = Read("DocumentText.resx");
        Dictionary<string, string> vietnamese = Read("DocumentText.vi.resx");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), vietnamese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key =>
        {
            Assert.NotEqual("", vietnamese[key]);
            Assert.Equal(Places(english[key]), Places(vietnamese[key]));
            Assert.Equal(LatinLetters.Compose(vietnamese[key]), vietnamese[key]);
        });
    }

    [Theory]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(-0.06, 1, "−0.1")]
    [InlineData(-10, 0, "−10")]
    public void Zero_has_no_sign(double value, int decimals, string shown) => Assert.Equal(shown, DocumentLanguage.English.Number(value, decimals));

    [Fact]
    public void Every_text_is_used()
    {
        string source = string.Join('\n', Directory.GetFiles(Path.Combine(Reports, "Documents"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.DoesNotContain(Read("DocumentText.resx").Keys, key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !source.Contains($"\"{key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)]}\" +", StringComparison.Ordinal));
    }

    private static string[] Places(string text) => [.. ValuePlaces().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string file) => XElement.Load(Path.Combine(Reports, "Text", file)).Elements("data").ToDictionary(
        data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"\{\d\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValuePlaces();
}
