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

    // The exact span of a loop takes cubic time; finer loops are closed round their middle.
    private const int LongestExactLoop = 200;

    /// <summary>Closes every boundary loop up to <see cref="LongestPerimeter"/>, except the border of the scan.</summary>
    /// <exception cref="InvalidInputException">The holes are too many or too large in sum.</exception>
    public static void Fill(SurfaceDraft draft)
    {
        var topology = new SurfaceTopology(draft.ToMesh());
        List<int[]> loops = topology.BoundaryLoops();
        double[] perimeters = [.. loops.Select(loop => Perimeter(draft.Positions, loop))];

        // The longest loop is the border of the scan, however small the scan.
        int border = perimeters.Length > 0 ? Array.IndexOf(perimeters, perimeters.Max()) : -1;
        bool watertight = loops.Count > 0 && perimeters[border] <= LongestPerimeter && draft.TotalArea() > 20 * perimeters[border] * perimeters[border];
        List<int> holes = [.. Enumerable.Range(0, loops.Count).Where(i => perimeters[i] <= LongestPerimeter && (i != border || watertight))];
        if (holes.Count > MostHoles)
        {
            throw new InvalidInputException(
                draft.Source,
                $"near {SurfaceDraft.Place(draft.Positions[loops[holes[0]][0]])}",
                $"{holes.Count} holes; at most {MostHoles} are closed, the scan is too fragmentary to plan on");
        }

        double before = draft.TotalArea();
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
            return;
        }

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
            $"{filled} {(filled == 1 ? "hole was" : "holes were")} closed (longest perimeter {longest:0} mm, {share:0.0 %} of the area)."));
        RemarkOpen(draft, loops.Count - filled);
    }

    private static void RemarkOpen(SurfaceDraft draft, int open)
    {
        if (open > 1)
        {
            draft.Remarks.Add($"{open} openings longer than {LongestPerimeter:0} mm were left open.");
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

    private static void Close(SurfacePatchBuilder patch, SurfaceTopology topology, int[] loop)
    {
        // The surface lies to the left of its boundary; the patch takes the other sense.
        int[] ring = [.. loop.Reverse()];
        var triangles = new List<int>();
        bool exact = ring.Length <= LongestExactLoop
            && LoopTriangulation.TrySpan(
                [.. ring.Select(vertex => patch.Position(vertex))],
                (i, j) => Math.Abs(i - j) > 1 && topology.Neighbours(ring[i]).BinarySearch(ring[j]) >= 0,
                triangles);
        if (exact)
        {
            for (int corner = 0; corner < triangles.Count; corner += 3)
            {
                patch.AddTriangle(ring[triangles[corner]], ring[triangles[corner + 1]], ring[triangles[corner + 2]]);
            }

            return;
        }

        Vector3D middle = Vector3D.Zero;
        foreach (int vertex in ring)
        {
            middle += patch.Position(vertex) / ring.Length;
        }

        int centre = patch.AddVertex(middle);
        for (int i = 0; i < ring.Length; i++)
        {
            patch.AddTriangle(ring[i], ring[(i + 1) % ring.Length], centre);
        }
    }
}
