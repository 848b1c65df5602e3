using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>
/// How a contour has shifted: of the skin round a place every distance along the normal is what a rigid shift of the place would be seen as, so a shift in the plane of the planned
/// direction and the normal is told by least squares where the skin is bent across that direction.
/// </summary>
internal static class ContourFit
{
    // Wide enough to hold the bend of a jaw line or a fold, narrow enough to be one place.
    private const double RadiusMm = 14;

    // A shape that tells the shift with a larger standard error than this, mm, is too flat to tell it.
    private const double LargestErrorMm = 0.5;

    // Distances nearer together than this, mm, hold the same noise: they count once.
    private const double IndependentMm = 3;

    /// <summary>Fits.</summary>
    /// <param name="distances">Distances of the first skin to the later one.</param>
    /// <param name="place">The place, mm.</param>
    /// <param name="normal">Outward normal there.</param>
    /// <param name="along">The planned direction, a unit vector.</param>
    /// <param name="repeatability">What unchanged places are measured to have moved, mm.</param>
    /// <returns>Shift along the direction and its standard error, mm; null where the shape tells too little.</returns>
    public static (double ShiftMm, double ErrorMm)? Fit(SkinDistances distances, Vector3D place, Vector3D normal, Vector3D along, double repeatability)
    {
        double aa = 0, ab = 0, bb = 0, ra = 0, rb = 0, rr = 0, weights = 0, area = 0;
        distances.Around(place, normal, RadiusMm, (vertex, weight) =>
        {
            double a = Vector3D.Dot(distances.Normals[vertex], along);
            double b = Vector3D.Dot(distances.Normals[vertex], normal);
            double r = distances.Distances[vertex];
            aa += weight * a * a;
            ab += weight * a * b;
            bb += weight * b * b;
            ra += weight * a * r;
            rb += weight * b * r;
            rr += weight * r * r;
            weights += weight;
            area += distances.Areas[vertex];
        });

        double determinant = (aa * bb) - (ab * ab);
        double independent = area / (IndependentMm * IndependentMm);
        if (independent < 4 || determinant <= 1e-9 * bb * bb)
        {
            return null;
        }

        double shift = ((bb * ra) - (ab * rb)) / determinant;
        double outwards = ((aa * rb) - (ab * ra)) / determinant;
        double left = Math.Max(0, rr - (shift * ra) - (outwards * rb)) / weights;

        // What the rigid shift does not explain is the scatter of places a few millimetres apart. Whole places are off by the repeatability, which knows no smaller one.
        double variance = (left / (independent - 2)) + (repeatability * repeatability / Math.Max(1, area / FollowUpMeasurer.PlaceAreaMm2));
        double error = Math.Sqrt(variance * weights * bb / determinant);
        return error <= LargestErrorMm ? (shift, error) : null;
    }
}
