using Threadwell.Geometry;
using Threadwell.Prediction;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Surfaces;

/// <summary>The first scan coloured by how far the skin lies inwards or outwards of it at a visit.</summary>
public static class ChangePicture
{
    // Changes are coloured up to this, and by more only where they are larger.
    private const double LeastRangeMm = 1;
    private const double LargestRangeMm = 5;

    private const double BelowMm = 30;

    // Three views side by side are shown at half of their pixels or less.
    private const float Emphasis = 1.8f;

    /// <summary>The picture from both sides and the front, as the bytes of a PNG file.</summary>
    /// <param name="request">The scans that were measured.</param>
    /// <param name="measurement">What was measured on it.</param>
    /// <param name="language">Language of the labels.</param>
    public static byte[] Render(FollowUpRequest request, FollowUpMeasurement measurement, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(language);
        double[] sizes = [.. measurement.NormalMap.Where(double.IsFinite).Select(Math.Abs).Order()];

        // The few vertices at the border of a scan do not set the scale.
        double range = sizes.Length == 0 ? LeastRangeMm : Math.Clamp(Math.Ceiling(sizes[(int)(0.995 * (sizes.Length - 1))]), LeastRangeMm, LargestRangeMm);
        var scene = new SurfaceScene
        {
            Mesh = request.Before,
            Values = measurement.NormalMap,
            Scale = ColourScale.Movement(-range, range, language.Report("followup.picture.label")),
            Language = language,
        };

        // What lies round the landmarks: a bust's shoulders would leave the face small.
        double lowest = request.Landmarks.All.Min(landmark => landmark.Position.Y) - BelowMm;
        Vector3D[] frame = [.. request.Before.Positions.Where(point => point.Y > lowest)];
        return SurfacePicture.Render(scene,
        [
            SurfaceView.ThreeQuartersRight with { Title = language.Report("view.right"), Frame = frame },
            SurfaceView.Front with { Title = language.Report("view.front"), Frame = frame },
            SurfaceView.ThreeQuartersLeft with { Title = language.Report("view.left"), Frame = frame },
        ], width: 1100, emphasis: Emphasis);
    }
}
