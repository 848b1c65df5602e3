using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;

namespace Threadwell.Trials.Tests;

/// <summary>What a trial measures is what the model says of each patient and each thread.</summary>
public sealed class TrialRunnerTests
{
    private static readonly TrialCohort Two = new() { Patients = 2, Seed = 3, AgeYears = new AgeSpan(40, 60), Laxity = [Laxity.Moderate] };

    // The coarsest that a trial may have: what is compared was computed on the same mesh.
    private const double EdgeMm = 10;

    private static readonly TrialProtocol Jaw = new() { Area = TreatmentArea.Jawline, Material = ThreadMaterial.Pdo, ThreadsPerSide = 1 };

    [Fact]
    public void An_arm_is_measured_as_each_patient_is_predicted()
    {
        TrialResult result = TrialRunner.Run(Of(Arm() with
        {
            Endpoints =
            [
                new() { Kind = TrialEndpointKind.Lift }, new() { Kind = TrialEndpointKind.Lift, Landmark = "jowl.left" }, new() { Kind = TrialEndpointKind.Shift }, new() { Kind = TrialEndpointKind.RelativeLift },
                new() { Kind = TrialEndpointKind.ShareAbove, AboveMm = 0.01 }, new() { Kind = TrialEndpointKind.Strength }, new() { Kind = TrialEndpointKind.Mass }, new() { Kind = TrialEndpointKind.Collagen },
                new() { Kind = TrialEndpointKind.Firmness }, new() { Kind = TrialEndpointKind.FirmnessGain },
            ],
        }), threads: 2, cancellation: Cancelled);
        PredictionDocument[] courses = [.. VirtualCohort.Draw(Two, VirtualBody.Head).Select(Predicted)];
        int last = courses[0].TimesDays.Count - 1;

        Near(courses.Average(course => course.Landmarks.Average(landmark => landmark.LiftMm[0])), Row(result, "lift", 0).Mean);
        Near(courses.Average(course => course.Landmarks[0].LiftMm[last]), Row(result, "lift at jowl.left", 1).Mean);
        Near(courses.Average(course => course.Landmarks.Average(landmark => landmark.LiftMm[last] + landmark.UntreatedMm[last])), Row(result, "shift", 1).Mean);
        Assert.Equal(1, Row(result, "relativeLift", 0).Mean, 12);
        Near(courses.Average(course => course.Landmarks.Average(landmark => landmark.LiftMm[last]) / course.Landmarks.Average(landmark => landmark.LiftMm[0])), Row(result, "relativeLift", 1).Mean);
        Assert.Equal((1, null), (Row(result, "shareAbove 0.01 mm", 0).Mean, Row(result, "shareAbove 0.01 mm", 0).StandardDeviation));
        Near(courses[0].Threads[0].Strength[last], Row(result, "strength", 1).Mean);
        Near(courses[0].Threads[0].Mass[last], Row(result, "mass", 1).Mean);
        Assert.Equal(1, Row(result, "collagen", 0).Mean);
        Assert.True(Row(result, "collagen", 1).Mean > 1);
        Near(courses.Average(course => course.SupportIndex[last]), Row(result, "firmness", 1).Mean);
        Near(courses.Average(course => course.SupportIndex[last] / course.UntreatedSupportIndex[last]), Row(result, "firmnessGain", 1).Mean);
        double[] lifts = [.. courses.Select(course => course.Landmarks.Average(landmark => landmark.LiftMm[0]))];
        TrialRow lift = Row(result, "lift", 0);
        Assert.Equal(2, lift.Count);
        Near(Math.Abs(lifts[0] - lifts[1]) / Math.Sqrt(2), lift.StandardDeviation!.Value);
        Near(lifts.Min(), lift.Smallest!.Value);
        Near(lifts.Max(), lift.Largest!.Value);
    }

