using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Suction;

/// <summary>A cycle of suction in time: against the closed form of a standard linear solid, on finer meshes and steps, and by age.</summary>
public sealed class SuctionCycleTests
{
    private static readonly double[] Thickness = [4, 1.5, 4, 1.6];

    /// <summary>
    /// At small strain, nearly incompressible and with the same share of bonds everywhere, every height is the elastic one times the creep of a standard linear solid:
    /// J(t) = 1 - g/(1 + g) exp(-t/T), T = (1 + g) lifetime, and after the suction J(t) - J(t - on).
    /// </summary>
    [Fact]
    public void AtSmallStrainItIsAStandardLinearSolid()
    {
        const double g = 1.5;
        FactValues facts = FactValues.Catalogue.With(KeyValuePair.Create("suction.pressure", 3e-4), KeyValuePair.Create("tissue.poisson-ratio-at-most-stiff", 0.497));
        double lifetime = facts.Value("suction.bond-lifetime", "s"), on = facts.Value("suction.on-time", "s"), off = facts.Value("suction.off-time", "s"), early = facts.Value("suction.early-reading", "s");
        double J(double t) => 1 - (g / (1 + g) * Math.Exp(-t / ((1 + g) * lifetime)));
        double[] expected = [J(early), J(on), J(on) - (J(on + early) - J(early)), J(on) - (J(on + off) - J(off))];
        TissueParameters parameters = Parameters(45, facts);
        double[] lasting = [.. parameters.Layers.Select(layer => layer.ShearModulusMPa)], bonds = [.. lasting.Select(modulus => g * modulus)];
        double elastic = 3e-4 / new SuctionTest(Thickness, parameters, facts).Firmness(lasting, 1);
        double[] Errors(int refinement)
        {
            SuctionReadings read = new SuctionCycle(new SuctionBlock(Thickness, parameters, facts), facts, refinement).Measure(lasting, bonds, 1);
            return [.. ((double[])[read.ImmediateMm, read.FinalMm, read.RecoiledMm, read.RecoveredMm]).Zip(expected, (height, share) => Math.Abs((height / elastic) - share))];
        }

        // What is left at fine steps is the little that the block gives in volume.
        Assert.All(Errors(8), error => Assert.InRange(error, 0, 2e-3));
        Assert.All(Errors(1), error => Assert.InRange(error, 0, 0.02));
    }

    [Fact]
    public void WithoutBondsThatLetGoItIsElasticAndTheSupportIndexFirmness()
    {
        TissueParameters parameters = Parameters(45, FactValues.Catalogue);
        double[] lasting = [.. parameters.Layers.Select(layer => layer.ShearModulusMPa)];
        SuctionReadings read = new SuctionCycle(new SuctionBlock(Thickness, parameters, FactValues.Catalogue), FactValues.Catalogue).Measure(lasting, new double[lasting.Length], 1);
        double dome = EvidenceCatalogue.Value("suction.pressure", "MPa") / new SuctionTest(Thickness, parameters, FactValues.Catalogue).Firmness(lasting, 1);
        Assert.Equal(dome, read.ImmediateMm, 1e-4);
        Assert.Equal(dome, read.FinalMm, 1e-4);
        Assert.All((double[])[read.R2, read.R5, read.R7], ratio => Assert.Equal(1, ratio, 1e-3));
    }

    [Fact]
    public void HeldForLongTheDomeIsThatOfTheLastingStiffness()
    {
        FactValues facts = FactValues.Catalogue.With(KeyValuePair.Create("suction.bond-lifetime", 0.05), KeyValuePair.Create("suction.on-time", 20.0));
        TissueParameters parameters = Parameters(45, facts);
        double[] lasting = [.. parameters.Layers.Select(layer => layer.ShearModulusMPa)];
        SuctionReadings read = Of(45, facts);
        Assert.Equal(facts.Value("suction.pressure", "MPa") / new SuctionTest(Thickness, parameters, facts).Firmness(lasting, 1), read.FinalMm, 5e-3 * read.FinalMm);
    }

