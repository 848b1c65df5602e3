using Threadwell.Plans;

namespace Threadwell.Web.Consultation;

/// <summary>Means over the landmarks of a prediction, as patients are told them.</summary>
internal sealed class MeanPatientCourse(PredictionDocument course)
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <summary>Largest support above the untreated course, as a share of day 0.</summary>
    public double LargestGain { get; } = Enumerable.Range(0, course.TimesDays.Count).Max(time => course.SupportIndex[time] - course.UntreatedSupportIndex[time]);

    /// <summary>Mean untreated displacement along the planned vectors at the end, mm; negative is down.</summary>
    public double UntreatedAtEnd { get; } = course.Landmarks.Average(landmark => landmark.UntreatedMm[^1]);

    /// <summary>Mean lift at a month, mm, linear between stored times; the last stored one beyond them.</summary>
    public double LiftAt(double month)
    {
        double day = month * DaysPerMonth;
        int after = 0;
        while (after < course.TimesDays.Count && course.TimesDays[after] < day)
        {
            after++;
        }

        if (after == 0 || after == course.TimesDays.Count)
        {
            return Lift(Math.Min(after, course.TimesDays.Count - 1));
        }

        double share = (day - course.TimesDays[after - 1]) / (course.TimesDays[after] - course.TimesDays[after - 1]);
        return ((1 - share) * Lift(after - 1)) + (share * Lift(after));
    }

    private double Lift(int time) => course.Landmarks.Average(landmark => landmark.LiftMm[time]);
}
