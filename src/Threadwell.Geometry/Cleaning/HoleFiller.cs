using System.Globalization;

namespace Threadwell.Geometry;

/// <summary>Closes small holes; the border of an open scan and the cuts at neck, arms and waist stay open.</summary>
internal static class HoleFiller
{
    /// <summary>Longest hole that is closed, mm of perimeter.</summary>
    public const double LongestPerimeter = 100;

    // Beyond this a scan is more guess than measurement.
    private const double LargestFilledShare = 0.1;
    private const int MostHoles = 2000;

    /// <summary>Closes every boundary loop up to <see cref="LongestPerimeter"/>.</summary>
    /// <returns>The number of the first vertex inside a closed hole; such vertices come last and lie flat, to be faired.</returns>
    /// <exception cref="InvalidInputException">The holes are too many or too large in sum.</exception>
    public static int Fill(SurfaceDraft draft)
    {
        var topology = new SurfaceTopology(draft.ToMesh());
        List<int[]> loops = topology.BoundaryLoops();
        double[] perimeters = [.. loops.Select(loop => Perimeter(draft.Positions, loop))];

        // A short loop round little surface is the border of a small scan, no hole in it.
        double before = draft.TotalArea();
        List<int> holes =
            [.. Enumerable.Range(0, loops.Count).Where(i => perimeters[i] <= LongestPerimeter && perimeters[i] * perimeters[i] < before)];
        if (holes.Count > MostHoles)
        {
            throw new InvalidInputException(
                draft.Source,
                $"near {SurfaceDraft.Place(draft.Positions[loops[holes[0]][0]])}",
                $"{holes.Count} holes; at most {MostHoles} are closed, the scan is too fragmentary to plan on");
        }

        var patch = new SurfacePatchBuilder(draft);
        int filled = 0;
        double longest = 0;
        foreach (int hole in holes)
        {
            Close(patch, topology, loops[hole]);
            filled++;
            longest = Math.Max(longest, perimeters[hole]);
        }

        if (filled == 0)
        {
            RemarkOpen(draft, loops.Count);
            return draft.Positions.Length;
        }

        int firstInner = draft.Positions.Length;
        patch.Apply();
        double share = (draft.TotalArea() - before) / before;
        if (share > LargestFilledShare)
        {
            throw new InvalidInputException(
                draft.Source,
                place: null,
                string.Create(CultureInfo.InvariantCulture, $"holes make up {share:0 %} of the surface; scan again, at most {LargestFilledShare:0 %} is closed"));
        }

        draft.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Holes closed: {filled} (longest perimeter {longest:0} mm, {share:0.0 %} of the area)."));
        RemarkOpen(draft, loops.Count - filled);
        return firstInner;
    }

    private static void RemarkOpen(SurfaceDraft draft, int open)
    {
        if (open > 1)
        {
            draft.Remarks.Add($"Openings longer than {LongestPerimeter:0} mm left open: {open}.");
        }
    }

    private static double Perimeter(Vector3D[] positions, int[] loop)
    {
        double sum = 0;
        for (int i = 0; i < loop.Length; i++)
        {
            sum += Vector3D.Distance(positions[loop[i]], positions[loop[(i + 1) % loop.Length]]);
        }

        return sum;
    }

    private static void Close(SurfacePatchBuilder builder, SurfaceTopology topology, int[] loop)
    {
        // The surface lies to the left of its boundary; the patch takes the other sense.
        int[] rim = [.. loop.Reverse()];
        int last = rim.Length - 1;
        TriangleMesh patch = HolePatch.Span(
            [.. rim.Select(vertex => topology.Mesh.Positions[vertex])],
            (i, j) => Math.Abs(i - j) is not 1 && Math.Abs(i - j) != last && topology.Neighbours(rim[i]).BinarySearch(rim[j]) >= 0);
        int[] numbers = [.. rim, .. patch.Positions.Skip(rim.Length).Select(builder.AddVertex)];
        for (int corner = 0; corner < patch.Triangles.Length; corner += 3)
        {
            builder.AddTriangle(numbers[patch.Triangles[corner]], numbers[patch.Triangles[corner + 1]], numbers[patch.Triangles[corner + 2]]);
        }
    }
}
