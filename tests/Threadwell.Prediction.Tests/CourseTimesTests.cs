using Threadwell.Geometry;

namespace Threadwell.Prediction.Tests;

public sealed class CourseTimesTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(11.9)]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(120)]
    public void Times_rise_from_day_zero_to_the_asked_end(double months)
    {
        double[] days = CourseTimes.Days(months);
        Assert.Equal(0, days[0]);
        Assert.Equal(months * 365.25 / 12, days[^1], 9);
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.True(pair.Second > pair.First));
    }

    [Fact]
    public void Five_years_hold_the_days_that_people_compare()
    {
        double[] days = CourseTimes.Days(60);
        Assert.Contains(360.0, days);
        Assert.Contains(720.0, days);
        Assert.InRange(days.Length, 20, 36);
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 240));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(121)]
    [InlineData(double.NaN)]
    public void A_length_out_of_range_is_refused(double months) =>
        Assert.Throws<InvalidInputException>(() => CourseTimes.Days(months));

    /// <summary>Few times stand where a course changes: most of them in the months in which the lift falls.</summary>
    [Fact]
    public void FewTimesAreChosenWhereTheCourseChanges()
    {
        double[] days = CourseTimes.Days(60);
        double[] lift = [.. days.Select(day => 2 / (1 + Math.Exp((day - 160) / 15)))];
        double[] few = CourseTimes.Fewer(days, [lift], 10);
        Assert.Equal(10, few.Length);
        Assert.Equal((days[0], days[^1]), (few[0], few[^1]));
        Assert.All(few, day => Assert.Contains(day, days));
        Assert.True(few.Count(day => day is >= 120 and <= 210) >= 4);
        Assert.Equal(days, CourseTimes.Fewer(days, [lift], 1000));
    }
}
