namespace Threadwell.Geometry;

/// <summary>
/// Who neighbours whom on a manifold surface. Half-edge h = 3 t + k runs from corner k of triangle t to corner (k + 1) mod 3.
/// </summary>
public sealed class SurfaceTopology
{
    private readonly int[] _neighbourStarts;
    private readonly int[] _neighbours;
    private readonly int[] _fanStarts;
    private readonly int[] _fans;

    /// <summary>Finds the neighbours.</summary>
    /// <param name="mesh">A surface whose edges have at most two triangles each, wound consistently.</param>
    /// <exception cref="ArgumentException">An edge has three triangles or two wound differently.</exception>
    public SurfaceTopology(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        Mesh = mesh;
        int[] triangles = mesh.Triangles;
        Opposite = new int[triangles.Length];
        Array.Fill(Opposite, -1);
        var halfEdges = new Dictionary<long, int>(triangles.Length);
        for (int h = 0; h < triangles.Length; h++)
        {
            long key = Key(triangles[h], triangles[Next(h)]);
            if (!halfEdges.TryAdd(key, h))
            {
                throw new ArgumentException(
                    $"The edge from vertex {triangles[h]} to {triangles[Next(h)]} runs the same way in triangles {halfEdges[key] / 3} and {h / 3}.",
                    nameof(mesh));
            }
        }

        for (int h = 0; h < triangles.Length; h++)
        {
            if (halfEdges.TryGetValue(Key(triangles[Next(h)], triangles[h]), out int opposite))
            {
                Opposite[h] = opposite;
            }
        }

        (_fanStarts, _fans) = CollectFans(mesh);
        (_neighbourStarts, _neighbours, OnBoundary) = CollectNeighbours(mesh, Opposite);
    }

    /// <summary>The surface.</summary>
    public TriangleMesh Mesh { get; }

    /// <summary>For each half-edge the one that runs back along the same edge in the neighbouring triangle; -1 on the boundary.</summary>
    public int[] Opposite { get; }

    /// <summary>For each vertex whether it lies on a boundary.</summary>
    public bool[] OnBoundary { get; }

    /// <summary>The next half-edge in the same triangle.</summary>
    public static int Next(int halfEdge) => halfEdge % 3 == 2 ? halfEdge - 2 : halfEdge + 1;

    /// <summary>The previous half-edge in the same triangle.</summary>
    public static int Previous(int halfEdge) => halfEdge % 3 == 0 ? halfEdge + 2 : halfEdge - 1;

    /// <summary>The vertices joined to a vertex by an edge, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int vertex) => _neighbours.AsSpan(_neighbourStarts[vertex].._neighbourStarts[vertex + 1]);

    /// <summary>The triangles at a vertex, ascending.</summary>
    public ReadOnlySpan<int> TrianglesAt(int vertex) => _fans.AsSpan(_fanStarts[vertex].._fanStarts[vertex + 1]);

    /// <summary>
    /// The boundary loops, each as vertices in the direction of the boundary half-edges (surface on the left). Loops start at their lowest
    /// half-edge and come in that order. A vertex where two loops touch appears in both.
    /// </summary>
    public List<int[]> BoundaryLoops()
    {
        int[] triangles = Mesh.Triangles;
        var loops = new List<int[]>();
        bool[] done = new bool[triangles.Length];
        for (int start = 0; start < triangles.Length; start++)
        {
            if (Opposite[start] >= 0 || done[start])
            {
                continue;
            }

            var loop = new List<int>();
            int h = start;
            do
            {
                done[h] = true;
                loop.Add(triangles[h]);
                h = Next(h);

                // Turn about the end vertex through its fan until the next boundary half-edge.
                while (Opposite[h] >= 0)
                {
                    h = Next(Opposite[h]);
                }
            }
            while (h != start);
            loops.Add([.. loop]);
        }

        return loops;
    }

    /// <summary>Numbers the connected parts in the order of their lowest triangle.</summary>
    /// <returns>The part of each triangle.</returns>
    public int[] Parts(out int count)
    {
        int[] part = new int[Mesh.TriangleCount];
        Array.Fill(part, -1);
        count = 0;
        var pending = new Stack<int>();
        for (int seed = 0; seed < part.Length; seed++)
        {
            if (part[seed] >= 0)
            {
                continue;
            }

            part[seed] = count;
            pending.Push(seed);
            while (pending.TryPop(out int triangle))
            {
                for (int k = 0; k < 3; k++)
                {
                    int opposite = Opposite[(3 * triangle) + k];
                    if (opposite >= 0 && part[opposite / 3] < 0)
                    {
                        part[opposite / 3] = count;
                        pending.Push(opposite / 3);
                    }
                }
            }

            count++;
        }

        return part;
    }

    // A product, because the hash of a long is the exclusive-or of its halves: packed pairs of neighbouring numbers would all collide.
    private long Key(int from, int to) => ((long)from * Mesh.VertexCount) + to;

    private static (int[] Starts, int[] Fans) CollectFans(TriangleMesh mesh)
    {
        int[] starts = new int[mesh.VertexCount + 1];
        foreach (int corner in mesh.Triangles)
        {
            starts[corner + 1]++;
        }

        for (int vertex = 0; vertex < mesh.VertexCount; vertex++)
        {
            starts[vertex + 1] += starts[vertex];
        }

        int[] fill = starts[..^1];
        int[] fans = new int[mesh.Triangles.Length];
        for (int h = 0; h < mesh.Triangles.Length; h++)
        {
            fans[fill[mesh.Triangles[h]]++] = h / 3;
        }

        return (starts, fans);
    }

    private static (int[] Starts, int[] Neighbours, bool[] OnBoundary) CollectNeighbours(TriangleMesh mesh, int[] opposite)
    {
        int[] starts = new int[mesh.VertexCount + 1];
        bool[] boundary = new bool[mesh.VertexCount];
        int[] triangles = mesh.Triangles;
        for (int h = 0; h < triangles.Length; h++)
        {
            // An interior edge gives each end one half-edge that leaves it; a boundary edge lacks the one back.
            starts[triangles[h] + 1]++;
            if (opposite[h] < 0)
            {
                starts[triangles[Next(h)] + 1]++;
                boundary[triangles[h]] = true;
                boundary[triangles[Next(h)]] = true;
            }
        }

        for (int vertex = 0; vertex < mesh.VertexCount; vertex++)
        {
            starts[vertex + 1] += starts[vertex];
        }

        int[] fill = starts[..^1];
        int[] neighbours = new int[starts[^1]];
        for (int h = 0; h < triangles.Length; h++)
        {
            int from = triangles[h];
            int to = triangles[Next(h)];
            neighbours[fill[from]++] = to;
            if (opposite[h] < 0)
            {
                neighbours[fill[to]++] = from;
            }
        }

        Span<int> all = neighbours;
        for (int vertex = 0; vertex < mesh.VertexCount; vertex++)
        {
            all[starts[vertex]..starts[vertex + 1]].Sort();
        }

        return (starts, neighbours, boundary);
    }
}
