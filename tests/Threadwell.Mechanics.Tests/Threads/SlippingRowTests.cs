using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>
/// A row of barbs in stiff tissue, pulled at its end. With tau the holding force and k the bond stiffness a length and
/// beta² = k / EA, barbs up to a distance a slip when P = tau a + (tau / beta) tanh(beta (L - a)), and the end has then come out by
/// tau / k + (P a - tau a² / 2) / EA.
/// </summary>
public sealed class SlippingRowTests
{
    private const double Length = 60;
    private const int Barbs = 60;
    private const double Ea = 40;
    private const double Holding = 0.05;
    private const double Bond = 0.2;
    private const double Spacing = Length / Barbs;
    private const double Tau = Holding / Spacing;
    private static readonly double s_beta = Math.Sqrt(Bond / Spacing / Ea);

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(50)]
    public void ForceDisplacementAndNumberSlippedFollowTheClosedForm(double slipped)
    {
        double pull = (Tau * slipped) + (Tau / s_beta * Math.Tanh(s_beta * (Length - slipped)));
        double drawn = (Tau / (Bond / Spacing)) + (((pull * slipped) - (0.5 * Tau * slipped * slipped)) / Ea);
        ThreadSystem system = Pulled(pull);
        ThreadReport report = system.Report(0);
        Assert.Equal(drawn, -report.CableMm[0], 0.02 * drawn);
        Assert.InRange(report.SlippedBarbs, (slipped / Spacing) - 1, (slipped / Spacing) + 1);
        Assert.False(report.PulledThrough);
        Assert.Equal(pull, report.Barbs.Sum(barb => barb.LoadN), 1e-10);
    }

    [Fact]
    public void BelowTheFirstSlipTheRowIsElastic()
    {
        double pull = 0.9 * Tau / s_beta * Math.Tanh(s_beta * Length);
        ThreadReport report = Pulled(pull).Report(0);
        Assert.Equal(0, report.SlippedBarbs);
        double drawn = pull / (Ea * s_beta * Math.Tanh(s_beta * Length));
        Assert.Equal(drawn, -report.CableMm[0], 0.02 * drawn);
    }

    [Fact]
    public void AReleasedRowKeepsItsSlipAndLocksStressIn()
    {
        // A free entry is let go by the commit that follows the pull; the next equilibrium unloads the row.
        double pull = (Tau * 30) + (Tau / s_beta * Math.Tanh(s_beta * 30));
        ThreadSystem system = Pulled(pull, anchored: false);
        double[] slip = [.. system.Report(0).Barbs.Select(barb => barb.SlipMm)];
        system.Commit(new double[3 * (Barbs + 2)]);
        ThreadReport after = system.Report(0);
        Assert.Equal(0, after.Barbs.Sum(barb => barb.LoadN), 1e-12);
        Assert.True(after.LargestTensionN > 0.01);
        Assert.True(-after.CableMm[0] > 0.05);
        Assert.True(after.Barbs[0].LoadN < 0, "barbs near the entry press back");
        for (int barb = 0; barb < slip.Length; barb++)
        {
            // Back slip is possible only at the sliding limit.
            bool slidBack = after.Barbs[barb].LoadN <= -0.1 * Holding + 1e-12;
            Assert.True(slidBack || after.Barbs[barb].SlipMm == slip[barb]);
        }
    }

    [Fact]
    public void APullBeyondTheSumOfHoldingForcesIsReported()
    {
        ThreadSystem system = Pulled(1.5 * Holding * Barbs);
        ThreadReport report = system.Report(0);
        Assert.True(report.PulledThrough);
        Assert.Equal(Holding * Barbs, report.CapacityN, 1e-12);
        Assert.Equal(1.5 * Holding * Barbs, report.RequestedPullN!.Value, 1e-12);
        Assert.Equal(Holding * Barbs, report.AnchorReactionN, 1e-9);
        Assert.All(report.Barbs, barb => Assert.Equal(Holding, barb.LoadN, 1e-6));
        Assert.All(report.CableMm, position => Assert.True(double.IsFinite(position)));
    }

    private static ThreadSystem Pulled(double pull, bool anchored = true)
    {
        ThreadStation[] stations = new EmbeddedThread([default, new(Length, 0, 0)]).LayOut(1 / Spacing, bidirectional: false, anchored, Length);
        var system = new ThreadSystem(stations.Length, [ThreadFixture.Straight(stations, Ea, 100, Holding, Bond) with { PullN = pull }]);
        system.Commit(new double[3 * stations.Length]);
        return system;
    }
}
