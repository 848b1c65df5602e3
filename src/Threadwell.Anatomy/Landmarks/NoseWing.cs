using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>
/// Finds the most lateral point of the wing of the nose on a view from the side: going back in a level section, the wing widens ever more slowly, faces
/// straight outwards at its most lateral point, and then the section turns into the cheek. Where the wing runs into the cheek without a crease behind it,
/// the place that faces outwards most is the same point's continuation.
/// </summary>
internal sealed class NoseWing(TriangleMesh mesh, Frame frame, MidlineProfile profile)
{
    private const double PixelMm = 0.5;

    // Heights of the wing over subnasale, shares of the nose's height.
    private const double LowestShare = 0.04;
    private const double HighestShare = 0.34;

    // A section is the wing's while it is this much narrower or wider than expected.
    private const double Narrowest = 0.5;
    private const double Widest = 1.5;

    // Places whose slope (mm outwards a mm back) is within this of the least are equally lateral for a scan's noise: their middle counts.
    private const double SlopeTolerance = 0.1;

    /// <summary>Half the width that a nose of this height has on average, mm.</summary>
    public static double ExpectedHalfWidth(MidlineProfile profile) => EvidenceCatalogue.Value("landmark.nose-half-width-to-nose-height", "1") * profile.NoseHeight;

    /// <summary>Alare, local mm of the side's head frame, with how clearly the wing was seen; null where no section shows one.</summary>
    public FaceSide.Found? Find()
    {
        double expected = ExpectedHalfWidth(profile);
        double low = profile.Subnasale.Y + (LowestShare * profile.NoseHeight);
        double high = profile.Subnasale.Y + (HighestShare * profile.NoseHeight);
        DepthImage wing = DepthImage.Render(mesh, frame.SideView(), new(profile.Subnasale.Z - 25, 2, low - 3, high + 3, 3, 2.5 * expected), PixelMm).Blurred(0.7);
        var rows = new List<(Vector3D Point, double Slope)>();
        for (double y = low; y <= high; y += PixelMm)
        {
            if (MostLateral(wing, y, expected) is { } row)
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        // The widest of the sections in which the wing is about as clear as where it is clearest.
        double least = rows.Min(row => row.Slope);
        Vector3D alare = rows.Where(row => row.Slope <= least + (2 * SlopeTolerance)).MaxBy(row => row.Point.X).Point;

        // A surface that widens by a millimetre a millimetre is a cheek or the side of a mask, no wing.
        return new(alare, Math.Clamp(1.5 * (1 - least), 0, 1) * FaceSide.Likely(alare.X, expected, 7));
    }

    private static (Vector3D Point, double Slope)? MostLateral(DepthImage wing, double y, double expected)
    {
        double first = wing.X(wing.Columns - 1);
        while (first > wing.Left && !(wing.Sample(first, y) >= Narrowest * expected))
        {
            first -= PixelMm;
        }

        var slopes = new List<double>();
        for (double z = first - 1; z > wing.Left + 1 && wing.Sample(z, y) <= Widest * expected; z -= PixelMm)
        {
            double slope = (wing.Sample(z - 1, y) - wing.Sample(z + 1, y)) / 2;
            if (double.IsNaN(slope))
            {
                break;
            }

            slopes.Add(slope);
        }

        if (slopes.Count < 3)
        {
            return null;
        }

        int least = slopes.IndexOf(slopes.Min());
        int from = least;
        int to = least;
        while (from > 0 && slopes[from - 1] <= slopes[least] + SlopeTolerance)
        {
            from--;
        }

        while (to < slopes.Count - 1 && slopes[to + 1] <= slopes[least] + SlopeTolerance)
        {
            to++;
        }

        double middle = first - 1 - (0.5 * (from + to) * PixelMm);
        return (new Vector3D(wing.Sample(middle, y), y, middle), slopes[least]);
    }
}
