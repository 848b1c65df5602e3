using Threadwell.Evidence;

namespace Threadwell.Anatomy;

/// <summary>
/// The corners of the mouth: the line between the lips, followed outwards on both sides at once. Both sides first decide together where it ends,
/// because each alone may lose it in noise or follow a fold; then each corrects its own end by a few millimetres.
/// </summary>
internal static class MouthCorners
{
    // The line runs nearly level: it may rise or fall this much for each millimetre outwards.
    private const double LargestSlope = 0.7;

    // How far from its expected place a corner lies in one of three people, mm, and how far the two corners differ.
    private const double Deviation = 4;
    private const double SideDeviation = 2;
    private const double ExpectedShare = 0.4;

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
        (double Depth, double Y)[][] traces = [.. sides.Select(side => Follow(side, profile.Stomion.Y, count))];
        double[] both = [.. Enumerable.Range(0, count).Select(index => 0.5 * (traces[0][index].Depth + traces[1][index].Depth))];
        double together = End(both, expected, Deviation);
        double lips = both.Take(8).Average();
        return [.. traces.Select((trace, side) =>
        {
            // The line fades before the corner, the more the coarser the scan: the expectation takes its part.
            double seen = End([.. trace.Select(point => point.Depth)], together, SideDeviation);
            double end = seen + (ExpectedShare * (expected - seen));
            double confidence = Math.Clamp(0.35 + (0.5 * lips), 0, 1) * FaceSide.Likely(together, expected, 2 * Deviation);
            return new FaceSide.Found(sides[side].OnFront(end, trace[(int)end].Y), confidence);
        })];
    }

    private static (double Depth, double Y)[] Follow(FaceSide side, double startY, int count)
    {
        var trace = new (double Depth, double Y)[count];
        double y = startY;
        for (int x = 0; x < count; x++)
        {
            double best = double.NegativeInfinity;
            double next = y;
            for (double trial = y - LargestSlope; trial <= y + LargestSlope; trial += LargestSlope / 2)
            {
                double score = side.Valley(x, trial) - (0.05 * Math.Abs(trial - y));
                if (score > best)
                {
                    (best, next) = (score, trial);
                }
            }

            y = next;
            trace[x] = (side.Valley(x, y), y);
        }

        return trace;
    }

    /// <summary>The x that best parts a deep inside from a shallow outside, relative to the line's own depth, weighted by where it is expected.</summary>
    private static double End(double[] depth, double expected, double deviation)
    {
        // A tenth of a millimetre keeps the noise of lips without any line from counting.
        double scale = Math.Max(0.1, depth.Take(8).Average());
        double best = double.NegativeInfinity;
        int end = (int)expected;
        for (int x = 5; x < depth.Length - 4; x++)
        {
            double inside = depth[x - 1] + depth[x - 2] + depth[x - 3] + depth[x - 4];
            double outside = depth[x + 1] + depth[x + 2] + depth[x + 3] + depth[x + 4];
            double distance = (x - expected) / deviation;
            double score = Math.Min(1, (inside - outside) / (4 * scale)) - (0.5 * distance * distance);
            if (score > best)
            {
                (best, end) = (score, x);
            }
        }

        return end;
    }
}
