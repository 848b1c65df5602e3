namespace Threadwell.Geometry;

/// <summary>The half-edges of any set of triangles, grouped by the undirected edge that they run along.</summary>
internal sealed class EdgeTable
{
    private readonly Dictionary<long, int> _first;
    private readonly long _stride;
    private readonly int[] _next;

    public EdgeTable(int[] triangles)
    {
        _stride = triangles.Length == 0 ? 1 : triangles.Max() + 1L;
        _first = new Dictionary<long, int>(triangles.Length / 2);
        _next = new int[triangles.Length];

        // Filled backwards, so that each chain ascends.
        for (int h = triangles.Length - 1; h >= 0; h--)
        {
            long key = Key(triangles[h], triangles[SurfaceTopology.Next(h)]);
            _next[h] = _first.TryGetValue(key, out int head) ? head : -1;
            _first[key] = h;
        }
    }

    /// <summary>Collects the half-edges along the edge of half-edge <paramref name="h"/>, itself included, ascending.</summary>
    public void Along(int[] triangles, int h, List<int> halfEdges)
    {
        halfEdges.Clear();
        for (int other = _first[Key(triangles[h], triangles[SurfaceTopology.Next(h)])]; other >= 0; other = _next[other])
        {
            halfEdges.Add(other);
        }
    }

    // A product, because the hash of a long is the exclusive-or of its halves: packed pairs of neighbouring numbers would all collide.
    private long Key(int a, int b) => a < b ? (a * _stride) + b : (b * _stride) + a;
}
