using System.Net;
using System.Xml.Linq;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Trials.Validation;

namespace Threadwell.Reports.Tests;

/// <summary>The page of the validation: every target is there, and what fails is said.</summary>
public class ValidationPageTests
{
    private static readonly ValidationOutcome Met = new()
    {
        Id = "V-01", Quantity = "Strength <of> PDO", Conditions = "in tissue", Published = "0.5 to 0.7", Sources = ["E-002"], Use = ValidationUse.Counted, FittedFacts = ["pdo.strength.weibull-scale"], WithoutFitBy = "the maker", Remark = "A remark.",
        Values = [new() { What = "size 2-0", Low = 0.5, High = 0.7, Unit = "1", Model = 0.69, WithoutFit = 0.44, Passed = true }], Warnings = [],
    };

    private static readonly ValidationOutcome Missed = Met with
    {
        Id = "V-12", FittedFacts = [], Values = [new() { What = "more", Low = 1.05, High = null, Unit = "1", Model = 1.04, Passed = false }, new() { What = "less", Low = null, High = 2.5, Unit = "mm", Model = 3, Passed = false }],
        Warnings = ["It slips."],
    };

    private static readonly ValidationOutcome Shown = Met with { Id = "V-18", Use = ValidationUse.Shown, FittedFacts = [], Values = [new() { What = "left", Low = 0.78, High = 0.78, Unit = "1", Model = 0.1, Passed = null }] };

    private static readonly ValidationReport Report = new() { ModelVersion = "9.9.9", Targets = [Met, Missed, Shown] };

    [Fact]
    public void It_counts_what_counts_and_says_what_fails()
    {
        string page = ValidationPage.Render(Report, DocumentLanguage.English);
        foreach (string part in (string[])["1 of 2 measurements that count are met", "0 assumptions of the model", "1 of its numbers", "E-002: Ray et al. 1981", "Strength &lt;of&gt; PDO", "not met", "shown only", "at least 1.05", "at most 2.5", "3 mm", "It slips.", "9.9.9", "pdo.strength.weibull-scale", "the maker", ">0.44<"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bands_stand_beside_the_values_with_what_they_rest_on()
    {
        ValidationOutcome banded = Missed with { Draws = 30, FailedDraws = 2, Values = [Missed.Values[0] with { BandLow = 1.01, BandHigh = 1.12 }, Missed.Values[1] with { BandLow = 2.61, BandHigh = 4.5 }] };
        string page = ValidationPage.Render(Report with { Samples = 128, Targets = [banded, Shown] }, DocumentLanguage.English);
        foreach (string part in (string[])["1.01 to 1.12", "2.61 to 4.5", ">overlap<", ">lie apart<", "Behind the band: 30 draws; 2 more found no equilibrium", "does not make a measurement met"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }

        XElement chart = XElement.Parse(ValidationChart.ToSvg(banded, DocumentLanguage.English));
        Assert.Contains("more: 1.04 band of 90 % 1.01 to 1.12 (at least 1.05).", chart.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Behind the band", ValidationPage.Render(Report, DocumentLanguage.English), StringComparison.Ordinal);
    }

    [Fact]
    public void It_speaks_vietnamese_and_marks_what_is_quoted_in_english()
    {
        string page = WebUtility.HtmlDecode(ValidationPage.Render(Report, DocumentLanguage.Vietnamese));
        Assert.Contains("không đạt", page, StringComparison.Ordinal);
        Assert.Contains("<p lang=\"en\">A remark.</p>", page, StringComparison.Ordinal);
        Assert.Contains("ít nhất 1,05", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_is_an_element_with_its_values_in_words()
    {
        XElement chart = XElement.Parse(ValidationChart.ToSvg(Missed, DocumentLanguage.English));
        Assert.Contains("more: 1.04 (at least 1.05). less: 3 mm (at most 2.5).", chart.Value, StringComparison.Ordinal);
        Assert.Equal("img", chart.Attribute("role")!.Value);
    }
}
