using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>What is drawn, and from which distributions.</summary>
public sealed class UncertainFactsTests
{
    private static readonly double[] Shares = [1e-9, 0.025, 0.25, 0.5, 0.75, 0.975, 1 - 1e-9];

    [Fact]
    public void TheMedianIsTheCataloguesValueAndNothingLeavesTheRange()
    {
        foreach ((Fact fact, Cause _) in UncertainFacts.All)
        {
            double[] values = [.. Shares.Select(share => UncertainFacts.Value(fact, share))];
            Assert.Equal(fact.Value, values[3], 1e-12 * Math.Max(1, Math.Abs(fact.Value)));
            Assert.True(values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second), $"{fact.Name} does not rise.");
            if (fact.StandardDeviation is null)
            {
                double slack = 1e-6 * (fact.High!.Value - fact.Low!.Value);
                Assert.True(values[0] >= fact.Low - slack && values[^1] <= fact.High + slack, $"{fact.Name} leaves its range.");

                // The ends of the range are the ends of what is drawn.
                Assert.True(Math.Abs(values[0] - fact.Low.Value) <= 1e-3 * (fact.High.Value - fact.Low.Value), $"{fact.Name} does not reach the low end of its range.");
            }
        }
    }

    /// <summary>The coefficient of variation comes back from the drawn values: c10 of the skin, 9.4 ± 3.6 kPa (E-170), less what the cut at the 2.5th and 97.5th percentile takes off.</summary>
    [Fact]
    public void APublishedDeviationComesBackFromTheDraw()
    {
        Fact fact = EvidenceCatalogue.Get("tissue.skin.mooney-c10");
        double[] values = [.. Enumerable.Range(0, 4000).Select(index => Math.Log(UncertainFacts.Value(fact, (index + 0.5) / 4000)))];
        double deviation = Math.Sqrt(values.Average(value => Math.Pow(value - Math.Log(fact.Value), 2)));
        double whole = Math.Sqrt(Math.Log(1 + Math.Pow(fact.StandardDeviation!.Value / fact.Value, 2)));

        // A normal distribution cut at ±1.96 has 0.871 of its deviation (1 - 2 z f(z) / 0.95 of its variance).
        double cut = Math.Sqrt(1 - (2 * 1.959963984540054 * Math.Exp(-0.5 * 3.841458820694124) / Math.Sqrt(2 * Math.PI) / 0.95));
        Assert.Equal(cut * whole, deviation, 1e-3);
    }

    /// <summary>Every marked assumption that the model goes by is drawn (design 3.13), but for conventions of measuring and solving, and what belongs to rats.</summary>
    [Fact]
    public void EveryAssumptionOfTheModelIsDrawn()
    {
        string[] topics = ["polymers", "barbs", "tissue-response", "ageing", "tissue-mechanics"];
        string[] left = [.. EvidenceCatalogue.All
            .Where(fact => fact.Grade == EvidenceGrade.Assumption && topics.Contains(fact.Topic) && UncertainFacts.All.All(drawn => drawn.Fact.Name != fact.Name))
            .Select(fact => fact.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "clinic.visible-lift-threshold", "suction.aperture", "suction.pressure", "support.end-margin", "tissue.cells.rat-to-human-rate", "tissue.collagen.half-life-rat",
                "tissue.continuation-length", "tissue.new-collagen.largest-shear-modulus", "tissue.poisson-ratio-at-most-stiff",
            ],
            left);
    }

    [Fact]
    public void TheNetworksOfEveryDrawShareTheStiffnessWithoutRemainder()
    {
        var draw = new SobolSequence(UncertainFacts.All.Count, 1);
        var patient = new PatientDescription { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate };
        for (int index = 0; index < 512; index++)
        {
            TissueParameters parameters = TissueParameters.For(patient, EnsembleRunner.Drawn(dimension => draw[index, dimension], FactValues.Catalogue));
            Assert.All(parameters.Layers, layer =>
            {
                Assert.InRange(layer.CollagenShare, 0, 1);
                Assert.True(layer.ShearModulusMPa > 0 && layer.StiffeningMPa >= 0);
            });
        }
    }

    [Fact]
    public void AllFourCausesAreAmongThem() => Assert.Equal(Enum.GetValues<Cause>(), UncertainFacts.All.Select(drawn => drawn.Cause).Distinct().Order());
}
