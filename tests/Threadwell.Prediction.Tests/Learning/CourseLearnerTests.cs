using MathNet.Numerics.Distributions;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Learning;

/// <summary>Learning on made-up courses whose lift is a height that falls at a rate, both uncertain.</summary>
public class CourseLearnerTests
{
    private const int Courses = 128;
    private static readonly double[] Times = [0, 30, 90, 180, 360, 720];
    private static readonly string[] Landmarks = ["jowl.left", "jowl.right"];

    [Fact]
    public void A_patient_who_lifts_less_than_predicted_is_believed_to_go_on_so()
    {
        LearnedDocument learned = Learn(new FollowUpObservation { Day = 90, Landmark = "jowl.left", PositionMm = 1.2, ErrorMm = 0.2 });
        CurveBand before = learned.Prior.Landmarks[0].LiftMm, after = learned.Posterior.Ensemble!.Landmarks[0].LiftMm;
        int year = Array.IndexOf(Times, 360);
        Assert.True(after.Median[year] < 0.85 * before.Median[year]);
        Assert.True(after.High90[year] - after.Low90[year] < 0.8 * (before.High90[year] - before.Low90[year]));
        Assert.Equal(after.Median[year], learned.Posterior.Landmarks[0].LiftMm[year]);

        // The other side shares the height, so it is learned of too; it was not measured itself, so less.
        CurveBand other = learned.Posterior.Ensemble.Landmarks[1].LiftMm;
        Assert.True(other.Median[year] < learned.Prior.Landmarks[1].LiftMm.Median[year]);
        Assert.Equal("barb.holding-force", learned.Facts[0].Name);
        Assert.True(learned.Facts[0] is { Mean: < -0.3, Deviation: < 0.95 });
        Assert.False(Assert.Single(learned.Observations).IsUnforeseen);
    }

    [Fact]
    public void What_no_course_foresaw_is_said()
    {
        ObservationCheck check = Assert.Single(Learn(new FollowUpObservation { Day = 30, Landmark = "jowl.left", PositionMm = -3, ErrorMm = 0.2 }).Observations);
        Assert.True(check is { IsUnforeseen: true, PriorShare: < 0.005 });
        Assert.True(check.PositionMm < check.Prior.Low90);
    }

    [Fact]
    public void Measurements_in_another_order_teach_the_same()
    {
        FollowUpObservation early = new() { Day = 30, Landmark = "jowl.left", PositionMm = 2, ErrorMm = 0.3 }, late = new() { Day = 180, Landmark = "jowl.right", PositionMm = 1, ErrorMm = 0.3 };
        Assert.Equal(Learn(early, late).Posterior.Ensemble!.MeanLiftMm.Median, Learn(late, early).Posterior.Ensemble!.MeanLiftMm.Median);
    }

