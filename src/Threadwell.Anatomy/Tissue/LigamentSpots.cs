using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Where the zygomatic and the mandibular ligament hold the tissue to the bone (E-138), as shares of one ligament spot on the
/// columns around. The published distances are scaled to the head by the distance from tragus to mouth corner. The shares of a spot sum to the ligament's relative stiffness (rank of E-153) on any mesh. The body has none.
/// </summary>
public static class LigamentSpots
{
    /// <summary>Samples along a side of a scan triangle when a spot is located between the scan's vertices.</summary>
    private const int Samples = 8;

    /// <summary>Locates the spots that the landmarks allow.</summary>
    /// <param name="scan">The whole scan, mm.</param>
    /// <param name="landmarks">Landmarks of a head.</param>
    /// <returns>Position on the skin above each spot, mm, and its relative stiffness.</returns>
    public static IReadOnlyList<(Vector3D Position, double RelativeStiffness)> Locate(TriangleMesh scan, LandmarkSet landmarks)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(landmarks);
        var spots = new List<(Vector3D, double)>();
        foreach (bool left in new[] { true, false })
        {
            if (!landmarks.TryGet(LandmarkNames.OnSide("tragus", left), out Landmark? tragus)
                || !landmarks.TryGet(LandmarkNames.OnSide("cheilion", left), out Landmark? cheilion))
            {
                continue;
            }

            spots.Add((Zygomatic(scan, tragus.Position, cheilion.Position), EvidenceCatalogue.Value("ligament.zygomatic.relative-stiffness", "1")));
            if (landmarks.TryGet(LandmarkNames.OnSide("jowl", left), out Landmark? jowl) && landmarks.TryGet("pogonion", out Landmark? pogonion))
            {
                spots.Add((Mandibular(scan, tragus.Position, cheilion.Position, jowl.Position, pogonion.Position), EvidenceCatalogue.Value("ligament.mandibular.relative-stiffness", "1")));
            }
        }

        return spots;
    }

    /// <summary>Spreads the spots over the columns of a region; a spot that lies outside is left out.</summary>
    internal static double[] Shares(TriangleMesh skin, double edgeLength, IReadOnlyList<(Vector3D Position, double RelativeStiffness)> spots)
    {
        double radius = Math.Max(EvidenceCatalogue.Value("ligament.spot-radius", "mm"), edgeLength);
        double[] shares = new double[skin.VertexCount];
        double[] kernel = new double[skin.VertexCount];
        foreach ((Vector3D position, double stiffness) in spots)
        {
            double sum = 0;
            double nearest = double.PositiveInfinity;
            for (int column = 0; column < kernel.Length; column++)
            {
                // A smooth bump that ends at twice the radius and is near one half at the radius.
                double squared = (skin.Positions[column] - position).LengthSquared;
                double inside = Math.Max(0, 1 - (squared / (4 * radius * radius)));
                kernel[column] = inside * inside;
                sum += kernel[column];
                nearest = Math.Min(nearest, squared);
            }

            if (nearest > edgeLength * edgeLength)
            {
                continue;
            }

            for (int column = 0; column < kernel.Length; column++)
            {
                shares[column] += stiffness * kernel[column] / sum;
            }
        }

        return shares;
    }

    /// <summary>The skin point at the published distances from tragus and mouth corner, above the line that joins the two.</summary>
    private static Vector3D Zygomatic(TriangleMesh scan, Vector3D tragus, Vector3D cheilion)
    {
        double size = Vector3D.Distance(tragus, cheilion) / EvidenceCatalogue.Value("ligament.specimen.tragus-to-mouth-corner", "mm");
        double fromTragus = size * EvidenceCatalogue.Value("ligament.zygomatic.from-tragus", "mm");
        double fromMouth = size * EvidenceCatalogue.Value("ligament.zygomatic.from-mouth-corner", "mm");
        Vector3D along = (cheilion - tragus).Normalized();
        Vector3D up = (Vector3D.UnitY - (Vector3D.Dot(Vector3D.UnitY, along) * along)).Normalized();
        return BestPoint(scan, tragus, point =>
        {
            double tragusMiss = Vector3D.Distance(point, tragus) - fromTragus;
            double mouthMiss = Vector3D.Distance(point, cheilion) - fromMouth;
            double below = Math.Max(0, -Vector3D.Dot(point - tragus, up));
            return (tragusMiss * tragusMiss) + (mouthMiss * mouthMiss) + (below * below);
        });
    }

    /// <summary>The skin point at the published distance from the tragus, close to the border of the jaw between jowl and chin.</summary>
    private static Vector3D Mandibular(TriangleMesh scan, Vector3D tragus, Vector3D cheilion, Vector3D jowl, Vector3D pogonion)
    {
        double size = Vector3D.Distance(tragus, cheilion) / EvidenceCatalogue.Value("ligament.specimen.tragus-to-mouth-corner", "mm");
        double fromTragus = size * EvidenceCatalogue.Value("ligament.mandibular.from-tragus", "mm");
        Vector3D along = pogonion - jowl;
        return BestPoint(scan, tragus, point =>
        {
            double miss = Vector3D.Distance(point, tragus) - fromTragus;
            double t = Math.Clamp(Vector3D.Dot(point - jowl, along) / along.LengthSquared, 0, 1);
            return (miss * miss) + (point - Vector3D.Lerp(jowl, pogonion, t)).LengthSquared;
        });
    }

    /// <summary>The point of a surface with the smallest cost: best vertex, then samples on the triangles around it.</summary>
    private static Vector3D BestPoint(TriangleMesh scan, Vector3D tragus, Func<Vector3D, double> cost)
    {
        // The inside of a mouth faces the middle between the ears; the skin faces away from it.
        Vector3D[] normals = scan.VertexNormals();
        Vector3D middle = tragus with { X = 0 };
        int bestVertex = 0;
        double best = double.PositiveInfinity;
        for (int vertex = 0; vertex < scan.VertexCount; vertex++)
        {
            double here = cost(scan.Positions[vertex]);
            if (here < best && Vector3D.Dot(normals[vertex], scan.Positions[vertex] - middle) > 0)
            {
                best = here;
                bestVertex = vertex;
            }
        }

        Vector3D bestPoint = scan.Positions[bestVertex];
        for (int slot = 0; slot < scan.Triangles.Length; slot++)
        {
            if (scan.Triangles[slot] != bestVertex)
            {
                continue;
            }

            int next = SurfaceTopology.Next(slot);
            Vector3D apex = scan.Positions[bestVertex];
            Vector3D first = scan.Positions[scan.Triangles[next]] - apex;
            Vector3D second = scan.Positions[scan.Triangles[SurfaceTopology.Next(next)]] - apex;
            for (int i = 0; i <= Samples; i++)
            {
                for (int j = 0; i + j <= Samples; j++)
                {
                    Vector3D point = apex + ((double)i / Samples * first) + ((double)j / Samples * second);
                    double here = cost(point);
                    if (here < best)
                    {
                        best = here;
                        bestPoint = point;
                    }
                }
            }
        }

        return bestPoint;
    }
}
