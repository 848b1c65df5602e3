namespace Threadwell.Geometry;

/// <summary>The state and the steps of one remeshing.</summary>
internal sealed class RemeshSession
{
    // Botsch and Kobbelt's limits: splitting and collapsing undo each other least.
    private const double LongEdge = 4.0 / 3;
    private const double ShortEdge = 4.0 / 5;

    private readonly RemeshOptions _options;
    private readonly RemeshVertices _vertices;
    private readonly EditableMesh _mesh;

    public RemeshSession(TriangleMesh source, RemeshOptions options)
    {
        _options = options;
        var topology = new SurfaceTopology(source);
        _mesh = new EditableMesh(topology);
        _vertices = new RemeshVertices(topology, _mesh, options);
    }

    public TriangleMesh Result() => _mesh.ToMesh();

    /// <summary>Halves edges that are too long.</summary>
    public void SplitLongEdges()
    {
        // The longest first: then each new edge is shorter than the one it was split from and the work ends. In any other order ever thinner
        // triangles keep long edges.
        var queue = new PriorityQueue<int, (double MinusRatio, int HalfEdge)>();
        for (int h = 0; h < _mesh.HalfEdgeCount; h++)
        {
            EnqueueIfLong(queue, h);
        }

        while (queue.TryDequeue(out int h, out (double MinusRatio, int HalfEdge) rank))
        {
            // An edge that has changed since has an entry of its own.
            if (!IsFirst(h) || -rank.MinusRatio != Length(h) / Wished(h) || IsHeldByLonger(h))
            {
                continue;
            }

            int middle = _vertices.Split(h);
            for (int g = _mesh.FirstLeaving(middle); g >= 0; g = _mesh.NextLeaving(g))
            {
                // The outer edges as well: splitting gave some of them another half-edge.
                for (int side = 3 * (g / 3); side < (3 * (g / 3)) + 3; side++)
                {
                    EnqueueIfLong(queue, side);
                    EnqueueIfLong(queue, _mesh.Opposite(side));
                }
            }
        }
    }

    /// <summary>Merges the ends of edges that are too short, where that makes no edge too long and folds nothing.</summary>
    public void CollapseShortEdges()
    {
        for (int h = 0; h < _mesh.HalfEdgeCount; h++)
        {
            if (_mesh.IsAlive(h) && Length(h) < ShortEdge * Wished(h))
            {
                TryCollapse(h);
            }
        }
    }

    /// <summary>Flips edges where that brings the vertices nearer to six neighbours (four on the border).</summary>
    public void FlipTowardsSixNeighbours()
    {
        for (int h = 0; h < _mesh.HalfEdgeCount; h++)
        {
            if (!_mesh.IsAlive(h) || !IsFirst(h) || !_mesh.CanFlip(h))
            {
                continue;
            }

            int a = Excess(_mesh.Origin(h));
            int b = Excess(_mesh.Target(h));
            int c = Excess(_mesh.Apex(h));
            int d = Excess(_mesh.Apex(_mesh.Opposite(h)));
            int before = (a * a) + (b * b) + (c * c) + (d * d);
            int after = ((a - 1) * (a - 1)) + ((b - 1) * (b - 1)) + ((c + 1) * (c + 1)) + ((d + 1) * (d + 1));
            if (after < before && FlipKeepsShape(h))
            {
                _mesh.Flip(h);
            }
        }
    }

    /// <summary>Moves vertices towards the middle of their triangles, along the surface.</summary>
    public void Relax(int passes)
    {
        for (int pass = 0; pass < passes; pass++)
        {
            for (int vertex = 0; vertex < _mesh.VertexCount; vertex++)
            {
                _vertices.Relax(vertex, improve: false);
            }
        }
    }

    /// <summary>Last rounds: Delaunay flips, and moves that raise the least quality about a vertex.</summary>
    public void Polish()
    {
        const int rounds = 4;
        for (int round = 0; round < rounds; round++)
        {
            FlipDelaunay();
            for (int vertex = 0; vertex < _mesh.VertexCount; vertex++)
            {
                _vertices.Relax(vertex, improve: true);
            }

            RaiseWorst();
        }
    }

    private void EnqueueIfLong(PriorityQueue<int, (double MinusRatio, int HalfEdge)> queue, int h)
    {
        if (h >= 0 && _mesh.IsAlive(h) && IsFirst(h) && IsToSplit(h))
        {
            queue.Enqueue(h, (-Length(h) / Wished(h), h));
        }
    }

    private bool IsToSplit(int h) => Length(h) > LongEdge * Wished(h) && !(_options.KeepBorder && _mesh.Opposite(h) < 0);

    // Beside a longer edge that is not split, halving an edge can make another as long as itself, for ever. Where border edges are kept,
    // only the longest edge of its triangles is split; the others come up again when that has been done.
    private bool IsHeldByLonger(int h)
    {
        if (!_options.KeepBorder)
        {
            return false;
        }

        foreach (int side in (ReadOnlySpan<int>)[h, _mesh.Opposite(h)])
        {
            if (side >= 0 && Math.Max(Length(EditableMesh.Next(side)), Length(EditableMesh.Previous(side))) > Length(h))
            {
                return true;
            }
        }

        return false;
    }

