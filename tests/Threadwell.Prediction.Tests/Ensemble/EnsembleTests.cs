using System.Text.Json;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>The bands of a prediction on the sample patient, with few and coarse courses.</summary>
public sealed class EnsembleTests
{
    private const double Months = 6;
    private const double EdgeMm = 9;

    private static readonly VirtualPatient Patient = VirtualPatient.Create(new VirtualPatientTraits());
    private static readonly ThreadPlan Plan = PreviewPlans.Standard(Patient, TreatmentArea.Jawline);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void BandsLieRoundTheCourseInOrderAndDoNotDependOnTheThreadsOfExecution()
    {
        PredictionDocument one = Predict(threads: 1, samples: 20);
        EnsembleDocument bands = one.Ensemble!;
        Assert.Equal(JsonSerializer.Serialize(bands), JsonSerializer.Serialize(Predict(threads: 2, samples: 20).Ensemble));
        Assert.Equal((20, 0, UncertainFacts.All.Count), (bands.Samples, bands.Failed, bands.Facts));
        foreach (CurveBand band in (CurveBand[])[bands.MeanLiftMm, bands.MeanPositionMm, bands.MeanUntreatedMm, bands.SupportIndex, bands.UntreatedSupportIndex, bands.SupportGain!, .. bands.Landmarks.Select(landmark => landmark.LiftMm)])
        {
            for (int time = 0; time < one.TimesDays.Count; time++)
            {
                Assert.True(band.Low90[time] <= band.Low50[time] && band.Low50[time] <= band.Median[time] && band.Median[time] <= band.High50[time] && band.High50[time] <= band.High90[time]);
            }
        }

        // The gain is that of each course: as both its indices go together it is known better than they are, and no percentile of its largest value lies below the same one at any time.
        CurveBand gain = bands.SupportGain!;
        Assert.All(Enumerable.Range(1, one.TimesDays.Count - 1), time => Assert.True(Width(gain, time) < Width(bands.SupportIndex, time) + Width(bands.UntreatedSupportIndex, time)));
        Assert.True(gain.Low90.Max() <= bands.Summary.LargestSupportGain.Low90 && gain.Median.Max() <= bands.Summary.LargestSupportGain.Median && gain.High90.Max() <= bands.Summary.LargestSupportGain.High90);

        // Numbers that nobody knows better than within a factor of ten leave the lift of day 0 open by a tenth at least.
        Assert.True(bands.Summary.LiftNowMm.High90 - bands.Summary.LiftNowMm.Low90 > 0.1 * one.Summary.LiftNowMm);
        Assert.InRange(one.Summary.LiftNowMm, bands.Summary.LiftNowMm.Low90!.Value, bands.Summary.LiftNowMm.High90!.Value);

        // The course itself is what it is without bands.
        PredictionDocument alone = Predict(threads: 2, samples: 0);
        Assert.Null(alone.Ensemble);
        Assert.Equal(JsonSerializer.Serialize(alone), JsonSerializer.Serialize(one with { Ensemble = null }));
    }

    [Fact]
    public void TheReducedModelGivesTheSingleCourseBackForItsOwnValuesAndFollowsOtherValuesAsTheFullOneDoes()
    {
        PredictionOptions options = Options(threads: 2, samples: 0);
        CoursePrediction full = CoursePredictor.Predict(Plan, Patient.Scan, "plan", options, null, Cancelled);
        SampleCourse single = CurvesOf(full.Document);
        ReducedModel model = CoursePredictor.Reduce(Plan, Patient.Scan, "plan", options, full.Tissue, single, Cancelled);
        SampleCourse same = model.Sample(FactValues.Catalogue, Cancelled)!;
        Assert.All(Enumerable.Range(0, single.Support.Length), time => Assert.Equal(single.Support[time], same.Support[time], 1e-12));
        Assert.All(single.LiftMm.Zip(same.LiftMm), pair => Assert.All(pair.First.Zip(pair.Second), values => Assert.Equal(values.First, values.Second, 1e-9)));

        // Its own stated error, and a sample's: softer holding and a slower polymer.
        FactValues other = FactValues.Catalogue.With(KeyValuePair.Create("barb.holding-force", 0.3), KeyValuePair.Create("pdo.strength.weibull-scale", 48.0), KeyValuePair.Create("technique.gather-factor", 0.8));
        SampleCourse reduced = model.Sample(other, Cancelled)!;
        SampleCourse exact = CurvesOf(CoursePredictor.Predict(Plan, Patient.Scan, "plan", options with { Facts = other }, null, Cancelled).Document);
        double lift = full.Document.Summary.LiftNowMm;
        Assert.InRange(model.Facts.LiftErrorMm, 0, 0.1 * lift);
        for (int target = 0; target < exact.LiftMm.Length; target++)
        {
            double before = exact.LiftMm[target][0] - single.LiftMm[target][0];
            double told = reduced.LiftMm[target][0] - single.LiftMm[target][0];

            // What the values change on day 0 is far above what the model errs in telling it.
            Assert.True(Math.Abs(before) > 0.1 * lift);
            Assert.InRange(told - before, -0.05 * lift, 0.05 * lift);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(-1)]
    public void TooFewCoursesAreRefused(int samples)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Predict(threads: 1, samples));
        Assert.Contains("0 or 20 to 4096", refused.Message, StringComparison.Ordinal);
    }

    private static PredictionOptions Options(int threads, int samples) => new() { Months = Months, EdgeLengthMm = EdgeMm, Threads = threads, Samples = samples };

    private static PredictionDocument Predict(int threads, int samples) => CoursePredictor.Predict(Plan, Patient.Scan, "plan", Options(threads, samples), null, Cancelled).Document;

    private static double Width(CurveBand band, int time) => band.High90[time] - band.Low90[time];

    private static SampleCourse CurvesOf(PredictionDocument document) => SampleCourse.Of(document.Landmarks, [.. document.SupportIndex], [.. document.UntreatedSupportIndex]);
}
