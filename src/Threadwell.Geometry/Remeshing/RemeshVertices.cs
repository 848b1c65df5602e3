namespace Threadwell.Geometry;

/// <summary>
/// Where the vertices of a remeshing lie on the source: their normals, wished sizes and, on the border, arc lengths; and how they may move.
/// </summary>
internal sealed class RemeshVertices
{
    // Least cosine between a triangle and the source's normals at its corners: beyond, it stands across the surface.
    private const double LeastFacing = 0.3;

    private readonly EditableMesh _mesh;
    private readonly RemeshOptions _options;
    private readonly TriangleBvh _tree;
    private readonly Vector3D[] _sourceNormals;
    private readonly BorderCurves _border;
    private Vector3D[] _normals;
    private double[] _sizes;
    private bool[] _fixed;
    private int[] _curve;
    private double[] _arc;

    public RemeshVertices(SurfaceTopology topology, EditableMesh mesh, RemeshOptions options)
    {
        TriangleMesh source = topology.Mesh;
        _mesh = mesh;
        _options = options;
        _tree = new TriangleBvh(source);
        _sourceNormals = source.VertexNormals();
        _border = new BorderCurves(topology, options.TargetEdge);
        _normals = [.. _sourceNormals];
        _fixed = options.KeepBorder ? [.. topology.OnBoundary] : [.. _border.IsCorner];
        _sizes = Array.ConvertAll(source.Positions, Size);
        _curve = [.. _border.Curve];
        _arc = [.. _border.Arc];
    }

    public bool IsFixed(int vertex) => _fixed[vertex];

    /// <summary>Wished length of an edge between two vertices, mm.</summary>
    public double Wished(int a, int b) => Math.Min(_sizes[a], _sizes[b]);

    public double Quality(int a, int b, int c) => TriangleGeometry.Quality(_mesh.Position(a), _mesh.Position(b), _mesh.Position(c));

    public bool Faces(int a, int b, int c) => Faces(_mesh.Position(a), a, b, c);

    /// <summary>Whether triangle (a, b, c) would face like the source if a lay at another place.</summary>
    public bool Faces(Vector3D place, int a, int b, int c)
    {
        Vector3D normal = Vector3D.Cross(_mesh.Position(b) - place, _mesh.Position(c) - place).Normalized();
        return Vector3D.Dot(normal, _normals[a]) > LeastFacing
            && Vector3D.Dot(normal, _normals[b]) > LeastFacing
            && Vector3D.Dot(normal, _normals[c]) > LeastFacing;
    }

    /// <summary>The middle of an edge; for a border edge, of its stretch of border.</summary>
    public Vector3D Middle(int h) => _mesh.Opposite(h) < 0
        ? _border.Point(_curve[_mesh.Origin(h)], MiddleArc(h))
        : 0.5 * (_mesh.Position(_mesh.Origin(h)) + _mesh.Position(_mesh.Target(h)));

    /// <summary>Splits an edge at its middle.</summary>
    /// <returns>The new vertex.</returns>
    public int Split(int h)
    {
        int a = _mesh.Origin(h);
        int b = _mesh.Target(h);
        bool border = _mesh.Opposite(h) < 0;
        double arc = border ? MiddleArc(h) : 0;
        int middle = _mesh.Split(h, Middle(h));
        if (middle >= _normals.Length)
        {
            Array.Resize(ref _normals, 2 * middle);
            Array.Resize(ref _sizes, 2 * middle);
            Array.Resize(ref _fixed, 2 * middle);
            Array.Resize(ref _curve, 2 * middle);
            Array.Resize(ref _arc, 2 * middle);
        }

        _normals[middle] = (_normals[a] + _normals[b]).Normalized();
        _sizes[middle] = 0.5 * (_sizes[a] + _sizes[b]);
        _fixed[middle] = false;
        _curve[middle] = border ? _curve[a] : -1;
        _arc[middle] = arc;
        return middle;
    }

    /// <summary>Gives the target of a half-edge that is about to collapse what it needs at its new place.</summary>
    /// <param name="h">The half-edge.</param>
    /// <param name="kept">The end whose place is kept, or -1 when they meet in the middle.</param>
    /// <param name="place">The new place.</param>
    public void Merge(int h, int kept, Vector3D place)
    {
        int from = _mesh.Origin(h);
        int to = _mesh.Target(h);
        if (kept == to)
        {
            return;
        }

        if (_mesh.Opposite(h) < 0)
        {
            _arc[to] = kept == from ? _arc[from] : MiddleArc(h);
        }

        _mesh.Position(to) = place;
        _normals[to] = kept == from ? _normals[from] : (_normals[from] + _normals[to]).Normalized();
        _fixed[to] |= _fixed[from];
    }

    /// <summary>Moves a vertex towards the middle of its triangles, along the surface or its border.</summary>
    /// <param name="vertex">The vertex; a fixed or removed one stays.</param>
    /// <param name="improve">Moves only where that raises the worst quality about the vertex.</param>
    public void Relax(int vertex, bool improve)
    {
        if (!_mesh.HasFan(vertex) || _fixed[vertex])
        {
            return;
        }

        if (_mesh.IsBorder(vertex))
        {
            MoveAlongBorder(vertex, BorderStep(vertex), improve);
        }
        else
        {
            MoveTo(vertex, FanMiddle(vertex), _arc[vertex], improve);
        }
    }

