namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Smallest set of vertices that touches every edge between two sides: as many as a largest matching has edges (Koenig 1931), found
/// by augmenting paths.
/// </summary>
internal sealed class VertexCover
{
    private readonly int[] _match;
    private readonly int[] _visited;
    private readonly Dictionary<int, List<int>> _edges = [];
    private readonly List<int> _low = [];
    private int _visit;

    public VertexCover(int vertices)
    {
        _match = new int[vertices];
        _visited = new int[vertices];
        Array.Fill(_match, -1);
    }

    public void Clear()
    {
        foreach ((int low, List<int> highs) in _edges)
        {
            _match[low] = -1;
            foreach (int high in highs)
            {
                _match[high] = -1;
            }
        }

        _edges.Clear();
        _low.Clear();
    }

    /// <summary>Adds an edge from a vertex of the low side to one of the high side.</summary>
    public void AddEdge(int low, int high)
    {
        if (!_edges.TryGetValue(low, out List<int>? highs))
        {
            _edges[low] = highs = [];
            _low.Add(low);
        }

        highs.Add(high);
    }

    /// <summary>A smallest cover of the edges added since <see cref="Clear"/>.</summary>
    public List<int> Find()
    {
        foreach (int low in _low)
        {
            _visit++;
            Augment(low);
        }

        // From the unmatched low vertices along alternating paths: low vertices not reached and high vertices reached.
        _visit++;
        var pending = new Stack<int>(_low.Where(low => _match[low] < 0));
        var reached = new HashSet<int>(pending);
        var cover = new List<int>();
        while (pending.TryPop(out int low))
        {
            foreach (int high in _edges[low])
            {
                if (_visited[high] != _visit)
                {
                    _visited[high] = _visit;
                    cover.Add(high);
                    if (reached.Add(_match[high]))
                    {
                        pending.Push(_match[high]);
                    }
                }
            }
        }

        cover.AddRange(_low.Where(low => !reached.Contains(low)));
        return cover;
    }

    // Depth is bounded by the matching's size; cuts have a few hundred vertices, so an explicit stack keeps the call stack safe.
    private void Augment(int root)
    {
        var path = new Stack<(int Low, int Next)>();
        path.Push((root, 0));
        while (path.TryPop(out (int Low, int Next) top))
        {
            List<int> highs = _edges[top.Low];
            int next = top.Next;
            while (next < highs.Count && _visited[highs[next]] == _visit)
            {
                next++;
            }

            if (next == highs.Count)
            {
                continue;
            }

            int high = highs[next];
            _visited[high] = _visit;
            path.Push((top.Low, next));
            if (_match[high] < 0)
            {
                Flip(path);
                return;
            }

            path.Push((_match[high], 0));
        }
    }

    /// <summary>Matches every low vertex of the path with the high vertex it leads to.</summary>
    private void Flip(Stack<(int Low, int Next)> path)
    {
        foreach ((int low, int next) in path)
        {
            int high = _edges[low][next];
            _match[low] = high;
            _match[high] = low;
        }
    }
}
