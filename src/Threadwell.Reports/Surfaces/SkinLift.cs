using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Reports.Surfaces;

/// <summary>The lift of a prediction all over the skin, for the colours of its pictures.</summary>
internal static class SkinLift
{
    // Farther than this many edge lengths from the region's skin a scan vertex is outside the region.
    private const double ReachEdges = 0.75;

    /// <summary>Lift at each vertex of the scan, mm; not-a-number outside the treated region.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="day">Days since the treatment; between stored times it is read off linearly.</param>
    public static double[] On(CoursePrediction prediction, double day)
    {
        IReadOnlyList<double> times = prediction.Document.TimesDays;
        int after = 0;
        while (after < times.Count - 1 && times[after] < day)
        {
            after++;
        }

        int before = Math.Max(0, after - 1);
        double share = after == before ? 0 : Math.Clamp((day - times[before]) / (times[after] - times[before]), 0, 1);
        Vector3D Between(Vector3D[][] course, int column) => Vector3D.Lerp(course[before][column], course[after][column], share);
        Vector3D[] moved = [.. Enumerable.Range(0, prediction.Tissue.ColumnCount).Select(column => Between(prediction.Treated, column) - Between(prediction.Untreated, column))];
        return On(prediction.Plan, prediction.Scan, prediction.Tissue.Skin, prediction.Tissue.EdgeLengthMm, moved);
    }

    /// <summary>Lift at each vertex of the scan, mm; not-a-number outside the treated region.</summary>
    /// <param name="plan">The plan, whose vectors tell the direction.</param>
    /// <param name="scan">The whole scan.</param>
    /// <param name="skin">Skin of the treated region.</param>
    /// <param name="edgeLengthMm">Mean edge length of that skin, mm.</param>
    /// <param name="moved">Displacement of each of its vertices beyond that of the untreated face, mm.</param>
    public static double[] On(ThreadPlan plan, TriangleMesh scan, TriangleMesh skin, double edgeLengthMm, Vector3D[] moved) => ToScan(scan, skin, edgeLengthMm, OfColumns(plan, skin, moved));

    // Along the planned vector, which is blended between the targets by distance.
    private static double[] OfColumns(ThreadPlan plan, TriangleMesh skin, Vector3D[] moved)
    {
        var targets = new List<(Vector3D Position, Vector3D Vector)>();
        foreach (LiftTarget target in plan.Targets)
        {
            Landmark landmark = plan.Landmarks.First(candidate => candidate.Name == target.Landmark);
            targets.Add((landmark.Position, target.Vector));
        }

        Vector3D[] columns = skin.Positions;
        var lift = new double[columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            Vector3D direction = Vector3D.Zero;
            foreach ((Vector3D position, Vector3D vector) in targets)
            {
                direction += vector / ((columns[column] - position).LengthSquared + 1);
            }

            lift[column] = Vector3D.Dot(moved[column], direction.Normalized());
        }

        return lift;
    }

    // The lift at the point of the region's skin under each scan vertex; not-a-number outside the region.
    private static double[] ToScan(TriangleMesh scan, TriangleMesh skin, double edgeLengthMm, double[] columnLift)
    {
        var tree = new TriangleBvh(skin);
        double reach = ReachEdges * edgeLengthMm;
        BoundingBox box = BoundingBox.Of(skin.Positions);
        Vector3D[] vertices = scan.Positions;
        var values = new double[vertices.Length];
        Parallel.For(0, vertices.Length, vertex =>
        {
            // Most of a head is far from the region: that is quickly told by the box round it.
            SurfacePoint? under = IsNear(vertices[vertex], box, reach) ? tree.ClosestPoint(vertices[vertex]) : null;
            values[vertex] = under is { } point && point.Distance <= reach ? point.Interpolate(skin, columnLift) : double.NaN;
        });
        return values;
    }

    private static bool IsNear(Vector3D point, BoundingBox box, double reach) =>
        point.X >= box.Low.X - reach && point.X <= box.High.X + reach
        && point.Y >= box.Low.Y - reach && point.Y <= box.High.Y + reach
        && point.Z >= box.Low.Z - reach && point.Z <= box.High.Z + reach;
}
