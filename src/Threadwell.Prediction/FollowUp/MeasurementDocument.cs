using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>A follow-up measurement as it is written to file.</summary>
public sealed record MeasurementDocument
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Days from the treatment to the later scan; null where not given.</summary>
    public double? Day { get; init; }

    /// <summary>How the later scan was laid on the first.</summary>
    public required RegistrationFacts Registration { get; init; }

    /// <summary>What unchanged places are measured to have moved, root mean square, mm: the error of every shift along the normal.</summary>
    public required double RepeatabilityMm { get; init; }

    /// <summary>Shift at each landmark.</summary>
    public required IReadOnlyList<MeasuredLandmark> Landmarks { get; init; }

    /// <summary>Treated skin of the patient's left; null without a plan.</summary>
    public SideChange? Left { get; init; }

    /// <summary>Treated skin of the patient's right; null without a plan.</summary>
    public SideChange? Right { get; init; }

    /// <summary>Marked points.</summary>
    public IReadOnlyList<MarkShift> Marks { get; init; } = [];

    /// <summary>Distance of each vertex of the first scan, in the order of the cleaned scan, along its normal, mm; null where the later scan has no skin.</summary>
    public required IReadOnlyList<double?> NormalMapMm { get; init; }

    /// <summary>The document of a measurement, with what a prediction says for the same visit.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="day">Days since the treatment; null where not known.</param>
    /// <param name="predicted">The prediction's projection, treated; null for none.</param>
    /// <param name="untreated">The same without treatment.</param>
    public static MeasurementDocument Of(FollowUpMeasurement measurement, double? day, IReadOnlyList<LandmarkShift>? predicted, IReadOnlyList<LandmarkShift>? untreated)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        RegistrationResult registration = measurement.Registration;
        return new MeasurementDocument
        {
            Day = day,
            Registration = new RegistrationFacts(
                [registration.Motion.RowX, registration.Motion.RowY, registration.Motion.RowZ], registration.Motion.Translation, registration.Motion.Angle * 180 / Math.PI,
                registration.RootMeanSquareMm, registration.UsedShare, registration.IsSettled),
            RepeatabilityMm = measurement.RepeatabilityMm,
            Landmarks = [.. measurement.Landmarks.Select((shift, index) => new MeasuredLandmark(
                shift.Name, shift.Vector, shift.NormalMm, shift.ContourMm, shift.ContourErrorMm, Projected(predicted, index), Projected(untreated, index)))],
            Left = measurement.Left,
            Right = measurement.Right,
            Marks = measurement.Marks,
            NormalMapMm = [.. measurement.NormalMap.Select(value => double.IsFinite(value) ? Math.Round(value, 3) : (double?)null)],
        };
    }

    private static ProjectedShift? Projected(IReadOnlyList<LandmarkShift>? shifts, int index) => shifts is null ? null : new ProjectedShift(shifts[index].NormalMm, shifts[index].ContourMm);
}

/// <summary>How the later scan was laid on the first: a point p of the later scan lies at R p + t.</summary>
/// <param name="Rotation">The rows of R.</param>
/// <param name="TranslationMm">t, mm.</param>
/// <param name="AngleDegrees">Angle of the rotation, degrees.</param>
/// <param name="RootMeanSquareMm">Root mean square of the distances that counted, mm.</param>
/// <param name="UsedShare">Share of the untreated skin that counted.</param>
/// <param name="IsSettled">Whether it came to rest.</param>
public sealed record RegistrationFacts(IReadOnlyList<Vector3D> Rotation, Vector3D TranslationMm, double AngleDegrees, double RootMeanSquareMm, double UsedShare, bool IsSettled);

/// <summary>A landmark's shift, with what was predicted.</summary>
/// <param name="Name">Name.</param>
/// <param name="Vector">Planned direction; null where none was planned.</param>
/// <param name="NormalMm">Shift along the outward normal, mm.</param>
/// <param name="ContourMm">Shift of the contour along the planned direction, mm; null where the shape does not tell it.</param>
/// <param name="ContourErrorMm">Its standard error, mm.</param>
/// <param name="Predicted">What the prediction says that this visit would measure; null without one.</param>
/// <param name="Untreated">The same without treatment.</param>
public sealed record MeasuredLandmark(string Name, Vector3D? Vector, double? NormalMm, double? ContourMm, double? ContourErrorMm, ProjectedShift? Predicted, ProjectedShift? Untreated);

/// <summary>A predicted surface measured in the same way as a scan.</summary>
/// <param name="NormalMm">Shift along the outward normal, mm.</param>
/// <param name="ContourMm">Shift of the contour along the planned direction, mm.</param>
public sealed record ProjectedShift(double? NormalMm, double? ContourMm);
