using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

public class FactDrawsTests
{
    [Fact]
    public void What_is_not_known_is_one_for_all_and_how_a_treatment_was_done_its_own()
    {
        var draws = new FactDraws(3, 2);
        FactValues first = draws.Of(7, FactValues.Catalogue), second = draws.Of(7, FactValues.Catalogue, treatment: 1);
        foreach ((Fact fact, Cause cause) in UncertainFacts.All)
        {
            Assert.Equal(cause != Cause.Technique, first.Value(fact.Name, fact.Unit) == second.Value(fact.Name, fact.Unit));
        }

        Assert.Equal(first.Replaced, new FactDraws(3, 2).Of(7, FactValues.Catalogue).Replaced);
        Assert.NotEqual(first.Replaced, draws.Of(8, FactValues.Catalogue).Replaced);
    }

    [Fact]
    public void Other_facts_are_drawn_within_their_ranges_where_they_are_asked_for()
    {
        const string OfRats = "tissue.collagen.half-life-rat";
        var draws = new FactDraws(3, 1, OfRats);
        Fact fact = EvidenceCatalogue.Get(OfRats);
        double[] values = [.. Enumerable.Range(0, 64).Select(draw => draws.Of(draw, FactValues.Catalogue).Value(OfRats, fact.Unit))];
        Assert.All(values, value => Assert.InRange(value, fact.Low!.Value, fact.High!.Value));
        Assert.True(values.Distinct().Count() > 60);
        Assert.Equal(fact.Value, new FactDraws(3, 1).Of(0, FactValues.Catalogue).Value(OfRats, fact.Unit));
    }
}
