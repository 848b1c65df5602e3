namespace Threadwell.Evidence.Tests;

/// <summary>Values in the place of the catalogue's.</summary>
public sealed class FactValuesTests
{
    private const string Scale = "pdo.strength.weibull-scale";

    [Fact]
    public void Every_value_is_the_catalogue_s_until_it_is_replaced() =>
        Assert.All(EvidenceCatalogue.All, fact => Assert.Equal(fact.Value, FactValues.Catalogue.Value(fact.Name, fact.Unit)));

    [Fact]
    public void One_is_replaced_and_the_others_stay()
    {
        FactValues values = FactValues.Catalogue.With([new(Scale, 50)]);
        Assert.Equal(50, values.Value(Scale, "d"));
        Assert.All(EvidenceCatalogue.All.Where(fact => fact.Name != Scale), fact => Assert.Equal(fact.Value, values.Value(fact.Name, fact.Unit)));
        Assert.Equal(EvidenceCatalogue.Value(Scale, "d"), FactValues.Catalogue.Value(Scale, "d"));
        Assert.Equal([new KeyValuePair<string, double>(Scale, 50)], values.Replaced);

        FactValues more = values.With([new("barb.holding-force", 0.7)]);
        Assert.Equal(["barb.holding-force", Scale], more.Replaced.Select(pair => pair.Key));
    }

    [Fact]
    public void What_is_put_back_is_not_replaced() =>
        Assert.Same(FactValues.Catalogue, FactValues.Catalogue.With([new(Scale, 50)]).With([new(Scale, EvidenceCatalogue.Value(Scale, "d"))]));

    [Fact]
    public void A_name_a_unit_or_a_value_that_cannot_be_is_refused()
    {
        Assert.Throws<KeyNotFoundException>(() => FactValues.Catalogue.With([new("no.such-fact", 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValues.Catalogue.With([new(Scale, double.NaN)]));
        Assert.Throws<InvalidOperationException>(() => FactValues.Catalogue.With([new(Scale, 50)]).Value(Scale, "1"));
        Assert.Throws<KeyNotFoundException>(() => FactValues.Catalogue.Value("no.such-fact", "1"));
    }
}
