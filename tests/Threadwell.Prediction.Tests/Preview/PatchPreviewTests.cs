using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>A preview on a small patch of cheek: agreement with the course, independence of history, what a drag may pass through.</summary>
public sealed class PatchPreviewTests
{
    private const double EdgeMm = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ThePreviewIsDayZeroOfTheCourseOnTheSameMesh(bool pulled)
    {
        ThreadPlan plan = pulled ? Pulled(CheekPatch.Plan()) : CheekPatch.Plan();
        CoursePrediction course = CheekPatch.Predict(plan, 1, edgeMm: EdgeMm);
        PreviewResult result = Prepare(plan).Update(plan, Stop);
        Assert.Equal(course.Document.Landmarks[0].LiftMm[0], result.Lifts[0].LiftMm, 4);
        Assert.True(result.Lifts[0].LiftMm > 0.2, "The threads lift, or the test shows nothing.");
        Assert.Equal(course.Document.Threads.Select(thread => thread.TensionN[0]), result.Threads.Select(thread => thread.TensionN), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(
            course.Document.Threads.Select(thread => thread.SlippedBarbs[0]), result.Threads.Select(thread => thread.Barbs.Count(barb => barb.Slipped)));
        for (int column = 0; column < result.SkinDisplacement.Length; column++)
        {
            Vector3D lift = course.Treated[0][column] - course.Untreated[0][column];
            Assert.InRange(Vector3D.Distance(lift, result.SkinDisplacement[column]), 0, 1e-3);
        }
    }

    [Fact]
    public void TheSamePlanGivesTheSameResultWhateverCameBefore()
    {
        ThreadPlan plan = CheekPatch.Plan();
        PreviewResult cold = Prepare(plan).Update(plan, Stop);
        LiftPreview preview = Prepare(plan);
        foreach (double gather in new[] { 2.0, 12, 0, 7 })
        {
            preview.Update(plan with { Threads = [plan.Threads[0] with { GatherMm = gather }, Moved(plan.Threads[1], 0.6 * gather)] }, Stop);
        }

        PreviewResult warm = preview.Update(plan, Stop);
        Assert.InRange(Math.Abs(warm.Lifts[0].LiftMm - cold.Lifts[0].LiftMm), 0, 5e-4 * cold.Lifts[0].LiftMm);
        Assert.All(warm.SkinDisplacement.Zip(cold.SkinDisplacement), pair => Assert.InRange(Vector3D.Distance(pair.First, pair.Second), 0, 1e-3));
        Assert.Equal(cold.Threads.SelectMany(Loads), warm.Threads.SelectMany(Loads), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void OneAndTwoThreadsOfExecutionGiveTheSameBits()
    {
        ThreadPlan plan = CheekPatch.Plan();
        PreviewResult[] results = [.. new[] { 1, 2 }.Select(threads =>
        {
            LiftPreview preview = Prepare(plan, threads);
            preview.Update(plan, Stop);
            return preview.Update(plan with { Threads = [plan.Threads[0], Moved(plan.Threads[1], 3)] }, Stop);
        })];
        Assert.Equal(results[0].SkinDisplacement, results[1].SkinDisplacement);
        Assert.Equal(results[0].DimplingRisk, results[1].DimplingRisk);
        Assert.Equal(results[0].Threads.SelectMany(Loads), results[1].Threads.SelectMany(Loads));
    }

    [Fact]
    public void WithoutThreadsNothingMoves()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LiftPreview preview = Prepare(plan);
        preview.Update(plan, Stop);
        PreviewResult none = preview.Update(plan with { Threads = [] }, Stop);
        Assert.InRange(Math.Abs(none.Lifts[0].LiftMm), 0, 1e-3);
        Assert.Empty(none.Threads);
    }

    [Fact]
    public void BarbsOfTheTwoHalvesFaceEachOtherAndTheirLoadsBalance()
    {
        PreviewResult result = Prepare(CheekPatch.Plan()).Update(CheekPatch.Plan(), Stop);
        Assert.All(result.Threads, thread =>
        {
            Vector3D along = (thread.After[^1] - thread.After[0]).Normalized();
            int half = thread.Barbs.Length / 2;
            Assert.All(thread.Barbs[..half], barb => Assert.True(Vector3D.Dot(barb.FreeEnd, along) > 0.8));
            Assert.All(thread.Barbs[half..], barb => Assert.True(Vector3D.Dot(barb.FreeEnd, along) < -0.8));
            Assert.InRange(Math.Abs(thread.Barbs.Sum(barb => barb.LoadN)), 0, 1e-6);
            Assert.Equal(thread.TensionN, thread.Barbs[half..].Sum(barb => barb.LoadN), 6);

            // The ends come closer: that is what gathering does.
            Assert.True(Vector3D.Distance(thread.After[0], thread.After[^1]) < Vector3D.Distance(thread.Before[0], thread.Before[^1]) - 0.5);
        });
    }

    [Fact]
    public void AThreadDraggedOffTheSkinWarnsAndDoesNotThrow()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LiftPreview preview = Prepare(plan);
        PreviewResult before = preview.Update(plan, Stop);
        foreach (double across in new[] { 8.0, 16, 24, 40, 80, 300 })
        {
            PreviewResult result = preview.Update(plan with { Threads = [plan.Threads[0], Moved(plan.Threads[1], across)] }, Stop);
            Assert.All(result.SkinDisplacement, u => Assert.True(double.IsFinite(u.Length)));
            Assert.Equal(across > 20, result.Warnings.Any(warning => warning is { Kind: PreviewWarningKind.OffSkin, ThreadId: "B", Point: 0, Mm: > 5 }));
            Assert.DoesNotContain(result.Warnings, warning => warning.ThreadId == "A");
        }

        Assert.Equal(before.Lifts[0].LiftMm, preview.Update(plan, Stop).Lifts[0].LiftMm, 3);
    }

    [Fact]
    public void ADeepThreadLiesOnTheFasciaAndAShortOneIsLeftOut()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LiftPreview preview = Prepare(plan);
        PlannedThread deep = plan.Threads[0] with { DepthMm = 30 };
        PlannedThread dot = plan.Threads[1] with { Path = [plan.Threads[1].Path[0], plan.Threads[1].Path[0]] };
        PreviewResult result = preview.Update(plan with { Threads = [deep, dot] }, Stop);
        Assert.Contains(result.Warnings, warning => warning is { Kind: PreviewWarningKind.TooDeep, ThreadId: "A", Point: 3, Mm: > 15 });
        PreviewWarning left = Assert.Single(result.Warnings, warning => warning.Kind == PreviewWarningKind.LeftOut);
        Assert.Equal(("B", -1), (left.ThreadId, left.Point));
        Assert.Empty(result.Threads[1].Barbs);
        Assert.Equal(0, result.Threads[1].TensionN);
    }

