using Threadwell.Evidence;

namespace Threadwell.Anatomy;

/// <summary>
/// Finds the front root of the ear on a side view: going back along the cheek, the skin curves away from the onlooker; at the ear it turns towards him.
/// </summary>
internal sealed class EarRoot(DepthImage side, MidlineProfile profile)
{
    // Scales of the ear, mm: over which the cheek's course is taken and continued backwards.
    private const int CheekMm = 14;
    private const int EarMm = 14;
    private const int CrestMm = 15;

    // A step outwards by this much (mm) over this many rows (mm), going up, is the lobe's end.
    private const int StepRows = 4;
    private const double StepMm = 4;

    // An ear is there when the skin stands out by this much (mm) from the cheek's continuation.
    private const double LeastRiseMm = 2;
    private const double RootRiseMm = 1.5;

    // The upper rim lies on the head: it ends where it bends outwards by less than this over this distance each way, mm, this far behind the root at most.
    private const double RimBendMm = 0.8;
    private const int RimReachMm = 8;
    private const int RimBehindMm = 40;
    private const int RimRows = 14;

    /// <summary>The tragus, local mm of the side's head frame, with how clearly the ear was seen.</summary>
    public FaceSide.Found Find()
    {
        double unit = profile.NoseHeight;
        double expectedZ = profile.Sellion.Z - (EvidenceCatalogue.Value("landmark.tragus-behind-sellion-to-nose-height", "1") * unit);
        double expectedY = profile.Subnasale.Y + (EvidenceCatalogue.Value("landmark.tragus-above-subnasale-to-nose-height", "1") * unit);
        int rows = (int)(1.8 * unit) + 1;
        double lowest = expectedY - (0.9 * unit);
        var roots = new (double Z, double Rise)[rows];
        for (int row = 0; row < rows; row++)
        {
            roots[row] = RootInRow(lowest + row, expectedZ);
        }

        (int first, int last) = LongestRun(roots);
        double front = MedianRoot(roots[first..(last + 1)]);
        first = LobeEnd(front, lowest, first, last);
        last = RimEnd(front, lowest, last);
        double height = last - first;
        if (height < 0.6 * unit)
        {
            // No ear to be seen (hair, or a scan that ends before it): the place that proportions give, if there is skin.
            double x = side.Sample(expectedZ, expectedY);
            return new(new(double.IsNaN(x) ? 0 : x, expectedY, expectedZ), double.IsNaN(x) ? 0 : 0.4);
        }

        double fraction = EvidenceCatalogue.Value("landmark.tragus-height-on-ear", "1");
        int tragus = first + (int)Math.Round(fraction * height);

        // The tragus is where the ear comes farthest forward, between the lobe and the middle; the third of the rows leaves strays out.
        double[] forward = [.. Enumerable.Range(first, last + 1 - first)
            .Where(row => row >= first + (0.15 * height) && row <= Math.Min(first + (0.6 * height), roots.Length - 1) && roots[row].Rise >= LeastRiseMm)
            .Select(row => roots[row].Z).OrderDescending()];
        double z = forward.Length > 0 ? forward[Math.Min(2, forward.Length - 1)] : expectedZ;
        double y = lowest + tragus;
        double distance = (z - expectedZ) / 25;
        return new(new(side.Sample(z, y), y, z), Math.Exp(-0.25 * distance * distance));
    }

    /// <summary>
    /// The lowest row of the ear. Below the lobe the muscle of the neck can stand out behind the jaw like an ear, but farther in: going up, the step
    /// from the one to the other begins the ear.
    /// </summary>
    private int LobeEnd(double front, double lowest, int first, int last)
    {
        double[] crest = [.. Enumerable.Range(first, last + 1 - first).Select(row => Enumerable.Range(0, CrestMm).Max(back => side.Sample(front - back, lowest + row)))];
        double Step(int row) => crest[row + StepRows] - crest[row];
        for (int row = 0; row < (last - first) / 2; row++)
        {
            if (Step(row) > StepMm)
            {
                while (row < (last - first) / 2 && Step(row + 1) > Step(row))
                {
                    row++;
                }

                return first + row + (StepRows / 2);
            }
        }

        return first;
    }

    /// <summary>The highest row of the ear: above the last root the rim still shows as a bend of the side of the head, some way behind the root.</summary>
    private int RimEnd(double front, double lowest, int last)
    {
        int highest = last;
        while (highest < last + RimRows && Enumerable.Range(0, RimBehindMm).Any(back => Bend(front - back, lowest + highest + 1) >= RimBendMm))
        {
            highest++;
        }

        return highest;
    }

    private double Bend(double z, double y) => side.Sample(z, y) - (0.5 * (side.Sample(z + RimReachMm, y) + side.Sample(z - RimReachMm, y)));

    private static double MedianRoot((double Z, double Rise)[] roots)
    {
        double[] run = [.. roots.Where(root => root.Rise > 0).Select(root => root.Z).Order()];
        return run.Length > 0 ? run[run.Length / 2] : 0;
    }

    private (double Z, double Rise) RootInRow(double y, double expectedZ)
    {
        for (double z = expectedZ + 30; z >= expectedZ - 35; z -= 1)
        {
            double rise = Rise(z, y);
            if (rise < LeastRiseMm)
            {
                continue;
            }

            // The root is where the ear has come out of the cheek's course; a fold of skin before the ear does not come out as far.
            double root = z - 2;
            (double level, double slope) = Cheek(z, y);
            while (side.Sample(root, y) - level - ((z - root) * slope) < RootRiseMm && root > z - EarMm)
            {
                root -= 0.5;
            }

            return (root, rise);
        }

        return (double.NaN, 0);
    }

    /// <summary>How far the skin behind a place stands out from the cheek's course continued backwards, mm.</summary>
    private double Rise(double z, double y)
    {
        (double level, double slope) = Cheek(z, y);
        double rise = 0;
        for (int back = 2; back <= EarMm; back++)
        {
            double outwards = side.Sample(z - back, y) - level - (back * slope);
            rise = outwards > rise ? outwards : rise;
        }

        return rise;
    }

    /// <summary>The cheek at a place and how fast it still widens going back: it widens ever more slowly, so this course is the most that it can reach without an ear.</summary>
    private (double Level, double Slope) Cheek(double z, double y)
    {
        double here = side.Sample(z, y);
        return (here, Math.Max(0, (here - side.Sample(z + CheekMm, y)) / CheekMm));
    }

    /// <summary>The longest run of rows with an ear, gaps of up to three rows allowed.</summary>
    private static (int First, int Last) LongestRun((double Z, double Rise)[] roots)
    {
        (int First, int Last) longest = (0, 0);
        int first = -1;
        int last = -1;
        for (int row = 0; row < roots.Length; row++)
        {
            if (roots[row].Rise < LeastRiseMm)
            {
                continue;
            }

            bool joins = first >= 0 && row - last <= 4 && Math.Abs(roots[row].Z - roots[last].Z) < 25;
            first = joins ? first : row;
            last = row;
            longest = last - first > longest.Last - longest.First ? (first, last) : longest;
        }

        return longest;
    }
}
