using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>Distances of the vertices of one skin to another along their outward normals.</summary>
internal sealed class SkinDistances
{
    // A fold beyond this distance is another part of the face.
    private const double ReachMm = 15;

    // The other skin faces the same way, or it is the inside of a lip or lid.
    private const double LeastCosine = 0.3;

    // The normals are averaged over about this distance: a vertex's own would follow the scanner's noise.
    private const double NormalRadiusMm = 4;

    private readonly TriangleMesh skin;
    private readonly Vector3D[] raw;
    private readonly PointGrid grid;

    /// <summary>Measures.</summary>
    /// <param name="skin">The skin that is measured from, mm.</param>
    /// <param name="other">The other one, mm, in the same frame.</param>
    /// <param name="cancellation">Ends it.</param>
    public SkinDistances(TriangleMesh skin, TriangleMesh other, CancellationToken cancellation)
    {
        this.skin = skin;
        raw = skin.VertexNormals();
        grid = new PointGrid(skin.Positions, NormalRadiusMm);
        Areas = VertexAreas(skin);
        Normals = new Vector3D[skin.VertexCount];
        Distances = new double[skin.VertexCount];
        var tree = new TriangleBvh(other);
        Parallel.For(0, skin.VertexCount, new ParallelOptions { CancellationToken = cancellation }, vertex =>
        {
            Normals[vertex] = MeanNormal(vertex);
            Distances[vertex] = Distance(tree, other, skin.Positions[vertex], Normals[vertex]);
        });
    }

    /// <summary>Smoothed outward unit normals of the vertices.</summary>
    public Vector3D[] Normals { get; }

    /// <summary>Distance of each vertex, mm: positive outwards; not a number where the other skin is not met.</summary>
    public double[] Distances { get; }

    /// <summary>A third of the area of the triangles round each vertex, mm².</summary>
    public double[] Areas { get; }

    /// <summary>Visits the measured vertices within a radius of a place that face the same way, with their weights: area, falling to nought at the radius.</summary>
    /// <param name="place">The place, mm.</param>
    /// <param name="normal">Outward normal there.</param>
    /// <param name="radius">The radius, mm.</param>
    /// <param name="visit">Receives vertex and weight.</param>
    public void Around(Vector3D place, Vector3D normal, double radius, Action<int, double> visit) => grid.ForEach(place, radius, (vertex, distance) =>
    {
        if (double.IsFinite(Distances[vertex]) && Vector3D.Dot(Normals[vertex], normal) > LeastCosine)
        {
            double t = distance / radius;
            visit(vertex, Areas[vertex] * (1 - (t * t)) * (1 - (t * t)));
        }
    });

    /// <summary>Weighted mean distance within a radius; not a number where nothing is measured.</summary>
    /// <param name="place">The place, mm.</param>
    /// <param name="normal">Outward normal there.</param>
    /// <param name="radius">The radius, mm.</param>
    public double Mean(Vector3D place, Vector3D normal, double radius)
    {
        double sum = 0;
        double weights = 0;
        Around(place, normal, radius, (vertex, weight) =>
        {
            sum += weight * Distances[vertex];
            weights += weight;
        });
        return weights > 0 ? sum / weights : double.NaN;
    }

    /// <summary>The distances, each averaged within a radius.</summary>
    /// <param name="radius">The radius, mm.</param>
    public double[] Smoothed(double radius)
    {
        double[] smoothed = new double[skin.VertexCount];
        Parallel.For(0, smoothed.Length, vertex =>
            smoothed[vertex] = double.IsFinite(Distances[vertex]) ? Mean(skin.Positions[vertex], Normals[vertex], radius) : double.NaN);
        return smoothed;
    }

    private Vector3D MeanNormal(int vertex)
    {
        Vector3D sum = Vector3D.Zero;
        grid.ForEach(skin.Positions[vertex], NormalRadiusMm, (other, distance) =>
        {
            if (Vector3D.Dot(raw[other], raw[vertex]) > LeastCosine)
            {
                double t = distance / NormalRadiusMm;
                sum += Areas[other] * (1 - (t * t)) * raw[other];
            }
        });
        return sum.Normalized();
    }

    // The nearest skin that the normal's line meets on either side.
    private static double Distance(TriangleBvh tree, TriangleMesh other, Vector3D place, Vector3D normal)
    {
        if (normal == Vector3D.Zero)
        {
            return double.NaN;
        }

        double nearest = double.NaN;
        foreach (SurfacePoint hit in tree.AllHits(place - (ReachMm * normal), normal, 2 * ReachMm))
        {
            double distance = hit.Distance - ReachMm;
            if (Vector3D.Dot(other.TriangleAreaVector(hit.Triangle).Normalized(), normal) > LeastCosine && !(Math.Abs(distance) >= Math.Abs(nearest)))
            {
                nearest = distance;
            }
        }

        return nearest;
    }

    private static double[] VertexAreas(TriangleMesh mesh)
    {
        double[] areas = new double[mesh.VertexCount];
        for (int triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            double third = mesh.TriangleAreaVector(triangle).Length / 3;
            for (int corner = 3 * triangle; corner < (3 * triangle) + 3; corner++)
            {
                areas[mesh.Triangles[corner]] += third;
            }
        }

        return areas;
    }
}
