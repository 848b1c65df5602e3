namespace Threadwell.Geometry;

/// <summary>
/// A manifold surface whose edges can be split, collapsed and flipped. Half-edge h = 3 t + k leaves corner k of triangle t; its opposite is
/// -1 on the border. The half-edge noted for a border vertex is the border's own, so that turning from it visits the whole fan.
/// </summary>
/// <remarks>
/// Operations keep the surface manifold; whether they are wise for its shape is the caller's question. The basic operations are those of
/// Botsch et al., Polygon Mesh Processing (2010), chapter 2.
/// </remarks>
internal sealed class EditableMesh
{
    private int[] _origin;
    private int[] _opposite;
    private Vector3D[] _positions;
    private int[] _leaving;

    public EditableMesh(SurfaceTopology topology)
    {
        TriangleMesh mesh = topology.Mesh;
        _origin = [.. mesh.Triangles];
        _opposite = [.. topology.Opposite];
        _positions = [.. mesh.Positions];
        _leaving = new int[mesh.VertexCount];
        Array.Fill(_leaving, -1);
        HalfEdgeCount = _origin.Length;
        VertexCount = _positions.Length;
        for (int h = 0; h < HalfEdgeCount; h++)
        {
            if (_leaving[_origin[h]] < 0 || _opposite[h] < 0)
            {
                _leaving[_origin[h]] = h;
            }
        }
    }

    /// <summary>Half-edges made so far, those of removed triangles included.</summary>
    public int HalfEdgeCount { get; private set; }

    /// <summary>Vertices made so far, removed ones included.</summary>
    public int VertexCount { get; private set; }

    public static int Next(int h) => h % 3 == 2 ? h - 2 : h + 1;

    public static int Previous(int h) => h % 3 == 0 ? h + 2 : h - 1;

    public ref Vector3D Position(int vertex) => ref _positions[vertex];

    public int Origin(int h) => _origin[h];

    public int Target(int h) => _origin[Next(h)];

    /// <summary>The corner of the half-edge's triangle that it does not touch.</summary>
    public int Apex(int h) => _origin[Previous(h)];

    public int Opposite(int h) => _opposite[h];

    /// <summary>Whether the half-edge's triangle still exists.</summary>
    public bool IsAlive(int h) => _origin[h] >= 0;

    /// <summary>Whether the vertex still exists and has triangles.</summary>
    public bool HasFan(int vertex) => _leaving[vertex] >= 0;

    public bool IsBorder(int vertex) => _opposite[_leaving[vertex]] < 0;

    /// <summary>The first half-edge that leaves a vertex.</summary>
    public int FirstLeaving(int vertex) => _leaving[vertex];

    /// <summary>The next half-edge that leaves the same vertex, counter-clockwise; -1 past the border or back at the first.</summary>
    public int NextLeaving(int h)
    {
        int next = _opposite[Previous(h)];
        return next == _leaving[_origin[h]] ? -1 : next;
    }

    /// <summary>The border half-edge that arrives at a border vertex.</summary>
    public int BorderArriving(int vertex)
    {
        int h = _leaving[vertex];
        while (_opposite[Previous(h)] >= 0)
        {
            h = _opposite[Previous(h)];
        }

        return Previous(h);
    }

    /// <summary>Number of neighbours.</summary>
    public int Valence(int vertex)
    {
        int count = IsBorder(vertex) ? 1 : 0;
        for (int h = _leaving[vertex]; h >= 0; h = NextLeaving(h))
        {
            count++;
        }

        return count;
    }

    /// <summary>Puts a new vertex on an edge and joins it to the far corners of the edge's triangles.</summary>
    /// <returns>The new vertex.</returns>
    public int Split(int h, Vector3D position)
    {
        int m = AddVertex(position);
        int opposite = _opposite[h];
        int near = SplitTriangle(h, m);
        if (opposite < 0)
        {
            // h now runs from its origin to m; near runs from m to the old target; both lie on the border.
            _leaving[m] = near;
            return m;
        }

        int far = SplitTriangle(opposite, m);
        Pair(h, far);
        Pair(near, opposite);
        _leaving[m] = near;
        return m;
    }

    /// <summary>Whether an edge can be replaced by the other diagonal of its two triangles without repeating an edge.</summary>
    public bool CanFlip(int h)
    {
        int o = _opposite[h];
        return o >= 0 && FindEdge(_origin[Previous(h)], _origin[Previous(o)]) < 0;
    }

    /// <summary>Replaces an edge by the other diagonal of its two triangles.</summary>
    public void Flip(int h)
    {
        // Triangles (a, b, c) and (b, a, d) become (c, d, b) and (d, c, a).
        int o = _opposite[h];
        int hn = Next(h);
        int hp = Previous(h);
        int on = Next(o);
        int op = Previous(o);
        int a = _origin[h];
        int b = _origin[o];
        int c = _origin[hp];
        int d = _origin[op];
        int bc = _opposite[hn];
        int ca = _opposite[hp];
        int ad = _opposite[on];
        int db = _opposite[op];
        (_origin[h], _origin[hn], _origin[hp]) = (c, d, b);
        (_origin[o], _origin[on], _origin[op]) = (d, c, a);
        Pair(hn, db);
        Pair(hp, bc);
        Pair(on, ca);
        Pair(op, ad);
        Renew(a, op);
        Renew(b, hp);
        Renew(c, h);
        Renew(d, o);
    }

