namespace Threadwell.Geometry;

/// <summary>
/// A surface of triangles. Positions are in millimetres; triangles are counter-clockwise seen from outside.
/// The arrays are shared, not copied: a mesh is treated as immutable by everyone who receives one.
/// </summary>
public sealed class TriangleMesh
{
    /// <summary>Wraps vertex positions and triangle corners.</summary>
    /// <param name="positions">Vertex positions in mm.</param>
    /// <param name="triangles">Three zero-based vertex indices a triangle, one triangle after the other.</param>
    /// <exception cref="ArgumentException">The index count is no multiple of three, or an index lies outside the vertices.</exception>
    public TriangleMesh(Vector3D[] positions, int[] triangles)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(triangles);
        if (triangles.Length % 3 != 0)
        {
            throw new ArgumentException("Triangle indices come in threes.", nameof(triangles));
        }

        foreach (int corner in triangles)
        {
            if ((uint)corner >= (uint)positions.Length)
            {
                throw new ArgumentException($"Triangle corner {corner} is not one of the {positions.Length} vertices.", nameof(triangles));
            }
        }

        Positions = positions;
        Triangles = triangles;
    }

    /// <summary>Vertex positions in mm.</summary>
    public Vector3D[] Positions { get; }

    /// <summary>Three vertex indices a triangle; length 3 x <see cref="TriangleCount"/>.</summary>
    public int[] Triangles { get; }

    /// <summary>Number of vertices.</summary>
    public int VertexCount => Positions.Length;

    /// <summary>Number of triangles.</summary>
    public int TriangleCount => Triangles.Length / 3;

    /// <summary>The vector area of a triangle: its unit normal times its area in mm².</summary>
    public Vector3D TriangleAreaVector(int triangle)
    {
        Vector3D a = Positions[Triangles[3 * triangle]];
        Vector3D b = Positions[Triangles[(3 * triangle) + 1]];
        Vector3D c = Positions[Triangles[(3 * triangle) + 2]];
        return 0.5 * Vector3D.Cross(b - a, c - a);
    }

    /// <summary>Area-weighted unit normals, one a vertex; zero where a vertex has no area around it.</summary>
    public Vector3D[] VertexNormals()
    {
        var normals = new Vector3D[VertexCount];
        for (int triangle = 0; triangle < TriangleCount; triangle++)
        {
            Vector3D area = TriangleAreaVector(triangle);
            for (int corner = 0; corner < 3; corner++)
            {
                normals[Triangles[(3 * triangle) + corner]] += area;
            }
        }

        for (int vertex = 0; vertex < normals.Length; vertex++)
        {
            normals[vertex] = normals[vertex].Normalized();
        }

        return normals;
    }
}