    [Fact]
    public void HalvingMeshAndStepsMovesTheRatiosByAboutAHundredth()
    {
        SuctionReadings usual = Of(45, FactValues.Catalogue), mesh = Of(45, FactValues.Catalogue, parts: 2), steps = Of(45, FactValues.Catalogue, refinement: 2), stepsAgain = Of(45, FactValues.Catalogue, refinement: 4);
        double[] Ratios(SuctionReadings read) => [read.R2, read.R5, read.R7];
        Assert.All(Ratios(usual).Zip(Ratios(mesh)), pair => Assert.InRange(pair.Second / pair.First, 0.99, 1.01));
        Assert.All(Ratios(usual).Zip(Ratios(steps)), pair => Assert.InRange(pair.Second / pair.First, 0.985, 1.015));
        Assert.All(Ratios(steps).Zip(Ratios(stepsAgain)), pair => Assert.InRange(pair.Second / pair.First, 0.993, 1.007));
    }

    /// <summary>
    /// E-159: R2, R5 and R7 fall with age, R7 on the face most; residual deformation and the share of delayed elongation rise (R4, R6: same paper). Nothing here was set by age: elastin fragments,
    /// collagen is lost, the ground matrix stays.
    /// </summary>
    [Fact]
    public void ElasticityFallsWithAgeAndImmediateRecoilMost()
    {
        double[] ages = [20, 35, 50, 65, 75];
        SuctionReadings[] read = [.. ages.Select(age => Of(age, FactValues.Catalogue))];
        foreach ((SuctionReadings younger, SuctionReadings older) in read.Zip(read.Skip(1)))
        {
            Assert.True(older.R2 < younger.R2 && older.R5 < younger.R5 && older.R7 < younger.R7);
            Assert.True(Residual(older) > Residual(younger) && Delayed(older) > Delayed(younger));
        }

        double Fall(Func<SuctionReadings, double> of) => 1 - (of(read[^1]) / of(read[0]));
        Assert.True(Fall(r => r.R7) > Fall(r => r.R2) && Fall(r => r.R7) > Fall(r => r.R5), $"R2 falls by {Fall(r => r.R2):p1}, R5 by {Fall(r => r.R5):p1}, R7 by {Fall(r => r.R7):p1}.");

        static double Residual(SuctionReadings read) => read.FinalMm - read.RecoveredMm;
        static double Delayed(SuctionReadings read) => (read.FinalMm - read.ImmediateMm) / read.ImmediateMm;
    }

    /// <summary>A-453 and A-454 were set by this, at the reference age alone.</summary>
    [Fact]
    public void AtTheReferenceAgeTheRatiosAreThoseReadOnFaces()
    {
        SuctionReadings read = Of(EvidenceCatalogue.Value("tissue.reference-age", "year"), FactValues.Catalogue);
        Assert.InRange(read.R2, 0.66, 0.82);
        Assert.InRange(read.R5, 0.60, 0.92);
        Assert.InRange(read.R7, 0.37, 0.52);
    }

    [Fact]
    public void TheTreatedPatchStartsAsTheUntreatedAndIsMoreElasticAfterwards()
    {
        PredictionDocument course = CheekPatch.Predict(CheekPatch.Plan(), 12).Document;
        ElasticityDocument elasticity = course.Elasticity!;
        foreach ((IReadOnlyList<double> treated, IReadOnlyList<double> untreated) in (ReadOnlySpan<(IReadOnlyList<double>, IReadOnlyList<double>)>)
            [(elasticity.R2, elasticity.UntreatedR2), (elasticity.R5, elasticity.UntreatedR5), (elasticity.R7, elasticity.UntreatedR7)])
        {
            Assert.Equal(course.TimesDays.Count, treated.Count);
            Assert.Equal(untreated[0], treated[0], 1e-4);
            Assert.All(Enumerable.Range(1, treated.Count - 1), time =>
            {
                Assert.True(untreated[time] < untreated[time - 1], "Untreated skin goes on ageing.");
                Assert.True(course.TimesDays[time] < 30 || treated[time] > untreated[time] + 1e-4);
            });
        }
    }

    private static TissueParameters Parameters(double age, FactValues facts) => TissueParameters.For(new PatientDescription { AgeYears = age, Sex = Sex.Female, Laxity = Laxity.Mild }, facts);

    private static SuctionReadings Of(double age, FactValues facts, int parts = 1, int refinement = 1)
    {
        TissueParameters parameters = Parameters(age, facts);
        AgeingRates ageing = Ageing.For(new Subject { AgeYears = age, IsFemale = true }, facts);
        var cycle = new SuctionCycle(new SuctionBlock(Thickness, parameters, facts, parts), facts, refinement);
        return new SuctionSkin(parameters, facts).Measure(cycle, ageing.ContentOnDayZero(NetworkKind.Elastin), ageing.ContentOnDayZero(NetworkKind.OriginalCollagen), _ => 0, _ => 0);
    }
}
