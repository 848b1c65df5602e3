using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Points brought onto a mesh.</summary>
internal static class SurfacePoint
{
    /// <summary>The nearest point of the mesh to each query, mm: every triangle is tried, the queries are few.</summary>
    public static Vector3D[] Nearest(TriangleMesh mesh, Vector3D[] queries)
    {
        var best = new Vector3D[queries.Length];
        double[] distance = [.. Enumerable.Repeat(double.MaxValue, queries.Length)];
        for (int t = 0; t < mesh.TriangleCount; t++)
        {
            Vector3D a = mesh.Positions[mesh.Triangles[3 * t]];
            Vector3D b = mesh.Positions[mesh.Triangles[(3 * t) + 1]];
            Vector3D c = mesh.Positions[mesh.Triangles[(3 * t) + 2]];
            for (int q = 0; q < queries.Length; q++)
            {
                // A triangle whose corner is far cannot hold the nearest point: its edges are shorter than this slack, mm.
                const double slack = 12;
                if ((a - queries[q]).Length > Math.Min(1e6, distance[q] + slack))
                {
                    continue;
                }

                Vector3D point = NearestOnTriangle(queries[q], a, b, c);
                double d = (point - queries[q]).Length;
                if (d < distance[q])
                {
                    (distance[q], best[q]) = (d, point);
                }
            }
        }

        return best;
    }

    /// <summary>Ericson 2005, Real-Time Collision Detection, section 5.1.5: by the Voronoi regions of the triangle.</summary>
    private static Vector3D NearestOnTriangle(Vector3D p, Vector3D a, Vector3D b, Vector3D c)
    {
        (Vector3D ab, Vector3D ac, Vector3D ap) = (b - a, c - a, p - a);
        (double d1, double d2) = (Vector3D.Dot(ab, ap), Vector3D.Dot(ac, ap));
        if (d1 <= 0 && d2 <= 0)
        {
            return a;
        }

        (double d3, double d4) = (Vector3D.Dot(ab, p - b), Vector3D.Dot(ac, p - b));
        if (d3 >= 0 && d4 <= d3)
        {
            return b;
        }

        double vc = (d1 * d4) - (d3 * d2);
        if (vc <= 0 && d1 >= 0 && d3 <= 0)
        {
            return a + (d1 / (d1 - d3) * ab);
        }

        (double d5, double d6) = (Vector3D.Dot(ab, p - c), Vector3D.Dot(ac, p - c));
        if (d6 >= 0 && d5 <= d6)
        {
            return c;
        }

        double vb = (d5 * d2) - (d1 * d6);
        if (vb <= 0 && d2 >= 0 && d6 <= 0)
        {
            return a + (d2 / (d2 - d6) * ac);
        }

        double va = (d3 * d6) - (d5 * d4);
        if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0)
        {
            return b + ((d4 - d3) / (d4 - d3 + d5 - d6) * (c - b));
        }

        double scale = 1 / (va + vb + vc);
        return a + (vb * scale * ab) + (vc * scale * ac);
    }
}
