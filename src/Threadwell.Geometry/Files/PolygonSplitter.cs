namespace Threadwell.Geometry;

/// <summary>
/// Splits polygons into triangles: quads along the diagonal that does not fold them (the shorter one where both do well), larger
/// polygons by clipping ears in their mean plane.
/// </summary>
internal sealed class PolygonSplitter(Vector3D[] positions)
{
    private readonly List<int> _ring = [];

    /// <summary>Appends the triangles of a polygon, in the polygon's own winding.</summary>
    public void Split(ReadOnlySpan<int> polygon, List<int> triangles)
    {
        if (polygon.Length == 3)
        {
            Add(triangles, polygon[0], polygon[1], polygon[2]);
        }
        else if (polygon.Length == 4)
        {
            SplitQuad(polygon, triangles);
        }
        else
        {
            ClipEars(polygon, triangles);
        }
    }

    private static void Add(List<int> triangles, int a, int b, int c)
    {
        triangles.Add(a);
        triangles.Add(b);
        triangles.Add(c);
    }

    private void SplitQuad(ReadOnlySpan<int> q, List<int> triangles)
    {
        Vector3D normal = NewellNormal(q);
        double first = Math.Min(Facing(q[0], q[1], q[2], normal), Facing(q[0], q[2], q[3], normal));
        double second = Math.Min(Facing(q[1], q[2], q[3], normal), Facing(q[1], q[3], q[0], normal));
        bool shorterFirst = Vector3D.Distance(positions[q[0]], positions[q[2]]) <= Vector3D.Distance(positions[q[1]], positions[q[3]]);
        bool takeFirst = (first > 0) == (second > 0) ? shorterFirst : first > 0;
        if (takeFirst)
        {
            Add(triangles, q[0], q[1], q[2]);
            Add(triangles, q[0], q[2], q[3]);
        }
        else
        {
            Add(triangles, q[1], q[2], q[3]);
            Add(triangles, q[1], q[3], q[0]);
        }
    }

    private void ClipEars(ReadOnlySpan<int> polygon, List<int> triangles)
    {
        Vector3D normal = NewellNormal(polygon);
        _ring.Clear();
        foreach (int corner in polygon)
        {
            _ring.Add(corner);
        }

        while (_ring.Count > 3)
        {
            // The roundest ear first gives better triangles than the first ear found; a polygon without a valid ear (folded or
            // degenerate) loses its least bad corner, so that the loop always ends.
            int best = 0;
            double bestScore = double.NegativeInfinity;
            for (int i = 0; i < _ring.Count; i++)
            {
                double score = EarScore(i, normal);
                if (score > bestScore)
                {
                    bestScore = score;
                    best = i;
                }
            }

            int count = _ring.Count;
            Add(triangles, _ring[(best + count - 1) % count], _ring[best], _ring[(best + 1) % count]);
            _ring.RemoveAt(best);
        }

        Add(triangles, _ring[0], _ring[1], _ring[2]);
    }

    private double EarScore(int i, Vector3D normal)
    {
        int count = _ring.Count;
        int a = _ring[(i + count - 1) % count];
        int b = _ring[i];
        int c = _ring[(i + 1) % count];
        double area = Facing(a, b, c, normal);
        Vector3D pa = positions[a];
        Vector3D pb = positions[b];
        Vector3D pc = positions[c];
        double edges = (pb - pa).LengthSquared + (pc - pb).LengthSquared + (pa - pc).LengthSquared;
        double score = edges > 0 ? area / edges : -1;
        if (score <= 0)
        {
            return score - 1;
        }

        foreach (int other in _ring)
        {
            if (other != a && other != b && other != c && Contains(pa, pb, pc, positions[other], normal))
            {
                return -1;
            }
        }

        return score;
    }

    private static bool Contains(Vector3D a, Vector3D b, Vector3D c, Vector3D p, Vector3D normal) =>
        Vector3D.Dot(Vector3D.Cross(b - a, p - a), normal) >= 0
        && Vector3D.Dot(Vector3D.Cross(c - b, p - b), normal) >= 0
        && Vector3D.Dot(Vector3D.Cross(a - c, p - c), normal) >= 0;

    private double Facing(int a, int b, int c, Vector3D normal) =>
        Vector3D.Dot(Vector3D.Cross(positions[b] - positions[a], positions[c] - positions[a]), normal);

    private Vector3D NewellNormal(ReadOnlySpan<int> polygon)
    {
        Vector3D sum = Vector3D.Zero;
        Vector3D origin = positions[polygon[0]];
        for (int i = 0; i < polygon.Length; i++)
        {
            sum += Vector3D.Cross(positions[polygon[i]] - origin, positions[polygon[(i + 1) % polygon.Length]] - origin);
        }

        return sum.Normalized();
    }
}
