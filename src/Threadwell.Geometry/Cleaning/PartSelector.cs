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
        double[] areas = new double[part.Length];
        int[] firstTriangle = new int[part.Length];
        Array.Fill(firstTriangle, -1);
        for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
        {
            int p = part[draft.Triangles[3 * triangle]];
            areas[p] += draft.AreaVector(triangle).Length;
            firstTriangle[p] = firstTriangle[p] < 0 ? triangle : firstTriangle[p];
        }

        int largest = Array.IndexOf(areas, areas.Max());
        List<int> strays = [.. Enumerable.Range(0, part.Length).Where(p => p != largest && firstTriangle[p] >= 0).OrderByDescending(p => areas[p])];
        if (strays.Count == 0)
        {
            return;
        }

        if (areas[strays[0]] > RivalShare * areas[largest] && !LiesWithin(draft, part, strays[0], largest))
        {
            throw draft.Error(
                firstTriangle[strays[0]],
                $"a second part has {Percent(areas[strays[0]] / areas[largest])} of the area of the largest; remove what is not the patient");
        }

        bool[] kept = new bool[draft.TriangleCount];
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            kept[triangle] = part[draft.Triangles[3 * triangle]] == largest;
        }

        double share = strays.Sum(p => areas[p]) / areas[largest];
        draft.Remarks.Add($"Stray parts dropped: {strays.Count} ({Percent(share)} of the kept area), the largest at {draft.Place(firstTriangle[strays[0]])}.");
        draft.Keep(kept);
    }

    /// <summary>Keeps the part with the largest area, whatever the others are.</summary>
    public static void KeepLargestQuietly(SurfaceDraft draft)
    {
        int[] part = PartsByVertex(draft);
        double[] areas = new double[part.Length];
        for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
        {
            areas[part[draft.Triangles[3 * triangle]]] += draft.AreaVector(triangle).Length;
        }

        int largest = Array.IndexOf(areas, areas.Max());
        bool[] kept = new bool[draft.TriangleCount];
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            kept[triangle] = part[draft.Triangles[3 * triangle]] == largest;
        }

        draft.Keep(kept);
    }

    private static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);

    private static bool LiesWithin(SurfaceDraft draft, int[] part, int inner, int outer)
    {
        (Vector3D innerLow, Vector3D innerHigh) = Box(draft, part, inner);
        (Vector3D outerLow, Vector3D outerHigh) = Box(draft, part, outer);
        return innerLow.X >= outerLow.X && innerLow.Y >= outerLow.Y && innerLow.Z >= outerLow.Z
            && innerHigh.X <= outerHigh.X && innerHigh.Y <= outerHigh.Y && innerHigh.Z <= outerHigh.Z;
    }

    private static (Vector3D Low, Vector3D High) Box(SurfaceDraft draft, int[] part, int wanted)
    {
        Vector3D low = new(double.MaxValue, double.MaxValue, double.MaxValue);
        Vector3D high = -low;
        foreach (int vertex in draft.Triangles)
        {
            if (part[vertex] == wanted)
            {
                Vector3D p = draft.Positions[vertex];
                low = new Vector3D(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
                high = new Vector3D(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
            }
        }

        return (low, high);
    }
}
