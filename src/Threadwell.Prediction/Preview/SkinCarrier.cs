using Threadwell.Anatomy;
using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>
/// Carries displacements of a preview's skin to the vertices of the scan: each follows up to three vertices of the skin with weights that sum to
/// one well inside the region, fall smoothly to zero towards its cut edge, and are zero outside. Beyond the free border of a lip, lid or nostril
/// they fall smoothly with the distance along the scan, so that the displayed face has no tear.
/// </summary>
public sealed class SkinCarrier
{
    /// <summary>Vertices that each point follows.</summary>
    public const int PerPoint = 3;

    // Width over which the weights fall to zero, inside a cut edge and outside a free border, mm along the skin: a third of the region's margin.
    private const double FadeMm = 8;

    // The remeshed skin lies this near to the scan, mm; a vertex further off is beyond a border.
    private const double OnSkinMm = 1.5;

    private SkinCarrier(int[] columns, float[] weights)
    {
        Columns = columns;
        Weights = weights;
    }

    /// <summary>Three vertices of the skin for each point.</summary>
    public int[] Columns { get; }

    /// <summary>Their weights, not negative, with a sum from 0 to 1.</summary>
    public float[] Weights { get; }

    /// <summary>Number of points.</summary>
    public int PointCount => Columns.Length / PerPoint;

    /// <summary>Displacement of one point, mm.</summary>
    /// <param name="point">Index of the point.</param>
    /// <param name="skinDisplacement">Displacement of each vertex of the skin, mm.</param>
    public Vector3D At(int point, ReadOnlySpan<Vector3D> skinDisplacement)
    {
        int first = PerPoint * point;
        return (Weights[first] * skinDisplacement[Columns[first]])
            + (Weights[first + 1] * skinDisplacement[Columns[first + 1]])
            + (Weights[first + 2] * skinDisplacement[Columns[first + 2]]);
    }

    /// <summary>Displacement of all points, mm.</summary>
    /// <param name="skinDisplacement">Displacement of each vertex of the skin, mm.</param>
    public Vector3D[] Carry(ReadOnlySpan<Vector3D> skinDisplacement)
    {
        var carried = new Vector3D[PointCount];
        for (int point = 0; point < carried.Length; point++)
        {
            carried[point] = At(point, skinDisplacement);
        }

        return carried;
    }

    /// <summary>Weights for every vertex of a scan.</summary>
    /// <param name="tissue">The tissue, whose skin is carried.</param>
    /// <param name="scan">The scan, mm.</param>
    public static SkinCarrier ToScan(LayeredTissue tissue, TriangleMesh scan)
    {
        TriangleMesh skin = tissue.Skin;
        double[] inwards = FromCutEdge(tissue);
        SurfacePoint[] nearest = Nearest(skin, scan);
        double[] outwards = Outwards(scan, nearest);
        var columns = new int[PerPoint * scan.VertexCount];
        var weights = new float[columns.Length];
        for (int vertex = 0; vertex < scan.VertexCount; vertex++)
        {
            double share = double.IsFinite(outwards[vertex])
                ? Rise(nearest[vertex].Interpolate(skin, inwards) / FadeMm) * Rise(1 - (outwards[vertex] / FadeMm))
                : 0;
            Vector3D corner = nearest[vertex].Barycentrics;
            for (int k = 0; k < PerPoint; k++)
            {
                columns[(PerPoint * vertex) + k] = skin.Triangles[(3 * nearest[vertex].Triangle) + k];
                weights[(PerPoint * vertex) + k] = (float)(share * (k == 0 ? corner.X : k == 1 ? corner.Y : corner.Z));
            }
        }

        return new SkinCarrier(columns, weights);
    }

    /// <summary>Distance of each vertex of the skin from the cut edge, mm, no more than the width of the fall.</summary>
    private static double[] FromCutEdge(LayeredTissue tissue)
    {
        var topology = new SurfaceTopology(tissue.Skin);
        IEnumerable<SurfacePoint> edge = Enumerable.Range(0, tissue.ColumnCount)
            .Where(column => tissue.OnCutEdge[column] && topology.TrianglesAt(column).Length > 0)
            .Select(column => AtVertex(tissue.Skin, topology, column));
        return [.. SurfaceDistance.FromPoints(topology, edge).Select(distance => Math.Min(distance, FadeMm))];
    }

    private static SurfacePoint[] Nearest(TriangleMesh skin, TriangleMesh scan)
    {
        var tree = new TriangleBvh(skin);
        var nearest = new SurfacePoint[scan.VertexCount];
        Parallel.For(0, nearest.Length, vertex => nearest[vertex] = tree.ClosestPoint(scan.Positions[vertex]));
        return nearest;
    }

    /// <summary>Distance of each scan vertex along the scan from those on the skin, mm; infinite further than the width of the fall.</summary>
    private static double[] Outwards(TriangleMesh scan, SurfacePoint[] nearest)
    {
        var topology = new SurfaceTopology(scan);
        IEnumerable<SurfacePoint> inside = Enumerable.Range(0, scan.VertexCount)
            .Where(vertex => nearest[vertex].Distance <= OnSkinMm && topology.TrianglesAt(vertex).Length > 0)
            .Select(vertex => AtVertex(scan, topology, vertex));
        return SurfaceDistance.FromPoints(topology, inside, FadeMm);
    }

    private static SurfacePoint AtVertex(TriangleMesh mesh, SurfaceTopology topology, int vertex)
    {
        int triangle = topology.TrianglesAt(vertex)[0];
        ReadOnlySpan<int> corners = mesh.Triangles.AsSpan(3 * triangle, 3);
        return new SurfacePoint(
            mesh.Positions[vertex], triangle, new Vector3D(corners[0] == vertex ? 1 : 0, corners[1] == vertex ? 1 : 0, corners[2] == vertex ? 1 : 0), 0);
    }

    /// <summary>From 0 at 0 to 1 at 1 with level ends.</summary>
    private static double Rise(double x)
    {
        double t = Math.Clamp(x, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
