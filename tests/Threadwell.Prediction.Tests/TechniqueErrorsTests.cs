using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>How a plan is carried out otherwise than drawn.</summary>
public sealed class TechniqueErrorsTests
{
    private static readonly ThreadPlan Plan = CheekPatch.Plan();

    [Fact]
    public void WithoutErrorsThePlanStaysAsItIs() => Assert.Same(Plan, Apply(FactValues.Catalogue));

    [Fact]
    public void ThreadsLieDeeperOrShallowerButNeverOutsideTheSkin()
    {
        Assert.All(Apply(With("technique.depth-error", 0.7)).Threads, thread => Assert.Equal(4.7, thread.DepthMm, 1e-12));
        Assert.All(Apply(With("technique.depth-error", -9)).Threads, thread => Assert.Equal(0.5, thread.DepthMm, 1e-12));
    }

    [Fact]
    public void SidesArePulledByTheirRatioRoundThePlannedGather()
    {
        ThreadPlan carriedOut = Apply(With("technique.gather-factor", 0.9, "technique.side-ratio", 1.21));

        // Thread A lies on the patient's right, B on the left.
        Assert.Equal(6 * 0.9 / 1.1, carriedOut.Threads[0].GatherMm!.Value, 1e-12);
        Assert.Equal(6 * 0.9 * 1.1, carriedOut.Threads[1].GatherMm!.Value, 1e-12);
        ThreadPlan pulled = Plan with { Threads = [.. Plan.Threads.Select(thread => thread with { GatherMm = null, PullN = 2 })] };
        Assert.All(TechniqueErrors.Apply(pulled, _ => Vector3D.UnitZ, With("technique.gather-factor", 0.9)).Threads, thread =>
        {
            Assert.Equal(1.8, thread.PullN!.Value, 1e-12);
            Assert.Null(thread.GatherMm);
        });
    }

    [Fact]
    public void ThreadsTurnAboutTheirFirstPointMirroredOnTheOtherSide()
    {
        ThreadPlan turned = Apply(With("technique.angle-error", 5));
        for (int thread = 0; thread < 2; thread++)
        {
            IReadOnlyList<Vector3D> before = Plan.Threads[thread].Path, after = turned.Threads[thread].Path;
            Assert.Equal(before[0], after[0]);

            // As seen on the skin: across the normal, which is z here.
            Vector3D from = before[^1] - before[0], to = after[^1] - after[0];
            double angle = double.RadiansToDegrees(Math.Atan2((from.X * to.Y) - (from.Y * to.X), (from.X * to.X) + (from.Y * to.Y)));
            Assert.Equal(thread == 1 ? 5 : -5, angle, 1e-9);
            Assert.Equal(from.Length, to.Length, 1e-9);
        }
    }

    private static ThreadPlan Apply(FactValues facts) => TechniqueErrors.Apply(Plan, _ => Vector3D.UnitZ, facts);

    private static FactValues With(string name, double value) => FactValues.Catalogue.With(KeyValuePair.Create(name, value));

    private static FactValues With(string name, double value, string other, double otherValue) => FactValues.Catalogue.With(KeyValuePair.Create(name, value), KeyValuePair.Create(other, otherValue));
}