    [Fact]
    public void The_number_of_threads_of_execution_changes_nothing_and_a_fact_does()
    {
        Trial trial = Of(Arm() with { Cohort = Two with { Patients = 1 }, VisitsMonths = [0] });
        TrialResult once = TrialRunner.Run(trial, threads: 1, cancellation: Cancelled);
        Assert.Equal(once.Rows, TrialRunner.Run(trial, threads: 2, cancellation: Cancelled).Rows);
        TrialResult weaker = TrialRunner.Run(trial with { Facts = new Dictionary<string, double> { ["barb.holding-force"] = 0.005 } }, threads: 2, cancellation: Cancelled);
        Assert.True(Row(weaker, "lift", 0).Mean < 0.7 * Row(once, "lift", 0).Mean);
    }

    [Fact]
    public void A_landmark_that_the_plan_does_not_count_is_refused_with_those_that_it_does()
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => TrialRunner.Run(
            Of(Arm() with { Cohort = Two with { Patients = 1 }, Endpoints = [new() { Kind = TrialEndpointKind.Lift, Landmark = "brow-peak" }] }), threads: 2, cancellation: Cancelled));
        Assert.Contains("endpoints[0].landmark", refused.Message, StringComparison.Ordinal);
        Assert.Contains("jowl.left, jowl.right", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => TrialRunner.Run(Of(Arm()), threads: 2, cancellation: ended.Token));
    }

    [Fact]
    public void Threads_and_tissue_on_the_bench_are_those_of_the_biology()
    {
        TrialResult result = TrialRunner.Run(new Trial
        {
            Name = "bench",
            Threads = [new() { Name = "buffer", Material = ThreadMaterial.Pdo, DiameterMm = 0.2, Environment = PolymerEnvironment.InVitro, Days = [7, 28] }],
            Responses = [new() { Name = "rat", Material = ThreadMaterial.Plla, DiameterMm = 0.2, Species = ResponseSpecies.Rat, Strands = 3, AtBarb = true, Days = [14, 84] }],
        }, threads: 1, cancellation: Cancelled);
        PolymerState state = Polymer.State(ThreadMaterial.Pdo, 0.2, 28, PolymerEnvironment.InVitro);
        Assert.Equal(state.Strength, Row(result, "strength", 28).Mean);
        Assert.Equal(state.MolarMassRatio, Row(result, "molarMass", 28).Mean);
        TissueResponseCourse tissue = TissueResponse.Simulate(new TissueResponseInput { Material = ThreadMaterial.Plla, DiameterMm = 0.2, Species = ResponseSpecies.Rat, Strands = 3, IsBarb = true }, [14, 84]);
        Assert.Equal(tissue.Collagen[1], Row(result, "collagen", 84).Mean);
        Assert.Equal(tissue.CollagenSynthesisRate[0], Row(result, "synthesis", 14).Mean);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static TrialArm Arm() => new() { Name = "A", Cohort = Two, Protocol = Jaw, VisitsMonths = [0, 1], Endpoints = [new() { Kind = TrialEndpointKind.Lift }], EdgeLengthMm = EdgeMm };

    private static Trial Of(TrialArm arm) => new() { Name = "trial", Arms = [arm] };

    private static TrialRow Row(TrialResult result, string endpoint, double at) => Assert.Single(result.Rows, row => row.Endpoint == endpoint && row.At == at);

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 9);

    private static PredictionDocument Predicted(CohortMember member)
    {
        VirtualPatient patient = VirtualPatient.Create(member.Traits);
        ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan, Landmarks = patient.Landmarks, Scan = new ScanReference { Path = "x", Sha256 = "", Unit = "mm" }, Patient = member.Description, Area = TreatmentArea.Jawline, ThreadsPerSide = 1,
        });
        return CoursePredictor.Predict(plan, patient.Scan, "x", new PredictionOptions { Months = 1, EdgeLengthMm = EdgeMm }, cancellation: Cancelled).Document;
    }
}
