using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Moves skin vertices where the surface folds too sharply, or has too thin a triangle, for columns to stand under it. Each vertex
/// goes to the best of a few places around it, judged by the poorest corner of its triangles; every third time round the patch is
/// smoothed as a whole instead, which opens folds that no single vertex can leave.
/// </summary>
internal sealed class SkinFairing
{
    private const double EquilateralFactor = 1.1547005383792515;

    /// <summary>Length of a trial step in edges.</summary>
    private const double Step = 0.12;

    /// <summary>Rounds after which the patch around a vertex that stays poor grows by a ring.</summary>
    private const int RoundsPerRing = 6;

    private const int MostRings = 4;

    private readonly int[] triangles;
    private readonly SurfaceTopology topology;
    private readonly double edgeLength;
    private readonly int[] timesMarked;
    private int round;

    /// <summary>Prepares a surface.</summary>
    /// <param name="triangles">Its triangles.</param>
    /// <param name="topology">Its neighbourhood.</param>
    /// <param name="edgeLength">Mean edge length, mm.</param>
    public SkinFairing(int[] triangles, SurfaceTopology topology, double edgeLength)
    {
        this.triangles = triangles;
        this.topology = topology;
        this.edgeLength = edgeLength;
        timesMarked = new int[topology.OnBoundary.Length];
    }

    /// <summary>Moves the marked vertices and those around them once.</summary>
    /// <param name="marked">Vertices of poor triangles.</param>
    /// <param name="positions">Skin positions, mm, changed in place.</param>
    /// <param name="directions">Outward directions of the columns.</param>
    public void Move(bool[] marked, Vector3D[] positions, Vector3D[] directions)
    {
        int[] rings = Patch(marked);
        bool smooth = round++ % 3 == 2;
        Vector3D[] means = smooth ? [.. positions] : positions;
        for (int vertex = 0; vertex < rings.Length; vertex++)
        {
            if (rings[vertex] == 0)
            {
                continue;
            }

            if (smooth)
            {
                positions[vertex] = Vector3D.Lerp(means[vertex], MeanAround(vertex, means), 0.5);
            }
            else
            {
                positions[vertex] = BestPlace(vertex, positions, directions);
            }
        }
    }

    /// <summary>How many rings are left to grow at each vertex, plus one; 0 outside the patch.</summary>
    private int[] Patch(bool[] marked)
    {
        int[] rings = new int[marked.Length];
        var queue = new Queue<int>();
        for (int level = MostRings + 1; level > 0; level--)
        {
            for (int vertex = 0; vertex < marked.Length; vertex++)
            {
                if (!marked[vertex])
                {
                    continue;
                }

                int reach = 2 + Math.Min(MostRings - 1, timesMarked[vertex] / RoundsPerRing);
                if (reach == level)
                {
                    rings[vertex] = reach;
                    queue.Enqueue(vertex);
                }
            }
        }

        while (queue.TryDequeue(out int vertex))
        {
            foreach (int neighbour in topology.Neighbours(vertex))
            {
                if (rings[neighbour] < rings[vertex] - 1)
                {
                    rings[neighbour] = rings[vertex] - 1;
                    queue.Enqueue(neighbour);
                }
            }
        }

        for (int vertex = 0; vertex < marked.Length; vertex++)
        {
            timesMarked[vertex] += marked[vertex] ? 1 : 0;
        }

        return rings;
    }

    private Vector3D BestPlace(int vertex, Vector3D[] positions, Vector3D[] directions)
    {
        Vector3D start = positions[vertex];
        Vector3D mean = MeanAround(vertex, positions);
        Vector3D normal = directions[vertex];
        Vector3D across = Vector3D.Cross(normal, Math.Abs(normal.X) < 0.6 ? Vector3D.UnitX : Vector3D.UnitY).Normalized();
        Vector3D along = Vector3D.Cross(normal, across);
        double step = Step * edgeLength;
        ReadOnlySpan<Vector3D> trials =
        [
            Vector3D.Lerp(start, mean, 0.3), mean,
            start + (step * across), start - (step * across), start + (step * along), start - (step * along),
            start + (step * normal), start - (step * normal),
        ];
        Vector3D best = start;
        double bestQuality = PoorestCorner(vertex, positions, directions);
        foreach (Vector3D trial in trials)
        {
            positions[vertex] = trial;
            double quality = PoorestCorner(vertex, positions, directions);
            if (quality > bestQuality + 1e-9)
            {
                best = trial;
                bestQuality = quality;
            }
        }

        positions[vertex] = start;
        return best;
    }

    /// <summary>Scaled Jacobian of thin wedges under the triangles at a vertex, at its smallest.</summary>
    private double PoorestCorner(int vertex, Vector3D[] positions, Vector3D[] directions)
    {
        double poorest = double.PositiveInfinity;
        foreach (int triangle in topology.TrianglesAt(vertex))
        {
            for (int corner = 0; corner < 3; corner++)
            {
                int here = triangles[(3 * triangle) + corner];
                Vector3D next = (positions[triangles[(3 * triangle) + ((corner + 1) % 3)]] - positions[here]).Normalized();
                Vector3D previous = (positions[triangles[(3 * triangle) + ((corner + 2) % 3)]] - positions[here]).Normalized();
                poorest = Math.Min(poorest, EquilateralFactor * Vector3D.Dot(Vector3D.Cross(next, previous), directions[here]));
            }
        }

        return poorest;
    }

    /// <summary>Mean of the neighbours; on a border of the neighbours along it, so that the border does not shrink inwards.</summary>
    private Vector3D MeanAround(int vertex, Vector3D[] positions)
    {
        Vector3D sum = Vector3D.Zero;
        int count = 0;
        foreach (int neighbour in topology.Neighbours(vertex))
        {
            if (!topology.OnBoundary[vertex] || topology.OnBoundary[neighbour])
            {
                sum += positions[neighbour];
                count++;
            }
        }

        // The tip of a triangle with two border edges would fall onto the third.
        return count > 2 || (count == 2 && topology.Neighbours(vertex).Length > 2) ? sum / count : positions[vertex];
    }
}
