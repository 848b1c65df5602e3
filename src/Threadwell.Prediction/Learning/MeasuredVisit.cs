using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>What a scan at a visit says of the landmarks' positions.</summary>
public static class MeasuredVisit
{
    // A shift below this cannot be told from the registration's own error (E-069's control), mm.
    private const double SmallestErrorMm = 0.1;

    /// <summary>
    /// The positions that a measured contour tells. A contour shows less than the tissue moves, so it is compared with the contour that the prediction would have shown: where it went further
    /// than that, the landmark is taken to have gone as much further than predicted.
    /// </summary>
    /// <param name="measurement">The measurement, made with the plan and the day.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="source">What an error message names as the measurement.</param>
    /// <exception cref="InvalidInputException">The measurement has no day or no contour of a target beside its prediction.</exception>
    public static IReadOnlyList<FollowUpObservation> Observations(MeasurementDocument measurement, PredictionDocument prediction, string source)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(prediction);
        if (measurement.Day is not { } day)
        {
            throw new InvalidInputException(source, "day", "the measurement has no day: measure with --plan and --day.");
        }

        if (day > prediction.TimesDays[^1])
        {
            throw new InvalidInputException(source, "day", FormattableString.Invariant($"day {day:0.##} is not within the {prediction.TimesDays[^1]:0} days that were predicted."));
        }

        FollowUpObservation[] found =
        [
            .. measurement.Landmarks.Where(landmark => landmark is { ContourMm: not null, ContourErrorMm: not null, Predicted.ContourMm: not null })
                .SelectMany(landmark => prediction.Landmarks.Where(course => course.Name == landmark.Name).Select(course => new FollowUpObservation
                {
                    Day = day,
                    Landmark = landmark.Name,
                    PositionMm = Position(course, prediction.TimesDays, day) + landmark.ContourMm!.Value - landmark.Predicted!.ContourMm!.Value,
                    ErrorMm = Math.Max(SmallestErrorMm, landmark.ContourErrorMm!.Value),
                })),
        ];
        return found.Length > 0
            ? found
            : throw new InvalidInputException(source, "landmarks", "the shape tells no shift at a target of the plan beside what was predicted: measure with --plan and --day, or give positions with --observations.");
    }

    private static double Position(LandmarkCourse course, IReadOnlyList<double> timesDays, double day) =>
        CourseTimes.At(course.LiftMm, timesDays, day) + CourseTimes.At(course.UntreatedMm, timesDays, day);
}
