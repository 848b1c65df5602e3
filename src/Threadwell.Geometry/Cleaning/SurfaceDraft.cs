using System.Globalization;

namespace Threadwell.Geometry;

/// <summary>A surface under repair: any set of triangles, with the numbers that they have in the file and the remarks so far.</summary>
internal sealed class SurfaceDraft(string source, Vector3D[] positions, int[] triangles, int[] faceNumbers)
{
    public string Source { get; } = source;

    public Vector3D[] Positions { get; set; } = positions;

    public int[] Triangles { get; set; } = triangles;

    /// <summary>The file's face of each triangle; 0 for a triangle that a repair added.</summary>
    public int[] FaceNumbers { get; set; } = faceNumbers;

    public List<string> Remarks { get; } = [];

    public int TriangleCount => Triangles.Length / 3;

    public Vector3D AreaVector(int triangle)
    {
        Vector3D a = Positions[Triangles[3 * triangle]];
        return 0.5 * Vector3D.Cross(Positions[Triangles[(3 * triangle) + 1]] - a, Positions[Triangles[(3 * triangle) + 2]] - a);
    }

    public double TotalArea()
    {
        double sum = 0;
        for (int triangle = 0; triangle < TriangleCount; triangle++)
        {
            sum += AreaVector(triangle).Length;
        }

        return sum;
    }

    /// <summary>Keeps the triangles that a mask names, in their order.</summary>
    public void Keep(bool[] kept)
    {
        int count = kept.Count(keep => keep);
        int[] keptTriangles = new int[3 * count];
        int[] numbers = new int[count];
        int next = 0;
        for (int triangle = 0; triangle < TriangleCount; triangle++)
        {
            if (kept[triangle])
            {
                Triangles.AsSpan(3 * triangle, 3).CopyTo(keptTriangles.AsSpan(3 * next));
                numbers[next++] = FaceNumbers[triangle];
            }
        }

        Triangles = keptTriangles;
        FaceNumbers = numbers;
    }

    /// <summary>Drops vertices that no triangle uses; the others keep their order.</summary>
    public void DropUnusedVertices()
    {
        int[] renumbered = new int[Positions.Length];
        foreach (int vertex in Triangles)
        {
            renumbered[vertex] = 1;
        }

        var kept = new List<Vector3D>();
        for (int vertex = 0; vertex < renumbered.Length; vertex++)
        {
            if (renumbered[vertex] == 1)
            {
                renumbered[vertex] = kept.Count;
                kept.Add(Positions[vertex]);
            }
        }

        Positions = [.. kept];
        Triangles = Array.ConvertAll(Triangles, vertex => renumbered[vertex]);
    }

    public TriangleMesh ToMesh() => new(Positions, Triangles);

    /// <summary>A place for messages: the file's face and where it lies.</summary>
    public string Place(int triangle)
    {
        Vector3D middle = (Positions[Triangles[3 * triangle]] + Positions[Triangles[(3 * triangle) + 1]] + Positions[Triangles[(3 * triangle) + 2]]) / 3;
        return $"face {FaceNumbers[triangle]} near {Place(middle)}";
    }

    public static string Place(Vector3D p) =>
        string.Create(CultureInfo.InvariantCulture, $"({p.X:0.#}, {p.Y:0.#}, {p.Z:0.#}) mm");

    public InvalidInputException Error(int triangle, string problem) => new(Source, Place(triangle), problem);
}
