namespace Threadwell.Geometry;

/// <summary>
/// A tree of bounding boxes over the triangles of a surface, for closest points and ray casts in logarithmic time. Built and searched
/// in a fixed order, so results do not depend on the machine; safe to search from many threads.
/// </summary>
/// <remarks>
/// Nodes lie in depth-first order in one array: the first child follows its parent, the second is named. Each node splits its triangles
/// at the median along the longest side of their centroids' box, so the depth is at most log2(n).
/// </remarks>
public sealed class TriangleBvh
{
    private const int LeafSize = 4;
    private const int StackSize = 64;

    private readonly Node[] _nodes;
    private readonly int[] _order;
    private int _used;

    /// <summary>Builds the tree.</summary>
    /// <param name="mesh">The surface; must hold at least one triangle.</param>
    /// <exception cref="ArgumentException">The mesh holds no triangle.</exception>
    public TriangleBvh(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        if (mesh.TriangleCount == 0)
        {
            throw new ArgumentException("The mesh holds no triangle.", nameof(mesh));
        }

        Mesh = mesh;
        int count = mesh.TriangleCount;
        _order = new int[count];
        var centroids = new Vector3D[count];
        for (int triangle = 0; triangle < count; triangle++)
        {
            _order[triangle] = triangle;
            centroids[triangle] = (Corner(triangle, 0) + Corner(triangle, 1) + Corner(triangle, 2)) / 3;
        }

        _nodes = new Node[Math.Max(1, 2 * count)];
        Build(0, count, centroids, new double[count]);
    }

    /// <summary>The surface that is searched.</summary>
    public TriangleMesh Mesh { get; }

    /// <summary>The point of the surface closest to a point.</summary>
    /// <param name="point">Query point, mm.</param>
    public SurfacePoint ClosestPoint(Vector3D point)
    {
        SurfacePoint best = new(default, -1, default, double.PositiveInfinity);
        Search(point, default, double.NegativeInfinity, ref best);
        return best;
    }

    /// <summary>
    /// The closest point among triangles that face a given way, so that a point near two sheets (lips, lids) is not drawn to the wrong one.
    /// </summary>
    /// <param name="point">Query point, mm.</param>
    /// <param name="normal">Unit direction that the triangle must face.</param>
    /// <param name="leastCosine">Least cosine between the triangle's normal and <paramref name="normal"/>.</param>
    /// <param name="within">Search radius, mm.</param>
    /// <param name="found">The point, when there is one.</param>
    /// <returns>False when no triangle within the radius faces that way.</returns>
    public bool TryClosestPointFacing(Vector3D point, Vector3D normal, double leastCosine, double within, out SurfacePoint found)
    {
        found = new SurfacePoint(default, -1, default, within);
        Search(point, normal, leastCosine, ref found);
        return found.Triangle >= 0;
    }

    /// <summary>The first point that a ray meets, from either side; null when it meets none.</summary>
    /// <param name="origin">Start of the ray, mm.</param>
    /// <param name="direction">Direction; need not be of unit length.</param>
    /// <param name="maximumDistance">Length of the ray, mm.</param>
    public SurfacePoint? FirstHit(Vector3D origin, Vector3D direction, double maximumDistance = double.PositiveInfinity)
    {
        SurfacePoint? first = null;
        Cast(origin, direction.Normalized(), maximumDistance, hits: null, ref first);
        return first;
    }

