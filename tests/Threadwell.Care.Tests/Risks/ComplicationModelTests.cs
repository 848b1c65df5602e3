using System.Collections.Immutable;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Risks;
using Threadwell.Plans;

namespace Threadwell.Care.Tests.Risks;

public class ComplicationModelTests
{
    private static readonly ComplicationCase FixedPdo = new() { Area = TreatmentArea.Jawline, Material = ThreadMaterial.Pdo, Anchor = AnchorKind.Fixed, AgeYears = 55 };

    // Score intervals of the counts behind the shares, by the formula of Wilson 1927 in another program: 10 of 160, 3 of 144, 3 of 103.
    [Fact]
    public void A_rate_has_the_interval_of_its_series_and_the_range_spans_them()
    {
        ComplicationEstimate dimples = Of(FixedPdo, "dimpling");
        Assert.Equal([3, 3, 10], dimples.Series.Select(series => (int)Math.Round(series.Rate.Value / 100 * series.Patients!.Value)).Order());
        Assert.Equal(0.71, dimples.LowPercent!.Value, 2);
        Assert.Equal(11.12, dimples.HighPercent!.Value, 2);
    }

    [Fact]
    public void What_is_known_of_a_case_narrows_no_range()
    {
        ImmutableArray<ComplicationEstimate> unknown = ComplicationModel.Of(ComplicationCase.Unknown), known = ComplicationModel.Of(FixedPdo);
        Assert.Equal(unknown.Select(estimate => (estimate.LowPercent, estimate.HighPercent)), known.Select(estimate => (estimate.LowPercent, estimate.HighPercent)));
        Assert.Equal(unknown.Select(estimate => estimate.Series.Length), known.Select(estimate => estimate.Series.Length));
    }

    [Fact]
    public void The_series_most_like_the_case_comes_first_and_what_is_unknown_is_not_alike()
    {
        ComplicationEstimate dimples = Of(FixedPdo, "dimpling");
        Assert.Equal("E-095", dimples.Series[0].Rate.Id);
        Assert.Empty(dimples.Series[0].Differences);
        Assert.All(ComplicationModel.Of(ComplicationCase.Unknown).SelectMany(estimate => estimate.Series), series => Assert.Superset(
            new HashSet<SeriesDifference> { SeriesDifference.Material, SeriesDifference.Anchor, SeriesDifference.Area }, series.Differences.ToHashSet()));
        Assert.All(Of(FixedPdo with { Material = ThreadMaterial.Pcl }, "dimpling").Series, series => Assert.Contains(SeriesDifference.Material, series.Differences));
        Assert.All(Of(FixedPdo with { Area = TreatmentArea.Breast }, "dimpling").Series, series => Assert.Contains(SeriesDifference.Area, series.Differences));
        Assert.All(Of(FixedPdo, "dimpling-mixed").Series, series => Assert.Contains(SeriesDifference.MixedThreads, series.Differences));
    }

    [Theory]
    [InlineData(50.0, 5.6)]
    [InlineData(50.1, 16.0)]
    [InlineData(null, null)]
    public void Age_chooses_the_published_rate_and_leaves_both_where_it_is_unknown(double? age, double? own)
    {
        AgeRates rates = Of(FixedPdo with { AgeYears = age }, "dimpling").ByAge!;
        Assert.Equal((5.6, 16.0, own), (rates.UpTo50.Value, rates.Over50.Value, rates.Own?.Value));
        Assert.Null(Of(FixedPdo, "knots").ByAge);
    }

    [Fact]
    public void Reported_ones_have_neither_rate_nor_interval() => Assert.All(
        ComplicationModel.Of(FixedPdo).Where(estimate => estimate.Complication.Basis == RateBasis.ReportedFrequencyUnknown),
        estimate => Assert.True(estimate is { LowPercent: null, HighPercent: null, Heterogeneity: null, Series.IsEmpty: true }));

    // 34 % of 160 and 11.1 % of 144, and alike studies: by the formulas of Higgins and Thompson in another program.
    [Fact]
    public void Difference_between_studies_is_that_of_the_published_formula()
    {
        Assert.Equal(0.9497, BetweenStudies.Share([(54, 160), (16, 144)]), 4);
        Assert.Equal(0, BetweenStudies.Share([(10, 100), (20, 200), (5, 50)]), 12);
        Assert.InRange(BetweenStudies.Share([(0, 50), (25, 50)]), 0.8, 1);
        Assert.Throws<ArgumentException>(() => BetweenStudies.Share([(1, 2)]));
        Assert.Throws<ArgumentException>(() => BetweenStudies.Share([(3, 2), (1, 2)]));
        Assert.Equal((2, null), (Of(FixedPdo, "any").Heterogeneity!.Series, Of(FixedPdo, "any").Heterogeneity!.Published));
        Assert.Equal((76.0, "E-092"), (Of(FixedPdo, "dimpling-mixed").Heterogeneity!.Percent, Of(FixedPdo, "dimpling-mixed").Heterogeneity!.Published!.Id));
    }

    [Theory]
    [InlineData(null, 2, 10)]
    [InlineData(40.0, 0.7, 5.6)]
    [InlineData(60.0, 5.9, 16)]
    public void Drawn_complications_come_at_the_published_rates(double? age, double infection, double dimpling)
    {
        const int Patients = 50_000;
        var random = new Random(7);
        string[] drawn = [.. Enumerable.Range(0, Patients).SelectMany(_ => ComplicationGenerator.Draw(age, random.NextDouble))];
        double Share(string id) => 100.0 * drawn.Count(other => other == id) / Patients;
        Assert.Equal(3.1, Share("numbness"), 0.3);
        Assert.Equal(1.6, Share("exposure"), 0.3);
        Assert.Equal(infection, Share("infection"), 0.4);
        Assert.Equal(dimpling, Share("dimpling"), 0.6);
    }

    private static ComplicationEstimate Of(ComplicationCase which, string id) => ComplicationModel.Of(which).Single(estimate => estimate.Complication.Id == id);
}
