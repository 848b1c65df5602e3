using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Finds points of the finished skin along lines, for landmarks that are defined by construction.</summary>
internal sealed class SkinRays(TriangleBvh skin)
{
    /// <summary>Longer than any virtual patient is wide, mm.</summary>
    private const double FarAway = 1000;

    /// <summary>The last point of the skin on the line from a point in a direction: the outermost skin, mm.</summary>
    /// <param name="origin">Start, mm.</param>
    /// <param name="direction">Unit direction.</param>
    /// <exception cref="InvalidOperationException">The line meets no skin.</exception>
    public Vector3D Outermost(Vector3D origin, Vector3D direction) =>
        skin.FirstHit(origin + (FarAway * direction), -direction)?.Position
            ?? throw new InvalidOperationException("The virtual patient has no skin where a landmark is looked for.");

    /// <summary>The point of the sagittal front profile below a start point where the profile bends inwards most: a fold.</summary>
    /// <param name="start">Point whose x sets the profile, mm.</param>
    /// <param name="from">Where the search begins below the start, mm.</param>
    /// <param name="to">Where it ends below the start, mm.</param>
    public Vector3D Fold(Vector3D start, double from, double to)
    {
        // The bend is judged over this distance to either side, mm: wider than the triangles.
        const double reach = 10;
        Vector3D At(double below) => Outermost(new Vector3D(start.X, start.Y - below, start.Z), Vector3D.UnitZ);
        Vector3D best = At(to);
        double sharpest = 0;
        for (double below = from; below <= to; below += 0.5)
        {
            Vector3D here = At(below);
            double bend = At(below - reach).Z + At(below + reach).Z - (2 * here.Z);
            if (bend > sharpest)
            {
                (sharpest, best) = (bend, here);
            }
        }

        return best;
    }
}