    // Each edge is visited by one of its half-edges.
    private bool IsFirst(int h) => _mesh.Opposite(h) < h;

    private double Length(int h) => Vector3D.Distance(_mesh.Position(_mesh.Origin(h)), _mesh.Position(_mesh.Target(h)));

    private double Wished(int h) => _vertices.Wished(_mesh.Origin(h), _mesh.Target(h));

    private int Excess(int vertex) => _mesh.Valence(vertex) - (_mesh.IsBorder(vertex) ? 4 : 6);

    private void TryCollapse(int h)
    {
        int from = _mesh.Origin(h);
        int to = _mesh.Target(h);
        bool border = _mesh.Opposite(h) < 0;
        bool fromFixed = _vertices.IsFixed(from);
        if ((fromFixed && (_vertices.IsFixed(to) || !border)) || (_options.KeepBorder && _mesh.IsBorder(from)) || !_mesh.CanCollapse(h))
        {
            return;
        }

        // A fixed end and the border keep their place; else the two meet half-way.
        int kept = _vertices.IsFixed(to) || (_mesh.IsBorder(to) && !border) ? to : fromFixed ? from : -1;
        Vector3D target = kept >= 0 ? _mesh.Position(kept) : _vertices.Middle(h);
        if (CollapseKeepsShape(from, to, target) && CollapseKeepsShape(to, from, target))
        {
            _vertices.Merge(h, kept, target);
            _mesh.Collapse(h);
        }
    }

    // Whether the triangles about a vertex that do not hold the other stay short-edged and facing when the vertex moves to the target.
    private bool CollapseKeepsShape(int vertex, int other, Vector3D target)
    {
        for (int g = _mesh.FirstLeaving(vertex); g >= 0; g = _mesh.NextLeaving(g))
        {
            int b = _mesh.Target(g);
            int c = _mesh.Apex(g);
            if (b == other || c == other)
            {
                continue;
            }

            Vector3D pb = _mesh.Position(b);
            Vector3D pc = _mesh.Position(c);
            if (Vector3D.Distance(target, pb) > LongEdge * _vertices.Wished(vertex, b)
                || Vector3D.Distance(target, pc) > LongEdge * _vertices.Wished(vertex, c)
                || !_vertices.Faces(target, vertex, b, c)
                || TriangleGeometry.Quality(target, pb, pc) < Math.Min(0.1, TriangleGeometry.Quality(_mesh.Position(vertex), pb, pc)))
            {
                return false;
            }
        }

        return true;
    }

    // The two triangles after the flip must face outwards and not fold more sharply than before.
    private bool FlipKeepsShape(int h)
    {
        int o = _mesh.Opposite(h);
        int a = _mesh.Origin(h);
        int b = _mesh.Target(h);
        int c = _mesh.Apex(h);
        int d = _mesh.Apex(o);
        if (!_vertices.Faces(c, d, b) || !_vertices.Faces(d, c, a))
        {
            return false;
        }

        const double nearlyFlat = 0.8;
        double fold = Vector3D.Dot(Normal(a, b, c), Normal(b, a, d));
        double worstBefore = Math.Min(_vertices.Quality(a, b, c), _vertices.Quality(b, a, d));
        double worstAfter = Math.Min(_vertices.Quality(c, d, b), _vertices.Quality(d, c, a));
        return Vector3D.Dot(Normal(c, d, b), Normal(d, c, a)) >= Math.Min(nearlyFlat, fold) && worstAfter > 0.5 * Math.Min(0.6, worstBefore);
    }

    private Vector3D Normal(int a, int b, int c) =>
        Vector3D.Cross(_mesh.Position(b) - _mesh.Position(a), _mesh.Position(c) - _mesh.Position(a)).Normalized();

    // Flips every edge whose two opposite angles exceed 180 degrees together.
    private void FlipDelaunay()
    {
        for (int h = 0; h < _mesh.HalfEdgeCount; h++)
        {
            if (_mesh.IsAlive(h) && IsFirst(h) && _mesh.CanFlip(h) && OppositeAngles(h) > Math.PI + 1e-9 && FlipKeepsShape(h))
            {
                _mesh.Flip(h);
            }
        }
    }

    private double OppositeAngles(int h)
    {
        Vector3D a = _mesh.Position(_mesh.Origin(h));
        Vector3D b = _mesh.Position(_mesh.Target(h));
        return Angle(_mesh.Position(_mesh.Apex(h)), a, b) + Angle(_mesh.Position(_mesh.Apex(_mesh.Opposite(h))), a, b);
    }

    private static double Angle(Vector3D at, Vector3D a, Vector3D b) =>
        Math.Atan2(Vector3D.Cross(a - at, b - at).Length, Vector3D.Dot(a - at, b - at));

    private void RaiseWorst()
    {
        const double poor = 0.75;
        for (int h = 0; h < _mesh.HalfEdgeCount; h++)
        {
            if (_mesh.IsAlive(h) && _vertices.Quality(_mesh.Origin(h), _mesh.Target(h), _mesh.Apex(h)) < poor)
            {
                _vertices.SearchBetterPlace(_mesh.Origin(h));
            }
        }
    }
}
