using Threadwell.Evidence;

namespace Threadwell.Anatomy;

/// <summary>
/// The corners of the mouth: the line between the lips, followed outwards on both sides at once. Both sides first decide together where it ends,
/// because each alone may lose it in noise or follow a fold; then each corrects its own end by a few millimetres.
/// </summary>
internal static class MouthCorners
{
    // The line runs nearly level: it may rise or fall this much for each millimetre outwards.
    private const double LargestSlope = 0.5;
    private const double StartRange = 1;

    // How far from its expected place a corner lies in one of three people, mm, and how far the two corners differ.
    private const double Deviation = 4;
    private const double SideDeviation = 2;
    private const double ExpectedShare = 0.2;

    /// <summary>Finds both corners, in the order of the sides.</summary>
    /// <param name="sides">Both sides of the face.</param>
    /// <param name="profile">The midline.</param>
    /// <param name="noseHalfWidth">Half width of the nose, mm.</param>
    public static FaceSide.Found[] Find(FaceSide[] sides, MidlineProfile profile, double noseHalfWidth)
    {
        // Two expectations, by the nose's width and by the face's height, err in different people.
        double byNose = EvidenceCatalogue.Value("landmark.mouth-width-to-nose-width", "1") * noseHalfWidth;
        double byHeight = EvidenceCatalogue.Value("landmark.mouth-half-width-to-sellion-stomion", "1") * (profile.Sellion.Y - profile.Stomion.Y);
        double expected = 0.5 * (byNose + byHeight);
        int count = (int)(expected + (3 * Deviation)) + 5;
        CreaseLine both = CreaseLine.OfBoth(sides, (0, profile.Stomion.Y, StartRange), count, LargestSlope, LargestSlope);
        int together = both.Edge(expected, Deviation);
        double lips = both.Depths.Take(8).Average();
        return [.. sides.Select(side =>
        {
            // The lips taper, so that the line between them has faded where they end; the coarser the scan, the sooner: the expectation takes its part.
            CreaseLine line = both.On(side);
            double seen = line.Faded(line.Edge(together, SideDeviation));
            double end = seen + (ExpectedShare * (expected - seen));
            double confidence = Math.Clamp(0.35 + (0.5 * lips), 0, 1) * FaceSide.Likely(together, expected, 2 * Deviation);
            return new FaceSide.Found(side.OnFront(end, line.Heights[(int)end]), confidence);
        })];
    }
}