    /// <summary>
    /// All points that a ray meets, by distance. A ray through an edge or vertex meets each sheet once: hits at the same distance that face
    /// the same way are merged.
    /// </summary>
    /// <param name="origin">Start of the ray, mm.</param>
    /// <param name="direction">Direction; need not be of unit length.</param>
    /// <param name="maximumDistance">Length of the ray, mm.</param>
    public List<SurfacePoint> AllHits(Vector3D origin, Vector3D direction, double maximumDistance = double.PositiveInfinity)
    {
        // Far below any edge length, far above the rounding of coordinates of a metre.
        const double sameDistance = 1e-9;
        Vector3D unit = direction.Normalized();
        var hits = new List<SurfacePoint>();
        SurfacePoint? first = null;
        Cast(origin, unit, maximumDistance, hits, ref first);
        hits.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : a.Triangle.CompareTo(b.Triangle));
        var merged = new List<SurfacePoint>(hits.Count);
        foreach (SurfacePoint hit in hits)
        {
            bool seen = false;
            for (int i = merged.Count - 1; i >= 0 && hit.Distance - merged[i].Distance <= sameDistance * Math.Max(1, hit.Distance); i--)
            {
                seen |= Facing(hit.Triangle, unit) == Facing(merged[i].Triangle, unit);
            }

            if (!seen)
            {
                merged.Add(hit);
            }
        }

