using Threadwell.Geometry;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Groups the nodes of extruded meshes into the columns that run through the thickness, by the edges that lead from the bottom to the
/// top face of bricks and wedges. Eliminating a column at once shrinks the graph to the surface. Nodes of tetrahedra stay alone.
/// </summary>
internal static class ColumnGroups
{
    // A column longer than this is no thickness: the mesh was numbered along another direction, and nodes stay alone.
    private const int LongestColumn = 64;

    /// <summary>Group of each node, and for each group the mean position, mm.</summary>
    public static (int[] Group, Vector3D[] Centre) Find(SolidMesh mesh)
    {
        int[] parent = [.. Enumerable.Range(0, mesh.NodeCount)];
        int[] size = new int[mesh.NodeCount];
        Array.Fill(size, 1);
        bool tooLong = false;
        foreach (ElementBlock block in mesh.Blocks.Where(block => block.Kind != ElementKind.Tet4))
        {
            int half = block.NodesPerElement / 2;
            for (int e = 0; e < block.Count; e++)
            {
                for (int a = 0; a < half; a++)
                {
                    int bottom = Root(parent, block.Connectivity[(e * block.NodesPerElement) + a]);
                    int top = Root(parent, block.Connectivity[(e * block.NodesPerElement) + a + half]);
                    if (bottom != top)
                    {
                        parent[Math.Max(bottom, top)] = Math.Min(bottom, top);
                        size[Math.Min(bottom, top)] += size[Math.Max(bottom, top)];
                        tooLong |= size[Math.Min(bottom, top)] > LongestColumn;
                    }
                }
            }
        }

        int[] group = new int[mesh.NodeCount];
        int[] number = new int[mesh.NodeCount];
        Array.Fill(number, -1);
        var centres = new List<Vector3D>();
        var counts = new List<int>();
        for (int node = 0; node < mesh.NodeCount; node++)
        {
            int root = tooLong ? node : Root(parent, node);
            if (number[root] < 0)
            {
                number[root] = centres.Count;
                centres.Add(Vector3D.Zero);
                counts.Add(0);
            }

            group[node] = number[root];
            centres[group[node]] += mesh.Node(node);
            counts[group[node]]++;
        }

        return (group, [.. centres.Select((sum, g) => sum / counts[g])]);
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }
}
