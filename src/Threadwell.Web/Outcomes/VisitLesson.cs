using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Charts;
using Threadwell.Storage.Files;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Outcomes;

/// <summary>Why nothing was learned from visits.</summary>
public enum NoLesson
{
    /// <summary>Something was.</summary>
    None,

    /// <summary>There is no prediction to learn for.</summary>
    NoPrediction,

    /// <summary>The prediction was made without samples.</summary>
    NoBands,

    /// <summary>The prediction is of an earlier version of the program that kept no courses, or they were too many to keep.</summary>
    NoCourses,

    /// <summary>The courses are of a version of the model that this program does not know any more.</summary>
    OtherModel,

    /// <summary>No visit's scan tells a shift at a target of the plan beside what this prediction said of it.</summary>
    NoMeasurement,
}

/// <summary>What a patient's visits taught of the prediction. It is worked out anew from what is kept whenever it is asked for, so that it follows every measurement that is added, changed or struck out.</summary>
/// <param name="Learned">Before and after; null where nothing was learned.</param>
/// <param name="Why">Why nothing was learned.</param>
/// <param name="Points">What each visit that was learned from says of the mean position, by the visit's key.</param>
/// <param name="Elsewhere">Visits that were measured beside another prediction, and so were not learned from.</param>
/// <param name="Alone">Visits within the predicted time that were measured beside no prediction, because there was none of that day then, and so were not learned from.</param>
public sealed record VisitLesson(LearnedDocument? Learned, NoLesson Why, IReadOnlyDictionary<Guid, MeasuredPoint> Points, int Elsewhere, int Alone)
{
    private const string Source = "visits";

    /// <summary>Learns.</summary>
    /// <param name="course">The visits and the prediction.</param>
    /// <param name="files">The files.</param>
    internal static VisitLesson Of(OutcomeCourse course, FileStore files)
    {
        if (course is not { Prediction: { } prediction, Stored: { } stored })
        {
            return Nothing(NoLesson.NoPrediction);
        }

        if (prediction.Ensemble is null)
        {
            return Nothing(NoLesson.NoBands);
        }

        if (stored.SamplesSha256 is not { } sha256)
        {
            return Nothing(NoLesson.NoCourses);
        }

        (Guid Visit, IReadOnlyList<FollowUpObservation> Told)[] visits =
            [.. course.Rows.Where(row => row.Measured?.Prediction == stored.Id).Select(row => (row.Visit.Id, Told(row.Measured!, prediction))).Where(visit => visit.Item2.Count > 0)];
        int elsewhere = course.Rows.Count(row => row.Measured?.Prediction is { } other && other != stored.Id);

        // A visit beyond the prediction's months has none either, but measuring it again would not change that.
        int alone = course.Rows.Count(row => row.Measured is { Prediction: null, Document.Day: { } day } && day <= prediction.TimesDays[^1]);
        if (visits.Length == 0)
        {
            return Nothing(NoLesson.NoMeasurement) with { Elsewhere = elsewhere, Alone = alone };
        }

        if (SamplesFile.Of(prediction, files.Read(sha256)) is not { } samples)
        {
            return Nothing(NoLesson.OtherModel);
        }

        LearnedDocument learned = CourseLearner.Learn(prediction, samples, [.. visits.SelectMany(visit => visit.Told)], Source);
        return new VisitLesson(learned, NoLesson.None, visits.ToDictionary(visit => visit.Visit, visit => Point(visit.Told, prediction, learned)), elsewhere, alone);
    }

    private static VisitLesson Nothing(NoLesson why) => new(null, why, new Dictionary<Guid, MeasuredPoint>(), 0, 0);

    // A visit beyond the prediction, or whose scan tells no shift at a target, teaches nothing.
    private static IReadOnlyList<FollowUpObservation> Told(VisitMeasurement measured, PredictionDocument prediction)
    {
        try
        {
            return MeasuredVisit.Observations(measured.Document, prediction, "visit");
        }
        catch (InvalidInputException)
        {
            return [];
        }
    }

    /// <summary>The mean position that a visit tells: the predicted mean, and how far the measured landmarks lay from their own predictions. The landmarks share the registration, so their errors are not taken to be independent.</summary>
    private static MeasuredPoint Point(IReadOnlyList<FollowUpObservation> told, PredictionDocument prediction, LearnedDocument learned)
    {
        double day = told[0].Day;
        double Predicted(LandmarkCourse landmark) => CourseTimes.At(landmark.LiftMm, prediction.TimesDays, day) + CourseTimes.At(landmark.UntreatedMm, prediction.TimesDays, day);
        double beyond = told.Average(one => one.PositionMm - Predicted(prediction.Landmarks.First(landmark => landmark.Name == one.Landmark)));
        return new MeasuredPoint(
            day / CourseTimes.DaysPerMonth,
            prediction.Landmarks.Average(Predicted) + beyond,
            Math.Sqrt(told.Average(one => one.ErrorMm * one.ErrorMm)),
            learned.Observations.Any(one => one.Day == day && one.IsUnforeseen));
    }
}
