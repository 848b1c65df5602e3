using System.Text.RegularExpressions;
using System.Text;
using System.Xml.Linq;
using SkiaSharp;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Tests;

public class ReportTests
{
    private static readonly Lazy<byte[]> Lift = new(() => LiftPicture.Render(SyntheticPrediction.Value, DocumentLanguage.English));

    [Fact]
    public void The_lift_picture_shows_the_lift_and_the_threads()
    {
        byte[] png = Lift.Value;
        PictureFiles.Keep("lift.png", png);
        using SKBitmap picture = SKBitmap.Decode(png);
        int teal = 0;
        int ochre = 0;
        int thread = 0;
        for (int y = 0; y < picture.Height - 100; y += 2)
        {
            for (int x = 0; x < picture.Width; x += 2)
            {
                SKColor colour = picture.GetPixel(x, y);
                teal += colour.Blue > colour.Red + 30 && colour.Green > colour.Red + 20 ? 1 : 0;
                ochre += 5 * colour.Blue < 3 * colour.Red && colour.Green > colour.Blue ? 1 : 0;
                thread += colour.Red > colour.Green + 90 && colour.Blue > colour.Green ? 1 : 0;
            }
        }

        Assert.True(teal > 2000, $"{teal} lifted pixels");
        Assert.True(ochre > 200, $"{ochre} lowered pixels");
        Assert.True(thread > 200, $"{thread} thread pixels");
    }

    [Fact]
    public void The_course_chart_names_both_published_ranges_with_their_sources()
    {
        PictureFiles.Keep("course.png", CourseChart.ToPng(SyntheticPrediction.Value.Document, DocumentLanguage.English));
        XElement svg = XElement.Parse(CourseChart.ToSvg(SyntheticPrediction.Value.Document, DocumentLanguage.English));
        string[] words = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("measured lift, published: 6 to 24 months (C-01)", words);
        Assert.Contains("doctors' advice: 3 to 5 years (E-188)", words);
        Assert.Contains("Skin support, relative to day 0", words);
    }

