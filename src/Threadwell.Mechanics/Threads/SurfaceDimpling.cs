using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>What the skin does at one point.</summary>
/// <param name="LargestStretch">Larger principal stretch in the skin's plane, mean over the triangles around the point by area.</param>
/// <param name="SmallestStretch">Smaller principal stretch, likewise; below one the skin is gathered.</param>
/// <param name="HollowingPerMm">Change of mean curvature, 1/mm, positive where the skin becomes more hollow (less convex).</param>
/// <param name="Risk">The larger of hollowing and gathering, each divided by the limit at which it shows; 1 is at the limit, 0 is none.</param>
public readonly record struct DimplingMeasure(double LargestStretch, double SmallestStretch, double HollowingPerMm, double Risk);

/// <summary>Where dimples begin to show.</summary>
/// <param name="HollowingPerMm">Increase of hollowness, 1/mm.</param>
/// <param name="Gathering">Compressive strain 1 - smallest stretch.</param>
public readonly record struct DimplingLimits(double HollowingPerMm, double Gathering);

/// <summary>
/// Local strain and curvature of a displaced skin surface. Curvature comes from a quadratic fitted by least squares to the points
/// within a radius, before and after, each in the frame of its own vertex normal; so a rigid motion gives exactly no change, and
/// irregular triangles do not disturb it. The radius sets which dimples count: wider than about twice the radius is shape.
/// </summary>
public static class SurfaceDimpling
{
    // Coefficients of the quadratic 1, x, y, x²/2, x y, y²/2.
    private const int Terms = 6;

    /// <summary>Measures every vertex.</summary>
    /// <param name="skin">Surface before, mm.</param>
    /// <param name="displacement">Displacement of each vertex, xyz, mm; length 3 x vertices.</param>
    /// <param name="radius">Radius of the fit, mm; at least two edge lengths. A vertex with too few neighbours to fit gets no hollowing, nor one on the border: what lies on one side of it alone does not tell how it is curved, and a tenth of a millimetre there looks like a dimple.</param>
    /// <param name="limits">Where dimples begin to show.</param>
    /// <exception cref="ArgumentException">The displacement does not fit the surface.</exception>
    public static DimplingMeasure[] Measure(TriangleMesh skin, ReadOnlySpan<double> displacement, double radius, DimplingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(skin);
        if (displacement.Length != 3 * skin.VertexCount)
        {
            throw new ArgumentException($"{displacement.Length} components do not fit {skin.VertexCount} vertices.", nameof(displacement));
        }

        var moved = new Vector3D[skin.VertexCount];
        for (int vertex = 0; vertex < moved.Length; vertex++)
        {
            moved[vertex] = skin.Positions[vertex] + new Vector3D(displacement[3 * vertex], displacement[(3 * vertex) + 1], displacement[(3 * vertex) + 2]);
        }

        var after = new TriangleMesh(moved, skin.Triangles);
        (double[] largest, double[] smallest) = Stretches(skin, after);
        Vector3D[] normalsBefore = skin.VertexNormals(), normalsAfter = after.VertexNormals();
        int[][] neighbours = Neighbours(skin);
        bool[] onBoundary = new SurfaceTopology(skin).OnBoundary;
        var patch = new List<int>();
        var seen = new int[skin.VertexCount];
        var measures = new DimplingMeasure[skin.VertexCount];
        for (int vertex = 0; vertex < measures.Length; vertex++)
        {
            CollectPatch(skin, neighbours, vertex, radius, patch, seen);
            double hollowing = 0;
            if (!onBoundary[vertex] && TryHollowness(skin.Positions, vertex, normalsBefore[vertex], patch, out double before)
                && TryHollowness(moved, vertex, normalsAfter[vertex], patch, out double now))
            {
                hollowing = now - before;
            }

            double risk = Math.Max(0, Math.Max(hollowing / limits.HollowingPerMm, (1 - smallest[vertex]) / limits.Gathering));
            measures[vertex] = new DimplingMeasure(largest[vertex], smallest[vertex], hollowing, risk);
        }

        return measures;
    }

    /// <summary>Principal stretches of each vertex: eigenvalues of C = F^T F in each triangle's plane, averaged by area.</summary>
    private static (double[] Largest, double[] Smallest) Stretches(TriangleMesh before, TriangleMesh after)
    {
        var largest = new double[before.VertexCount];
        var smallest = new double[before.VertexCount];
        var area = new double[before.VertexCount];
        for (int triangle = 0; triangle < before.TriangleCount; triangle++)
        {
            int a = before.Triangles[3 * triangle], b = before.Triangles[(3 * triangle) + 1], c = before.Triangles[(3 * triangle) + 2];
            Vector3D first = before.Positions[b] - before.Positions[a], second = before.Positions[c] - before.Positions[a];
            double twiceArea = Vector3D.Cross(first, second).Length;
            if (!(twiceArea > 0))
            {
                continue;
            }

            // In the frame of the first edge the edges are (length, 0) and (along, height); the columns of F follow from their images.
            double length = first.Length, along = Vector3D.Dot(first, second) / length, height = twiceArea / length;
            Vector3D firstAfter = after.Positions[b] - after.Positions[a], secondAfter = after.Positions[c] - after.Positions[a];
            Vector3D columnX = firstAfter / length, columnY = (secondAfter - (along * columnX)) / height;
            double xx = columnX.LengthSquared, yy = columnY.LengthSquared, xy = Vector3D.Dot(columnX, columnY);
            double mean = 0.5 * (xx + yy), spread = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
            foreach (int corner in (ReadOnlySpan<int>)[a, b, c])
            {
                largest[corner] += twiceArea * Math.Sqrt(mean + spread);
                smallest[corner] += twiceArea * Math.Sqrt(Math.Max(mean - spread, 0));
                area[corner] += twiceArea;
            }
        }

        for (int vertex = 0; vertex < area.Length; vertex++)
        {
            largest[vertex] = area[vertex] > 0 ? largest[vertex] / area[vertex] : 1;
            smallest[vertex] = area[vertex] > 0 ? smallest[vertex] / area[vertex] : 1;
        }

        return (largest, smallest);
    }

