using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

public sealed class CourseSummaryTests
{
    private static readonly double[] MonthlyDays = [.. Enumerable.Range(0, 61).Select(month => month * CourseTimes.DaysPerMonth)];

    [Fact]
    public void A_straight_fall_crosses_its_levels_where_arithmetic_says()
    {
        // 3 mm falling by 0.1 mm a month to nothing, untreated descending by 0.02 mm a month.
        PredictionSummary summary = Summary(month => Math.Max(0, 3 - (0.1 * month)), month => -0.02 * month, _ => 1, _ => 1);
        Assert.Equal(3, summary.LiftNowMm, 12);
        Assert.Equal(15, summary.LiftHalfLifeMonths!.Value, 9);
        Assert.Equal(28, summary.LiftEndMonths!.Value, 9);
        Assert.Equal(20, summary.VisibleLiftEndMonths!.Value, 9);
        Assert.Equal(25, summary.BackToDayZeroMonths!.Value, 9);
        Assert.Equal(60, summary.SimulatedMonths, 9);
    }

    [Fact]
    public void What_is_not_reached_is_null()
    {
        PredictionSummary summary = Summary(_ => 3, _ => 0, _ => 1.2, _ => 1);
        Assert.Null(summary.LiftHalfLifeMonths);
        Assert.Null(summary.LiftEndMonths);
        Assert.Null(summary.VisibleLiftEndMonths);
        Assert.Null(summary.SupportHalfLifeMonths);
        Assert.Null(summary.SupportEndMonths);
        Assert.Null(summary.BackToDayZeroMonths);
    }

    [Fact]
    public void A_lift_that_returns_above_the_threshold_has_not_ended_at_its_first_dip()
    {
        PredictionSummary summary = Summary(month => month is >= 10 and < 20 ? 0.1 : month < 30 ? 0.5 : 0, _ => 0, _ => 1, _ => 1);
        Assert.InRange(summary.LiftEndMonths!.Value, 29, 30);
    }

    [Fact]
    public void Support_is_counted_from_its_peak_and_against_untreated()
    {
        // Rises to +0.2 at month 10 and falls by 0.01 a month; 5 % of untreated is reached at month 25, half at month 20.
        PredictionSummary summary = Summary(_ => 1, _ => 0, month => 1 + (month <= 10 ? 0.02 * month : Math.Max(0, 0.2 - (0.01 * (month - 10)))), _ => 1);
        Assert.Equal(20, summary.SupportHalfLifeMonths!.Value, 9);
        Assert.Equal(25, summary.SupportEndMonths!.Value, 9);
    }

    private static PredictionSummary Summary(Func<int, double> lift, Func<int, double> untreated, Func<int, double> support, Func<int, double> untreatedSupport)
    {
        double[] Curve(Func<int, double> of) => [.. Enumerable.Range(0, MonthlyDays.Length).Select(of)];
        var landmark = new LandmarkCourse { Name = "jowl.left", Vector = Vector3D.UnitY, LiftMm = Curve(lift), UntreatedMm = Curve(untreated) };
        return CourseSummary.Of(MonthlyDays, [landmark], Curve(support), Curve(untreatedSupport));
    }
}
