using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>What early movement, massage and heat do: they work barbs loose and disturb the healing, and following the advice changes nothing.</summary>
public sealed class AftercareTests
{
    private const double Months = 12;
    private static readonly double[] Times = CourseTimes.Days(Months);
    private static readonly Lazy<CourseComputation> AsAdvised = new(() => Run(new AftercareHabits(false, false, false)));
    private static readonly Lazy<CourseComputation> Poor = new(() => Run(AftercareHabits.Of(AftercareAdherence.Poor)));

    /// <summary>The patch's course of this version of the model, in numbers: a change that moves them needs another version, as stored runs and pictures rest on them.</summary>
    [Fact]
    public void AsAdvisedTheCourseIsThatOfTheModelsVersion()
    {
        PredictionDocument course = CheekPatch.Predict(CheekPatch.Plan(), Months).Document;
        int[] times = [0, 3, 8, course.TimesDays.Count - 1];
        Assert.Equal("0.4.0", course.ModelVersion);
        Assert.Equal([1.26376, 1.275432, 0.754866, 0.133574], times.Select(time => Math.Round(course.Landmarks[0].LiftMm[time], 6)));
        Assert.Equal([1, 1.004821, 1.014714, 1.010473], times.Select(time => Math.Round(course.SupportIndex[time], 6)));
    }

    [Fact]
    public void TheShareWorkedLooseIsThatOfTheDaysWithinTheWeeksOfEach()
    {
        var both = new EarlyDisturbance(new AftercareHabits(EarlyMovement: true, Massage: true, Heat: false), FactValues.Catalogue);
        double movement = EvidenceCatalogue.Value("aftercare.movement.loosening", "1/d"), massage = EvidenceCatalogue.Value("aftercare.massage.loosening", "1/d");
        Assert.Equal(1 - Math.Exp(-10 * (movement + massage)), both.Loosened(0, 10), 1e-15);
        Assert.Equal(1 - Math.Exp(-(21 * movement) - (42 * massage)), both.Loosened(0, 100), 1e-12);
        Assert.Equal(0, both.Loosened(42, 50));
        Assert.Equal(1.2, both.PeakLoad(20));
        Assert.Equal(1, both.PeakLoad(21));
        var rest = new EarlyDisturbance(new AftercareHabits(false, false, false), FactValues.Catalogue);
        Assert.Equal((0, 1), (rest.Loosened(0, 100), rest.PeakLoad(0)));
        Assert.Equal(0, rest.Response.InjuryUntilDay + rest.Response.HeatUntilDay);
        Assert.Equal(1, rest.Response.LastingSynthesis);
    }

    [Fact]
    public void TheMoreMovementTheMoreBarbsGiveAndTheLessLiftIsLeft()
    {
        double[] rates = [0, 0.02, 0.05, 0.1];
        CourseComputation[] courses = [.. rates.Select(rate => Run(new AftercareHabits(true, false, false), KeyValuePair.Create("aftercare.movement.loosening", rate)))];
        foreach ((CourseComputation less, CourseComputation more) in courses.Zip(courses.Skip(1)))
        {
            Assert.True(Loosened(more) > Loosened(less));
            Assert.All(Enumerable.Range(1, Times.Length - 1), time => Assert.True(Lift(more, time) < Lift(less, time), $"Day {Times[time]}: {Lift(more, time)} with more movement, {Lift(less, time)} with less."));
            Assert.Equal(Lift(less, 0), Lift(more, 0));
        }
    }

    [Fact]
    public void AtThePeaksOfMovementWeakBarbsSlip()
    {
        KeyValuePair<string, double> weak = new("barb.holding-force", 0.1);
        CourseComputation rest = Run(new AftercareHabits(false, false, false), weak);
        CourseComputation moved = Run(new AftercareHabits(true, false, false), weak, KeyValuePair.Create("aftercare.movement.loosening", 0.0), KeyValuePair.Create("aftercare.movement.peak-load", 1.6));
        double Slip(CourseComputation course) => course.Treated.Threads[2].Sum(thread => thread.Barbs.Sum(barb => Math.Abs(barb.SlipMm)));
        Assert.True(Slip(moved) > Slip(rest), $"{Slip(moved)} and {Slip(rest)} mm in all.");
        Assert.True(Lift(moved, 2) < Lift(rest, 2));
    }

