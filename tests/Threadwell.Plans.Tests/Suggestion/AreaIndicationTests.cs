using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Plans.Tests.Suggestion;

public sealed class AreaIndicationTests
{
    [Theory]
    [InlineData("nose")]
    [InlineData("buttock")]
    public void Areas_that_need_a_deep_change_are_refused_with_the_reason(string area)
    {
        InvalidInputException error = Refused(area, Laxity.Mild);
        Assert.Equal("--area", error.InputSource);
        Assert.Contains($"threads are not for the {area}", error.Message, StringComparison.Ordinal);
        Assert.Contains("deep structural change", error.Message, StringComparison.Ordinal);
        Assert.Contains("long-term shape", error.Message, StringComparison.Ordinal);
        Assert.Contains("refer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_area_is_refused_with_the_known_ones()
    {
        InvalidInputException error = Refused("elbow", Laxity.Mild);
        Assert.Equal("--area", error.InputSource);
        Assert.Contains("'elbow'", error.Message, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<TreatmentArea>().Length, AreaIndication.Names.Count);
        Assert.All(AreaIndication.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Laxity.Severe, "refer")]
    [InlineData(Laxity.None, "nothing to treat")]
    public void Laxity_outside_of_what_threads_are_for_is_refused(Laxity laxity, string reason)
    {
        Assert.All(AreaIndication.Names, area =>
        {
            InvalidInputException error = Refused(area, laxity);
            Assert.Equal("--laxity", error.InputSource);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_area_is_accepted_by_its_name()
    {
        Assert.Equal(
            Enum.GetValues<TreatmentArea>().Order(),
            AreaIndication.Names.Select(name => AreaIndication.Check(name, Laxity.Moderate)).Order());
    }

    private static InvalidInputException Refused(string area, Laxity laxity)
    {
        var error = Assert.Throws<InvalidInputException>(() => AreaIndication.Check(area, laxity));
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}
