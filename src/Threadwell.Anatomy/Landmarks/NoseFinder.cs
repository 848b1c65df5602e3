using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>Finds the tip of the nose on a front view: the only place of an upright head that falls away steeply to both sides, above and below.</summary>
internal static class NoseFinder
{
    // Scales of an adult nose, mm: how far beside, above and below its tip the face has fallen back. They only need to be of the right size.
    private const double PixelMm = 2;
    private const double BlurMm = 3;
    private const double BesideMm = 20;
    private const double AboveMm = 34;
    private const double BelowMm = 20;

    // The least fall (mm, after smoothing) that makes a nose: a flat infant's or a bandaged nose is refused.
    private const double LeastFallMm = 5;

    /// <summary>The tip of the nose, mm, patient frame; null when the mesh has nothing like a nose that points to +z.</summary>
    public static Vector3D? Find(TriangleMesh mesh)
    {
        var low = new Vector3D(double.MaxValue, double.MaxValue, double.MaxValue);
        Vector3D high = -1 * low;
        foreach (Vector3D p in mesh.Positions)
        {
            low = new(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
            high = new(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
        }

        // A scan of a person is at most a few metres long; a larger one is in another unit and would only fill the memory.
        if (mesh.TriangleCount == 0 || (high - low).Length > 4000)
        {
            return null;
        }

        var patient = new Frame(Vector3D.Zero, Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ);
        var window = new DepthImage.Window(low.X, high.X, low.Y, high.Y, low.Z, high.Z);
        DepthImage image = DepthImage.Render(mesh, patient, window, PixelMm).Blurred(BlurMm);
        double best = LeastFallMm;
        Vector3D? tip = null;
        for (int row = 0; row < image.Rows; row++)
        {
            for (int column = 0; column < image.Columns; column++)
            {
                double fall = Fall(image, column, row);
                if (fall > best)
                {
                    best = fall;
                    tip = new Vector3D(image.X(column), image.Y(row), image[column, row]);
                }
            }
        }

        return tip;
    }

    /// <summary>The smallest fall from a pixel to the four places around it, mm; NaN without surface there.</summary>
    private static double Fall(DepthImage image, int column, int row)
    {
        double z = image[column, row];
        int beside = (int)(BesideMm / PixelMm);
        double left = z - image[column + beside, row];
        double right = z - image[column - beside, row];
        double above = z - image[column, row + (int)(AboveMm / PixelMm)];
        double below = z - image[column, row - (int)(BelowMm / PixelMm)];

        // A fall of more than an adult nose's height is the edge of the head, an ear or a limb.
        if (Math.Max(Math.Max(left, right), Math.Max(above, below)) > 45)
        {
            return double.NaN;
        }

        return Math.Min(Math.Min(left, right), Math.Min(above, 1.5 * below));
    }
}
