using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>The scan as a prediction says that it will look.</summary>
public static class PredictedSurface
{
    /// <summary>The scan's surface at a stored time, mm.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="time">Index of the stored time.</param>
    /// <param name="treated">With the threads, or without treatment.</param>
    public static TriangleMesh At(CoursePrediction prediction, int time, bool treated)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        Vector3D[] moved = SkinCarrier.ToScan(prediction.Tissue, prediction.Scan).Carry((treated ? prediction.Treated : prediction.Untreated)[time]);
        return new TriangleMesh([.. prediction.Scan.Positions.Select((point, vertex) => point + moved[vertex])], prediction.Scan.Triangles);
    }
}
