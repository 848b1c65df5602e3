using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.VirtualPatients;

/// <summary>Independent checks of a triangle mesh.</summary>
internal static class MeshChecks
{
    /// <summary>Directed edges with the number of triangles that run along each.</summary>
    public static Dictionary<(int From, int To), int> DirectedEdges(TriangleMesh mesh)
    {
        var edges = new Dictionary<(int, int), int>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            for (int c = 0; c < 3; c++)
            {
                (int, int) edge = (mesh.Triangles[t + c], mesh.Triangles[t + ((c + 1) % 3)]);
                edges[edge] = edges.GetValueOrDefault(edge) + 1;
            }
        }

        return edges;
    }

    /// <summary>Edges that only one triangle has, as next vertex by vertex.</summary>
    public static Dictionary<int, int> Boundary(TriangleMesh mesh)
    {
        Dictionary<(int From, int To), int> edges = DirectedEdges(mesh);
        return edges.Keys.Where(e => !edges.ContainsKey((e.To, e.From))).ToDictionary(e => e.From, e => e.To);
    }

    /// <summary>Number of connected pieces.</summary>
    public static int Pieces(TriangleMesh mesh)
    {
        int[] parent = [.. Enumerable.Range(0, mesh.VertexCount)];
        int Find(int v)
        {
            while (parent[v] != v)
            {
                v = parent[v] = parent[parent[v]];
            }

            return v;
        }

        foreach ((int from, int to) in DirectedEdges(mesh).Keys)
        {
            parent[Find(from)] = Find(to);
        }

        return Enumerable.Range(0, mesh.VertexCount).Count(v => Find(v) == v);
    }

    /// <summary>Distance from a point to the nearest triangle, sampled: an upper bound that is exact at corners, edges' middles and centres refined three times.</summary>
    public static double DistanceTo(TriangleMesh mesh, Vector3D point)
    {
        double best = double.MaxValue;
        for (int t = 0; t < mesh.TriangleCount; t++)
        {
            Vector3D a = mesh.Positions[mesh.Triangles[3 * t]];
            if (Vector3D.Distance(a, point) > 15)
            {
                continue;
            }

            Vector3D b = mesh.Positions[mesh.Triangles[(3 * t) + 1]];
            Vector3D c = mesh.Positions[mesh.Triangles[(3 * t) + 2]];
            const int n = 40;
            for (int i = 0; i <= n; i++)
            {
                for (int j = 0; i + j <= n; j++)
                {
                    Vector3D q = a + ((double)i / n * (b - a)) + ((double)j / n * (c - a));
                    best = Math.Min(best, Vector3D.Distance(q, point));
                }
            }
        }

        return best;
    }
}
