using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Derives the summary of design 3.8 from the curves of a course: how much now, half of it until when, none of it until when.</summary>
public static class CourseSummary
{
    /// <summary>Summarises a course.</summary>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="landmarks">Lift curves.</param>
    /// <param name="support">Support index of the treated course.</param>
    /// <param name="untreatedSupport">Support index of the untreated course.</param>
    public static PredictionSummary Of(
        IReadOnlyList<double> timesDays,
        IReadOnlyList<LandmarkCourse> landmarks,
        IReadOnlyList<double> support,
        IReadOnlyList<double> untreatedSupport)
    {
        double[] lift = MeanOver(landmarks, course => course.LiftMm, timesDays.Count);
        double[] untreated = MeanOver(landmarks, course => course.UntreatedMm, timesDays.Count);
        double[] position = [.. lift.Zip(untreated, (l, u) => l + u)];
        double[] gain = [.. support.Zip(untreatedSupport, (s, u) => s - u)];
        double[] relativeGain = [.. support.Zip(untreatedSupport, (s, u) => Math.Abs((s / u) - 1))];
        double measurable = EvidenceCatalogue.Value("outcome.repeatability-of-surface-measurement", "mm");
        double visible = EvidenceCatalogue.Value("clinic.visible-lift-threshold", "mm");
        double supportMargin = EvidenceCatalogue.Value("support.end-margin", "1");

        int peak = 0;
        for (int index = 1; index < gain.Length; index++)
        {
            peak = gain[index] > gain[peak] ? index : peak;
        }

        return new PredictionSummary
        {
            LiftNowMm = lift[0],
            LiftHalfLifeMonths = HalfLifeMonths(timesDays, lift),
            LiftEndMonths = StaysBelow(timesDays, lift, measurable),
            VisibleLiftEndMonths = StaysBelow(timesDays, lift, visible),
            VisibleThresholdMm = visible,
            SupportHalfLifeMonths = gain[peak] > 0 ? FirstBelow(timesDays, gain, gain[peak] / 2, from: peak) : null,
            SupportEndMonths = StaysBelow(timesDays, relativeGain, supportMargin),
            BackToDayZeroMonths = position[0] > 0 ? FirstBelow(timesDays, position, 0, from: 0) : 0,
            SimulatedMonths = timesDays[^1] / CourseTimes.DaysPerMonth,
        };
    }

    /// <summary>First time, in months, at which a lift is less than half of that of day 0; null where it never is.</summary>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="lift">The lift, mm.</param>
    internal static double? HalfLifeMonths(IReadOnlyList<double> timesDays, double[] lift) => FirstBelow(timesDays, lift, lift[0] / 2, from: 0);

    /// <summary>First time, in months, at which a curve falls below a level, by linear interpolation between stored times; null where it never does.</summary>
    private static double? FirstBelow(IReadOnlyList<double> timesDays, double[] curve, double level, int from)
    {
        for (int index = from; index < curve.Length; index++)
        {
            if (curve[index] < level)
            {
                return Crossing(timesDays, curve, level, index) / CourseTimes.DaysPerMonth;
            }
        }

        return null;
    }

    /// <summary>First time, in months, from which a curve stays below a level to its end; null where it ends at or above it.</summary>
    private static double? StaysBelow(IReadOnlyList<double> timesDays, double[] curve, double level)
    {
        int first = curve.Length;
        while (first > 0 && curve[first - 1] < level)
        {
            first--;
        }

        return first == curve.Length ? null : Crossing(timesDays, curve, level, first) / CourseTimes.DaysPerMonth;
    }

    private static double Crossing(IReadOnlyList<double> timesDays, double[] curve, double level, int below)
    {
        if (below == 0 || curve[below - 1] <= curve[below])
        {
            return timesDays[below];
        }

        double fraction = Math.Clamp((curve[below - 1] - level) / (curve[below - 1] - curve[below]), 0, 1);
        return timesDays[below - 1] + (fraction * (timesDays[below] - timesDays[below - 1]));
    }

    private static double[] MeanOver(IReadOnlyList<LandmarkCourse> landmarks, Func<LandmarkCourse, IReadOnlyList<double>> curve, int times)
    {
        var mean = new double[times];
        foreach (LandmarkCourse landmark in landmarks)
        {
            IReadOnlyList<double> values = curve(landmark);
            for (int index = 0; index < times; index++)
            {
                mean[index] += values[index] / landmarks.Count;
            }
        }

        return mean;
    }
}
