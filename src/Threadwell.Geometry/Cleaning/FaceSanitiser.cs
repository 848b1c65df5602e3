namespace Threadwell.Geometry;

/// <summary>Removes faces without area and faces that repeat another.</summary>
internal static class FaceSanitiser
{
    // Twice the area over the squared longest edge: below this the height is lost in the rounding of single precision.
    private const double FlatRatio = 1e-6;
    private const int Passes = 8;

    public static void Sanitise(SurfaceDraft draft)
    {
        int before = draft.TriangleCount;
        DropCollapsed(draft);
        for (int pass = 0; pass < Passes && SplitOverFlat(draft); pass++)
        {
            DropCollapsed(draft);
        }

        int degenerate = before - draft.TriangleCount;
        if (degenerate > 0)
        {
            draft.Remarks.Add($"Faces removed that had no area: {degenerate}.");
        }

        int duplicates = DropDuplicates(draft);
        if (duplicates > 0)
        {
            draft.Remarks.Add($"Faces removed that repeated another: {duplicates}.");
        }
    }

    private static void DropCollapsed(SurfaceDraft draft)
    {
        bool[] kept = new bool[draft.TriangleCount];
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            ReadOnlySpan<int> t = draft.Triangles.AsSpan(3 * triangle, 3);
            kept[triangle] = t[0] != t[1] && t[1] != t[2] && t[2] != t[0];
        }

        draft.Keep(kept);
    }

    // A triangle whose middle corner c lies on its longest edge ab has no area, but dropping it would leave a crack: its neighbours across
    // ab are split at c instead.
    private static bool SplitOverFlat(SurfaceDraft draft)
    {
        var flat = new Dictionary<(int, int), int>();
        bool[] kept = new bool[draft.TriangleCount];
        Array.Fill(kept, true);
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            (int a, int b, int c, double longest) = LongestEdge(draft, triangle);
            if (2 * draft.AreaVector(triangle).Length <= FlatRatio * longest * longest)
            {
                kept[triangle] = false;
                flat.TryAdd((Math.Min(a, b), Math.Max(a, b)), c);
            }
        }

        if (flat.Count == 0)
        {
            return false;
        }

        var triangles = new List<int>(draft.Triangles.Length);
        var numbers = new List<int>(draft.TriangleCount);
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            if (!kept[triangle])
            {
                continue;
            }

            int split = -1;
            for (int k = 0; k < 3 && split < 0; k++)
            {
                int a = draft.Triangles[(3 * triangle) + k];
                int b = draft.Triangles[(3 * triangle) + ((k + 1) % 3)];
                int d = draft.Triangles[(3 * triangle) + ((k + 2) % 3)];
                if (flat.TryGetValue((Math.Min(a, b), Math.Max(a, b)), out int c) && c != d)
                {
                    triangles.AddRange([a, c, d, c, b, d]);
                    numbers.AddRange([draft.FaceNumbers[triangle], draft.FaceNumbers[triangle]]);
                    split = k;
                }
            }

            if (split < 0)
            {
                triangles.AddRange(draft.Triangles.AsSpan(3 * triangle, 3));
                numbers.Add(draft.FaceNumbers[triangle]);
            }
        }

        draft.Triangles = [.. triangles];
        draft.FaceNumbers = [.. numbers];
        return true;
    }

    private static (int A, int B, int C, double Length) LongestEdge(SurfaceDraft draft, int triangle)
    {
        (int, int, int, double) best = (0, 0, 0, -1);
        for (int k = 0; k < 3; k++)
        {
            int a = draft.Triangles[(3 * triangle) + k];
            int b = draft.Triangles[(3 * triangle) + ((k + 1) % 3)];
            double length = Vector3D.Distance(draft.Positions[a], draft.Positions[b]);
            if (length > best.Item4)
            {
                best = (a, b, draft.Triangles[(3 * triangle) + ((k + 2) % 3)], length);
            }
        }

        return best;
    }

    private static int DropDuplicates(SurfaceDraft draft)
    {
        var seen = new HashSet<(int, int, int)>(draft.TriangleCount);
        bool[] kept = new bool[draft.TriangleCount];
        Span<int> corners = stackalloc int[3];
        for (int triangle = 0; triangle < kept.Length; triangle++)
        {
            draft.Triangles.AsSpan(3 * triangle, 3).CopyTo(corners);
            corners.Sort();
            kept[triangle] = seen.Add((corners[0], corners[1], corners[2]));
        }

        int dropped = kept.Length - seen.Count;
        draft.Keep(kept);
        return dropped;
    }
}
