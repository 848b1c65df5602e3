namespace Threadwell.Geometry;

/// <summary>Closed forms on a single triangle.</summary>
public static class TriangleGeometry
{
    /// <summary>
    /// Barycentric coordinates of the point of triangle abc that is closest to p, by the region in which p projects
    /// (Ericson, Real-Time Collision Detection, section 5.1.5).
    /// </summary>
    /// <param name="p">The point, mm.</param>
    /// <param name="a">First corner, mm.</param>
    /// <param name="b">Second corner, mm.</param>
    /// <param name="c">Third corner, mm.</param>
    /// <returns>Weights of a, b and c: not negative, with sum 1.</returns>
    public static Vector3D ClosestBarycentrics(Vector3D p, Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D ab = b - a;
        Vector3D ac = c - a;
        Vector3D ap = p - a;
        double d1 = Vector3D.Dot(ab, ap);
        double d2 = Vector3D.Dot(ac, ap);
        if (d1 <= 0 && d2 <= 0)
        {
            return new Vector3D(1, 0, 0);
        }

        Vector3D bp = p - b;
        double d3 = Vector3D.Dot(ab, bp);
        double d4 = Vector3D.Dot(ac, bp);
        if (d3 >= 0 && d4 <= d3)
        {
            return new Vector3D(0, 1, 0);
        }

        double vc = (d1 * d4) - (d3 * d2);
        if (vc <= 0 && d1 >= 0 && d3 <= 0)
        {
            double t = d1 - d3 > 0 ? d1 / (d1 - d3) : 0;
            return new Vector3D(1 - t, t, 0);
        }

        Vector3D cp = p - c;
        double d5 = Vector3D.Dot(ab, cp);
        double d6 = Vector3D.Dot(ac, cp);
        if (d6 >= 0 && d5 <= d6)
        {
            return new Vector3D(0, 0, 1);
        }

        double vb = (d5 * d2) - (d1 * d6);
        if (vb <= 0 && d2 >= 0 && d6 <= 0)
        {
            double t = d2 - d6 > 0 ? d2 / (d2 - d6) : 0;
            return new Vector3D(1 - t, 0, t);
        }

        double va = (d3 * d6) - (d5 * d4);
        if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0)
        {
            double span = d4 - d3 + (d5 - d6);
            double t = span > 0 ? (d4 - d3) / span : 0;
            return new Vector3D(0, 1 - t, t);
        }

        double sum = va + vb + vc;
        return new Vector3D(va / sum, vb / sum, vc / sum);
    }

    /// <summary>
    /// The smallest angle of a triangle in degrees; zero for a degenerate one.
    /// </summary>
    public static double SmallestAngleDegrees(Vector3D a, Vector3D b, Vector3D c)
    {
        double twiceArea = Vector3D.Cross(b - a, c - a).Length;
        double smallest = Math.Atan2(twiceArea, Vector3D.Dot(b - a, c - a));
        smallest = Math.Min(smallest, Math.Atan2(twiceArea, Vector3D.Dot(c - b, a - b)));
        smallest = Math.Min(smallest, Math.Atan2(twiceArea, Vector3D.Dot(a - c, b - c)));
        return smallest * 180 / Math.PI;
    }

    /// <summary>Mean-ratio quality: 1 for an equilateral triangle, 0 for a degenerate one, by area over the sum of squared edges.</summary>
    public static double Quality(Vector3D a, Vector3D b, Vector3D c)
    {
        double edges = (b - a).LengthSquared + (c - b).LengthSquared + (a - c).LengthSquared;

        // An equilateral triangle has cross product sqrt(3)/2 s^2 and squared edges 3 s^2.
        return edges > 0 ? 2 * Math.Sqrt(3) * Vector3D.Cross(b - a, c - a).Length / edges : 0;
    }
}