    [Fact]
    public void APlanThatCannotBeSolvedFailsByTypeAndLeavesThePreviewUsable()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LiftPreview preview = Prepare(plan);
        double lift = preview.Update(plan, Stop).Lifts[0].LiftMm;
        PlannedThread broken = plan.Threads[0] with { Path = [new Vector3D(double.NaN, 0, 0), plan.Threads[0].Path[1]] };
        PreviewException problem = Assert.Throws<PreviewException>(() => preview.Update(plan with { Threads = [broken] }, Stop));
        Assert.Equal(PreviewFailure.UnusableThread, problem.Failure);
        Assert.Contains("A", problem.Message, StringComparison.Ordinal);
        ThreadPlan older = plan with { Patient = plan.Patient with { AgeYears = 71 } };
        Assert.Equal(PreviewFailure.OtherTissue, Assert.Throws<PreviewException>(() => preview.Update(older, Stop)).Failure);
        Assert.Throws<OperationCanceledException>(() => preview.Update(plan, new CancellationToken(canceled: true)));
        Assert.Equal(lift, preview.Update(plan, Stop).Lifts[0].LiftMm, 3);
    }

    [Fact]
    public void CoversPlansWhoseThreadsStayNearOnTheSamePatient()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LiftPreview preview = Prepare(plan);
        Assert.True(preview.Covers(plan));
        Assert.True(preview.Covers(plan with { Threads = [Moved(plan.Threads[0], 5)] }));
        Assert.False(preview.Covers(plan with { Threads = [Moved(plan.Threads[0], -13)] }));
        Assert.False(preview.Covers(plan with { Threads = [Moved(plan.Threads[0], 200)] }));
        Assert.False(preview.Covers(plan with { Patient = plan.Patient with { Laxity = Laxity.Mild } }));
        Assert.False(preview.Covers(plan with { Area = TreatmentArea.Neck }));
        Assert.False(preview.Covers(plan with { Scan = plan.Scan with { Sha256 = new string('1', 64) } }));
        Assert.False(preview.Covers(plan with { Landmarks = [plan.Landmarks[0] with { Position = CheekPatch.OnSkin(2, -14) }] }));
    }

    private static LiftPreview Prepare(ThreadPlan plan, int threads = 2)
    {
        LayeredTissue tissue = CheekPatch.Tissue(EdgeMm);
        return LiftPreview.Prepare(
            plan, tissue.Skin, tissue, [.. plan.Threads.Select(thread => thread.Path)], new PreviewOptions { Resolution = PreviewResolution.Full, Threads = threads }, null, default);
    }

    private static ThreadPlan Pulled(ThreadPlan plan) => plan with
    {
        Threads = [.. plan.Threads.Select(thread => thread with { GatherMm = null, PullN = 1.5, Anchor = AnchorKind.SelfAnchored, Direction = BarbDirection.Bidirectional })],
    };

    private static PlannedThread Moved(PlannedThread thread, double across) =>
        thread with { Path = [.. thread.Path.Select(point => point + new Vector3D(across, 0, 0))] };

    private static IEnumerable<double> Loads(ThreadPreview thread) => thread.Barbs.Select(barb => barb.LoadN);
}
