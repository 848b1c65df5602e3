using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Tells the skin of a head that has tissue of its own under it from the inside of mouth, nostrils and lids, and from the ear's shell.
/// Open skin looks into free space to the front or the side. Near the ear, a sheet is where the way inwards soon comes out again.
/// </summary>
internal static class OpenSkin
{
    /// <summary>Length of free sight that counts, mm: wider than a mouth, shorter than from the chin to the chest.</summary>
    private const double SightMm = 60;

    /// <summary>Free sights that skin needs of the twelve that are tried: a slit has none or one, skin under the chin four.</summary>
    private const int LeastSights = 2;

    /// <summary>
    /// Steepest backward and downward sights that count for the face. The inside of a mouth may look out through the missing back of
    /// a scan that was taken from the front, or through the cut neck.
    /// </summary>
    private const double LeastForward = -0.25;
    private const double LeastUpward = -0.6;

    /// <summary>Thickness below which two open surfaces form a sheet, mm: an ear is 3 to 10 mm thick.</summary>
    private const double SheetMm = 12;

    /// <summary>Reach of an ear from its tragus, mm: in all, above and below it.</summary>
    private const double EarMm = 60;
    private const double EarAboveMm = 38;
    private const double EarBelowMm = 30;

    private const double StartMm = 0.05;
    private static readonly (double Tilt, double Turn)[] Hemisphere = Directions();

    /// <summary>Finds the usable vertices.</summary>
    /// <param name="scan">The scan, patient frame.</param>
    /// <param name="index">Its search tree.</param>
    /// <param name="candidates">The vertices that matter; others come out as not usable.</param>
    /// <param name="tragi">The tragi.</param>
    /// <returns>True where tissue can be built, one a vertex.</returns>
    public static bool[] Find(TriangleMesh scan, TriangleBvh index, bool[] candidates, IReadOnlyList<Vector3D> tragi)
    {
        Vector3D[] normals = scan.VertexNormals();
        bool[] open = new bool[scan.VertexCount];
        bool[] usable = new bool[scan.VertexCount];

        // Each vertex is judged by itself, so that the work can be shared out without changing any result.
        Parallel.For(0, scan.VertexCount, vertex =>
        {
            if (candidates[vertex])
            {
                (int sights, int forward) = Sights(index, scan.Positions[vertex], normals[vertex]);
                open[vertex] = sights >= LeastSights;
                usable[vertex] = forward >= LeastSights;
            }
        });
        Parallel.For(0, scan.VertexCount, vertex =>
        {
            Vector3D here = scan.Positions[vertex];
            if (usable[vertex] && tragi.Any(tragus => Vector3D.Distance(here, tragus) < EarMm))
            {
                usable[vertex] = !tragi.Any(tragus => IsBehind(tragus, here)) && !IsSheet(scan, index, open, here, normals[vertex]);
            }
        });
        return usable;
    }

    /// <summary>Counts free sights, until there are enough that look forward.</summary>
    private static (int All, int Forward) Sights(TriangleBvh index, Vector3D position, Vector3D normal)
    {
        Vector3D across = Vector3D.Cross(normal, Math.Abs(normal.X) < 0.6 ? Vector3D.UnitX : Vector3D.UnitY).Normalized();
        Vector3D along = Vector3D.Cross(normal, across);
        Vector3D origin = position + (StartMm * normal);
        int all = 0;
        int forward = 0;
        foreach ((double tilt, double turn) in Hemisphere)
        {
            if (forward >= LeastSights)
            {
                break;
            }

            Vector3D direction = (Math.Cos(tilt) * normal) + (Math.Sin(tilt) * ((Math.Cos(turn) * across) + (Math.Sin(turn) * along)));
            if (index.FirstHit(origin, direction, SightMm) is null)
            {
                all++;
                forward += direction.Z >= LeastForward && direction.Y >= LeastUpward ? 1 : 0;
            }
        }

        return (all, forward);
    }

    /// <summary>The ear lies behind the tragus, its front root, and stands out from the head as far as it or farther.</summary>
    private static bool IsBehind(Vector3D tragus, Vector3D here)
    {
        Vector3D from = here - tragus;
        double outwards = Math.Sign(tragus.X) * from.X;
        return from.Z < -2 && outwards > -2 && from.Y is > -EarBelowMm and < EarAboveMm && from.Length < EarMm;
    }

    private static bool IsSheet(TriangleMesh scan, TriangleBvh index, bool[] open, Vector3D position, Vector3D normal)
    {
        if (index.FirstHit(position - (StartMm * normal), -normal, SheetMm) is not { } hit)
        {
            return false;
        }

        ReadOnlySpan<int> corners = scan.Triangles.AsSpan(3 * hit.Triangle, 3);
        return Vector3D.Dot(scan.TriangleAreaVector(hit.Triangle), normal) < 0 && (open[corners[0]] || open[corners[1]] || open[corners[2]]);
    }

    /// <summary>One ray along the normal and two rings of tilted rays.</summary>
    private static (double Tilt, double Turn)[] Directions()
    {
        var directions = new List<(double, double)> { (0, 0) };
        foreach ((double tilt, int count) in new[] { (35.0, 4), (65.0, 7) })
        {
            for (int i = 0; i < count; i++)
            {
                directions.Add((tilt * Math.PI / 180, 2 * Math.PI * i / count));
            }
        }

        return [.. directions];
    }
}
