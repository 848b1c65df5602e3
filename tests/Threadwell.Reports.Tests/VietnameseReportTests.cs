using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Tests;

/// <summary>The report says in Vietnamese what it says in English, with the same numbers.</summary>
public sealed partial class VietnameseReportTests
{
    private static readonly Lazy<(XElement English, XElement Vietnamese)> Pages = new(() => (Read(DocumentLanguage.English), Read(DocumentLanguage.Vietnamese)));

    [Fact]
    public void Every_number_of_the_page_is_the_same_in_both_languages()
    {
        (XElement english, XElement vietnamese) = Pages.Value;
        string[] tags = ["td", "th", "dd"];
        XElement[] numbers = [.. english.Descendants().Where(element => tags.Contains(element.Name.LocalName, StringComparer.Ordinal))];
        XElement[] others = [.. vietnamese.Descendants().Where(element => tags.Contains(element.Name.LocalName, StringComparer.Ordinal))];
        Assert.Equal(numbers.Length, others.Length);
        Assert.All(numbers.Zip(others), pair => Assert.Equal(Numbers(pair.First.Value, '.'), Numbers(pair.Second.Value, pair.Second.Attribute("lang") is null ? ',' : '.')));
        Assert.True(numbers.Sum(element => Numbers(element.Value, '.').Length) > 500);
    }

    [Fact]
    public void What_stays_English_is_marked_so()
    {
        (XElement english, XElement vietnamese) = Pages.Value;
        Assert.Equal("vi", (string?)vietnamese.Attribute("lang"));
        Assert.DoesNotContain(english.Descendants(), element => element.Attribute("lang") is not null);

        // Every text of the page that is neither a number nor a name differs from the English page, or says that it is English.
        string[] same = [.. english.Descendants().Zip(vietnamese.Descendants())
            .Where(pair => !pair.First.HasElements && pair.Second.Attribute("lang") is null && Words().Count(pair.First.Value) > 2 && pair.First.Value == pair.Second.Value)
            .Select(pair => pair.First.Value)
            .Where(text => !text.StartsWith('@'))];

        // Names of proteins and units are the same.
        Assert.Equal(["Collagen, mg/mm", "Elastin, mg/mm"], same.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Warnings_and_reasons_are_said_in_the_language_of_the_page()
    {
        string[] warnings = [.. Pages.Value.Vietnamese.Descendants("section").First(section => (string?)section.Attribute("class") == "warnings").Descendants("li").Select(item => item.Value)];
        string[] english = [.. SyntheticPrediction.Value.Plan.Warnings.Concat(SyntheticPrediction.Value.Document.Warnings).Distinct(StringComparer.Ordinal)];
        Assert.Equal(english.Select(warning => EngineText.Say(warning, "vi").Text), warnings);
    }

    [Fact]
    public void The_chart_has_room_for_the_words_of_both_languages()
    {
        using SKTypeface regular = SKTypeface.FromFile(Root("src", "Threadwell.Reports", "Fonts", "BeVietnamPro-Regular.ttf"));
        using SKTypeface strong = SKTypeface.FromFile(Root("src", "Threadwell.Reports", "Fonts", "BeVietnamPro-SemiBold.ttf"));
        foreach (bool narrow in new[] { false, true })
        {
            XElement svg = XElement.Parse(CourseChart.ToSvg(SyntheticPrediction.Value.Document, DocumentLanguage.Vietnamese, narrow));
            double width = double.Parse(((string)svg.Attribute("viewBox")!).Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
            Assert.All(svg.Descendants().Where(element => element.Name.LocalName == "text"), text =>
            {
                double x = (double)text.Attribute("x")!;
                using var font = new SKFont(text.Attribute("font-weight") is null ? regular : strong, (float)text.Attribute("font-size")!);
                double wide = font.MeasureText(text.Value);
                double left = (string?)text.Attribute("text-anchor") switch { "middle" => x - (wide / 2), "end" => x - wide, _ => x };
                Assert.True(left >= -0.5 && left + wide <= width + 0.5, $"'{text.Value}' spans {left:0} to {left + wide:0} of {width:0}");
            });
        }
    }

    [Fact]
    public void Both_languages_have_every_text_with_the_same_values_and_each_is_used()
    {
        Dictionary<string, string> english = Texts("ReportText.resx");
        Dictionary<string, string> vietnamese = Texts("ReportText.vi.resx");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), vietnamese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(vietnamese[text.Key])));
        Assert.All(vietnamese, text => Assert.True(text.Value.IsNormalized(NormalizationForm.FormC), text.Key));
        string source = string.Join('\n', Directory.GetFiles(Root("src", "Threadwell.Reports"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        Assert.Equal([], english.Keys.Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !(key.StartsWith("laxity.", StringComparison.Ordinal) && source.Contains("\"laxity.\" +", StringComparison.Ordinal))));
    }

    private static XElement Read(DocumentLanguage language)
    {
        string page = ReportPage.Render(SyntheticPrediction.Value, [1, 2, 3], language);
        PictureFiles.Keep($"report-{language.Name}.html", Encoding.UTF8.GetBytes(ReportPage.Render(SyntheticPrediction.Value, LiftPicture.Render(SyntheticPrediction.Value, language), language)));
        return XElement.Parse(Void().Replace(page, "<${tag}${rest}/>").Replace("<!doctype html>", "", StringComparison.Ordinal));
    }

    // The digits of a text; a decimal sign of the language becomes a point.
    private static string[] Numbers(string text, char decimals) => [.. Number().Matches(text).Select(match => match.Value.Replace(decimals, '.'))];

    private static string[] Places(string text) => [.. ValuePlaces().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Texts(string file) => XElement.Load(Root("src", "Threadwell.Reports", "Text", file)).Elements("data").ToDictionary(
        data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Root(params string[] parts) => Path.Combine([RepositoryRoot(), .. parts]);

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"[−-]?\d+(?:[.,]\d+)?", RegexOptions.None, 5000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 5000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 5000)]
    private static partial Regex ValuePlaces();

    [GeneratedRegex("<(?<tag>meta|img|source)(?<rest>[^>]*)>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Void();
}
