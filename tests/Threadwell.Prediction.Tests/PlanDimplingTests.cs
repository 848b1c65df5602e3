using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

public class PlanDimplingTests
{
    [Fact]
    public void A_hollow_beyond_the_limit_is_found_where_it_is_with_the_thread_nearest_to_it()
    {
        LayeredTissue tissue = CheekPatch.Tissue(3);
        ThreadPlan plan = CheekPatch.Plan();
        Vector3D deepest = CheekPatch.OnSkin(7, 0);

        // A paraboloid 4 mm deep over a radius of 10 mm gains 2 x 2 x 4 / 10^2 / 2 = 0.08 per mm of mean curvature at its bottom, above the limit of 0.015.
        Vector3D[] hollow = [.. tissue.Skin.Positions.Select(at =>
        {
            double share = 1 - ((at - deepest).LengthSquared / 100);
            return share <= 0 ? Vector3D.Zero : -4 * share * new Vector3D(at.X, 0, at.Z).Normalized();
        })];
        DimplingDocument found = PlanDimpling.Of(plan, tissue, hollow)!;
        Assert.True(found.Largest > 1);
        Assert.Equal("B", found.Thread);
        Assert.InRange((found.At - deepest).Length, 0, 10);
        Assert.InRange(found.AreaBeyondLimitCm2, 0.3, Math.PI * 1.5 * 1.5);
        Assert.Contains("near thread B", Assert.Single(PlanDimpling.Warnings(found)), StringComparison.Ordinal);
    }

    [Fact]
    public void Skin_that_only_moves_is_far_from_the_limit_and_warns_of_nothing()
    {
        LayeredTissue tissue = CheekPatch.Tissue(3);
        DimplingDocument found = PlanDimpling.Of(CheekPatch.Plan(), tissue, [.. tissue.Skin.Positions.Select(_ => new Vector3D(1, 2, 3))])!;
        Assert.Equal(0, found.Largest, 9);
        Assert.Equal(0, found.AreaBeyondLimitCm2);
        Assert.Empty(PlanDimpling.Warnings(found));
        Assert.Empty(PlanDimpling.Warnings(null));
    }

    [Fact]
    public void Gathering_more_brings_the_skin_nearer_to_dimples()
    {
        ThreadPlan plan = CheekPatch.Plan();
        double Largest(double gatherMm) => CheekPatch.Predict(plan with { Threads = [.. plan.Threads.Select(thread => thread with { GatherMm = gatherMm })] }, 1).Document.Dimpling!.Largest;
        Assert.True(Largest(8) > Largest(4));
    }
}
