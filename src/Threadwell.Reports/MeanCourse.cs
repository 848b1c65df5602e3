using Threadwell.Plans;

namespace Threadwell.Reports;

/// <summary>The means over all landmarks of a prediction, at its stored times.</summary>
internal sealed class MeanCourse
{
    /// <summary>Days of a month as the summary counts them.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    public MeanCourse(PredictionDocument prediction)
    {
        int times = prediction.TimesDays.Count;
        Months = [.. prediction.TimesDays.Select(days => days / DaysPerMonth)];
        Lift = new double[times];
        Untreated = new double[times];
        AgainstDayZero = new double[times];
        foreach (LandmarkCourse landmark in prediction.Landmarks)
        {
            for (int time = 0; time < times; time++)
            {
                Lift[time] += landmark.LiftMm[time] / prediction.Landmarks.Count;
                Untreated[time] += landmark.UntreatedMm[time] / prediction.Landmarks.Count;
            }
        }

        for (int time = 0; time < times; time++)
        {
            AgainstDayZero[time] = Lift[time] + Untreated[time];
        }
    }

    /// <summary>Stored times in months.</summary>
    public double[] Months { get; }

    /// <summary>Mean lift: treated minus untreated, mm.</summary>
    public double[] Lift { get; }

    /// <summary>Mean untreated displacement along the planned vectors since day 0, mm.</summary>
    public double[] Untreated { get; }

    /// <summary>Mean treated displacement along the planned vectors since before the treatment, mm.</summary>
    public double[] AgainstDayZero { get; }

    /// <summary>A course at a month, linear between stored times; the ends hold beyond them.</summary>
    public double At(IReadOnlyList<double> course, double month)
    {
        if (month <= Months[0])
        {
            return course[0];
        }

        for (int time = 1; time < Months.Length; time++)
        {
            if (month <= Months[time])
            {
                double share = (month - Months[time - 1]) / (Months[time] - Months[time - 1]);
                return course[time - 1] + (share * (course[time] - course[time - 1]));
            }
        }

        return course[^1];
    }
}
