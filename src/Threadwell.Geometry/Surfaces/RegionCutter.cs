namespace Threadwell.Geometry;

/// <summary>Cuts out the part of a surface on which a function is negative.</summary>
public static class RegionCutter
{
    // A vertex nearer to the cut than this share of an edge is moved onto it, so that no sliver is cut off.
    private const double SnapShare = 0.12;

    /// <summary>
    /// The part where a function given at the vertices, linear in between, is below zero. Only the largest connected piece is kept;
    /// enclosed gaps smaller than <paramref name="smallestGap"/> stay in.
    /// </summary>
    /// <param name="mesh">A manifold surface.</param>
    /// <param name="values">One value a vertex, such as the distance from a curve less a margin; infinity counts as outside.</param>
    /// <param name="smallestGap">Area in mm² below which a gap in the region is not cut out.</param>
    /// <returns>The patch, with the surface's winding; its new border runs along the zero line.</returns>
    /// <exception cref="InvalidInputException">The function is negative nowhere.</exception>
    public static TriangleMesh Cut(TriangleMesh mesh, double[] values, double smallestGap = 400)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != mesh.VertexCount)
        {
            throw new ArgumentException($"{values.Length} values for {mesh.VertexCount} vertices.", nameof(values));
        }

        double[] cut = Finite(mesh, values);
        Snap(mesh, cut);
        KeepLargestInside(mesh, cut);
        CloseSmallGaps(mesh, cut, smallestGap);
        SurfaceDraft draft = Slice(mesh, cut);
        if (draft.TriangleCount == 0)
        {
            throw new InvalidInputException("region", place: null, "the region to cut out of the scan is empty");
        }

        // A zero line through a vertex can leave two fans that touch there.
        ManifoldCutter.Cut(draft);
        PartSelector.KeepLargestQuietly(draft);
        draft.DropUnusedVertices();
        return draft.ToMesh();
    }

    // Infinite values would put the crossing on the inner vertex: they become a value one edge farther than the inner one.
    private static double[] Finite(TriangleMesh mesh, double[] values)
    {
        double[] finite = [.. values];
        double longest = 0;
        for (int h = 0; h < mesh.Triangles.Length; h++)
        {
            longest = Math.Max(longest, Vector3D.Distance(mesh.Positions[mesh.Triangles[h]], mesh.Positions[mesh.Triangles[SurfaceTopology.Next(h)]]));
        }

        for (int vertex = 0; vertex < finite.Length; vertex++)
        {
            finite[vertex] = double.IsNaN(finite[vertex]) || finite[vertex] > longest ? longest : finite[vertex];
        }

        return finite;
    }

    private static void Snap(TriangleMesh mesh, double[] values)
    {
        for (int h = 0; h < mesh.Triangles.Length; h++)
        {
            int a = mesh.Triangles[h];
            int b = mesh.Triangles[SurfaceTopology.Next(h)];
            if (values[a] < 0 == values[b] < 0 || values[a] == 0 || values[b] == 0)
            {
                continue;
            }

            double t = values[a] / (values[a] - values[b]);
            if (t < SnapShare)
            {
                values[a] = 0;
            }
            else if (t > 1 - SnapShare)
            {
                values[b] = 0;
            }
        }
    }

    private static void KeepLargestInside(TriangleMesh mesh, double[] values)
    {
        (int[] part, double[] area) = Parts(mesh, values, inside: true);
        int largest = Array.IndexOf(area, area.Max());
        for (int vertex = 0; vertex < values.Length; vertex++)
        {
            if (values[vertex] < 0 && part[vertex] != largest)
            {
                values[vertex] = 0;
            }
        }
    }

    private static void CloseSmallGaps(TriangleMesh mesh, double[] values, double smallestGap)
    {
        (int[] part, double[] area) = Parts(mesh, values, inside: false);
        double all = area.Sum();
        for (int vertex = 0; vertex < values.Length; vertex++)
        {
            // The outside as a whole is no gap, however small.
            if (values[vertex] >= 0 && area[part[vertex]] < smallestGap && area[part[vertex]] < 0.5 * all)
            {
                values[vertex] = -1;
            }
        }
    }

    // Parts of the inside (or the outside) by vertices joined through edges; a third of each triangle's area goes to each corner.
    private static (int[] Part, double[] Area) Parts(TriangleMesh mesh, double[] values, bool inside)
    {
        var sets = new DisjointSets(values.Length);
        for (int h = 0; h < mesh.Triangles.Length; h++)
        {
            int a = mesh.Triangles[h];
            int b = mesh.Triangles[SurfaceTopology.Next(h)];
            if (values[a] < 0 == inside && values[b] < 0 == inside)
            {
                sets.Join(a, b);
            }
        }

        int[] part = new int[values.Length];
        double[] area = new double[values.Length];
        for (int vertex = 0; vertex < part.Length; vertex++)
        {
            part[vertex] = sets.Find(vertex);
        }

        for (int corner = 0; corner < mesh.Triangles.Length; corner++)
        {
            int vertex = mesh.Triangles[corner];
            if (values[vertex] < 0 == inside)
            {
                area[part[vertex]] += mesh.TriangleAreaVector(corner / 3).Length / 3;
            }
        }

        return (part, area);
    }

    private static SurfaceDraft Slice(TriangleMesh mesh, double[] values)
    {
        List<Vector3D> positions = [.. mesh.Positions];
        var crossings = new Dictionary<long, int>();
        var triangles = new List<int>();
        Span<int> polygon = stackalloc int[4];
        for (int triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            int count = 0;
            bool anyInside = false;
            for (int k = 0; k < 3; k++)
            {
                int a = mesh.Triangles[(3 * triangle) + k];
                int b = mesh.Triangles[(3 * triangle) + ((k + 1) % 3)];
                anyInside |= values[a] < 0;
                if (values[a] <= 0)
                {
                    polygon[count++] = a;
                }

                if ((values[a] < 0 && values[b] > 0) || (values[a] > 0 && values[b] < 0))
                {
                    polygon[count++] = Crossing(a, b);
                }
            }

            if (!anyInside || count < 3)
            {
                continue;
            }

            triangles.AddRange(polygon[..3]);
            if (count == 4)
            {
                triangles.AddRange([polygon[0], polygon[2], polygon[3]]);
            }
        }

        return new SurfaceDraft("region", [.. positions], [.. triangles], new int[triangles.Count / 3]);

        int Crossing(int a, int b)
        {
            (int low, int high) = (Math.Min(a, b), Math.Max(a, b));
            long key = ((long)low * mesh.VertexCount) + high;
            if (!crossings.TryGetValue(key, out int crossing))
            {
                crossing = positions.Count;
                positions.Add(Vector3D.Lerp(mesh.Positions[low], mesh.Positions[high], values[low] / (values[low] - values[high])));
                crossings.Add(key, crossing);
            }

            return crossing;
        }
    }
}
