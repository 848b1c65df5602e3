namespace Threadwell.Geometry;

/// <summary>Curves on a surface.</summary>
public static class SurfacePath
{
    // A plane section longer than this multiple of the straight distance has wandered off (into an ear, round the head).
    private const double LongestDetour = 3;

    // Share of the way from a point to the middle of its triangle.
    private const double Inwards = 1e-5;

    /// <summary>
    /// The curve on a surface between two points: the section of the surface with the plane through both points and their mean normal,
    /// which is what a straight needle path under the skin shows from outside. Where that section is interrupted, the straight line is
    /// projected on the surface instead.
    /// </summary>
    /// <param name="tree">The surface's tree.</param>
    /// <param name="topology">The same surface's topology.</param>
    /// <param name="from">Start, mm; projected on the surface.</param>
    /// <param name="to">End, mm; projected on the surface.</param>
    /// <param name="step">Largest spacing of the result along the curve, mm.</param>
    /// <returns>Points on the surface from start to end at equal arc length, mm.</returns>
    public static Vector3D[] Trace(TriangleBvh tree, SurfaceTopology topology, Vector3D from, Vector3D to, double step)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(topology);
        SurfacePoint start = tree.ClosestPoint(from);
        SurfacePoint end = tree.ClosestPoint(to);
        Vector3D chord = end.Position - start.Position;
        if (!(chord.Length > 0))
        {
            return [start.Position];
        }

        TriangleMesh mesh = tree.Mesh;
        Vector3D up = SmoothNormal(topology, start) + SmoothNormal(topology, end);

        // The plane passes just inside both end triangles, so that a point on a vertex or an edge makes no special case.
        Vector3D origin = Vector3D.Lerp(start.Position, Middle(mesh, start.Triangle), Inwards);
        Vector3D target = Vector3D.Lerp(end.Position, Middle(mesh, end.Triangle), Inwards);
        Vector3D plane = Vector3D.Cross(target - origin, up).Normalized();
        List<Vector3D>? best = null;
        if (plane.Length > 0)
        {
            List<Vector3D>? ahead = Section(topology, start, end, origin, plane, +1, LongestDetour * chord.Length);
            List<Vector3D>? behind = Section(topology, start, end, origin, plane, -1, LongestDetour * chord.Length);
            best = ahead is null || (behind is not null && Polyline.Length(behind) < Polyline.Length(ahead)) ? behind : ahead;
        }

        best ??= Projected(tree, start.Position, end.Position, step);
        Vector3D[] points = Polyline.Resample(best, step);
        for (int i = 1; i < points.Length - 1; i++)
        {
            points[i] = tree.ClosestPoint(points[i]).Position;
        }

        return points;
    }

    // Walks the plane section from triangle to triangle, to the side of the start where the given sign of the edge's end lies.
    private static List<Vector3D>? Section(
        SurfaceTopology topology, SurfacePoint start, SurfacePoint end, Vector3D origin, Vector3D plane, int side, double longest)
    {
        TriangleMesh mesh = topology.Mesh;
        var path = new List<Vector3D> { start.Position };
        double length = 0;
        int triangle = start.Triangle;
        int entered = -1;
        for (int walked = 0; walked <= mesh.TriangleCount; walked++)
        {
            if (triangle == end.Triangle)
            {
                path.Add(end.Position);
                return path;
            }

            int exit = -1;
            for (int h = 3 * triangle; h < (3 * triangle) + 3 && exit < 0; h++)
            {
                // A half-edge that crosses the plane upwards is the exit to one side, downwards to the other; zero counts as above, so that
                // a section through a vertex crosses each fan once.
                bool fromAbove = Height(mesh.Triangles[h]) >= 0;
                bool toAbove = Height(mesh.Triangles[SurfaceTopology.Next(h)]) >= 0;
                if (fromAbove != toAbove && toAbove == (side > 0) && h != entered)
                {
                    exit = h;
                }
            }

            if (exit < 0 || topology.Opposite[exit] < 0)
            {
                return null;
            }

            int a = mesh.Triangles[exit];
            int b = mesh.Triangles[SurfaceTopology.Next(exit)];
            double heightA = Height(a);
            Vector3D crossing = Vector3D.Lerp(mesh.Positions[a], mesh.Positions[b], heightA / (heightA - Height(b)));
            length += Vector3D.Distance(path[^1], crossing);
            if (length > longest)
            {
                return null;
            }

            path.Add(crossing);
            entered = topology.Opposite[exit];
            triangle = entered / 3;
        }

        return null;

        double Height(int vertex) => Vector3D.Dot(mesh.Positions[vertex] - origin, plane);
    }

    // Of the triangles about the point's three corners, so that the plane does not tilt with a single facet.
    private static Vector3D SmoothNormal(SurfaceTopology topology, SurfacePoint point)
    {
        Vector3D sum = Vector3D.Zero;
        ReadOnlySpan<double> weights = [point.Barycentrics.X, point.Barycentrics.Y, point.Barycentrics.Z];
        for (int k = 0; k < 3; k++)
        {
            Vector3D corner = Vector3D.Zero;
            foreach (int triangle in topology.TrianglesAt(topology.Mesh.Triangles[(3 * point.Triangle) + k]))
            {
                corner += topology.Mesh.TriangleAreaVector(triangle);
            }

            sum += weights[k] * corner.Normalized();
        }

        return sum.Normalized();
    }

    private static Vector3D Middle(TriangleMesh mesh, int triangle) =>
        (mesh.Positions[mesh.Triangles[3 * triangle]]
            + mesh.Positions[mesh.Triangles[(3 * triangle) + 1]]
            + mesh.Positions[mesh.Triangles[(3 * triangle) + 2]]) / 3;

    private static List<Vector3D> Projected(TriangleBvh tree, Vector3D from, Vector3D to, double step)
    {
        var path = new List<Vector3D>();
        foreach (Vector3D point in Polyline.Resample([from, to], step))
        {
            path.Add(tree.ClosestPoint(point).Position);
        }

        path[0] = from;
        path[^1] = to;
        return path;
    }
}
