namespace Threadwell.Geometry;

/// <summary>What a mesh file may hold at most. A dense scan of a head has a few hundred thousand vertices.</summary>
public static class MeshLimits
{
    /// <summary>Largest file in bytes (512 MiB).</summary>
    public const long FileBytes = 512L << 20;

    /// <summary>Most vertices in a file; a soup of separate triangles (STL) counts three a triangle.</summary>
    public const int Vertices = 12_000_000;

    /// <summary>Most triangles after polygons are split.</summary>
    public const int Triangles = 4_000_000;

    /// <summary>Most corners of one polygon.</summary>
    public const int PolygonCorners = 1000;
}
