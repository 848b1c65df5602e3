namespace Threadwell.Geometry;

/// <summary>
/// Cuts a set of triangles into manifold sheets (after Gueziec et al. 2001, "Cutting and stitching"): along an edge with more than two
/// faces the two that continue each other most smoothly stay joined, and a vertex where sheets touch is doubled.
/// </summary>
internal static class ManifoldCutter
{
    private const int Passes = 4;

    public static void Cut(SurfaceDraft draft)
    {
        int cutEdges = 0;
        string? first = null;
        for (int pass = 0; pass < Passes; pass++)
        {
            int[] mate = Mates(draft, out int crowded, out int firstCrowded);
            if (crowded == 0)
            {
                DoubleSharedVertices(draft, mate);
                break;
            }

            cutEdges += crowded;
            first ??= draft.Place(firstCrowded / 3);
            DoubleSharedVertices(draft, mate);

            // Sheets that meet again round both ends of the edge share its vertices still: they give way.
            Mates(draft, out crowded, out _);
            if (crowded > 0)
            {
                DropUnmatchedAtCrowdedEdges(draft);
            }
        }

        if (cutEdges > 0)
        {
            draft.Remarks.Add($"Edges cut apart that had more than two faces: {cutEdges}, the first at {first}.");
        }
    }

    // The half-edge that each half-edge stays joined to, or -1.
    private static int[] Mates(SurfaceDraft draft, out int crowded, out int firstCrowded)
    {
        int[] triangles = draft.Triangles;
        var table = new EdgeTable(triangles);
        int[] mate = new int[triangles.Length];
        Array.Fill(mate, -1);
        var along = new List<int>();
        crowded = 0;
        firstCrowded = -1;
        for (int h = 0; h < triangles.Length; h++)
        {
            table.Along(triangles, h, along);
            if (along[0] != h)
            {
                continue;
            }

            if (along.Count > 2)
            {
                crowded++;
                firstCrowded = firstCrowded < 0 ? h : firstCrowded;
            }

            while (along.Count > 1)
            {
                (int a, int b) = along.Count == 2 ? (0, 1) : FlattestPair(draft, along);
                mate[along[a]] = along[b];
                mate[along[b]] = along[a];
                along.RemoveAt(b);
                along.RemoveAt(a);
            }
        }

        return mate;
    }

    private static (int A, int B) FlattestPair(SurfaceDraft draft, List<int> along)
    {
        // Two faces continue each other when their wings point in opposite directions from the edge.
        (int, int) best = (0, 1);
        double least = double.PositiveInfinity;
        for (int a = 0; a < along.Count; a++)
        {
            for (int b = a + 1; b < along.Count; b++)
            {
                double cosine = Vector3D.Dot(Wing(draft, along[a]), Wing(draft, along[b]));
                if (cosine < least)
                {
                    least = cosine;
                    best = (a, b);
                }
            }
        }

        return best;
    }

    private static Vector3D Wing(SurfaceDraft draft, int h)
    {
        Vector3D from = draft.Positions[draft.Triangles[h]];
        Vector3D edge = (draft.Positions[draft.Triangles[SurfaceTopology.Next(h)]] - from).Normalized();
        Vector3D tip = draft.Positions[draft.Triangles[SurfaceTopology.Previous(h)]] - from;
        return (tip - (Vector3D.Dot(tip, edge) * edge)).Normalized();
    }

    // Corners that are joined through edges share a vertex; each further group of corners at a vertex gets a vertex of its own.
    private static void DoubleSharedVertices(SurfaceDraft draft, int[] mate)
    {
        int[] triangles = draft.Triangles;
        var groups = new DisjointSets(triangles.Length);
        for (int h = 0; h < triangles.Length; h++)
        {
            int m = mate[h];
            if (m > h)
            {
                bool sameSense = triangles[h] == triangles[m];
                groups.Join(h, sameSense ? m : SurfaceTopology.Next(m));
                groups.Join(SurfaceTopology.Next(h), sameSense ? SurfaceTopology.Next(m) : m);
            }
        }

        int[] groupOfVertex = new int[draft.Positions.Length];
        Array.Fill(groupOfVertex, -1);
        var vertexOfGroup = new Dictionary<int, int>();
        List<Vector3D>? positions = null;
        int[] renumbered = new int[triangles.Length];
        for (int corner = 0; corner < triangles.Length; corner++)
        {
            int vertex = triangles[corner];
            int group = groups.Find(corner);
            if (groupOfVertex[vertex] < 0)
            {
                groupOfVertex[vertex] = group;
            }

            if (groupOfVertex[vertex] == group)
            {
                renumbered[corner] = vertex;
                continue;
            }

            positions ??= [.. draft.Positions];
            if (!vertexOfGroup.TryGetValue(group, out int copy))
            {
                copy = positions.Count;
                positions.Add(draft.Positions[vertex]);
                vertexOfGroup.Add(group, copy);
            }

            renumbered[corner] = copy;
        }

        draft.Triangles = renumbered;
        if (positions is not null)
        {
            draft.Positions = [.. positions];
        }
    }

    private static void DropUnmatchedAtCrowdedEdges(SurfaceDraft draft)
    {
        var table = new EdgeTable(draft.Triangles);
        bool[] kept = new bool[draft.TriangleCount];
        Array.Fill(kept, true);
        var along = new List<int>();
        for (int h = 0; h < draft.Triangles.Length; h++)
        {
            table.Along(draft.Triangles, h, along);
            if (along[0] != h || along.Count <= 2)
            {
                continue;
            }

            (int a, int b) = FlattestPair(draft, along);
            for (int i = 0; i < along.Count; i++)
            {
                kept[along[i] / 3] &= i == a || i == b;
            }
        }

        draft.Keep(kept);
    }
}
