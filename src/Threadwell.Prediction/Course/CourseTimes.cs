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

    /// <summary>A few of the stored times of a course, the first and the last among them, closest together where it changes: for courses of which many are computed.</summary>
    /// <param name="timesDays">Stored times of a course, days.</param>
    /// <param name="curves">What changes in it.</param>
    /// <param name="count">How many are wanted, at least 2.</param>
    public static double[] Fewer(IReadOnlyList<double> timesDays, IReadOnlyList<IReadOnlyList<double>> curves, int count)
    {
        // How far the course has come at each time: half by its curves, half by the months, so that no stretch is left without.
        var come = new double[timesDays.Count];
        double[] reaches = [.. curves.Select(curve => Math.Max(curve.Max() - curve.Min(), double.Epsilon))];
        for (int time = 1; time < come.Length; time++)
        {
            double change = curves.Zip(reaches, (curve, reach) => Math.Abs(curve[time] - curve[time - 1]) / reach).Average();
            come[time] = come[time - 1] + change + (Math.Log((30 + timesDays[time]) / (30 + timesDays[time - 1])) / Math.Log((30 + timesDays[^1]) / 30));
        }

        var chosen = new SortedSet<int> { 0, come.Length - 1 };
        while (chosen.Count < Math.Min(count, come.Length))
        {
            // The widest gap that can be divided is divided at the time nearest to its middle.
            (int from, int to) = chosen.Zip(chosen.Skip(1)).Where(gap => gap.Second - gap.First > 1).MaxBy(gap => come[gap.Second] - come[gap.First]);
            double middle = (come[from] + come[to]) / 2;
            chosen.Add(Enumerable.Range(from + 1, to - from - 1).MinBy(time => Math.Abs(come[time] - middle)));
        }

        return [.. chosen.Select(time => timesDays[time])];
    }

    /// <summary>Value of a curve on a day, linear between stored times.</summary>
    /// <param name="curve">The curve, one value for each stored time.</param>
    /// <param name="timesDays">Stored times, days; at least two.</param>
    /// <param name="day">The day, within them.</param>
    public static double At(IReadOnlyList<double> curve, IReadOnlyList<double> timesDays, double day)
    {
        int next = 1;
        while (next + 1 < timesDays.Count && timesDays[next] < day)
        {
            next++;
        }

        double share = (day - timesDays[next - 1]) / (timesDays[next] - timesDays[next - 1]);
        return curve[next - 1] + (share * (curve[next] - curve[next - 1]));
    }
}
