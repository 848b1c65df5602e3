using NodaTime;
using Threadwell.Care.Treatments;

namespace Threadwell.Care.Tests.Treatments;

public class ThreadChecksTests
{
    private static readonly LocalDate Today = new(2026, 11, 27);

    [Theory]
    [InlineData(true, 0, "A1")]
    [InlineData(false, 0, "A1", "product.not-absorbable")]
    [InlineData(true, -1, "A1", "product.expired")]
    [InlineData(true, null, "A1", "product.expiry-unknown")]
    [InlineData(true, 0, " ", "product.lot-missing")]
    [InlineData(false, -1, "", "product.not-absorbable", "product.expired", "product.lot-missing")]
    public void A_package_is_refused_with_its_reasons(bool absorbable, int? expiresIn, string lot, params string[] codes) =>
        Assert.Equal(codes, ThreadChecks.Package(absorbable, expiresIn is { } days ? Today.PlusDays(days) : null, lot, Today).Select(block => block.Code));

    [Fact]
    public void Every_planned_thread_is_placed_or_has_a_reason()
    {
        string[] planned = ["L1", "L2", "R1"];
        Assert.Empty(ThreadChecks.Realisation(planned, [new("L1", ""), new("R1", ""), new(null, "weak hold of L1")], new Dictionary<string, string> { ["L2"] = "bleeding" }));
        Assert.Equal(
            ["thread.open", "thread.twice", "thread.both", "thread.unknown", "thread.reason"],
            ThreadChecks.Realisation(planned, [new("L2", ""), new("L2", ""), new("R1", ""), new("X9", ""), new(null, " ")], new Dictionary<string, string> { ["L1"] = " ", ["R1"] = "no" }).Select(block => block.Code));
    }

    [Fact]
    public void The_preparation_is_dated_by_the_day_of_treatment()
    {
        IReadOnlyList<PreparationStep> steps = PreparationPlan.For(Today, takesBloodThinner: true, smokes: true);
        Assert.Equal(PreparationPlan.For(Today, false, false).Count + 2, steps.Count);
        Assert.Equal(new LocalDate(2026, 11, 13), steps[0].From);
        Assert.Equal(steps.OrderBy(step => step.From).Select(step => step.What), steps.Select(step => step.What));
        Assert.All(steps, step => Assert.True(step.From <= step.Until && step.Until <= Today));
        Assert.Contains(steps, step => step.What.En.StartsWith("Take your prescribed blood thinner on", StringComparison.Ordinal));
    }
}
