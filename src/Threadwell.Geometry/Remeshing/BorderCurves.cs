namespace Threadwell.Geometry;

/// <summary>
/// The border of a surface as closed curves measured by arc length, so that a border vertex can slide along its own curve and never jumps to
/// another stretch of border that happens to be near.
/// </summary>
internal sealed class BorderCurves
{
    // A border that turns by more than this within an edge length on either side has a corner that must stay.
    private const double CornerCosine = 0.5;

    private readonly List<Vector3D[]> _points = [];
    private readonly List<double[]> _arcs = [];

    public BorderCurves(SurfaceTopology topology, double edge)
    {
        int count = topology.Mesh.VertexCount;
        IsCorner = new bool[count];
        Curve = new int[count];
        Arc = new double[count];
        Array.Fill(Curve, -1);
        foreach (int[] loop in topology.BoundaryLoops())
        {
            Vector3D[] points = [.. loop.Select(vertex => topology.Mesh.Positions[vertex])];
            double[] arcs = new double[points.Length + 1];
            for (int i = 0; i < points.Length; i++)
            {
                Curve[loop[i]] = _points.Count;
                Arc[loop[i]] = arcs[i];
                arcs[i + 1] = arcs[i] + Vector3D.Distance(points[i], points[(i + 1) % points.Length]);
            }

            _points.Add(points);
            _arcs.Add(arcs);
            MarkCorners(loop, points, edge);
        }
    }

    /// <summary>For each vertex of the source whether it is a corner of the border.</summary>
    public bool[] IsCorner { get; }

    /// <summary>For each vertex of the source its border curve; -1 inside.</summary>
    public int[] Curve { get; }

    /// <summary>For each vertex of the source its arc length along its border curve, mm.</summary>
    public double[] Arc { get; }

    /// <summary>The way from one place of a curve on to another, mm; between 0 and the curve's length.</summary>
    public double Onward(int curve, double from, double to)
    {
        double length = _arcs[curve][^1];
        double way = (to - from) % length;
        return way < 0 ? way + length : way;
    }

    /// <summary>Brings an arc length into the range of a curve.</summary>
    public double Wrap(int curve, double arc) => Onward(curve, 0, arc);

    /// <summary>The point of a curve at an arc length within its range.</summary>
    public Vector3D Point(int curve, double arc)
    {
        double[] arcs = _arcs[curve];
        Vector3D[] points = _points[curve];
        int found = Array.BinarySearch(arcs, arc);
        int segment = Math.Clamp(found >= 0 ? found : ~found - 1, 0, points.Length - 1);
        double length = arcs[segment + 1] - arcs[segment];
        double t = length > 0 ? Math.Clamp((arc - arcs[segment]) / length, 0, 1) : 0;
        return Vector3D.Lerp(points[segment], points[(segment + 1) % points.Length], t);
    }

    private void MarkCorners(int[] loop, Vector3D[] points, double edge)
    {
        double[] cosine = new double[loop.Length];
        for (int i = 0; i < loop.Length; i++)
        {
            Vector3D ahead = (Walk(points, i, 1, edge) - points[i]).Normalized();
            Vector3D behind = (points[i] - Walk(points, i, -1, edge)).Normalized();
            cosine[i] = Vector3D.Dot(ahead, behind);
        }

        for (int i = 0; i < loop.Length; i++)
        {
            IsCorner[loop[i]] = cosine[i] < CornerCosine && IsSharpestNearby(points, cosine, i, edge);
        }
    }

    private static bool IsSharpestNearby(Vector3D[] points, double[] cosine, int i, double edge)
    {
        int count = points.Length;
        for (int direction = -1; direction <= 1; direction += 2)
        {
            double walked = 0;
            int at = i;
            for (int step = 1; step < count; step++)
            {
                int next = (at + direction + count) % count;
                walked += Vector3D.Distance(points[at], points[next]);
                at = next;
                if (walked > edge)
                {
                    break;
                }

                if (cosine[at] < cosine[i] || (cosine[at] == cosine[i] && at < i))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // The point at a given arc length before or behind a vertex of the loop.
    private static Vector3D Walk(Vector3D[] points, int start, int direction, double distance)
    {
        int count = points.Length;
        int at = start;
        double left = distance;
        for (int step = 0; step < count; step++)
        {
            int next = (at + direction + count) % count;
            double length = Vector3D.Distance(points[at], points[next]);
            if (length >= left && length > 0)
            {
                return Vector3D.Lerp(points[at], points[next], left / length);
            }

            left -= length;
            at = next;
        }

        return points[at];
    }
}