    [Fact]
    public void What_the_chart_says_to_those_who_cannot_see_it_names_half_of_a_short_course()
    {
        var document = SyntheticPrediction.Value.Document;
        string brief = CourseChart.ToSvg(document with { Summary = document.Summary with { SimulatedMonths = 1 } }, DocumentLanguage.English);
        Assert.Contains("after 0.5 months", brief, StringComparison.Ordinal);
        Assert.Contains("after 1 months", brief, StringComparison.Ordinal);
        Assert.Contains("after 30 months", CourseChart.ToSvg(document, DocumentLanguage.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_of_numbers_break_so_that_a_table_fits_its_page() =>
        Assert.Contains("thead th.n{white-space:normal}", ReportPage.Render(SyntheticPrediction.Value, [1, 2, 3], DocumentLanguage.English), StringComparison.Ordinal);

    [Fact]
    public void Elasticity_is_told_beside_the_untreated_one_where_it_was_computed()
    {
        string page = ReportPage.Render(SyntheticPrediction.Value, [1, 2, 3], DocumentLanguage.English);
        Assert.Contains("R7, untreated", page, StringComparison.Ordinal);
        Assert.Contains(">0.745<", page, StringComparison.Ordinal);
        Assert.Contains(">0.421<", page, StringComparison.Ordinal);
        Assert.Contains("R7, không điều trị", System.Net.WebUtility.HtmlDecode(ReportPage.Render(SyntheticPrediction.Value, [1, 2, 3], DocumentLanguage.Vietnamese)), StringComparison.Ordinal);
        CoursePrediction older = With(SyntheticPrediction.Value.Document with { Elasticity = null });
        Assert.DoesNotContain("R7, untreated", ReportPage.Render(older, [1, 2, 3], DocumentLanguage.English), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_beside_it_and_encodes_what_comes_from_a_plan()
    {
        string page = ReportPage.Render(SyntheticPrediction.Value, Lift.Value, DocumentLanguage.English);
        PictureFiles.Keep("report.html", Encoding.UTF8.GetBytes(page));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("(?:src|srcset|href)=\"(?!data:)", RegexOptions.None, TimeSpan.FromSeconds(5)), page);
        Assert.Contains("Carries the jowl &lt;towards&gt; the ear.", page, StringComparison.Ordinal);
        Assert.Contains("A computer estimate, not a photo of your future.", page, StringComparison.Ordinal);
        Assert.Contains("not reached in the time simulated", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_well_formed_and_every_table_names_its_columns()
    {
        // The page is written as XML-clean HTML but for the void elements of the head and of the picture.
        string page = ReportPage.Render(SyntheticPrediction.Value, [1, 2, 3], DocumentLanguage.English);
        string xml = Regex.Replace(page, "<(?<tag>meta|img|source)(?<rest>[^>]*)>", "<${tag}${rest}/>", RegexOptions.None, TimeSpan.FromSeconds(5)).Replace("<!doctype html>", "", StringComparison.Ordinal);
        XElement root = XElement.Parse(xml);
        foreach (XElement table in root.Descendants("table"))
        {
            Assert.Single(table.Elements("caption"));
            int columns = table.Element("thead")!.Descendants("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
            Assert.All(table.Descendants("th"), heading => Assert.NotNull(heading.Attribute("scope")));
        }

        Assert.Equal(["h1"], root.Descendants("header").Elements().Where(element => element.Name.LocalName[0] == 'h').Select(element => element.Name.LocalName));
        Assert.All(root.Descendants("section"), section => Assert.NotNull(section.Attribute("aria-labelledby")));
    }

    [Fact]
    public void A_narrow_screen_gets_a_picture_and_a_chart_of_its_own()
    {
        string page = ReportPage.Render(SyntheticPrediction.Value, Lift.Value, DocumentLanguage.English);
        Assert.Contains("<picture><source media=\"screen and (max-width:640px)\" srcset=\"data:image/png;base64,", page, StringComparison.Ordinal);
        string[] ids = [.. Regex.Matches(page, " id=\"(?<id>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups["id"].Value)];
        Assert.Equal(ids.Distinct(), ids);
        XElement wide = XElement.Parse(CourseChart.ToSvg(SyntheticPrediction.Value.Document, DocumentLanguage.English));
        XElement narrow = XElement.Parse(CourseChart.ToSvg(SyntheticPrediction.Value.Document, DocumentLanguage.English, narrow: true));
        Assert.Equal(Words(wide).Order(StringComparer.Ordinal), Words(narrow).Order(StringComparer.Ordinal));

        // Type is as large in units as in the wide chart, and a phone shows a unit as almost a pixel.
        Assert.StartsWith("0 0 380 ", (string?)narrow.Attribute("viewBox"), StringComparison.Ordinal);
        using SKBitmap picture = SKBitmap.Decode(LiftPicture.RenderNarrow(SyntheticPrediction.Value, DocumentLanguage.English));
        Assert.True(picture.Height > 2 * picture.Width, "one view below the other");

        static IEnumerable<string> Words(XElement svg) => svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value);
    }

    [Fact]
    public void A_time_that_was_not_reached_is_said_in_words()
    {
        var summary = SyntheticPrediction.Value.Document.Summary with { LiftHalfLifeMonths = null };
        var rows = CourseWords.Summary(SyntheticPrediction.Value.Document with { Summary = summary }, DocumentLanguage.English);
        Assert.Contains(rows, row => row is { Group: "Lift", What: "below half after", Value: "not reached in the time simulated" });
        Assert.Equal("2.4 months", CourseWords.Months(2.4, DocumentLanguage.English));
    }

    [Fact]
    public void A_lift_too_small_to_be_seen_is_so_from_the_first_day()
    {
        var summary = SyntheticPrediction.Value.Document.Summary with { VisibleLiftEndMonths = 0 };
        var rows = CourseWords.Summary(SyntheticPrediction.Value.Document with { Summary = summary }, DocumentLanguage.English);
        Assert.Contains(rows, row => row is { Group: "Lift", Value: "from day 0 on" } && row.What.StartsWith("no longer visible to others", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gain_of_support_that_never_stands_out_is_said_in_words()
    {
        var summary = SyntheticPrediction.Value.Document.Summary with { SupportEndMonths = 0 };
        var rows = CourseWords.Summary(SyntheticPrediction.Value.Document with { Summary = summary }, DocumentLanguage.English);
        Assert.Contains(rows, row => row is { Group: "Support", Value: "never above 5 % more than untreated" });
        Assert.DoesNotContain(rows, row => row.What == "not to be told from untreated after");
    }

    [Fact]
    public void Bands_stand_behind_their_numbers_and_in_the_chart()
    {
        PredictionDocument alone = SyntheticPrediction.Value.Document;
        PredictionDocument document = alone with { Ensemble = SyntheticPrediction.Bands(alone) };
        IReadOnlyList<SummaryRow> rows = CourseWords.Summary(document, DocumentLanguage.English);
        Assert.Contains(rows, row => row is { Group: "Lift", What: "below half after", Value: "2.4 months", Range: "(1.5 to beyond the time simulated)" });
        Assert.Contains(rows, row => row is { Group: "Support", Range: "(5 % to 20 %)" });
        NumberBand beyond = new() { Low90 = null, Low50 = null, Median = null, High50 = null, High90 = null };
        EnsembleDocument late = document.Ensemble! with { Summary = document.Ensemble.Summary with { BackToDayZeroMonths = beyond } };
        Assert.Null(CourseWords.Summary(document with { Ensemble = late }, DocumentLanguage.English).Single(row => row.What == "back to the position before treatment after").Range);
        Assert.All(CourseWords.Summary(alone, DocumentLanguage.English), row => Assert.Null(row.Range));
        Assert.Null(CourseWords.BandsExplained(alone, DocumentLanguage.English));
        string page = ReportPage.Render(With(document), Lift.Value, DocumentLanguage.English);
        Assert.Contains("nine in ten of 128 courses in which 107 uncertain numbers", page, StringComparison.Ordinal);
        Assert.Contains("<dd class=\"range\">(1.5 to beyond the time simulated)</dd>", page, StringComparison.Ordinal);
        Assert.Contains("differs by up to 0.12 mm of lift (before that by 6 % on day 0)", page, StringComparison.Ordinal);

        // Two areas of lift and two of support more than without; the one between both courses of support goes.
        Assert.Equal(Areas(alone) + 3, Areas(document));

        static int Areas(PredictionDocument drawn) => XElement.Parse(CourseChart.ToSvg(drawn, DocumentLanguage.English)).Descendants().Count(element => element.Name.LocalName == "polygon");
    }

    private static CoursePrediction With(PredictionDocument document)
    {
        CoursePrediction value = SyntheticPrediction.Value;
        return new CoursePrediction
        {
            Document = document,
            Plan = value.Plan,
            Scan = value.Scan,
            Tissue = value.Tissue,
            Treated = value.Treated,
            Untreated = value.Untreated,
            ThreadPaths = value.ThreadPaths,
            NewCollagen = value.NewCollagen,
        };
    }
}
