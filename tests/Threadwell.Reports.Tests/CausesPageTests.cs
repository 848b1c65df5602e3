using System.Xml.Linq;
using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Reports.Tests;

/// <summary>The page of what decides a result.</summary>
public class CausesPageTests
{
    private static readonly CauseDocument Causes = new()
    {
        ModelVersion = "0",
        InputSha256 = "",
        Months = 60,
        Asked = 209,
        Samples = 208,
        Failed = 1,
        Outcomes =
        [
            new OutcomeCauses
            {
                Outcome = CauseOutcome.LiftNow,
                Mean = 2.1,
                StandardDeviation = 0.4,
                Causes =
                [
                    new CauseShare { Cause = Cause.Thread, Alone = 0.1, Total = 0.14, TotalLow = 0.11, TotalHigh = 0.17 },
                    new CauseShare { Cause = Cause.Skin, Alone = -0.02, Total = 0.17, TotalLow = 0.14, TotalHigh = 0.2 },
                    new CauseShare { Cause = Cause.Technique, Alone = 0.7, Total = 1.04, TotalLow = 0.92, TotalHigh = 1.17 },
                    new CauseShare { Cause = Cause.Aftercare, Alone = 0, Total = 0, TotalLow = 0, TotalHigh = 0 },
                ],
            },
        ],
        WhatIf = [.. new[] { "asPlanned", "material:PCL", "aftercare:asAdvised", "aftercare:partial", "aftercare:poor", "smoker:true", "smoker:false" }.Select(change => new WhatIf
        {
            Change = change,
            Summary = SyntheticPrediction.Value.Document.Summary,
            LiftAfterYearMm = change == "asPlanned" ? null : 0.2,
            SupportGain = 0.08,
        })],
        ReducedModel = new ReducedModelFacts { Nodes = 1000, EdgeLengthMm = 13, LiftScaleError = 0.06, LiftErrorMm = 0.12, SupportError = 0.002 },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_weightiest_cause_stands_first_and_no_share_passes_the_whole(bool narrow)
    {
        XElement chart = XElement.Parse(CauseChart.ToSvg(Causes.Outcomes[0], DocumentLanguage.English, narrow));
        string[] names = [.. Enum.GetValues<Cause>().Select(cause => CauseWords.Of(cause, DocumentLanguage.English))];
        string[] drawn = [.. chart.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal(["Technique", "Skin and its ageing", "Type of thread", "Aftercare"], drawn.Where(names.Contains));
        Assert.Equal("100 % (92 % to 100 %)", CauseWords.Share(Causes.Outcomes[0].Causes[2], DocumentLanguage.English));
        Assert.DoesNotContain(drawn, words => words.StartsWith("104", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "What decides your result", "threads of PCL", "208 pairs of draws (1 left out")]
    [InlineData("vi", "Điều gì quyết định kết quả của bạn", "chỉ PCL", "208 cặp lần lấy mẫu (bỏ ra 1")]
    public void The_page_tells_causes_and_changes_in_its_language(string language, string heading, string change, string how)
    {
        string page = System.Net.WebUtility.HtmlDecode(CausesPage.Render(Causes, SyntheticPrediction.Value.Plan, DocumentLanguage.Of(language)));
        Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.All((string[])[heading, change, how], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("causes.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", page, StringComparison.Ordinal);
    }
}
