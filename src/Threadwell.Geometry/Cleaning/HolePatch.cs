namespace Threadwell.Geometry;

/// <summary>Spans one hole with triangles of the size of its rim.</summary>
internal static class HolePatch
{
    // The exact span of a loop takes cubic time; finer loops are closed round their middle.
    private const int LongestExactLoop = 200;

    // A rim of fewer edges needs no vertices inside.
    private const int LongestPlainLoop = 6;

    /// <summary>Triangulates a hole.</summary>
    /// <param name="rim">Positions round the hole, in the sense in which the patch is wound.</param>
    /// <param name="joined">Whether two rim members are joined by an edge of the surface already.</param>
    /// <returns>A patch whose first vertices are the rim, in order.</returns>
    public static TriangleMesh Span(Vector3D[] rim, Func<int, int, bool> joined)
    {
        var triangles = new List<int>();
        bool exact = rim.Length <= LongestExactLoop && LoopTriangulation.TrySpan(rim, joined, triangles);
        if (exact && rim.Length <= LongestPlainLoop)
        {
            return new TriangleMesh(rim, [.. triangles]);
        }

        TriangleMesh coarse = exact ? new TriangleMesh(rim, [.. triangles]) : FanAroundMiddle(rim);
        double edge = 0;
        for (int i = 0; i < rim.Length; i++)
        {
            edge += Vector3D.Distance(rim[i], rim[(i + 1) % rim.Length]) / rim.Length;
        }

        TriangleMesh fine = IsotropicRemesher.Remesh(coarse, new RemeshOptions { TargetEdge = edge, KeepBorder = true, Rounds = 5 });
        return RepeatsAnEdge(fine, rim.Length, joined) ? FanAroundMiddle(rim) : fine;
    }

    // Inside the patch an edge between two rim members could coincide with one of the surface.
    private static bool RepeatsAnEdge(TriangleMesh patch, int rim, Func<int, int, bool> joined)
    {
        for (int h = 0; h < patch.Triangles.Length; h++)
        {
            int a = patch.Triangles[h];
            int b = patch.Triangles[SurfaceTopology.Next(h)];
            if (a < rim && b < rim && joined(a, b))
            {
                return true;
            }
        }

        return false;
    }

    private static TriangleMesh FanAroundMiddle(Vector3D[] rim)
    {
        Vector3D middle = Vector3D.Zero;
        var triangles = new List<int>();
        for (int i = 0; i < rim.Length; i++)
        {
            middle += rim[i] / rim.Length;
            triangles.AddRange([i, (i + 1) % rim.Length, rim.Length]);
        }

        return new TriangleMesh([.. rim, middle], [.. triangles]);
    }
}
