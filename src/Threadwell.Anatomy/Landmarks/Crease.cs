using Threadwell.Evidence;

namespace Threadwell.Anatomy;

/// <summary>
/// The line between the lips or the lids, followed outwards on both sides at once; its end is a landmark. Both sides first decide together where it
/// ends, because each alone may lose it in noise or follow a fold; then each corrects its own end by a few millimetres.
/// </summary>
internal static class Crease
{
    // A crease runs nearly level: it may rise or fall this much for each millimetre outwards.
    private const double LargestSlope = 0.7;

    /// <summary>The corners of the mouth.</summary>
    /// <param name="sides">Both sides of the face.</param>
    /// <param name="profile">The midline.</param>
    /// <param name="noseHalfWidth">Half width of the nose, mm.</param>
    public static FaceSide.Found[] Cheilion(FaceSide[] sides, MidlineProfile profile, double noseHalfWidth)
    {
        double expected = EvidenceCatalogue.Value("landmark.mouth-width-to-nose-width", "1") * noseHalfWidth;
        return Ends(sides, startX: 0, profile.Stomion.Y, freedomY: 1.5, expected, deviation: 5);
    }

    /// <summary>The outer corners of the eyes.</summary>
    /// <param name="sides">Both sides of the face.</param>
    /// <param name="profile">The midline.</param>
    /// <param name="noseHalfWidth">Half width of the nose, mm.</param>
    public static FaceSide.Found[] LateralCanthus(FaceSide[] sides, MidlineProfile profile, double noseHalfWidth)
    {
        double expected = EvidenceCatalogue.Value("landmark.eye-width-to-nose-width", "1") * noseHalfWidth;
        double y = profile.Sellion.Y - (EvidenceCatalogue.Value("landmark.eye-below-sellion-to-nose-height", "1") * profile.NoseHeight);
        return Ends(sides, startX: 0.7 * expected, y, freedomY: 7, expected, deviation: 5);
    }

    private static FaceSide.Found[] Ends(FaceSide[] sides, double startX, double startY, double freedomY, double expected, double deviation)
    {
        int count = (int)(expected + (2.5 * deviation) - startX) + 5;
        double y = Start(sides, startX, startY, freedomY);
        (double Depth, double Y)[][] traces = [.. sides.Select(side => Follow(side, startX, y, count))];
        double[] both = [.. Enumerable.Range(0, count).Select(index => 0.5 * (traces[0][index].Depth + traces[1][index].Depth))];
        int together = End(both, startX, expected, deviation);
        return [.. traces.Select((trace, side) =>
        {
            double[] depth = [.. trace.Select(point => point.Depth)];
            int end = End(depth, startX, startX + together, 2);
            double confidence = Math.Clamp(0.4 + (0.6 * Contrast(both, together)), 0, 1) * FaceSide.Likely(startX + together, expected, 1.5 * deviation);
            return new FaceSide.Found(sides[side].OnFront(startX + end, trace[end].Y), confidence);
        })];
    }

    /// <summary>The height near the expected one at which both sides together are deepest over the first millimetres.</summary>
    private static double Start(FaceSide[] sides, double x, double expectedY, double freedom)
    {
        double best = double.NegativeInfinity;
        double start = expectedY;
        for (double y = expectedY - freedom; y <= expectedY + freedom; y += 0.5)
        {
            double depth = sides.Sum(side => side.Valley(x, y) + side.Valley(x + 2, y) + side.Valley(x + 4, y)) / 6;
            double score = depth - (0.05 * Math.Abs(y - expectedY));
            if (score > best)
            {
                (best, start) = (score, y);
            }
        }

        return start;
    }

    private static (double Depth, double Y)[] Follow(FaceSide side, double startX, double startY, int count)
    {
        var trace = new (double Depth, double Y)[count];
        double y = startY;
        for (int index = 0; index < count; index++)
        {
            double x = startX + index;
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
            trace[index] = (side.Valley(x, y), y);
        }

        return trace;
    }

    /// <summary>The place that best parts a deep inside from a shallow outside, weighted by where it is expected.</summary>
    private static int End(double[] depth, double startX, double expected, double deviation)
    {
        double best = double.NegativeInfinity;
        int end = 0;
        for (int index = 4; index < depth.Length - 4; index++)
        {
            double distance = (startX + index - expected) / deviation;
            double score = Contrast(depth, index) - (0.25 * distance * distance);
            if (score > best)
            {
                (best, end) = (score, index);
            }
        }

        return end;
    }

    private static double Contrast(double[] depth, int index) =>
        ((depth[index - 1] + depth[index - 2] + depth[index - 3] + depth[index - 4]) - (depth[index + 1] + depth[index + 2] + depth[index + 3] + depth[index + 4])) / 4;
}
