using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Pairs the skin triangles so that two side-neighbouring wedges of a layer can share one pressure: one constraint per triangle
/// locks nearly incompressible wedges, one per pair does not. The pairing is a matching of largest size on the graph of triangles:
/// a greedy start takes the squarest pairs, and augmenting paths (Edmonds 1965, blossoms contracted) match what it left over.
/// Deterministic: ties go to the lower triangle number.
/// </summary>
public static class PressurePairing
{
    /// <summary>Pairs the triangles of a surface.</summary>
    /// <param name="surface">Surface of the columns.</param>
    /// <returns>
    /// The partner of each triangle, as <see cref="LayeredTissue.PressurePartner"/> describes; a triangle without any neighbour names itself.
    /// </returns>
    public static int[] Pair(TriangleMesh surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        int[] neighbours = [.. new SurfaceTopology(surface).Opposite.Select(halfEdge => halfEdge < 0 ? -1 : halfEdge / 3)];
        int[] partner = new int[surface.TriangleCount];
        Array.Fill(partner, -1);
        MatchGreedily(surface, neighbours, partner);
        new BlossomMatching(neighbours, partner).MatchLeftovers();
        JoinLeftovers(neighbours, partner);
        return partner;
    }

    /// <summary>True when the triangle and its partner name each other.</summary>
    internal static bool IsMutual(ReadOnlySpan<int> partner, int triangle) =>
        partner[triangle] != triangle && partner[partner[triangle]] == triangle;

    private static void MatchGreedily(TriangleMesh surface, int[] neighbours, int[] partner)
    {
        var candidates = new List<(double Skewness, int First, int Second)>();
        for (int slot = 0; slot < neighbours.Length; slot++)
        {
            int triangle = slot / 3;
            if (neighbours[slot] > triangle)
            {
                candidates.Add((Skewness(surface, neighbours, slot), triangle, neighbours[slot]));
            }
        }

        candidates.Sort();
        foreach ((_, int first, int second) in candidates)
        {
            if (partner[first] < 0 && partner[second] < 0)
            {
                partner[first] = second;
                partner[second] = first;
            }
        }
    }

    /// <summary>Largest deviation of a corner of the joined quadrilateral from a right angle, as |cosine|.</summary>
    private static double Skewness(TriangleMesh surface, int[] neighbours, int slot)
    {
        int from = surface.Triangles[slot];
        int to = surface.Triangles[SurfaceTopology.Next(slot)];
        int apex = surface.Triangles[SurfaceTopology.Next(SurfaceTopology.Next(slot))];
        int other = neighbours[slot];
        int opposite = -1;
        for (int corner = 0; corner < 3; corner++)
        {
            int vertex = surface.Triangles[(3 * other) + corner];
            if (vertex != from && vertex != to)
            {
                opposite = vertex;
            }
        }

        ReadOnlySpan<int> quad = [from, opposite, to, apex];
        double worst = 0;
        for (int corner = 0; corner < 4; corner++)
        {
            Vector3D here = surface.Positions[quad[corner]];
            Vector3D before = (surface.Positions[quad[(corner + 3) % 4]] - here).Normalized();
            Vector3D after = (surface.Positions[quad[(corner + 1) % 4]] - here).Normalized();
            worst = Math.Max(worst, Math.Abs(Vector3D.Dot(before, after)));
        }

        return worst;
    }

    private static void JoinLeftovers(int[] neighbours, int[] partner)
    {
        bool[] hasGuest = new bool[partner.Length];
        for (int triangle = 0; triangle < partner.Length; triangle++)
        {
            if (partner[triangle] >= 0)
            {
                continue;
            }

            // All neighbours are matched, or the matching could have grown; a pair without a guest is preferred.
            int host = -1;
            for (int side = 0; side < 3; side++)
            {
                int candidate = neighbours[(3 * triangle) + side];
                if (candidate >= 0 && (host < 0 || (hasGuest[host] && !hasGuest[candidate])))
                {
                    host = candidate;
                }
            }

            if (host < 0)
            {
                partner[triangle] = triangle;
                continue;
            }

            partner[triangle] = host;
            hasGuest[host] = true;
            hasGuest[partner[host]] = true;
        }
    }
}
