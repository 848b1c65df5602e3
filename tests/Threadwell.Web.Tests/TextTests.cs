using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Threadwell.Plans.Text;

namespace Threadwell.Web.Tests;

/// <summary>Holds the texts of the pages together: both languages, every text used, every use a text.</summary>
public sealed partial class TextTests
{
    private static readonly string Web = Path.Combine(Root(), "src", "Threadwell.Web");

    public static TheoryData<string> Features =>
        [.. Directory.GetFiles(Path.Combine(Web, "Text"), "*.resx").Select(file => Path.GetFileName(file)).Where(file => !file.Contains(".vi.", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Features))]
    public void Both_languages_have_every_text_with_the_same_places_for_values(string feature)
    {
        Dictionary<string, string> english = Read(feature + ".resx");
        Dictionary<string, string> vietnamese = Read(feature + ".vi.resx");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), vietnamese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key =>
        {
            Assert.NotEqual("", vietnamese[key]);
            Assert.Equal(Places(english[key]), Places(vietnamese[key]));
            Assert.Equal(LatinLetters.Compose(vietnamese[key]), vietnamese[key]);
        });
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Every_text_is_used(string feature)
    {
        string source = Sources();
        string[] unused = [.. Read(feature + ".resx").Keys.Where(key => !IsUsed(key, source))];
        Assert.Empty(unused);
    }

    [Fact]
    public void Every_use_in_a_script_is_a_text()
    {
        HashSet<string> known = [.. Features.SelectMany(feature => Read(feature.Data + ".resx").Keys)];
        string[] missing = [.. Scripts().SelectMany(file => UsedTexts().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value)).Where(key => !known.Contains(key)).Distinct(StringComparer.Ordinal)];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_use_on_a_page_is_a_text()
    {
        string[] missing = [.. Directory.GetFiles(Web, "*.razor", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Web, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
            .SelectMany(MissingOn)];
        Assert.Empty(missing);
    }

    // Uses of a page's localizers whose key, or whose beginning of a key that is put together, stands in no resource file.
    private static IEnumerable<string> MissingOn(string file)
    {
        string source = File.ReadAllText(file);
        foreach (Match injected in Localizers().Matches(source))
        {
            string feature = injected.Groups["feature"].Value;
            Dictionary<string, string> known = Read(feature + ".resx");
            foreach (Match use in Regex.Matches(source, $@"\b{injected.Groups["name"].Value}\[\$?""(?<key>[^""{{]*)(?<end>[""{{])(?<more>\s*\+)?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
            {
                string key = use.Groups["key"].Value;
                bool isBeginning = use.Groups["end"].Value == "{" || use.Groups["more"].Success;
                if (isBeginning ? !known.Keys.Any(candidate => candidate.StartsWith(key, StringComparison.Ordinal)) : !known.ContainsKey(key))
                {
                    yield return $"{Path.GetFileName(file)}: {feature} has no '{key}'";
                }
            }
        }
    }

    // A key stands in the sources whole, or is put together from its beginning and a word: then the beginning stands there.
    private static bool IsUsed(string key, string source)
    {
        if (source.Contains($"'{key}'", StringComparison.Ordinal) || source.Contains($"\"{key}\"", StringComparison.Ordinal) || source.Contains($"`{key}`", StringComparison.Ordinal))
        {
            return true;
        }

        for (int cut = key.IndexOf('.', StringComparison.Ordinal); cut > 0; cut = key.IndexOf('.', cut + 1))
        {
            string beginning = key[..(cut + 1)];
            if (source.Contains($"`{beginning}${{", StringComparison.Ordinal) || source.Contains($"\"{beginning}\" +", StringComparison.Ordinal) || source.Contains($"$\"{beginning}{{", StringComparison.Ordinal) || source.Contains($"'{beginning}' +", StringComparison.Ordinal) || source.Contains($"names('{beginning[..^1]}', [", StringComparison.Ordinal))
            {
                return true;
            }
        }

        // An ending that is added to another key ("… + \".what\"").
        int last = key.LastIndexOf('.');
        return last > 0 && source.Contains($"\"{key[last..]}\"", StringComparison.Ordinal) && IsUsed(key[..last], source);
    }

    private static string[] Places(string text) => [.. ValuePlaces().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string file) => XElement.Load(Path.Combine(Web, "Text", file)).Elements("data").ToDictionary(
        data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Sources() => string.Join('\n', Scripts()
        .Concat(Directory.GetFiles(Web, "*.razor", SearchOption.AllDirectories))
        .Concat(Directory.GetFiles(Web, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
        .Select(File.ReadAllText));

    private static IEnumerable<string> Scripts() =>
        Directory.GetFiles(Path.Combine(Web, "Client"), "*.ts", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("/tests/", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex("""IStringLocalizer<(?<feature>\w+)> (?<name>\w+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Localizers();

    [GeneratedRegex(@"\{\d\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValuePlaces();

    [GeneratedRegex(@"\btext\('(?<key>[a-zA-Z0-9.-]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsedTexts();
}