    private static int[][] Neighbours(TriangleMesh mesh)
    {
        var sets = new SortedSet<int>[mesh.VertexCount];
        for (int vertex = 0; vertex < sets.Length; vertex++)
        {
            sets[vertex] = [];
        }

        for (int corner = 0; corner < mesh.Triangles.Length; corner++)
        {
            int next = corner % 3 == 2 ? corner - 2 : corner + 1;
            sets[mesh.Triangles[corner]].Add(mesh.Triangles[next]);
            sets[mesh.Triangles[next]].Add(mesh.Triangles[corner]);
        }

        return [.. sets.Select(set => set.ToArray())];
    }

    /// <summary>Vertices within the radius that edges reach, so that the other side of a fold does not count.</summary>
    private static void CollectPatch(TriangleMesh mesh, int[][] neighbours, int centre, double radius, List<int> patch, int[] seen)
    {
        patch.Clear();
        patch.Add(centre);
        seen[centre] = centre + 1;
        for (int read = 0; read < patch.Count; read++)
        {
            foreach (int next in neighbours[patch[read]])
            {
                if (seen[next] != centre + 1 && Vector3D.Distance(mesh.Positions[next], mesh.Positions[centre]) <= radius)
                {
                    seen[next] = centre + 1;
                    patch.Add(next);
                }
            }
        }
    }

    /// <summary>Mean curvature of the fitted quadratic at its centre, positive when hollow seen along the normal, 1/mm.</summary>
    private static bool TryHollowness(Vector3D[] positions, int centre, Vector3D normal, List<int> patch, out double hollowness)
    {
        hollowness = 0;
        if (patch.Count < Terms || !(normal.LengthSquared > 0))
        {
            return false;
        }

        Vector3D helper = Math.Abs(normal.X) < 0.6 ? Vector3D.UnitX : Vector3D.UnitY;
        Vector3D axisX = Vector3D.Cross(helper, normal).Normalized(), axisY = Vector3D.Cross(normal, axisX);
        double scale = 0;
        foreach (int vertex in patch)
        {
            scale = Math.Max(scale, Vector3D.Distance(positions[vertex], positions[centre]));
        }

        Span<double> matrix = stackalloc double[Terms * Terms];
        Span<double> right = stackalloc double[Terms];
        Span<double> basis = stackalloc double[Terms];
        matrix.Clear();
        right.Clear();
        foreach (int vertex in patch)
        {
            Vector3D offset = (positions[vertex] - positions[centre]) / scale;
            double x = Vector3D.Dot(offset, axisX), y = Vector3D.Dot(offset, axisY), height = Vector3D.Dot(offset, normal);
            basis[0] = 1;
            basis[1] = x;
            basis[2] = y;
            basis[3] = 0.5 * x * x;
            basis[4] = x * y;
            basis[5] = 0.5 * y * y;
            for (int row = 0; row < Terms; row++)
            {
                for (int column = 0; column < Terms; column++)
                {
                    matrix[(Terms * row) + column] += basis[row] * basis[column];
                }

                right[row] += basis[row] * height;
            }
        }

        if (!Cholesky(matrix, right))
        {
            return false;
        }

        double slopeX = right[1], slopeY = right[2];
        double metric = 1 + (slopeX * slopeX) + (slopeY * slopeY);
        double curvature = ((1 + (slopeY * slopeY)) * right[3]) - (2 * slopeX * slopeY * right[4]) + ((1 + (slopeX * slopeX)) * right[5]);
        hollowness = curvature / (2 * metric * Math.Sqrt(metric) * scale);
        return true;
    }

    /// <summary>Solves in place; false when the points do not determine a quadratic.</summary>
    private static bool Cholesky(Span<double> matrix, Span<double> right)
    {
        for (int pivot = 0; pivot < Terms; pivot++)
        {
            double diagonal = matrix[(Terms * pivot) + pivot];
            for (int k = 0; k < pivot; k++)
            {
                diagonal -= matrix[(Terms * pivot) + k] * matrix[(Terms * pivot) + k];
            }

            // The basis is scaled to the patch: a pivot this small means fewer than six independent points.
            if (diagonal < 1e-9)
            {
                return false;
            }

            double root = Math.Sqrt(diagonal);
            matrix[(Terms * pivot) + pivot] = root;
            for (int row = pivot + 1; row < Terms; row++)
            {
                double entry = matrix[(Terms * row) + pivot];
                for (int k = 0; k < pivot; k++)
                {
                    entry -= matrix[(Terms * row) + k] * matrix[(Terms * pivot) + k];
                }

                matrix[(Terms * row) + pivot] = entry / root;
            }

            for (int k = 0; k < pivot; k++)
            {
                right[pivot] -= matrix[(Terms * pivot) + k] * right[k];
            }

            right[pivot] /= root;
        }

        for (int row = Terms - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < Terms; k++)
            {
                right[row] -= matrix[(Terms * k) + row] * right[k];
            }

            right[row] /= matrix[(Terms * row) + row];
        }

        return true;
    }
}
