using System.Net;
using Threadwell.Plans;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Reports.Tests;

/// <summary>The page of what visits taught.</summary>
public class LearnedPageTests
{
    [Theory]
    [InlineData("en", "Before the visits", "1.4 ± 0.3 mm", "0 of 100: not foreseen", "day 90, jowl.left")]
    [InlineData("vi", "Trước khi tái khám", "1,4 ± 0,3 mm", "0 trong 100: không lường trước", "ngày 90, jowl.left")]
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
}
