namespace Threadwell.Geometry;

/// <summary>
/// Distance along a surface, by a front that advances from vertex to vertex (Kimmel and Sethian 1998) with the update of an unfolded
/// point source (Novotni and Klein 2002) where a front comes from one source, and of a straight front (Kimmel and Sethian) where it comes from
/// several, such as the samples of a curve. Within two per cent on regular triangles.
/// </summary>
public static class SurfaceDistance
{
    /// <summary>Distance of every vertex from the nearest of some points on the surface.</summary>
    /// <param name="topology">The surface.</param>
    /// <param name="sources">Points on it, as <see cref="TriangleBvh.ClosestPoint"/> gives them; their own distance does not matter.</param>
    /// <param name="limit">Vertices farther than this, mm, are left at infinity, which saves time.</param>
    /// <returns>One distance a vertex, mm; infinity where no path leads or beyond the limit.</returns>
    public static double[] FromPoints(SurfaceTopology topology, IEnumerable<SurfacePoint> sources, double limit = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(sources);
        TriangleMesh mesh = topology.Mesh;
        double[] distance = new double[mesh.VertexCount];
        Array.Fill(distance, double.PositiveInfinity);
        int[] origin = new int[mesh.VertexCount];
        int number = 0;
        var front = new PriorityQueue<int, (double Distance, int Vertex)>();
        foreach (SurfacePoint source in sources)
        {
            // Straight distances in the source's triangle and in the triangles about it: the update needs a front to start from.
            for (int k = 0; k < 3; k++)
            {
                int corner = mesh.Triangles[(3 * source.Triangle) + k];
                Improve(corner, Vector3D.Distance(mesh.Positions[corner], source.Position), number);
                int opposite = topology.Opposite[(3 * source.Triangle) + k];
                if (opposite >= 0)
                {
                    int beyond = mesh.Triangles[SurfaceTopology.Previous(opposite)];
                    Improve(beyond, Vector3D.Distance(mesh.Positions[beyond], source.Position), number);
                }
            }

            number++;
        }

        bool[] done = new bool[mesh.VertexCount];
        while (front.TryDequeue(out int vertex, out (double Distance, int Vertex) rank))
        {
            if (done[vertex] || rank.Distance > distance[vertex])
            {
                continue;
            }

            done[vertex] = true;
            foreach (int triangle in topology.TrianglesAt(vertex))
            {
                int k = mesh.Triangles[3 * triangle] == vertex ? 0 : mesh.Triangles[(3 * triangle) + 1] == vertex ? 1 : 2;
                int a = mesh.Triangles[(3 * triangle) + ((k + 1) % 3)];
                int b = mesh.Triangles[(3 * triangle) + ((k + 2) % 3)];
                Improve(a, Across(mesh.Positions, distance, vertex, b, a, done[b], origin[vertex] == origin[b]), origin[vertex]);
                Improve(b, Across(mesh.Positions, distance, vertex, a, b, done[a], origin[vertex] == origin[a]), origin[vertex]);
            }
        }

        return distance;

        void Improve(int vertex, double candidate, int from)
        {
            if (candidate < distance[vertex] && candidate <= limit)
            {
                distance[vertex] = candidate;
                origin[vertex] = from;
                front.Enqueue(vertex, (candidate, vertex));
            }
        }
    }

    /// <summary>Distance of every vertex from the nearest of some curves, which are projected on the surface.</summary>
    /// <param name="tree">The surface's tree.</param>
    /// <param name="topology">The same surface's topology.</param>
    /// <param name="curves">Polylines on or near the surface, mm; a single point is a curve of one vertex.</param>
    /// <param name="step">Spacing at which the curves are sampled, mm; the distance errs by at most half of it beside the curve.</param>
    /// <param name="limit">Vertices farther than this, mm, are left at infinity.</param>
    public static double[] FromCurves(
        TriangleBvh tree,
        SurfaceTopology topology,
        IEnumerable<IReadOnlyList<Vector3D>> curves,
        double step = 1,
        double limit = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(curves);
        var samples = new List<SurfacePoint>();
        foreach (IReadOnlyList<Vector3D> curve in curves)
        {
            foreach (Vector3D point in Polyline.Resample(curve, step))
            {
                samples.Add(tree.ClosestPoint(point));
            }
        }

        return FromPoints(topology, samples, limit);
    }

    // The distance at the target through its triangle with two vertices that are known. Either the point source of both is unfolded into
    // the triangle's plane, or a straight front is continued; in both cases the ray to the target must cross the edge between the two, else
    // the way leads along an edge.
    private static double Across(
        Vector3D[] positions, double[] distance, int known, int other, int target, bool otherDone, bool sameSource)
    {
        double alongEdge = distance[known] + Vector3D.Distance(positions[known], positions[target]);
        if (!otherDone)
        {
            return alongEdge;
        }

        Vector3D base1 = positions[other] - positions[known];
        Vector3D toTarget = positions[target] - positions[known];
        double c = base1.Length;
        if (!(c > 0))
        {
            return alongEdge;
        }

        double x = Vector3D.Dot(toTarget, base1) / c;
        double y = Math.Sqrt(Math.Max(0, toTarget.LengthSquared - (x * x)));
        double d1 = distance[known];
        double d2 = distance[other];
        if (!sameSource)
        {
            double slope = Math.Clamp((d2 - d1) / c, -1, 1);
            double rise = Math.Sqrt(1 - (slope * slope));
            double foot = rise > 0 ? x - (y * slope / rise) : -1;
            return foot >= 0 && foot <= c ? d1 + (slope * x) + (rise * y) : alongEdge;
        }

        double sourceX = ((c * c) + (d1 * d1) - (d2 * d2)) / (2 * c);
        double depth = Math.Sqrt(Math.Max(0, (d1 * d1) - (sourceX * sourceX)));
        double crossing = depth + y > 0 ? sourceX + ((x - sourceX) * depth / (depth + y)) : sourceX;
        return crossing >= 0 && crossing <= c
            ? Math.Sqrt(((x - sourceX) * (x - sourceX)) + ((y + depth) * (y + depth)))
            : alongEdge;
    }
}