    /// <summary>Each habit alone and all together: lift is never above that of rest, and support never by more than the share that the rows of collagen leave open.</summary>
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public void PoorAftercareRaisesNeitherLiftNorSupport(bool movement, bool massage, bool heat)
    {
        CourseComputation rest = AsAdvised.Value, disturbed = Run(new AftercareHabits(movement, massage, heat));
        for (int time = 0; time < Times.Length; time++)
        {
            // Heat's direction is not known, its effect is below a hundredth.
            Assert.True(Lift(disturbed, time) <= 1.01 * Lift(rest, time), $"Day {Times[time]}: lift {Lift(disturbed, time)} and {Lift(rest, time)} mm.");
            Assert.True(Gain(disturbed, time) <= Gain(rest, time) + (0.05 * Gains(rest)), $"Day {Times[time]}: support gains {Gain(disturbed, time)} and {Gain(rest, time)}.");
        }
    }

    /// <summary>What the rows leave open: at the ends that raise collagen most, no more than A-444 says.</summary>
    [Theory]
    [InlineData(ThreadMaterial.Pdo)]
    [InlineData(ThreadMaterial.Plla)]
    [InlineData(ThreadMaterial.Pcl)]
    [InlineData(ThreadMaterial.Plcl)]
    public void TheRowsLeaveNoMoreCollagenOpenThanTheySay(ThreadMaterial material)
    {
        FactValues raising = FactValues.Catalogue.With(((string[])["aftercare.massage.injury", "aftercare.massage.synthesis-factor", "aftercare.massage.until", "aftercare.heat.recruitment-factor", "aftercare.heat.synthesis-factor", "aftercare.heat.until"])
            .Select(name => new KeyValuePair<string, double>(name, EvidenceCatalogue.Get(name).High!.Value)));
        double Largest(FactValues facts)
        {
            ResponseDisturbance disturbance = new EarlyDisturbance(AftercareHabits.Of(AftercareAdherence.Poor), facts).Response;
            var input = new TissueResponseInput { Material = material, DiameterMm = 0.32 };
            double[] days = [180, 365, 730, 1826];
            return TissueResponse.Simulate(input with { Disturbance = disturbance }, days).Collagen.Zip(TissueResponse.Simulate(input, days).Collagen, (disturbed, rest) => disturbed / rest).Max();
        }

        Assert.InRange(Largest(FactValues.Catalogue), 0.85, 1.01);
        Assert.InRange(Largest(raising), 1, 1.4);
    }

    /// <summary>Every milligram of collagen that the disturbed response makes at barbs that gave is still accounted for.</summary>
    [Fact]
    public void MassBalancesWhereBarbsGave()
    {
        CourseComputation poor = Poor.Value;
        TissueResponseCourse response = poor.Biology.Response(0, atBarb: true);
        Assert.NotEqual(AsAdvised.Value.Biology.Response(0, atBarb: true).Collagen, response.Collagen);
        for (int time = 0; time < Times.Length; time++)
        {
            Assert.Equal(response.CollagenMade[time] - response.CollagenLost[time], response.Collagen[time], 1e-9);
        }

        // What the networks are given adds up to what the response holds: kept and born of every step.
        double mass = 0;
        for (int time = 1; time < Times.Length; time++)
        {
            TissueStep step = poor.Biology.Step(time, poor.Deposition.Deposits, NetworkBirths.All);
            int barbs = Enumerable.Range(0, poor.Deposition.Deposits.Count).First(index => poor.Deposition.Deposits[index] is { Thread: 0, AtBarb: true });
            mass = (step.NewCollagenKept * mass) + step.NewCollagenBorn[barbs];
        }

        Assert.Equal(response.Collagen[^1], mass, 1e-9);
    }

    [Fact]
    public void TheSameHabitsGiveTheSameBitsOnOneAndTwoThreads() =>
        Assert.Equal(Poor.Value.Treated.Displacement[^1], RunOn(1, AftercareHabits.Of(AftercareAdherence.Poor)).Treated.Displacement[^1]);

    private static CourseComputation Run(AftercareHabits habits, params KeyValuePair<string, double>[] values) => RunOn(2, habits, values);

    private static CourseComputation RunOn(int threads, AftercareHabits habits, params KeyValuePair<string, double>[] values)
    {
        LayeredTissue tissue = CheekPatch.Tissue(5);
        var options = new PredictionOptions { Months = Months, Threads = threads, Habits = habits, Facts = FactValues.Catalogue.With(values) };
        return CourseComputation.Run(CheekPatch.Plan(), tissue, Times, options, new EquilibriumOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
    }

    private static double Lift(CourseComputation course, int time) =>
        LandmarkLift.Of(CheekPatch.Plan(), course.Mechanics.Tissue, course.Treated, course.Untreated, "plan").Single().LiftMm[time];

    private static double Loosened(CourseComputation course) => course.Treated.Threads[^1].Sum(thread => thread.Barbs.Sum(barb => Math.Abs(barb.LoosenedMm)));

    private static double Gain(CourseComputation course, int time) => course.Support[time] - course.UntreatedSupport[time];

    private static double Gains(CourseComputation course) => Enumerable.Range(0, Times.Length).Max(time => Gain(course, time));
}
