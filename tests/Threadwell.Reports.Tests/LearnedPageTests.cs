using System.Net;
using System.Xml.Linq;
using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Reports.Tests;

/// <summary>The page of what visits taught.</summary>
public class LearnedPageTests
{
    [Theory]
    [InlineData("en", "Before the visits", "1.4 ± 0.3 mm", "0 of 100: not foreseen", "day 90, jowl, left")]
    [InlineData("vi", "Trước khi tái khám", "1,4 ± 0,3 mm", "0 trong 100: không lường trước", "ngày 90, điểm má xệ, trái")]
    public void Before_and_after_stand_side_by_side_and_what_was_not_foreseen_is_said(string language, params string[] said)
    {
        PredictionDocument course = SyntheticPrediction.Value.Document;
        PredictionDocument prior = course with { Ensemble = SyntheticPrediction.Bands(course) };
        var band = new NumberBand { Low90 = 1.5, Low50 = 2, Median = 2.4, High50 = 3, High90 = 4 };
        var learned = new LearnedDocument
        {
            Prior = prior.Ensemble,
            Posterior = prior,
            Observations = [new ObservationCheck { Day = 90, Landmark = "jowl.left", PositionMm = 1.4, MeasuredErrorMm = 0.3, ErrorMm = 0.5, Prior = band, PriorShare = 0.001, Posterior = band, IsUnforeseen = true }],
            Facts = [new LearnedFact("barb.holding-force", -0.8, 0.7)],
        };
        string page = WebUtility.HtmlDecode(LearnedPage.Render(prior, learned, DocumentLanguage.Of(language)));
        Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.All(said, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("70 %", page, StringComparison.Ordinal);
        Assert.Equal(4, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("learned.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_plot_of_an_outcome_shows_both_bands_and_rings_what_was_not_foreseen(bool narrow)
    {
        PredictionDocument course = SyntheticPrediction.Value.Document;
        PredictionDocument prior = course with { Ensemble = SyntheticPrediction.Bands(course) };
        MeasuredPoint[] positions = [new MeasuredPoint(3, 1.4, 0.3), new MeasuredPoint(6, 0.2, 0.3, IsUnforeseen: true)];
        string before = OutcomeChart.ToSvg(prior, [], [], 60, "", DocumentLanguage.English, narrow);
        XElement chart = XElement.Parse(OutcomeChart.ToSvg(prior, [], [], 60, "", DocumentLanguage.English, narrow, learned: new LearnedCourse(prior, positions)));
        string[] words = [.. chart.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.All((string[])["expected after the visits", "nine of ten courses after the visits", "position that the scan tells", "not foreseen"], said => Assert.Contains(said, words));
        Assert.DoesNotContain("after the visits", before, StringComparison.Ordinal);

        // Two bands before and one after; one ring on the plot and one in the legend.
        Assert.Equal(2, Count(chart, "polyline", "--chart-advice"));
        Assert.Equal(XElement.Parse(before).Descendants().Count(element => element.Name.LocalName == "polygon") + 1 + 3, Count(chart, "polygon", "--chart-"));
        Assert.DoesNotContain("not foreseen", OutcomeChart.ToSvg(prior, [], [], 60, "", DocumentLanguage.English, narrow, learned: new LearnedCourse(prior, positions[..1])), StringComparison.Ordinal);

        static int Count(XElement chart, string name, string colour) => chart.Descendants().Count(element => element.Name.LocalName == name && $"{element.Attribute("fill")?.Value} {element.Attribute("stroke")?.Value}".Contains(colour, StringComparison.Ordinal));
    }
}
