using System.Globalization;

namespace Threadwell.Geometry;

/// <summary>Keeps the largest connected part of a surface.</summary>
internal static class PartSelector
{
    // A second part of more than this share of the largest one's area, lying beside it, may be the patient as well.
    private const double RivalShare = 0.6;

    /// <summary>The part of each vertex, named by the part's lowest vertex.</summary>
    public static int[] PartsByVertex(SurfaceDraft draft)
    {
        var sets = new DisjointSets(draft.Positions.Length);
        for (int corner = 0; corner < draft.Triangles.Length; corner += 3)
        {
            sets.Join(draft.Triangles[corner], draft.Triangles[corner + 1]);
            sets.Join(draft.Triangles[corner], draft.Triangles[corner + 2]);
        }

        int[] parts = new int[draft.Positions.Length];
        for (int vertex = 0; vertex < parts.Length; vertex++)
        {
            parts[vertex] = sets.Find(vertex);
        }

        return parts;
    }

    /// <summary>Keeps the part with the largest area; an inner shell is dropped like any stray part.</summary>
    /// <exception cref="InvalidInputException">Two parts of similar size lie beside each other.</exception>
    public static void KeepLargest(SurfaceDraft draft)
    {
        int[] part = PartsByVertex(draft);
        double[] areas = Areas(draft, part);
        int[] firstTriangle = new int[part.Length];
        Array.Fill(firstTriangle, -1);
        for (int triangle = draft.TriangleCount - 1; triangle >= 0; triangle--)
        {
            firstTriangle[part[draft.Triangles[3 * triangle]]] = triangle;
        }

        int largest = Array.IndexOf(areas, areas.Max());
        List<int> strays = [.. Enumerable.Range(0, part.Length).Where(p => p != largest && firstTriangle[p] >= 0).OrderByDescending(p => areas[p])];
        if (strays.Count == 0)
        {
            return;
        }

        if (areas[strays[0]] > RivalShare * areas[largest] && !Box(draft, part, largest).Contains(Box(draft, part, strays[0])))
        {
            throw draft.Error(
                firstTriangle[strays[0]],
                $"a second part has {Percent(areas[strays[0]] / areas[largest])} of the area of the largest; remove what is not the patient");
        }

        double share = strays.Sum(p => areas[p]) / areas[largest];
        draft.Remarks.Add($"Stray parts dropped: {strays.Count} ({Percent(share)} of the kept area), the largest at {draft.Place(firstTriangle[strays[0]])}.");
        Keep(draft, part, largest);
    }

    /// <summary>Keeps the part with the largest area, whatever the others are.</summary>
    public static void KeepLargestQuietly(SurfaceDraft draft)
    {
        int[] part = PartsByVertex(draft);
        double[] areas = Areas(draft, part);
        Keep(draft, part, Array.IndexOf(areas, areas.Max()));
    }

    /// <summary>The area of each part in mm², at the index of the part's name.</summary>
    public static double[] Areas(SurfaceDraft draft, int[] part)
    {
        double[] areas = new double[part.Length];
        for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
        {
            areas[part[draft.Triangles[3 * triangle]]] += draft.AreaVector(triangle).Length;
        }

        return areas;
    }

    /// <summary>The box about a part.</summary>
    public static BoundingBox Box(SurfaceDraft draft, int[] part, int wanted) =>
        BoundingBox.Of(draft.Triangles.Where(vertex => part[vertex] == wanted).Select(vertex => draft.Positions[vertex]));

    private static void Keep(SurfaceDraft draft, int[] part, int wanted)
    {
        bool[] kept = new bool[draft.TriangleCount];
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            kept[triangle] = part[draft.Triangles[3 * triangle]] == wanted;
        }

        draft.Keep(kept);
    }

    private static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);
}
