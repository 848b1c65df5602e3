using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>The scan as a prediction says that it will look.</summary>
public static class PredictedSurface
{
    /// <summary>The scan's surface on a day, mm: between stored times the displacement is read off linearly.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="day">Days since the treatment; clamped to the time simulated.</param>
    /// <param name="treated">With the threads, or without treatment.</param>
    public static TriangleMesh On(CoursePrediction prediction, double day, bool treated)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        IReadOnlyList<double> times = prediction.Document.TimesDays;
        int after = 0;
        while (after < times.Count - 1 && times[after] < day)
        {
            after++;
        }

        int before = Math.Max(0, after - 1);
        double share = after == before ? 0 : Math.Clamp((day - times[before]) / (times[after] - times[before]), 0, 1);
        Vector3D[][] course = treated ? prediction.Treated : prediction.Untreated;
        Vector3D[] columns = [.. course[before].Select((from, column) => Vector3D.Lerp(from, course[after][column], share))];
        Vector3D[] moved = SkinCarrier.ToScan(prediction.Tissue, prediction.Scan).Carry(columns);
        return new TriangleMesh([.. prediction.Scan.Positions.Select((point, vertex) => point + moved[vertex])], prediction.Scan.Triangles);
    }
}
