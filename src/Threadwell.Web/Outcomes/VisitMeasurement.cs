using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;

namespace Threadwell.Web.Outcomes;

/// <summary>What a visit's scan showed, as it is kept in one file: the numbers, what they were measured on, and the pictures.</summary>
internal sealed record VisitMeasurement
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The scan before the treatment.</summary>
    public required Guid BeforeScan { get; init; }

    /// <summary>The scan of the visit.</summary>
    public required Guid AfterScan { get; init; }

    /// <summary>The version of the plan that was carried out.</summary>
    public required Guid PlanVersion { get; init; }

    /// <summary>The prediction that was projected to that day; null where there was none.</summary>
    public Guid? Prediction { get; init; }

    /// <summary>Marked points on the first scan, mm, by name.</summary>
    public IReadOnlyDictionary<string, Vector3D> MarksBefore { get; init; } = new Dictionary<string, Vector3D>(StringComparer.Ordinal);

    /// <summary>The same points on the visit's scan, in its frame.</summary>
    public IReadOnlyDictionary<string, Vector3D> MarksAfter { get; init; } = new Dictionary<string, Vector3D>(StringComparer.Ordinal);

    /// <summary>The numbers, as <c>threadwell measure</c> writes them.</summary>
    public required MeasurementDocument Document { get; init; }

    /// <summary>Picture of the change with English labels, PNG.</summary>
    public required byte[] PictureEn { get; init; }

    /// <summary>Picture of the change with Vietnamese labels, PNG.</summary>
    public required byte[] PictureVi { get; init; }

    /// <summary>The picture in a language.</summary>
    public byte[] Picture(string language) => language == "vi" ? PictureVi : PictureEn;

    /// <summary>Lift at the marked points, mean along the planned directions, mm, with its error; null where none was marked, because shape alone does not tell a shift along the skin.</summary>
    /// <remarks>Each mark's error is that of unchanged skin. The marks share the registration's part of it, so the mean of several is taken to be no better than one.</remarks>
    public static (double LiftMm, double ErrorMm)? Lift(MeasurementDocument document)
    {
        double[] lifts = [.. document.Marks.Select(mark => mark.LiftMm).OfType<double>()];
        return lifts.Length == 0 ? null : (lifts.Average(), document.RepeatabilityMm);
    }

    /// <summary>Shift of the contour along the planned directions, mean over the landmarks whose shape tells it, mm, with its error and what was predicted for the same landmarks; null where none does.</summary>
    /// <remarks>The landmarks share the registration, so their errors are not taken to be independent: that of the mean is the root mean square of theirs.</remarks>
    public static (double ShiftMm, double ErrorMm, double? PredictedMm)? Contour(MeasurementDocument document)
    {
        MeasuredLandmark[] told = [.. document.Landmarks.Where(landmark => landmark.ContourMm is not null)];
        if (told.Length == 0)
        {
            return null;
        }

        double?[] predicted = [.. told.Select(landmark => landmark.Predicted?.ContourMm)];
        return (
            told.Average(landmark => landmark.ContourMm!.Value),
            Math.Sqrt(told.Average(landmark => landmark.ContourErrorMm!.Value * landmark.ContourErrorMm.Value)),
            predicted.All(value => value is not null) ? predicted.Average() : null);
    }

    /// <summary>The measurement of a visit; null where it has none.</summary>
    public static VisitMeasurement? Of(FollowUpVisit visit, FileStore files) =>
        visit.MeasurementSha256.Length == 0 ? null : PlanJson.Parse<VisitMeasurement>(files.Read(visit.MeasurementSha256), "measurement");

    /// <summary>As it is kept.</summary>
    public byte[] ToBytes() => PlanJson.ToBytes(this);
}
