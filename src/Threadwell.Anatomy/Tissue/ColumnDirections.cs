using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Outward directions of the columns: vertex normals (weighted by corner angle), smoothed over about the tissue's thickness so that
/// columns fan evenly round a jaw edge, and kept in front of every triangle they stand under.
/// </summary>
internal static class ColumnDirections
{
    /// <summary>Smallest cosine between a column and the normal of a triangle it stands under, where the surface allows it.</summary>
    private const double LeastCosine = 0.6;

    private const int ConeSteps = 40;

    /// <summary>Computes the directions.</summary>
    /// <param name="positions">Skin positions, mm.</param>
    /// <param name="triangles">Skin triangles.</param>
    /// <param name="topology">Their topology.</param>
    /// <param name="smoothingSteps">Steps of neighbour averaging.</param>
    /// <returns>Unit vectors pointing out of the tissue, one a column.</returns>
    public static Vector3D[] Compute(Vector3D[] positions, int[] triangles, SurfaceTopology topology, int smoothingSteps)
    {
        Vector3D[] facing = TriangleNormals(positions, triangles);
        Vector3D[] directions = AngleWeightedNormals(positions, triangles, facing);
        Vector3D[] next = new Vector3D[directions.Length];
        for (int step = 0; step < smoothingSteps; step++)
        {
            for (int vertex = 0; vertex < directions.Length; vertex++)
            {
                Vector3D sum = Vector3D.Zero;
                ReadOnlySpan<int> around = topology.Neighbours(vertex);
                foreach (int neighbour in around)
                {
                    sum += directions[neighbour];
                }

                next[vertex] = (directions[vertex] + (sum / Math.Max(1, around.Length))).Normalized();
            }

            (directions, next) = (next, directions);
        }

        for (int vertex = 0; vertex < directions.Length; vertex++)
        {
            directions[vertex] = KeepInFront(directions[vertex], facing, topology.TrianglesAt(vertex));
        }

        return directions;
    }

    /// <summary>Unit normals of all triangles.</summary>
    public static Vector3D[] TriangleNormals(Vector3D[] positions, int[] triangles)
    {
        var normals = new Vector3D[triangles.Length / 3];
        for (int triangle = 0; triangle < normals.Length; triangle++)
        {
            Vector3D a = positions[triangles[3 * triangle]];
            normals[triangle] = Vector3D.Cross(
                positions[triangles[(3 * triangle) + 1]] - a,
                positions[triangles[(3 * triangle) + 2]] - a).Normalized();
        }

        return normals;
    }

    private static Vector3D[] AngleWeightedNormals(Vector3D[] positions, int[] triangles, Vector3D[] facing)
    {
        var normals = new Vector3D[positions.Length];
        for (int slot = 0; slot < triangles.Length; slot++)
        {
            int next = SurfaceTopology.Next(slot);
            Vector3D here = positions[triangles[slot]];
            Vector3D first = (positions[triangles[next]] - here).Normalized();
            Vector3D second = (positions[triangles[SurfaceTopology.Next(next)]] - here).Normalized();
            double angle = Math.Acos(Math.Clamp(Vector3D.Dot(first, second), -1, 1));
            normals[triangles[slot]] += angle * facing[slot / 3];
        }

        for (int vertex = 0; vertex < normals.Length; vertex++)
        {
            normals[vertex] = normals[vertex].Normalized();
        }

        return normals;
    }

    /// <summary>Turns a direction towards the triangles that it leaves most, until it stands well in front of all of them or none gains.</summary>
    private static Vector3D KeepInFront(Vector3D direction, Vector3D[] facing, ReadOnlySpan<int> around)
    {
        Vector3D best = direction;
        double bestCosine = WorstCosine(direction, facing, around, out int worst);
        Vector3D trial = direction;
        for (int step = 0; step < ConeSteps && bestCosine < LeastCosine; step++)
        {
            trial = (trial + (0.7 / (1 + (0.3 * step)) * facing[worst])).Normalized();
            double cosine = WorstCosine(trial, facing, around, out worst);
            if (cosine > bestCosine)
            {
                bestCosine = cosine;
                best = trial;
            }
        }

        return best;
    }

    private static double WorstCosine(Vector3D direction, Vector3D[] facing, ReadOnlySpan<int> around, out int worst)
    {
        double smallest = double.PositiveInfinity;
        worst = around.Length > 0 ? around[0] : 0;
        foreach (int triangle in around)
        {
            double cosine = Vector3D.Dot(direction, facing[triangle]);
            if (cosine < smallest)
            {
                smallest = cosine;
                worst = triangle;
            }
        }

        return smallest;
    }
}
