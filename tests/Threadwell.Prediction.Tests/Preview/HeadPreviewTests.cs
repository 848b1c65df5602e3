using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>The coarse preview against the full mesh on virtual patients, while threads are moved at random, and what is shown on the scan.</summary>
public sealed class HeadPreviewTests
{
    // The bar of the product: the lift shown while dragging is within 15 % of the lift when the thread is let go.
    private const double Bar = 0.15;

    private static readonly Lazy<VirtualPatient> Woman = new(() => VirtualPatient.Create(new VirtualPatientTraits()));

    public static TheoryData<TreatmentArea, ulong> AreasAndPatients
    {
        get
        {
            var cases = new TheoryData<TreatmentArea, ulong>();
            foreach (TreatmentArea area in new[] { TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck })
            {
                foreach (ulong seed in new ulong[] { 1, 2, 3 })
                {
                    cases.Add(area, seed);
                }
            }

            return cases;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void WhileThreadsMoveTheCoarseLiftStaysWithinTheBarOfTheFullMesh()
    {
        ThreadPlan plan = PreviewPlans.Standard(Woman.Value, TreatmentArea.Jawline);
        Compare(Woman.Value, plan, moves: 4, seed: 1);
    }

    [Theory]
    [MemberData(nameof(AreasAndPatients))]
    public void TheBarHoldsForEachAreaMaterialAndPatient(TreatmentArea area, ulong seed)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        VirtualPatient patient = PreviewPlans.Patient(seed);
        foreach (ThreadMaterial material in Enum.GetValues<ThreadMaterial>())
        {
            Compare(patient, PreviewPlans.Standard(patient, area, material), moves: 3, seed: (int)seed);
        }
    }

    [Fact]
    public void WhatIsShownOnTheScanFollowsTheSkinInsideAndHasNoTearAtTheBorder()
    {
        VirtualPatient patient = Woman.Value;
        LiftPreview preview = LiftPreview.Prepare(
            PreviewPlans.Standard(patient, TreatmentArea.Jawline), patient.Scan, "plan", new PreviewOptions(), cancellation: Stop);
        SkinCarrier carrier = preview.CarryToScan();
        Assert.Equal(patient.Scan.VertexCount, carrier.PointCount);

        // A field of 1 carries the weights' sum: 1 inside, 0 outside, and no step along any edge of the scan.
        Vector3D[] ones = [.. Enumerable.Repeat(Vector3D.UnitX, preview.Skin.VertexCount)];
        double[] share = [.. carrier.Carry(ones).Select(u => u.X)];
        Assert.All(share, s => Assert.InRange(s, 0, 1 + 1e-6));
        Assert.Contains(share, s => s > 1 - 1e-6);
        Assert.Contains(share, s => s == 0);
        int[] corners = patient.Scan.Triangles;
        for (int slot = 0; slot < corners.Length; slot++)
        {
            int a = corners[slot], b = corners[slot % 3 == 2 ? slot - 2 : slot + 1];
            double edge = Vector3D.Distance(patient.Scan.Positions[a], patient.Scan.Positions[b]);
            Assert.True(
                Math.Abs(share[a] - share[b]) < 0.05 + (0.25 * edge),
                $"From {share[a]:0.00} at {patient.Scan.Positions[a]} to {share[b]:0.00} at {patient.Scan.Positions[b]}.");
        }

        // An affine field comes out as itself where the weights are whole, but for the distance between scan and skin.
        Vector3D Affine(Vector3D x) => new(0.3 + (0.02 * x.Y), (0.01 * x.X) - 0.1, 0.015 * x.Z);
        Vector3D[] carried = carrier.Carry([.. preview.Skin.Positions.Select(Affine)]);
        var skin = new TriangleBvh(preview.Skin);
        int whole = 0;
        for (int vertex = 0; vertex < carried.Length; vertex++)
        {
            if (share[vertex] > 1 - 1e-6)
            {
                whole++;
                SurfacePoint nearest = skin.ClosestPoint(patient.Scan.Positions[vertex]);
                Assert.InRange(Vector3D.Distance(carried[vertex], Affine(nearest.Position)), 0, 1e-5);
                Assert.InRange(Vector3D.Distance(carried[vertex], Affine(patient.Scan.Positions[vertex])), 0, (0.03 * nearest.Distance) + 1e-5);
            }
        }

        Assert.True(whole > 1000, $"Only {whole} vertices of the scan lie inside.");
    }

    private static void Compare(VirtualPatient patient, ThreadPlan plan, int moves, int seed)
    {
        LiftPreview coarse = LiftPreview.Prepare(plan, patient.Scan, "plan", new PreviewOptions(), cancellation: Stop);
        LiftPreview full = LiftPreview.Prepare(plan, patient.Scan, "plan", new PreviewOptions { Resolution = PreviewResolution.Full }, cancellation: Stop);
        var random = new Random(seed);
        ThreadPlan now = plan;
        for (int move = 0; move <= moves; move++)
        {
            Assert.True(coarse.Covers(now));
            PreviewResult shown = coarse.Update(now, Stop), released = full.Update(now, Stop);
            foreach ((TargetLift quick, TargetLift exact) in shown.Lifts.Zip(released.Lifts))
            {
                Assert.True(
                    Math.Abs(quick.LiftMm - exact.LiftMm) <= Bar * Math.Abs(exact.LiftMm),
                    $"{plan.Area}, {plan.Threads[0].Material}, move {move}: {quick.Name} is shown with {quick.LiftMm:0.000} mm and released with {exact.LiftMm:0.000} mm.");
            }

            now = PreviewPlans.MoveOne(now, patient.Scan, random);
        }
    }
}
