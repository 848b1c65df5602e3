using System.Net;
using System.Xml.Linq;
using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Reports.Tests;

/// <summary>The page of a clinic's patients, and the numbers that they moved.</summary>
public class ClinicPageTests
{
    private static readonly ClinicBelief Belief = new(Math.Log(0.8), 0.06, Math.Log(0.9), 0.1);

    private static readonly ClinicDocument Clinic = new()
    {
        ModelVersion = "9.9.9", FactsSha256 = new string('0', 64), Patients = 6, Measurements = 24, Prior = new ClinicBelief(0, 0.335, 0, 0.4), Treatments = [new("jawline/pdo", 6, Belief)], Other = Belief with { LogRatioDeviation = 0.2 },
        Cases = [new("<p1>", "input", "jawline/pdo", 0.97, [new(90, 1.23, 1.51, 0.42, 0.25)])],
        Fit = new ClinicFit { Visits = 12, Inside50 = 0.5, Inside90 = 0.75, Tenths = [3, 0, 1, 1, 1, 1, 1, 1, 1, 2], PatientsBeyond = 3, ChanceOfBeyond = 0.016, Fits = false, Misfits = [ClinicMisfit.Late] },
    };

    [Fact]
    public void It_shows_what_was_believed_before_and_after_and_what_does_not_fit()
    {
        string page = ClinicPage.Render(Clinic, DocumentLanguage.English);
        foreach (string part in (string[])["6 measured patients, 24 measurements", "jawline/pdo", "0.80 (0.72 to 0.88)", "1.00 (0.58 to 1.74)", "A-460", "12 visits, 50 % lie inside the foretold 50 % and 75 %", "3 of 6 patients lie outside", "visits after the ninth month", "&lt;p1&gt;", "1.5 &#177; 0.4 mm", "9.9.9"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("are as the others foretell", page, StringComparison.Ordinal);
        Assert.Contains("Không khớp", WebUtility.HtmlDecode(ClinicPage.Render(Clinic, DocumentLanguage.Vietnamese)), StringComparison.Ordinal);
        Assert.Contains("fewer than five", ClinicPage.Render(Clinic with { Fit = Clinic.Fit with { Fits = null, Misfits = [] } }, DocumentLanguage.English), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_says_its_counts()
    {
        XElement chart = XElement.Parse(TenthsChart.ToSvg(Clinic.Fit.Tenths, DocumentLanguage.English));
        Assert.Contains("3, 0, 1, 1, 1, 1, 1, 1, 1, 2. As many in each would be 1.2.", chart.Value, StringComparison.Ordinal);
        Assert.Equal("img", chart.Attribute("role")!.Value);
    }

    [Fact]
    public void Every_number_that_a_clinics_patients_moved_names_them_and_no_other_does()
    {
        PredictionDocument prediction = SyntheticPrediction.Value.Document with { Clinic = new ClinicSource(6, 4, Belief, true) };
        foreach (SummaryRow row in CourseWords.Summary(prediction, DocumentLanguage.English))
        {
            bool moved = row.Group == "Lift" || (row.Group == "Against day 0" && !row.What.Contains("untreated", StringComparison.Ordinal));
            Assert.True(moved == row.What.Contains("recalibrated on this clinic's patients: 6", StringComparison.Ordinal), $"{row.Group}: {row.What}");
        }

        Assert.All(CourseWords.Summary(prediction with { Clinic = null }, DocumentLanguage.English), row => Assert.DoesNotContain("recalibrated", row.What, StringComparison.Ordinal));
    }
}
