using Threadwell.Evidence;

namespace Threadwell.Anatomy;

/// <summary>
/// The outer corners of the eyes. The eye itself is found first: the globe under the lids stands out between the hollow above and the groove below it,
/// or is a hole where the scan missed an open eye. The corner is then the outer end of the lids near there.
/// </summary>
internal static class EyeCorners
{
    // A globe stands out by this much at most, mm; an opening in the scan is a surer sign and counts more.
    private const double StandsOutMm = 3;
    private const double OpeningMm = 6;

    // From the hollow above the upper lid to the groove below the eye, mm.
    private const int EyeMm = 16;

    // Half height of the slit between closed lids, mm.
    private const int SlitMm = 3;
    private const double LeastSlitMm = 0.4;

    // The line of the lids is followed from this share of the corner's expected distance from the midline; it may start this far (mm) from the eye's
    // middle and rise or fall this much a millimetre.
    private const double StartShare = 0.6;
    private const double StartRange = 3;
    private const double LargestFall = 0.5;
    private const double LargestRise = 1;

    // A line this deep is the opening between the lids: the corner is the skin beside it.
    private const double OpenMm = 2.5;

    // How far from its expected place a corner lies in one of three people, mm, and how far the two corners differ.
    private const double Deviation = 4;
    private const double SideDeviation = 2;

    /// <summary>Finds both corners, in the order of the sides.</summary>
    /// <param name="sides">Both sides of the face.</param>
    /// <param name="profile">The midline.</param>
    /// <param name="noseHalfWidth">Half width of the nose, mm.</param>
    public static FaceSide.Found[] Find(FaceSide[] sides, MidlineProfile profile, double noseHalfWidth)
    {
        double byNose = EvidenceCatalogue.Value("landmark.eye-width-to-nose-width", "1") * noseHalfWidth;
        double byHeight = EvidenceCatalogue.Value("landmark.eye-half-width-to-sellion-stomion", "1") * (profile.Sellion.Y - profile.Stomion.Y);
        double expectedX = 0.5 * (byNose + byHeight);
        (double centre, double clearness) = GlobeHeight(sides, profile, expectedX);
        double confidence = Math.Clamp(0.4 + (0.4 * clearness), 0, 1);

        // Both sides first decide together where the lids end, because each alone may lose them in noise or follow a fold.
        double fromX = StartShare * expectedX;
        int length = (int)(expectedX - fromX + (3 * Deviation)) + 5;
        CreaseLine both = CreaseLine.OfBoth(sides, (fromX, centre, StartRange), length, LargestFall, LargestRise);
        int together = both.Edge(expectedX - fromX, Deviation);
        return [.. sides.Select(side =>
        {
            CreaseLine line = both.On(side);
            int end = line.Edge(together, SideDeviation);
            while (end < length - 1 && line.Depths[end] > OpenMm)
            {
                end++;
            }

            return new FaceSide.Found(side.OnFront(fromX + end, line.Heights[end]), confidence);
        })];
    }

    /// <summary>
    /// The height of the eye's middle: the middle of the rows, below the hollow between brow and lid, in which on both sides the globe stands out.
    /// The brow above the hollow stands out too, and is no eye.
    /// </summary>
    private static (double Y, double Clearness) GlobeHeight(FaceSide[] sides, MidlineProfile profile, double cornerX)
    {
        double expected = profile.Sellion.Y - (EvidenceCatalogue.Value("landmark.eye-below-sellion-to-nose-height", "1") * profile.NoseHeight);
        double bottom = expected - 16;
        double[] stands = [.. Enumerable.Range(0, 30).Select(row => sides.Average(side => StandsOut(side, cornerX, bottom + row)))];
        int[] open = [.. Enumerable.Range(0, stands.Length).Where(row => stands[row] > 0.5 * (StandsOutMm + OpeningMm))];
        if (open.Length > 0)
        {
            return (bottom + open.Average(), OpeningMm);
        }

        int hollow = EyeMm;
        for (int row = EyeMm; row < stands.Length; row++)
        {
            hollow = stands[row] < stands[hollow] ? row : hollow;
        }

        int first = hollow - EyeMm;
        double most = stands[first..hollow].Max();
        double sum = 0;
        double weight = 0;
        for (int row = first; row < hollow; row++)
        {
            double share = Math.Max(0, stands[row] - (0.5 * most));
            sum += share * (bottom + row);
            weight += share;
        }

        if (weight == 0)
        {
            return (expected, 0);
        }

        // Where the slit between the lids shows, it is the eye's height: a full lower lid draws the middle of the globe down.
        double centre = sum / weight;
        double slit = centre;
        double deepest = LeastSlitMm;
        for (double y = centre - 2; y <= Math.Min(centre + 8, bottom + hollow - SlitMm - 1); y++)
        {
            double depth = sides.Average(side => Enumerable.Range(0, 6).Average(step => side.Valley((0.5 + (0.07 * step)) * cornerX, y)));
            (deepest, slit) = depth > deepest ? (depth, y) : (deepest, slit);
        }

        return (slit, most);
    }

    /// <summary>How far the middle of an eye stands out of the hollow above it and the groove below it in a row, mm.</summary>
    private static double StandsOut(FaceSide side, double cornerX, double y)
    {
        double sum = 0;
        int count = 0;
        for (double x = 0.6 * cornerX; x <= 0.85 * cornerX; x += 1)
        {
            // The slit between closed lids is bridged: the globe counts as one.
            double z = side.Depth(x, y);
            for (int reach = -SlitMm; reach <= SlitMm && !double.IsNaN(z); reach++)
            {
                double near = side.Depth(x, y + reach);
                z = near > z ? near : z;
            }

            double above = double.PositiveInfinity;
            double below = double.PositiveInfinity;
            for (int reach = 4; reach <= 12; reach++)
            {
                above = Math.Min(above, Known(side.Depth(x, y + reach)));
                below = Math.Min(below, Known(side.Depth(x, y - reach)));
            }

            sum += double.IsNaN(z) ? OpeningMm : Math.Clamp(z - (0.5 * (above + below)), -StandsOutMm, StandsOutMm);
            count++;
        }

        return sum / count;

        static double Known(double z) => double.IsNaN(z) ? double.PositiveInfinity : z;
    }
}
