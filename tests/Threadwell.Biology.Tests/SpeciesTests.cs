using Threadwell.Evidence;

namespace Threadwell.Biology.Tests;

/// <summary>Each species goes by a set of its own: which facts it is read from is written down here, and nothing else moves it.</summary>
public sealed class SpeciesTests
{
    // What only people, and what only rats, are known by.
    private static readonly string[] OfPeople = ["tissue.collagen.half-life-human"];
    private static readonly string[] OfRats = ["tissue.cells.rat-to-human-rate", "tissue.collagen.half-life-rat"];

    // Measured in no rat: the numbers that are assumed for people stand for both.
    private static readonly string[] OfBoth =
    [
        "suture.diameter-2-0",
        "tissue.barb.source",
        "tissue.collagen.half-synthesis", "tissue.collagen.maturation", "tissue.collagen.synthesis", "tissue.collagen.type-iii-share-mature", "tissue.collagen.type-iii-share-new",
        "tissue.elastin.half-life-new", "tissue.elastin.share",
        "tissue.fibroblast.loss", "tissue.fibroblast.recruitment",
        "tissue.growth-factor.clearance", "tissue.growth-factor.half-effect", "tissue.growth-factor.secretion-inflammatory", "tissue.growth-factor.secretion-reparative",
        "tissue.injury.clearance",
        "tissue.macrophage.loss-inflammatory", "tissue.macrophage.loss-reparative", "tissue.macrophage.polarisation",
        "tissue.macrophage.recruitment-by-injury", "tissue.macrophage.recruitment-by-products", "tissue.macrophage.recruitment-by-surface",
        "tissue.myofibroblast.differentiation", "tissue.myofibroblast.loss", "tissue.myofibroblast.relative-synthesis",
        "tissue.slip.injury",
        "tissue.surface-activity-pcl", "tissue.surface-activity-plcl", "tissue.surface-activity-plla",
    ];

    public static TheoryData<ResponseSpecies> All => [.. Enum.GetValues<ResponseSpecies>()];

    [Theory]
    [MemberData(nameof(All))]
    public void TheSetOfASpeciesIsReadFromTheseFactsAndNoOthers(ResponseSpecies species)
    {
        TissueResponseParameters asItIs = TissueResponseParameters.For(species);
        string[] moving = [.. EvidenceCatalogue.All
            .Where(fact => TissueResponseParameters.For(species, Moved(fact)) != asItIs)
            .Select(fact => fact.Name).Order(StringComparer.Ordinal)];
        Assert.Equal([.. OfBoth.Concat(species == ResponseSpecies.Human ? OfPeople : OfRats).Order(StringComparer.Ordinal)], moving);
    }

    [Fact]
    public void NoNumberOfARatReachesAHumanCourse() => Assert.All(OfRats, name => Assert.Equal(Course(ResponseSpecies.Human, FactValues.Catalogue), Course(ResponseSpecies.Human, Moved(EvidenceCatalogue.Get(name)))));

    [Fact]
    public void WhatIsKnownOfPeopleAloneReachesNoRat()
    {
        string[] ofPersons = [.. OfPeople, .. EvidenceCatalogue.All.Where(fact => fact.Topic == "ageing").Select(fact => fact.Name), "tissue.reference-age", "skin.smoking.type-i-synthesis", "skin.smoking.type-iii-synthesis"];
        Assert.All(ofPersons, name => Assert.Equal(Course(ResponseSpecies.Rat, FactValues.Catalogue), Course(ResponseSpecies.Rat, Moved(EvidenceCatalogue.Get(name)))));
        var input = new TissueResponseInput { Material = ThreadMaterial.Pdo, DiameterMm = 0.3, Species = ResponseSpecies.Rat, Subject = new Subject { AgeYears = 40, IsFemale = true } };
        Assert.Throws<ArgumentException>(() => TissueResponse.Simulate(input, [30]));
    }

    /// <summary>The course of V-12 as it was when rats were a factor on the numbers of people, to the digits that were kept of it.</summary>
    [Fact]
    public void TheCourseInRatsIsTheOneThatItWas() => Assert.Equal([0.019216858055, 0.024640533013, 0.003090141667, 0.001656631984], Course(ResponseSpecies.Rat, FactValues.Catalogue).Select(value => Math.Round(value, 12)));

    private static FactValues Moved(Fact fact) => FactValues.Catalogue.With([new(fact.Name, fact.Value == 0 ? 0.1 : 1.1 * fact.Value)]);

    private static double[] Course(ResponseSpecies species, FactValues facts)
    {
        TissueResponseCourse course = TissueResponse.Simulate(new TissueResponseInput { Material = ThreadMaterial.Pdo, DiameterMm = 0.225, Strands = 3, Species = species }, [14, 84], facts);
        return [.. course.Collagen, .. course.CollagenSynthesisRate];
    }
}
