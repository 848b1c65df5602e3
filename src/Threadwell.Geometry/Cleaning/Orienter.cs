namespace Threadwell.Geometry;

/// <summary>Winds the triangles of one connected manifold part alike, facing outwards.</summary>
internal static class Orienter
{
    // Of an open part whose convexity says less than this (it is 0.30 for a hemisphere) the front decides.
    private const double ClearConvexity = 0.03;

    // Welding can join the two sides of a thin fold; more than this share of the area is no accident.
    private const double LargestTwistedShare = 0.005;

    /// <summary>
    /// Removes the few triangles at which a surface turns into its own back, where there are such; the draft then has to be made manifold
    /// again.
    /// </summary>
    /// <returns>Whether triangles were removed.</returns>
    public static bool RemoveTwists(SurfaceDraft draft)
    {
        FindTurns(draft, out List<int> twisted);
        bool[] kept = new bool[draft.TriangleCount];
        Array.Fill(kept, true);
        double area = 0;
        foreach (int triangle in twisted)
        {
            area += kept[triangle] ? draft.AreaVector(triangle).Length : 0;
            kept[triangle] = false;
        }

        if (twisted.Count == 0 || area > LargestTwistedShare * draft.TotalArea())
        {
            return false;
        }

        draft.Remarks.Add(
            $"Faces removed at which the surface turned into its own back: {kept.Count(keep => !keep)}, the first at {draft.Place(twisted[0])}.");
        draft.Keep(kept);
        return true;
    }

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
            draft.Remarks.Add($"Faces turned that were wound against the others: {turned}.");
        }
    }

    private static void Turn(SurfaceDraft draft, int triangle) =>
        (draft.Triangles[(3 * triangle) + 1], draft.Triangles[(3 * triangle) + 2]) =
        (draft.Triangles[(3 * triangle) + 2], draft.Triangles[(3 * triangle) + 1]);

    private static int WindAlike(SurfaceDraft draft)
    {
        bool[] turn = FindTurns(draft, out List<int> twisted);
        if (twisted.Count > 0)
        {
            throw draft.Error(twisted[0], "the surface is one-sided here (a twisted strip); cut or remove these faces");
        }

        // The sense of the majority is the file's own.
        bool majority = 2 * turn.Count(turned => turned) > turn.Length;
        int count = 0;
        for (int triangle = 0; triangle < turn.Length; triangle++)
        {
            if (turn[triangle] != majority)
            {
                Turn(draft, triangle);
                count++;
            }
        }

        return count;
    }

    // Walks from neighbour to neighbour, over flat edges first, and notes who must be turned to be wound like the first. Where a surface has
    // grown together with its own back, the two senses therefore meet at the sharp fold, whose triangles are the twisted ones.
    private static bool[] FindTurns(SurfaceDraft draft, out List<int> twisted)
    {
        int[] triangles = draft.Triangles;
        var table = new EdgeTable(triangles);
        bool[] seen = new bool[draft.TriangleCount];
        bool[] turn = new bool[draft.TriangleCount];
        var front = new PriorityQueue<(int From, int To), (double Fold, int From)>();
        var along = new List<int>();
        for (int seed = 0; seed < seen.Length; seed++)
        {
            if (seen[seed])
            {
                continue;
            }

            seen[seed] = true;
            Enter(seed);
            while (front.TryDequeue(out (int From, int To) step, out _))
            {
                int to = step.To / 3;
                if (!seen[to])
                {
                    seen[to] = true;
                    turn[to] = turn[step.From / 3] ^ (triangles[step.From] == triangles[step.To]);
                    Enter(to);
                }
            }
        }

        twisted = [];
        for (int h = 0; h < triangles.Length; h++)
        {
            table.Along(triangles, h, along);
            if (along.Count == 2 && along[0] == h
                && (turn[h / 3] ^ turn[along[1] / 3]) != (triangles[h] == triangles[along[1]]))
            {
                twisted.Add(h / 3);
            }
        }

        return turn;

        void Enter(int triangle)
        {
            for (int h = 3 * triangle; h < (3 * triangle) + 3; h++)
            {
                table.Along(triangles, h, along);
                if (along.Count == 2)
                {
                    int other = along[0] == h ? along[1] : along[0];
                    double cosine = Vector3D.Dot(draft.AreaVector(triangle).Normalized(), draft.AreaVector(other / 3).Normalized());
                    front.Enqueue((h, other), (triangles[h] == triangles[other] ? cosine : -cosine, h));
                }
            }
        }
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
