using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>Two plans of one person, course by course, with courses in closed form: a level that is drawn, and a fall that is the plan's.</summary>
public sealed class CourseDifferenceTests
{
    private const int Courses = 40;
    private const double LevelOfCatalogue = 2;

    private static readonly double[] Times = [0, 100, 200];

    [Fact]
    public void What_is_drawn_alike_leaves_the_difference_however_wide_either_band_is()
    {
        (PredictionDocument prediction, EnsembleSamples samples) first = Made(more: 0.3, Times), second = Made(more: 0, Times);
        CourseDifference difference = CourseDifference.Of(first.prediction, first.samples, second.prediction, second.samples)!;
        Assert.Equal(Courses, difference.Courses);
        Assert.Equal(Times, difference.TimesDays);
        Assert.All(difference.LiftMm.Concat(difference.LiftBandMm.Low90).Concat(difference.LiftBandMm.High90), value => Assert.Equal(0.3, value, 1e-12));
        Assert.All(difference.SupportGainBand.Low90.Concat(difference.SupportGainBand.High90).Concat(difference.SupportGain), value => Assert.Equal(0.03, value, 1e-12));

        // Each by itself leaves ten times that open.
        CurveBand alone = Bands.Of(first.samples.Courses, 1, (course, _) => course.LiftMm[0][0]);
        Assert.True(alone.High90[0] - alone.Low90[0] > 1.5);
        Assert.Equal(new Odds(1, 0), difference.Summary.LiftNowMm);
        Assert.Equal(new Odds(1, 0), difference.Summary.LargestSupportGain);
        CourseDifference turned = CourseDifference.Of(second.prediction, second.samples, first.prediction, first.samples)!;
        Assert.Equal(new Odds(0, 1), turned.Summary.LiftNowMm);
        Assert.Equal(difference.LiftBandMm.Median.Select(value => -value), turned.LiftBandMm.Median);
    }

    [Fact]
    public void What_differs_by_less_than_is_shown_is_the_same_and_so_is_what_neither_reaches()
    {
        (PredictionDocument prediction, EnsembleSamples samples) first = Made(more: 0.004, Times), second = Made(more: 0, Times);
        SummaryOdds odds = CourseDifference.Of(first.prediction, first.samples, second.prediction, second.samples)!.Summary;
        Assert.Equal(new Odds(0, 0), odds.LiftNowMm);

        // Neither course loses half of its lift, or its support, in the days that are simulated.
        Assert.Equal((new Odds(0, 0), new Odds(0, 0)), (odds.LiftHalfLifeMonths, odds.SupportHalfLifeMonths));
    }

    [Fact]
    public void Other_stored_times_are_met_between_and_a_longer_course_is_followed_as_far_as_both_go()
    {
        (PredictionDocument prediction, EnsembleSamples samples) first = Made(more: 0.3, [0, 50, 200, 400]), second = Made(more: 0, Times);
        CourseDifference difference = CourseDifference.Of(first.prediction, first.samples, second.prediction, second.samples)!;
        Assert.Equal([0, 50, 100, 200], difference.TimesDays);
        Assert.All(difference.LiftBandMm.Median, value => Assert.Equal(0.3, value, 1e-12));
    }

    [Fact]
    public void Courses_that_were_not_drawn_alike_are_left_out_and_too_few_say_nothing()
    {
        (PredictionDocument prediction, EnsembleSamples samples) first = Made(more: 0.3, Times), second = Made(more: 0, Times);
        EnsembleSamples Without(int count) => second.samples with { Courses = [.. second.samples.Courses.Skip(count)] };
        Assert.Equal(CourseDifference.FewestPairs, CourseDifference.Of(first.prediction, first.samples, second.prediction, Without(Courses - CourseDifference.FewestPairs))!.Courses);
        Assert.Null(CourseDifference.Of(first.prediction, first.samples, second.prediction, Without(Courses - CourseDifference.FewestPairs + 1)));
        Assert.Null(CourseDifference.Of(first.prediction, first.samples, second.prediction, second.samples with { ModelVersion = "1" }));
        Assert.Null(CourseDifference.Of(first.prediction, first.samples, second.prediction, second.samples with { Facts = ["b"] }));
    }

    private static (PredictionDocument Prediction, EnsembleSamples Samples) Made(double more, double[] times)
    {
        double[] Lift(double level) => [.. times.Select(day => level + more - (0.002 * day))];
        double[] Support(double level) => [.. times.Select(_ => 1 + (level / 20) + (more / 10))];
        double[] flat = [.. times.Select(_ => 1.0)], none = [.. times.Select(_ => 0.0)];
        LandmarkCourse[] landmarks = [new() { Name = "jowl.left", Vector = Vector3D.UnitY, LiftMm = Lift(LevelOfCatalogue), UntreatedMm = none }];
        var prediction = new PredictionDocument
        {
            ModelVersion = "0",
            InputSha256 = $"{more}",
            Seed = 1,
            TimesDays = times,
            Landmarks = landmarks,
            Threads = [],
            SupportIndex = Support(LevelOfCatalogue),
            UntreatedSupportIndex = flat,
            Summary = CourseSummary.Of(times, landmarks, Support(LevelOfCatalogue), flat),
            Mesh = new MeshFacts { Nodes = 1, Elements = 1, Columns = 1, EdgeLengthMm = 1, SmallestScaledJacobian = 1 },
            Residuals = [],
            Warnings = [],
        };
        return (prediction, new EnsembleSamples
        {
            ModelVersion = "0",
            InputSha256 = prediction.InputSha256,
            Seed = 1,
            TimesDays = times,
            Landmarks = ["jowl.left"],
            Facts = ["a"],
            Courses = [.. Enumerable.Range(0, Courses).Select(course => (course + 0.5) / Courses).Select(share => new DrawnCourse
            {
                Shares = [share],
                LiftMm = [Lift(1 + (2 * share))],
                UntreatedMm = [none],
                SupportIndex = Support(1 + (2 * share)),
                UntreatedSupportIndex = flat,
            })],
        });
    }
}
