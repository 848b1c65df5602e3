using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Trials.Tests;

/// <summary>A suture that is pulled in layered tissue.</summary>
public sealed class SuturePullTests
{
    private static readonly SuturePull Cones = new()
    {
        Name = "cones", Material = ThreadMaterial.Plla, DiameterMm = 0.23, Barbs = BarbKind.Cone, Count = 4, SpacingMm = 8, ForcesN = [1], SkinMm = 1.5, SuperficialFatMm = 5, SmasMm = 3,
    };

    [Fact]
    public void A_small_pull_moves_it_in_proportion() => Assert.Equal(2, Test(Cones).Pull(0.02).DisplacementMm / Test(Cones).Pull(0.01).DisplacementMm, 0.02);

    [Fact]
    public void The_mesh_does_not_decide_how_far_it_moves()
    {
        foreach (double force in new[] { 0.2, 0.8, 4 })
        {
            double coarse = Test(Cones, edgeMm: 4).Pull(force).DisplacementMm, fine = Test(Cones, edgeMm: 1.4).Pull(force).DisplacementMm;
            Assert.InRange(coarse / fine, 0.98, 1.02);
        }
    }

    [Fact]
    public void More_cones_and_stiffer_tissue_move_less()
    {
        double four = Test(Cones).Pull(1).DisplacementMm;
        Assert.True(Test(Cones with { Count = 8 }).Pull(1).DisplacementMm < 0.8 * four);
        Assert.True(Test(Cones, facts: FactValues.Catalogue.With([new("tissue.fat.septa-factor", 12)])).Pull(1).DisplacementMm < 0.8 * four);
    }

    [Fact]
    public void A_pull_above_what_the_cones_hold_draws_it_through()
    {
        double holds = 4 * EvidenceCatalogue.Value("barb.holding-force", "N") * EvidenceCatalogue.Value("cone.holding-factor", "1");
        Assert.False(Test(Cones).Pull(0.9 * holds).PulledThrough);
        PullOutcome through = Test(Cones).Pull(1.2 * holds);

        // The last one is at its limit.
        Assert.True(through.PulledThrough);
        Assert.InRange(through.Slipped, 3, 4);
    }

    private static SuturePullTest Test(SuturePull pull, FactValues? facts = null, double edgeMm = 2) => new(pull, facts ?? FactValues.Catalogue, threads: 2, edgeMm);
}
