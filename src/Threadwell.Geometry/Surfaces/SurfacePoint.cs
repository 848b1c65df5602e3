namespace Threadwell.Geometry;

/// <summary>A point on a surface, with where it lies and how far it is from the query that found it.</summary>
/// <param name="Position">The point, mm.</param>
/// <param name="Triangle">The triangle it lies in.</param>
/// <param name="Barycentrics">Weights of the triangle's corners; not negative, with sum 1.</param>
/// <param name="Distance">Distance from the query point, mm; along the ray for a ray cast.</param>
public readonly record struct SurfacePoint(Vector3D Position, int Triangle, Vector3D Barycentrics, double Distance)
{
    /// <summary>Interpolates a value given at the vertices.</summary>
    /// <param name="mesh">The surface that the point lies on.</param>
    /// <param name="values">One value a vertex.</param>
    public double Interpolate(TriangleMesh mesh, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return (Barycentrics.X * values[mesh.Triangles[3 * Triangle]])
            + (Barycentrics.Y * values[mesh.Triangles[(3 * Triangle) + 1]])
            + (Barycentrics.Z * values[mesh.Triangles[(3 * Triangle) + 2]]);
    }

    /// <summary>Interpolates a vector given at the vertices.</summary>
    /// <param name="mesh">The surface that the point lies on.</param>
    /// <param name="values">One vector a vertex.</param>
    public Vector3D Interpolate(TriangleMesh mesh, ReadOnlySpan<Vector3D> values)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return (Barycentrics.X * values[mesh.Triangles[3 * Triangle]])
            + (Barycentrics.Y * values[mesh.Triangles[(3 * Triangle) + 1]])
            + (Barycentrics.Z * values[mesh.Triangles[(3 * Triangle) + 2]]);
    }
}