    /// <summary>Tries a few places about a vertex and takes those that raise the worst quality about it.</summary>
    public void SearchBetterPlace(int vertex)
    {
        if (_fixed[vertex])
        {
            return;
        }

        bool border = _mesh.IsBorder(vertex);
        Vector3D normal = _normals[vertex];
        Vector3D u = Vector3D.Cross(normal, Math.Abs(normal.X) < 0.7 ? Vector3D.UnitX : Vector3D.UnitY).Normalized();
        Vector3D v = Vector3D.Cross(normal, u);
        double radius = 0.2 * _sizes[vertex];
        for (int attempt = 0; attempt < 4; attempt++, radius *= 0.5)
        {
            for (int direction = 0; direction < (border ? 2 : 8); direction++)
            {
                if (border)
                {
                    MoveAlongBorder(vertex, direction == 0 ? radius : -radius, improve: true);
                    continue;
                }

                (double sin, double cos) = Math.SinCos(direction * Math.PI / 4);
                MoveTo(vertex, _mesh.Position(vertex) + (radius * ((cos * u) + (sin * v))), _arc[vertex], improve: true);
            }
        }
    }

    private double Size(Vector3D position) => _options.Sizing is null
        ? _options.TargetEdge
        : Math.Clamp(_options.Sizing(position), 0.25 * _options.TargetEdge, 4 * _options.TargetEdge);

    private double MiddleArc(int h)
    {
        int a = _mesh.Origin(h);
        double way = _border.Onward(_curve[a], _arc[a], _arc[_mesh.Target(h)]);
        return _border.Wrap(_curve[a], _arc[a] + (0.5 * way));
    }

    // The centroid of the triangles' middles, weighted with area over the square of the wished size, so that sizes may vary.
    private Vector3D FanMiddle(int vertex)
    {
        Vector3D p = _mesh.Position(vertex);
        Vector3D sum = Vector3D.Zero;
        double weights = 0;
        for (int g = _mesh.FirstLeaving(vertex); g >= 0; g = _mesh.NextLeaving(g))
        {
            int b = _mesh.Target(g);
            int c = _mesh.Apex(g);
            Vector3D pb = _mesh.Position(b);
            Vector3D pc = _mesh.Position(c);
            double size = _sizes[vertex] + _sizes[b] + _sizes[c];
            double weight = Vector3D.Cross(pb - p, pc - p).Length / (size * size);
            sum += weight * (p + pb + pc) / 3;
            weights += weight;
        }

        Vector3D step = weights > 0 ? (sum / weights) - p : Vector3D.Zero;
        return p + (step - (Vector3D.Dot(step, _normals[vertex]) * _normals[vertex]));
    }

    private double BorderStep(int vertex)
    {
        int after = _mesh.Target(_mesh.FirstLeaving(vertex));
        int before = _mesh.Origin(_mesh.BorderArriving(vertex));
        double ahead = _border.Onward(_curve[vertex], _arc[vertex], _arc[after]) / (_sizes[vertex] + _sizes[after]);
        double behind = _border.Onward(_curve[vertex], _arc[before], _arc[vertex]) / (_sizes[vertex] + _sizes[before]);
        return (ahead - behind) / ((1 / (_sizes[vertex] + _sizes[after])) + (1 / (_sizes[vertex] + _sizes[before])));
    }

    private void MoveAlongBorder(int vertex, double step, bool improve)
    {
        // Half of the way to a neighbour at most, so that the order along the border holds.
        int after = _mesh.Target(_mesh.FirstLeaving(vertex));
        int before = _mesh.Origin(_mesh.BorderArriving(vertex));
        double ahead = 0.5 * _border.Onward(_curve[vertex], _arc[vertex], _arc[after]);
        double behind = 0.5 * _border.Onward(_curve[vertex], _arc[before], _arc[vertex]);
        double arc = _border.Wrap(_curve[vertex], _arc[vertex] + Math.Clamp(step, -behind, ahead));
        MoveTo(vertex, _border.Point(_curve[vertex], arc), arc, improve);
    }

    // Moves a vertex to the surface at a wished place, unless a triangle would turn over or (for improvement) the worst would not get better.
    private void MoveTo(int vertex, Vector3D wished, double arc, bool improve)
    {
        Vector3D oldNormal = _normals[vertex];
        if (!_tree.TryClosestPointFacing(wished, oldNormal, 0, 2 * _sizes[vertex], out SurfacePoint found))
        {
            return;
        }

        Vector3D oldPosition = _mesh.Position(vertex);
        bool faced = FanFaces(vertex);
        double worst = improve ? WorstQuality(vertex) : 0;
        _mesh.Position(vertex) = _mesh.IsBorder(vertex) ? wished : found.Position;
        Vector3D normal = found.Interpolate(_tree.Mesh, _sourceNormals).Normalized();
        _normals[vertex] = normal.Length > 0 ? normal : oldNormal;
        if ((faced && !FanFaces(vertex)) || (improve && WorstQuality(vertex) <= worst))
        {
            _mesh.Position(vertex) = oldPosition;
            _normals[vertex] = oldNormal;
            return;
        }

        _arc[vertex] = arc;
        _sizes[vertex] = Size(_mesh.Position(vertex));
    }

    private bool FanFaces(int vertex)
    {
        for (int g = _mesh.FirstLeaving(vertex); g >= 0; g = _mesh.NextLeaving(g))
        {
            if (!Faces(vertex, _mesh.Target(g), _mesh.Apex(g)))
            {
                return false;
            }
        }

        return true;
    }

    private double WorstQuality(int vertex)
    {
        double worst = 1;
        for (int g = _mesh.FirstLeaving(vertex); g >= 0; g = _mesh.NextLeaving(g))
        {
            worst = Math.Min(worst, Quality(vertex, _mesh.Target(g), _mesh.Apex(g)));
        }

        return worst;
    }
}
