using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>The times at which a course is solved and stored.</summary>
public static class CourseTimes
{
    /// <summary>Days in a month: a twelfth of a Julian year.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    /// <summary>Longest course, months.</summary>
    public const double LongestMonths = 120;

    // Small steps while strength falls and collagen rises, long ones while tissue only turns over.
    private static readonly double[] FirstYearDays =
        [0, 7, 14, 30, 60, 90, 120, 135, 150, 165, 180, 210, 240, 300, 360];

    private const double SecondYearStepDays = 90;
    private const double LaterStepDays = 180;

    /// <summary>Stored times of a course, days, rising from 0 to its end.</summary>
    /// <param name="months">Length in months, above 0 and at most <see cref="LongestMonths"/>.</param>
    /// <exception cref="InvalidInputException">The length is out of range.</exception>
    public static double[] Days(double months)
    {
        if (!(months > 0 && months <= LongestMonths))
        {
            throw new InvalidInputException("--months", null, $"a length above 0 and up to {LongestMonths} months is needed.");
        }

        double end = months * DaysPerMonth;
        var times = FirstYearDays.Where(day => day < end).ToList();
        for (double day = times[^1]; times.Count >= FirstYearDays.Length;)
        {
            day += day < 720 ? SecondYearStepDays : LaterStepDays;

            // A last step shorter than a third of its neighbour would cost a solve and show nothing.
            if (day + (LaterStepDays / 3) >= end)
            {
                break;
            }

            times.Add(day);
        }

        times.Add(end);
        return [.. times];
    }
}
