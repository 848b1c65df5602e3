namespace Threadwell.Geometry;

/// <summary>
/// Collects the vertices and polygons that a reader meets, and turns them into a <see cref="RawMesh"/> once all vertices are known.
/// </summary>
internal sealed class PolygonSoup(string source, string placeWord)
{
    private readonly List<Vector3D> _positions = [];
    private readonly List<int> _corners = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _facePlaces = [];

    public string Source => source;

    /// <summary>What the place numbers count: "line", "byte", "mesh 0 primitive 1 vertex".</summary>
    public string PlaceWord { get; set; } = placeWord;

    public int VertexCount => _positions.Count;

    /// <summary>Adds a vertex; refuses infinite values and values too large for single precision arithmetic elsewhere.</summary>
    public void AddVertex(Vector3D position, long place)
    {
        // Squares and products of three lengths must stay finite in every later step.
        const double largest = 1e9;
        if (!(Math.Abs(position.X) <= largest && Math.Abs(position.Y) <= largest && Math.Abs(position.Z) <= largest))
        {
            throw Error(place, $"vertex {_positions.Count + 1} is not finite or beyond 1e9; the file is damaged or not a scan");
        }

        if (_positions.Count >= MeshLimits.Vertices)
        {
            throw Error(place, $"more than {MeshLimits.Vertices} vertices; reduce the scan before importing it");
        }

        _positions.Add(position);
    }

    /// <summary>Adds a corner to the polygon being built; the index is checked in <see cref="Build"/>.</summary>
    public void AddCorner(int zeroBasedVertex) => _corners.Add(zeroBasedVertex);

    /// <summary>Ends the polygon being built.</summary>
    public void EndPolygon(long place)
    {
        int count = _corners.Count - _starts[^1];
        if (count < 3)
        {
            throw Error(place, $"face {_starts.Count} has {count} corners; a face needs at least 3");
        }

        if (count > MeshLimits.PolygonCorners)
        {
            throw Error(place, $"face {_starts.Count} has {count} corners; at most {MeshLimits.PolygonCorners} are supported");
        }

        if (_starts.Count > MeshLimits.Triangles)
        {
            throw Error(place, $"more than {MeshLimits.Triangles} faces; reduce the scan before importing it");
        }

        _starts.Add(_corners.Count);
        _facePlaces.Add((int)Math.Min(place, int.MaxValue));
    }

    /// <summary>An error at a place of the file: a line number or a byte offset, by the reader's choice of word.</summary>
    public InvalidInputException Error(long place, string problem) => new(source, $"{PlaceWord} {place}", problem);

    /// <summary>Checks the indices and splits the polygons.</summary>
    /// <exception cref="InvalidInputException">A corner is not one of the vertices, or there is no face.</exception>
    public RawMesh Build(string? formatUnit)
    {
        int faces = _starts.Count - 1;
        if (_positions.Count == 0 || faces == 0)
        {
            throw new InvalidInputException(
                source,
                null,
                _positions.Count == 0 ? "the file holds no vertices" : "the file holds no faces; export a surface mesh, not a point cloud");
        }

        Vector3D[] positions = [.. _positions];
        var triangles = new List<int>(_corners.Count);
        var numbers = new List<int>(faces);
        var splitter = new PolygonSplitter(positions);
        ReadOnlySpan<int> corners = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_corners);
        for (int face = 0; face < faces; face++)
        {
            ReadOnlySpan<int> polygon = corners[_starts[face].._starts[face + 1]];
            foreach (int corner in polygon)
            {
                if ((uint)corner >= (uint)positions.Length)
                {
                    throw Error(
                        _facePlaces[face],
                        $"face {face + 1} refers to vertex {(long)corner + 1}, but the file holds {positions.Length} vertices");
                }
            }

            int before = triangles.Count;
            splitter.Split(polygon, triangles);
            for (int added = before; added < triangles.Count; added += 3)
            {
                numbers.Add(face + 1);
            }

            if (numbers.Count > MeshLimits.Triangles)
            {
                throw Error(_facePlaces[face], $"more than {MeshLimits.Triangles} triangles; reduce the scan before importing it");
            }
        }

        return new RawMesh(source, positions, [.. triangles], [.. numbers], formatUnit);
    }
}