        return merged;
    }

    private bool Facing(int triangle, Vector3D direction) => Vector3D.Dot(Mesh.TriangleAreaVector(triangle), direction) > 0;

    private Vector3D Corner(int triangle, int corner) => Mesh.Positions[Mesh.Triangles[(3 * triangle) + corner]];

    private int Build(int start, int end, Vector3D[] centroids, double[] keys)
    {
        int node = _used++;
        BoundingBox box = BoundingBox.Empty;
        BoundingBox centres = BoundingBox.Empty;
        for (int i = start; i < end; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                box = box.Including(Corner(_order[i], k));
            }

            centres = centres.Including(centroids[_order[i]]);
        }

        int second = -1;
        if (end - start > LeafSize)
        {
            Vector3D side = centres.High - centres.Low;
            int axis = side.X >= side.Y && side.X >= side.Z ? 0 : side.Y >= side.Z ? 1 : 2;
            for (int i = start; i < end; i++)
            {
                Vector3D c = centroids[_order[i]];
                keys[i] = axis == 0 ? c.X : axis == 1 ? c.Y : c.Z;
            }

            // Array.Sort is deterministic for the same input; equal keys may come in any fixed order.
            Array.Sort(keys, _order, start, end - start);
            int middle = (start + end) / 2;
            Build(start, middle, centroids, keys);
            second = Build(middle, end, centroids, keys);
        }

        _nodes[node] = new Node(box.Low, box.High, start, end, second);
        return node;
    }

    private void Search(Vector3D point, Vector3D normal, double leastCosine, ref SurfacePoint best)
    {
        Span<int> stack = stackalloc int[StackSize];
        int top = 0;
        int current = 0;
        double bestSquared = best.Distance * best.Distance;
        while (true)
        {
            ref readonly Node node = ref _nodes[current];
            if (node.DistanceSquared(point) < bestSquared)
            {
                if (node.Second >= 0)
                {
                    int first = current + 1;
                    bool nearFirst = _nodes[first].DistanceSquared(point) <= _nodes[node.Second].DistanceSquared(point);
                    stack[top++] = nearFirst ? node.Second : first;
                    current = nearFirst ? first : node.Second;
                    continue;
                }

                for (int i = node.Start; i < node.End; i++)
                {
                    Visit(_order[i], point, normal, leastCosine, ref best, ref bestSquared);
                }
            }

            if (top == 0)
            {
                return;
            }

            current = stack[--top];
        }
    }

    private void Visit(
        int triangle, Vector3D point, Vector3D normal, double leastCosine, ref SurfacePoint best, ref double bestSquared)
    {
        Vector3D a = Corner(triangle, 0);
        Vector3D b = Corner(triangle, 1);
        Vector3D c = Corner(triangle, 2);
        Vector3D weights = TriangleGeometry.ClosestBarycentrics(point, a, b, c);
        Vector3D position = (weights.X * a) + (weights.Y * b) + (weights.Z * c);
        double squared = (position - point).LengthSquared;
        if (squared < bestSquared
            && (double.IsNegativeInfinity(leastCosine) || Vector3D.Dot(Vector3D.Cross(b - a, c - a).Normalized(), normal) >= leastCosine))
        {
            bestSquared = squared;
            best = new SurfacePoint(position, triangle, weights, Math.Sqrt(squared));
        }
    }

    private void Cast(Vector3D origin, Vector3D direction, double maximum, List<SurfacePoint>? hits, ref SurfacePoint? first)
    {
        var inverse = new Vector3D(1 / direction.X, 1 / direction.Y, 1 / direction.Z);
        Span<int> stack = stackalloc int[StackSize];
        int top = 0;
        stack[top++] = 0;
        while (top > 0)
        {
            int current = stack[--top];
            ref readonly Node node = ref _nodes[current];
            double limit = first is { } found && hits is null ? found.Distance : maximum;
            if (!node.MeetsRay(origin, inverse, limit))
            {
                continue;
            }

            if (node.Second >= 0)
            {
                stack[top++] = node.Second;
                stack[top++] = current + 1;
                continue;
            }

            for (int i = node.Start; i < node.End; i++)
            {
                if (Hit(_order[i], origin, direction, limit) is { } hit)
                {
                    hits?.Add(hit);
                    if (first is null || hit.Distance < first.Value.Distance)
                    {
                        first = hit;
                    }
                }
            }
        }
    }

    // Moeller and Trumbore 1997, with a margin of a few roundings so that no ray slips between two neighbours.
    private SurfacePoint? Hit(int triangle, Vector3D origin, Vector3D direction, double maximum)
    {
        const double margin = 1e-12;
        Vector3D a = Corner(triangle, 0);
        Vector3D ab = Corner(triangle, 1) - a;
        Vector3D ac = Corner(triangle, 2) - a;
        Vector3D p = Vector3D.Cross(direction, ac);
        double determinant = Vector3D.Dot(ab, p);
        if (Math.Abs(determinant) <= margin * ab.Length * ac.Length)
        {
            return null;
        }

        Vector3D s = origin - a;
        double u = Vector3D.Dot(s, p) / determinant;
        Vector3D q = Vector3D.Cross(s, ab);
        double v = Vector3D.Dot(direction, q) / determinant;
        double t = Vector3D.Dot(ac, q) / determinant;
        if (u < -margin || v < -margin || u + v > 1 + margin || t < 0 || t > maximum)
        {
            return null;
        }

        u = Math.Clamp(u, 0, 1);
        v = Math.Clamp(v, 0, 1 - u);
        return new SurfacePoint(origin + (t * direction), triangle, new Vector3D(1 - u - v, u, v), t);
    }

    private readonly record struct Node(Vector3D Low, Vector3D High, int Start, int End, int Second)
    {
        public double DistanceSquared(Vector3D p)
        {
            double x = Math.Max(0, Math.Max(Low.X - p.X, p.X - High.X));
            double y = Math.Max(0, Math.Max(Low.Y - p.Y, p.Y - High.Y));
            double z = Math.Max(0, Math.Max(Low.Z - p.Z, p.Z - High.Z));
            return (x * x) + (y * y) + (z * z);
        }

        public bool MeetsRay(Vector3D origin, Vector3D inverse, double maximum)
        {
            double enter = 0;
            double leave = maximum;
            Clip(Low.X, High.X, origin.X, inverse.X, ref enter, ref leave);
            Clip(Low.Y, High.Y, origin.Y, inverse.Y, ref enter, ref leave);
            Clip(Low.Z, High.Z, origin.Z, inverse.Z, ref enter, ref leave);

            // Widened by a few roundings: a flat box is met exactly at its face.
            return enter <= (leave * (1 + 1e-12)) + 1e-12;
        }

        private static void Clip(double low, double high, double origin, double inverse, ref double enter, ref double leave)
        {
            if (double.IsInfinity(inverse))
            {
                // Parallel to the slab: inside it or never.
                if (origin < low || origin > high)
                {
                    leave = double.NegativeInfinity;
                }

                return;
            }

            double t0 = (low - origin) * inverse;
            double t1 = (high - origin) * inverse;
            enter = Math.Max(enter, Math.Min(t0, t1));
            leave = Math.Min(leave, Math.Max(t0, t1));
        }
    }
}
