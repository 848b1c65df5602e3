using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction.Tests;

/// <summary>Lift outlives its threads by mechanism: what each mechanism does when the others are switched off.</summary>
public sealed class CourseMechanismTests
{
    private static readonly Lazy<CoursePrediction> Whole = new(() => CheekPatch.Predict(CheekPatch.Plan(), 24));

    [Fact]
    public void Without_births_nothing_remembers_and_lift_ends_with_the_threads()
    {
        PredictionDocument course = CheekPatch.Predict(CheekPatch.Plan(), 12, NetworkBirths.None).Document;
        int[] gone = [.. Enumerable.Range(0, course.TimesDays.Count).Where(time => course.Threads.All(thread => thread.Stiffness[time] < 1e-3))];
        Assert.NotEmpty(gone);
        Assert.All(gone, time => Assert.InRange(Math.Abs(course.Landmarks[0].LiftMm[time]), 0, 0.01));
        Assert.True(course.Landmarks[0].LiftMm[0] > 0.3, "The threads lift to begin with, or the test shows nothing.");
    }

    [Fact]
    public void Without_new_collagen_less_lift_is_left_at_every_time_after_strength_has_halved()
    {
        PredictionDocument all = Whole.Value.Document;
        PredictionDocument without = CheekPatch.Predict(CheekPatch.Plan(), 24, NetworkBirths.Original).Document;
        int[] weak = [.. Enumerable.Range(0, all.TimesDays.Count).Where(time => all.Threads.All(thread => thread.Strength[time] < 0.5))];
        Assert.True(weak.Length > 5);
        Assert.All(weak, time => Assert.True(
            without.Landmarks[0].LiftMm[time] < all.Landmarks[0].LiftMm[time],
            $"Day {all.TimesDays[time]}: {without.Landmarks[0].LiftMm[time]} mm without, {all.Landmarks[0].LiftMm[time]} mm with new collagen."));
    }

    [Fact]
    public void Every_stored_time_is_its_own_equilibrium()
    {
        PredictionDocument course = Whole.Value.Document;
        Assert.Equal(course.TimesDays.Count, course.Residuals.Count);
        Assert.All(course.Residuals, residual => Assert.InRange(residual, 0, 1e-6));
    }

    [Fact]
    public void The_untreated_face_does_not_move_on_day_zero() =>
        Assert.All(Whole.Value.Untreated[0], displacement => Assert.InRange(displacement.Length, 0, 0.01));

    [Fact]
    public void The_field_that_is_left_after_a_year_is_no_multiple_of_the_first_one()
    {
        CoursePrediction course = Whole.Value;
        int year = course.Document.TimesDays.ToList().IndexOf(360);
        Vector3D[] first = LiftField(course, 0), left = LiftField(course, year);
        double scale = first.Zip(left, Vector3D.Dot).Sum() / first.Sum(v => v.LengthSquared);
        double difference = Math.Sqrt(first.Zip(left, (a, b) => (b - (scale * a)).LengthSquared).Sum() / left.Sum(v => v.LengthSquared));
        Assert.True(difference > 0.05, $"The best multiple of day 0 explains the field at day 360 up to {difference:p1}.");
    }

    [Fact]
    public void Lift_is_lost_but_the_skin_never_falls_below_untreated()
    {
        PredictionDocument course = Whole.Value.Document;
        Assert.All(course.Landmarks[0].LiftMm, lift => Assert.True(lift > -0.02));
        Assert.True(course.Landmarks[0].LiftMm[^1] < 0.5 * course.Landmarks[0].LiftMm[0]);
        Assert.True(course.Landmarks[0].UntreatedMm[^1] < 0, "Untreated skin comes down.");
    }

    [Fact]
    public void A_thread_of_years_holds_longer_than_one_of_months()
    {
        double pdo = Relative(Whole.Value.Document, 360);
        double pcl = Relative(CheekPatch.Predict(CheekPatch.Plan(ThreadMaterial.Pcl), 12).Document, 360);
        Assert.True(pcl > 2 * pdo, $"Share of lift left at a year: PCL {pcl:p0}, PDO {pdo:p0}.");
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes_on_one_and_two_threads()
    {
        byte[] one = PlanJson.ToBytes(CheekPatch.Predict(CheekPatch.Plan(), 3, threads: 1).Document);
        byte[] two = PlanJson.ToBytes(CheekPatch.Predict(CheekPatch.Plan(), 3, threads: 2).Document);
        Assert.Equal(one, two);
    }

    [Fact]
    public void Without_threads_the_course_is_the_untreated_one_to_the_bit()
    {
        CoursePrediction none = CheekPatch.Predict(CheekPatch.Plan() with { Threads = [] }, 6);
        Assert.Equal(none.Untreated.SelectMany(field => field), none.Treated.SelectMany(field => field));
        Assert.Equal(none.Document.UntreatedSupportIndex, none.Document.SupportIndex);
        Assert.All(none.Document.Landmarks[0].LiftMm, lift => Assert.Equal(0, lift));
    }

    [Fact]
    public void Severe_laxity_is_refused()
    {
        ThreadPlan plan = CheekPatch.Plan();
        plan = plan with { Patient = plan.Patient with { Laxity = Laxity.Severe } };
        Assert.Equal("patient.laxity", Assert.Throws<InvalidInputException>(() => CheekPatch.Predict(plan, 1)).Place);
    }

    private static double Relative(PredictionDocument course, double day)
    {
        int time = course.TimesDays.ToList().IndexOf(day);
        time = time < 0 ? course.TimesDays.Count - 1 : time;
        return course.Landmarks[0].LiftMm[time] / course.Landmarks[0].LiftMm[0];
    }

    private static Vector3D[] LiftField(CoursePrediction course, int time) =>
        [.. course.Treated[time].Zip(course.Untreated[time], (treated, untreated) => treated - untreated)];

    /// <summary>On a coarse mesh no centre of a triangle may lie within the reach of a thread's collagen: support is still that of the skin above the threads.</summary>
    [Fact]
    public void SupportIsMeasuredWhereTrianglesAreWiderThanTheReachOfAThread()
    {
        ThreadPlan plan = CheekPatch.Plan();
        LayeredTissue tissue = CheekPatch.Tissue(10);
        var options = new PredictionOptions { Months = 1, Facts = FactValues.Catalogue.With([new("tissue.deposition-dermal-radius", 0.05)]) };
        PredictionDocument course = CoursePredictor.Predict(plan, tissue.Skin, tissue, "plan.json", options, null, TestContext.Current.CancellationToken).Document;
        Assert.Equal(1, course.SupportIndex[0], 1e-6);
        Assert.All(course.SupportIndex, support => Assert.InRange(support, 0.9, 1.2));
    }
}
