using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>A whole course of the sample patient on the default mesh and on one of half its edge length.</summary>
public sealed class MeshHalvingTests
{
    // The bar of the product: halving the edge moves each lift by less than this share, on the day of treatment and after a year.
    private const double Bar = 0.05;

    [Fact]
    public void HalvingTheEdgeMovesEachLiftByLessThanTheBarOnDay0AndAfterAYear()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        PredictionDocument coarse = Predict(patient, plan, null);
        PredictionDocument fine = Predict(patient, plan, 0.5 * coarse.Mesh.EdgeLengthMm);
        TestContext.Current.TestOutputHelper!.WriteLine($"{coarse.Mesh.Nodes} and {fine.Mesh.Nodes} nodes");
        var missed = new List<string>();
        foreach (double day in (ReadOnlySpan<double>)[0, 360])
        {
            int time = Array.IndexOf([.. coarse.TimesDays], day);
            foreach ((LandmarkCourse before, LandmarkCourse after) in coarse.Landmarks.Zip(fine.Landmarks))
            {
                double change = (before.LiftMm[time] / after.LiftMm[time]) - 1;
                string line = $"Day {day}, {before.Name}: {before.LiftMm[time]:0.0000} mm and {after.LiftMm[time]:0.0000} mm, {100 * change:0.0} %.";
                TestContext.Current.TestOutputHelper!.WriteLine(line);
                if (Math.Abs(change) >= Bar)
                {
                    missed.Add(line);
                }
            }
        }

        Assert.Empty(missed);
    }

    private static PredictionDocument Predict(VirtualPatient patient, ThreadPlan plan, double? edgeLengthMm)
    {
        // A little over 360 days, so that day 360 is stored.
        var options = new PredictionOptions { Months = 12, EdgeLengthMm = edgeLengthMm };
        PredictionDocument document = CoursePredictor.Predict(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken).Document;
        Assert.All(document.Residuals, residual => Assert.InRange(residual, 0, 1e-6));
        return document;
    }
}
