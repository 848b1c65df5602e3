namespace Threadwell.Geometry;

/// <summary>
/// Spans a closed loop of edges with the triangles of least total area (Barequet and Sharir 1995, "Filling gaps in the boundary of a
/// polyhedron"), without repeating an edge that the surface has already.
/// </summary>
internal static class LoopTriangulation
{
    /// <summary>Triangles over the indices of <paramref name="loop"/>, wound like it.</summary>
    /// <param name="loop">Positions along the loop; time grows with the cube of their number.</param>
    /// <param name="joined">Whether two loop members are joined by an edge of the surface already.</param>
    /// <param name="triangles">Three loop indices a triangle.</param>
    /// <returns>False when every triangulation would repeat an edge.</returns>
    public static bool TrySpan(Vector3D[] loop, Func<int, int, bool> joined, List<int> triangles)
    {
        int n = loop.Length;
        if (n == 3)
        {
            triangles.AddRange([0, 1, 2]);
            return true;
        }

        double[] cost = new double[n * n];
        int[] apex = new int[n * n];
        for (int span = 2; span < n; span++)
        {
            for (int i = 0; i + span < n; i++)
            {
                int j = i + span;
                double best = double.PositiveInfinity;

                // The closing edge (0, n-1) is an edge of the loop itself.
                bool allowed = (i == 0 && j == n - 1) || !joined(i, j);
                for (int k = i + 1; allowed && k < j; k++)
                {
                    double sum = cost[(i * n) + k] + cost[(k * n) + j];
                    if (sum >= best)
                    {
                        continue;
                    }

                    sum += 0.5 * Vector3D.Cross(loop[k] - loop[i], loop[j] - loop[i]).Length;
                    if (sum < best)
                    {
                        best = sum;
                        apex[(i * n) + j] = k;
                    }
                }

                cost[(i * n) + j] = best;
            }
        }

        if (double.IsInfinity(cost[n - 1]))
        {
            return false;
        }

        var pending = new Stack<(int, int)>();
        pending.Push((0, n - 1));
        while (pending.TryPop(out (int I, int J) range))
        {
            if (range.J - range.I < 2)
            {
                continue;
            }

            int k = apex[(range.I * n) + range.J];
            triangles.AddRange([range.I, k, range.J]);
            pending.Push((range.I, k));
            pending.Push((k, range.J));
        }

        return true;
    }
}