    /// <summary>
    /// Whether the origin of a half-edge can be merged into its target and leave a manifold: their common neighbours are the far corners of
    /// the edge only, and no border is pinched.
    /// </summary>
    public bool CanCollapse(int h)
    {
        int o = _opposite[h];
        int from = _origin[h];
        int to = Target(h);
        if (IsBorder(from) && (o >= 0 || !IsBorder(to)))
        {
            // A border vertex moves along the border only. (Of a border edge the half-edge that exists has no opposite.)
            return false;
        }

        // A triangle whose two other edges are both on the border would vanish into an edge without faces; a far corner with three
        // neighbours would keep two and fold.
        if (IsEar(h) || (o >= 0 && IsEar(o)) || IsCap(Previous(h)) || (o >= 0 && IsCap(Previous(o))))
        {
            return false;
        }

        int common = 0;
        for (int g = _leaving[from]; g >= 0; g = NextLeaving(g))
        {
            common += FindEdge(Target(g), to) >= 0 && Target(g) != to ? 1 : 0;
        }

        if (IsBorder(from))
        {
            // The neighbour before the border edge that arrives has no leaving half-edge here.
            int before = _origin[BorderArriving(from)];
            common += before != to && FindEdge(before, to) >= 0 ? 1 : 0;
        }

        return common == (o >= 0 ? 2 : 1);
    }

    /// <summary>Merges the origin of a half-edge into its target, which keeps its position.</summary>
    public void Collapse(int h)
    {
        int o = _opposite[h];
        int from = _origin[h];
        int to = Target(h);

        // All fans are renamed first, while they can still be walked.
        int first = _leaving[from];
        for (int g = first; g >= 0;)
        {
            int next = _opposite[Previous(g)];
            _origin[g] = to;
            g = next == first ? -1 : next;
        }

        _leaving[from] = -1;
        int leaving = Stitch(h);
        if (o >= 0)
        {
            leaving = Stitch(o);
        }

        Renew(to, leaving);
    }

    /// <summary>The half-edge from one vertex to another in either direction; -1 when they are not joined.</summary>
    public int FindEdge(int a, int b)
    {
        for (int h = _leaving[a]; h >= 0; h = NextLeaving(h))
        {
            if (Target(h) == b)
            {
                return h;
            }

            if (_origin[Previous(h)] == b)
            {
                return Previous(h);
            }
        }

        return -1;
    }

    /// <summary>The surface as it is, unused vertices left out.</summary>
    public TriangleMesh ToMesh()
    {
        int[] renumbered = new int[VertexCount];
        var positions = new List<Vector3D>();
        for (int vertex = 0; vertex < VertexCount; vertex++)
        {
            renumbered[vertex] = positions.Count;
            if (_leaving[vertex] >= 0)
            {
                positions.Add(_positions[vertex]);
            }
        }

        var triangles = new List<int>();
        for (int h = 0; h < HalfEdgeCount; h++)
        {
            if (_origin[h] >= 0)
            {
                triangles.Add(renumbered[_origin[h]]);
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }

    // Splits the triangle of h = (a -> b) at m into (a, m, c), which keeps its number, and (m, b, c); returns the half-edge m -> b.
    private int SplitTriangle(int h, int m)
    {
        int hn = Next(h);
        int hp = Previous(h);
        int b = _origin[hn];
        int c = _origin[hp];
        int t = AddTriangle(m, b, c);
        int bc = _opposite[hn];
        _origin[hn] = m;
        Pair(t + 1, bc);
        Pair(hn, t + 2);
        if (_leaving[b] == hn)
        {
            _leaving[b] = t + 1;
        }

        return t;
    }

    // Removes the triangle of h, whose edge h has shrunk to a point, and joins its two other edges; returns a half-edge leaving the point.
    private int Stitch(int h)
    {
        int hn = Next(h);
        int hp = Previous(h);
        int outer = _opposite[hn];
        int inner = _opposite[hp];
        int apex = _origin[hp];
        _origin[h] = _origin[hn] = _origin[hp] = -1;

        // hn ran from the point to the apex, hp back: outer leaves the apex, inner leaves the point.
        if (outer >= 0)
        {
            _opposite[outer] = inner;
        }

        if (inner >= 0)
        {
            _opposite[inner] = outer;
        }

        int atApex = outer >= 0 ? outer : Next(inner);
        Renew(apex, atApex);
        return inner >= 0 ? inner : Next(outer);
    }

    private bool IsEar(int h) => _opposite[Next(h)] < 0 && _opposite[Previous(h)] < 0;

    private bool IsCap(int h) => !IsBorder(_origin[h]) && Valence(_origin[h]) <= 3;

    private void Pair(int a, int b)
    {
        _opposite[a] = b;
        if (b >= 0)
        {
            _opposite[b] = a;
        }
    }

    // Notes a half-edge that leaves the vertex; on the border, turns back to the border's own.
    private void Renew(int vertex, int leaving)
    {
        int h = leaving;
        while (_opposite[h] >= 0)
        {
            h = Next(_opposite[h]);
            if (h == leaving)
            {
                break;
            }
        }

        _leaving[vertex] = h;
    }

    private int AddVertex(Vector3D position)
    {
        if (VertexCount == _positions.Length)
        {
            Array.Resize(ref _positions, 2 * VertexCount);
            Array.Resize(ref _leaving, 2 * VertexCount);
        }

        _positions[VertexCount] = position;
        _leaving[VertexCount] = -1;
        return VertexCount++;
    }

    private int AddTriangle(int a, int b, int c)
    {
        if (HalfEdgeCount + 3 > _origin.Length)
        {
            Array.Resize(ref _origin, 2 * (HalfEdgeCount + 3));
            Array.Resize(ref _opposite, 2 * (HalfEdgeCount + 3));
        }

        int h = HalfEdgeCount;
        (_origin[h], _origin[h + 1], _origin[h + 2]) = (a, b, c);
        (_opposite[h], _opposite[h + 1], _opposite[h + 2]) = (-1, -1, -1);
        HalfEdgeCount += 3;
        return h;
    }
}