    [Theory]
    [InlineData(90, "chin", 1, 0.2, "observations[0].landmark")]
    [InlineData(1000, "jowl.left", 1, 0.2, "observations[0].day")]
    [InlineData(-1, "jowl.left", 1, 0.2, "observations[0].day")]
    [InlineData(90, "jowl.left", double.NaN, 0.2, "observations[0]")]
    [InlineData(90, "jowl.left", 1, 0, "observations[0]")]
    public void A_measurement_of_nothing_predicted_is_refused_at_its_place(double day, string landmark, double position, double error, string place)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Learn(new FollowUpObservation { Day = day, Landmark = landmark, PositionMm = position, ErrorMm = error }));
        Assert.Equal(place, refused.Place);
    }

    [Fact]
    public void Courses_of_another_prediction_and_no_measurement_at_all_are_refused()
    {
        (PredictionDocument prediction, EnsembleSamples samples) = Made();
        FollowUpObservation[] one = [new FollowUpObservation { Day = 30, Landmark = "jowl.left", PositionMm = 2, ErrorMm = 0.3 }];
        Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples with { InputSha256 = "other" }, one, "x"));
        Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction with { Ensemble = null }, samples, one, "x"));
        Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples, [], "x"));
        Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples with { ModelVersion = "1" }, one, "x"));
        Assert.Equal("observations[0]", Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples, [null!], "x")).Place);

        // As a file may be that somebody has edited.
        DrawnCourse first = samples.Courses[0];
        DrawnCourse?[] broken = [null, first with { Shares = [0.5] }, first with { Shares = [0, 0.5] }, first with { LiftMm = [first.LiftMm[0]] }, first with { SupportIndex = [1] }, first with { UntreatedMm = [[double.NaN], first.UntreatedMm[1]] }];
        Assert.All(broken, course => Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples with { Courses = [course!, .. samples.Courses.Skip(1)] }, one, "x")));
        Assert.Throws<InvalidInputException>(() => CourseLearner.Learn(prediction, samples with { SchemaVersion = 9 }, one, "x"));
    }

    [Fact]
    public void Courses_drawn_over_a_number_that_the_catalogue_has_lost_since_teach_the_same_of_the_rest()
    {
        (PredictionDocument prediction, EnsembleSamples samples) = Made();
        FollowUpObservation[] one = [new FollowUpObservation { Day = 90, Landmark = "jowl.left", PositionMm = 1.2, ErrorMm = 0.2 }];
        LearnedDocument known = CourseLearner.Learn(prediction, samples, one, "x"), lost = CourseLearner.Learn(prediction, samples with { Facts = ["no.such-fact", samples.Facts[1]] }, one, "x");
        Assert.Equal(known.Posterior.Ensemble!.MeanLiftMm.Median, lost.Posterior.Ensemble!.MeanLiftMm.Median);
        Assert.Equal(known.Facts.Where(fact => fact.Name != samples.Facts[0]), lost.Facts);
        Assert.NotEqual(known.Facts.Count, lost.Facts.Count);
    }

    private static LearnedDocument Learn(params FollowUpObservation[] observations)
    {
        (PredictionDocument prediction, EnsembleSamples samples) = Made();
        return CourseLearner.Learn(prediction, samples, observations, "visits.json");
    }

    private static (PredictionDocument Prediction, EnsembleSamples Samples) Made()
    {
        var draw = new SobolSequence(4, 2);
        double[][] shares = [.. Enumerable.Range(0, Courses).Select(course => Enumerable.Range(0, 4).Select(dimension => draw[course, dimension]).ToArray())];
        SampleCourse[] courses = [.. shares.Select(Course)];
        SampleCourse middle = Course([0.5, 0.5, 0.5, 0.5]);
        LandmarkCourse[] landmarks = [.. Landmarks.Select((name, at) => new LandmarkCourse { Name = name, Vector = Vector3D.UnitY, LiftMm = middle.LiftMm[at], UntreatedMm = middle.UntreatedMm[at] })];
        var prediction = new PredictionDocument
        {
            ModelVersion = "0",
            InputSha256 = "input",
            Seed = 2,
            TimesDays = Times,
            Landmarks = landmarks,
            Threads = [],
            SupportIndex = middle.Support,
            UntreatedSupportIndex = middle.UntreatedSupport,
            Summary = CourseSummary.Of(Times, landmarks, middle.Support, middle.UntreatedSupport),
            Mesh = new MeshFacts { Nodes = 1, Elements = 1, Columns = 1, EdgeLengthMm = 1, SmallestScaledJacobian = 1 },
            Residuals = [],
            Warnings = [],
            Ensemble = EnsembleRunner.Document(courses, landmarks, Times, new ReducedModelFacts { Nodes = 1, EdgeLengthMm = 1, LiftScaleError = 0, LiftErrorMm = 0.05, SupportError = 0 }),
        };
        return (prediction, new EnsembleSamples
        {
            ModelVersion = "0",
            InputSha256 = "input",
            Seed = 2,
            TimesDays = Times,
            Landmarks = Landmarks,
            Facts = ["barb.holding-force", "pdo.strength.weibull-scale"],
            Courses = [.. courses.Select((course, index) => new DrawnCourse
            {
                Shares = [.. shares[index].Take(2)],
                LiftMm = course.LiftMm,
                UntreatedMm = course.UntreatedMm,
                SupportIndex = course.Support,
                UntreatedSupportIndex = course.UntreatedSupport,
            })],
        });
    }

    private static SampleCourse Course(double[] shares)
    {
        double[] deviates = [.. shares.Select(share => Normal.InvCDF(0, 1, share))];
        double height = 2.5 * Math.Exp(0.3 * deviates[0]), rate = 0.003 * Math.Exp(0.2 * deviates[1]);
        double[] Lift(double side) => [.. Times.Select(day => height * Math.Exp(0.1 * side) * Math.Exp(-rate * day))];
        double[] aged = [.. Times.Select(day => -0.0004 * day)], support = [.. Times.Select(day => 1 + (0.1 * (1 - Math.Exp(-day / 90))))], without = [.. Times.Select(_ => 1.0)];
        return new SampleCourse([Lift(deviates[2]), Lift(deviates[3])], [aged, aged], support, without);
    }
}
