namespace Threadwell.Geometry;

/// <summary>A surface as a file holds it, before any repair: positions in the file's own unit and axes.</summary>
public sealed class RawMesh
{
    internal RawMesh(string source, Vector3D[] positions, int[] triangles, int[] faceNumbers, string? formatUnit)
    {
        Source = source;
        Positions = positions;
        Triangles = triangles;
        FaceNumbers = faceNumbers;
        FormatUnit = formatUnit;
    }

    /// <summary>The path as the user named it.</summary>
    public string Source { get; }

    /// <summary>Vertex positions in the file's unit; index plus one is the vertex number of the file.</summary>
    public Vector3D[] Positions { get; }

    /// <summary>Three zero-based vertex indices a triangle; polygons have been split.</summary>
    public int[] Triangles { get; }

    /// <summary>For each triangle the one-based number of the file's face that it came from.</summary>
    public int[] FaceNumbers { get; }

    /// <summary>The unit that the file format itself prescribes ("m" for glTF); null where the format leaves it open.</summary>
    public string? FormatUnit { get; }
}
