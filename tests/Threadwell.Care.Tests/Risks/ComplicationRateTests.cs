using Threadwell.Care.Risks;
using Threadwell.Evidence;

namespace Threadwell.Care.Tests.Risks;

public class ComplicationRateTests
{
    [Theory]
    [InlineData("any", 11.1, 34)]
    [InlineData("dimpling", 2.1, 6.2)]
    [InlineData("exposure", 1.6, 3.5)]
    [InlineData("numbness", 3.1, 3.1)]
    [InlineData("asymmetry", 0.7, 5.8)]
    [InlineData("swelling-lasting", 7.88, 7.88)]
    [InlineData("swelling-mixed", 16, 35)]
    [InlineData("exposure-mixed", 2, 5)]
    public void A_range_spans_the_published_rates(string id, double lowest, double highest)
    {
        ComplicationRate rate = ComplicationRates.All.Single(rate => rate.Id == id);
        Assert.Equal((lowest, highest), (rate.LowestPercent, rate.HighestPercent));
    }

    [Fact]
    public void Bases_are_never_mixed_and_referred_patients_give_no_rate()
    {
        string[] absorbable = ["E-091", "E-093", "E-095", "E-098"];
        string[] mixed = ["E-090", "E-092"];
        string[] reported = ["E-100", "E-101", "E-102", "E-103", "E-104"];
        Assert.All(ComplicationRates.All, rate => Assert.Subset(
            (rate.Basis switch { RateBasis.AbsorbableThreads => absorbable, RateBasis.MixedThreads => mixed, _ => reported }).ToHashSet(), rate.Sources.ToHashSet()));
        Assert.All(ComplicationRates.All.Where(rate => rate.Basis == RateBasis.ReportedFrequencyUnknown), rate => Assert.True(rate is { LowestPercent: null, HighestPercent: null }));
        Assert.Equal(absorbable.Concat(mixed).Concat(reported).Order(), ComplicationRates.All.SelectMany(rate => rate.Sources).Distinct().Order());
        Assert.Distinct(ComplicationRates.All.Select(rate => rate.Id));
    }

    [Fact]
    public void Over_50_years_both_rates_are_higher() =>
        Assert.Equal([("dimpling", 5.6, 16.0), ("infection", 0.7, 5.9)], ComplicationRates.ByAge.Select(row => (row.Id, row.UpTo50.Value, row.Over50.Value)));

    [Fact]
    public void Each_source_has_its_statement() => Assert.All(
        ComplicationRates.All.SelectMany(rate => rate.Sources).Distinct(), id => Assert.NotNull(EvidenceCatalogue.FindStatement(id)));
}
