namespace Threadwell.Geometry;

/// <summary>Winds the triangles of one connected manifold part alike, facing outwards.</summary>
internal static class Orienter
{
    // Of an open part whose convexity says less than this (it is 0.30 for a hemisphere) the front decides.
    private const double ClearConvexity = 0.03;

    /// <summary>Turns triangles in place.</summary>
    /// <exception cref="InvalidInputException">The part is one-sided, like a Moebius strip.</exception>
    public static void Orient(SurfaceDraft draft)
    {
        int turned = WindAlike(draft);
        bool inward = FacesInward(draft);
        if (inward)
        {
            for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
            {
                Turn(draft, triangle);
            }

            turned = draft.TriangleCount - turned;
        }

        if (turned == draft.TriangleCount)
        {
            draft.Remarks.Add("The surface was inside out and has been turned.");
        }
        else if (turned > 0)
        {
            draft.Remarks.Add($"{turned} faces were wound against the others and have been turned.");
        }
    }

    private static void Turn(SurfaceDraft draft, int triangle) =>
        (draft.Triangles[(3 * triangle) + 1], draft.Triangles[(3 * triangle) + 2]) =
        (draft.Triangles[(3 * triangle) + 2], draft.Triangles[(3 * triangle) + 1]);

    private static int WindAlike(SurfaceDraft draft)
    {
        int[] original = [.. draft.Triangles];
        var table = new EdgeTable(original);
        bool[] seen = new bool[draft.TriangleCount];
        bool[] turn = new bool[draft.TriangleCount];
        var along = new List<int>();
        var pending = new Queue<int>();
        for (int seed = 0; seed < seen.Length; seed++)
        {
            if (seen[seed])
            {
                continue;
            }

            seen[seed] = true;
            pending.Enqueue(seed);
            while (pending.TryDequeue(out int triangle))
            {
                for (int h = 3 * triangle; h < (3 * triangle) + 3; h++)
                {
                    table.Along(original, h, along);
                    if (along.Count != 2)
                    {
                        continue;
                    }

                    int other = along[0] == h ? along[1] : along[0];
                    bool sameSense = original[h] == original[other];
                    bool wanted = turn[triangle] ^ sameSense;
                    if (!seen[other / 3])
                    {
                        seen[other / 3] = true;
                        turn[other / 3] = wanted;
                        pending.Enqueue(other / 3);
                    }
                    else if (turn[other / 3] != wanted)
                    {
                        throw draft.Error(triangle, "the surface is one-sided here (a twisted strip); cut or remove these faces");
                    }
                }
            }
        }

        int turned = 0;
        for (int triangle = 0; triangle < turn.Length; triangle++)
        {
            if (turn[triangle])
            {
                Turn(draft, triangle);
                turned++;
            }
        }

        // The sense of the majority is the file's own.
        if (2 * turned > turn.Length)
        {
            for (int triangle = 0; triangle < turn.Length; triangle++)
            {
                Turn(draft, triangle);
            }

            turned = turn.Length - turned;
        }

        return turned;
    }

    // The flux of the position from the middle of the surface: three times the volume of a closed part, and positive for an open one that
    // bulges outwards. A nearly flat open part is taken to face the front, as a scan of a chest does.
    private static bool FacesInward(SurfaceDraft draft)
    {
        double area = 0;
        Vector3D weighted = Vector3D.Zero;
        Vector3D total = Vector3D.Zero;
        for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
        {
            Vector3D vector = draft.AreaVector(triangle);
            area += vector.Length;
            total += vector;
            weighted += vector.Length * Middle(draft, triangle);
        }

        Vector3D centre = weighted / area;
        double flux = 0;
        for (int triangle = 0; triangle < draft.TriangleCount; triangle++)
        {
            flux += Vector3D.Dot(draft.AreaVector(triangle), Middle(draft, triangle) - centre);
        }

        // The vector area vanishes for a closed surface, up to rounding.
        bool closed = total.Length < 1e-6 * area;
        double convexity = flux / (area * Math.Sqrt(area));
        return closed || Math.Abs(convexity) > ClearConvexity ? flux < 0 : total.Z < 0;
    }

    private static Vector3D Middle(SurfaceDraft draft, int triangle) =>
        (draft.Positions[draft.Triangles[3 * triangle]]
            + draft.Positions[draft.Triangles[(3 * triangle) + 1]]
            + draft.Positions[draft.Triangles[(3 * triangle) + 2]]) / 3;
}
