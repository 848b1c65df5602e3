namespace Threadwell.Anatomy;

/// <summary>
/// A crease followed outwards over a face, millimetre by millimetre: the line in which the lips meet, or the lids. Of all courses that rise or fall no
/// faster than allowed it is the deepest as a whole, so that a gap or noise on the way does not lead it astray. Local mm of a side's head frame.
/// </summary>
internal sealed class CreaseLine
{
    private const double StepMm = 0.5;

    // Turning away costs this much depth a millimetre: where there is no crease, the line runs on straight.
    private const double CostOfClimbing = 0.05;

    // The two sides of a face differ in height by this much at most, mm.
    private const double SideDifferenceMm = 2;

    // The crease ends where it is shallower than this share of its own depth.
    private const double FadedShare = 0.3;

    private readonly double fromX;
    private readonly int fall;
    private readonly int rise;

    private CreaseLine(double fromX, int fall, int rise, double[] depths, double[] heights)
    {
        (this.fromX, this.fall, this.rise) = (fromX, fall, rise);
        (Depths, Heights) = (depths, heights);
    }

    /// <summary>Depth of the crease at each millimetre outwards from its start, mm.</summary>
    public double[] Depths { get; }

    /// <summary>Its height there, local mm.</summary>
    public double[] Heights { get; }

    /// <summary>Follows a crease on both sides at once, by the mean of their depths: each alone may lose it in noise or follow a fold.</summary>
    /// <param name="sides">Both sides of the face.</param>
    /// <param name="start">Where it starts and how far from that height it may start, local mm.</param>
    /// <param name="lengthMm">How far it is followed, mm.</param>
    /// <param name="fall">How much it may fall a millimetre outwards.</param>
    /// <param name="rise">How much it may rise a millimetre outwards.</param>
    public static CreaseLine OfBoth(FaceSide[] sides, (double X, double Y, double Range) start, int lengthMm, double fall, double rise)
    {
        int reach = (int)Math.Ceiling((start.Range + (Math.Max(fall, rise) * lengthMm)) / StepMm);
        var line = new CreaseLine(start.X, (int)Math.Round(fall / StepMm), (int)Math.Round(rise / StepMm), [], [.. Enumerable.Repeat(start.Y, lengthMm)]);
        return line.Deepest((x, y) => 0.5 * (sides[0].Valley(x, y) + sides[1].Valley(x, y)), start.Range, reach);
    }

    /// <summary>The same crease on one side, near where it lies on both.</summary>
    public CreaseLine On(FaceSide side) => Deepest(side.Valley, SideDifferenceMm, (int)(SideDifferenceMm / StepMm));

    /// <summary>The place that best parts a deep inside from a shallow outside, weighted by where it is expected, mm from the start.</summary>
    /// <param name="expected">Where the end is expected, mm from the start.</param>
    /// <param name="deviation">How far from there it lies in one of three people, mm.</param>
    public int Edge(double expected, double deviation)
    {
        double scale = Scale(expected);
        double best = double.NegativeInfinity;
        int edge = Math.Clamp((int)expected, 0, Depths.Length - 1);
        for (int x = 4; x < Depths.Length - 4; x++)
        {
            double inside = Depths[(x - 4)..x].Sum();
            double outside = Depths[(x + 1)..(x + 5)].Sum();
            double distance = (x - expected) / deviation;
            double score = Math.Min(1, (inside - outside) / (4 * scale)) - (0.5 * distance * distance);
            (best, edge) = score > best ? (score, x) : (best, edge);
        }

        return edge;
    }

    /// <summary>Where the crease has faded away outside of its edge, mm from the start.</summary>
    public int Faded(int edge)
    {
        double scale = Scale(edge);
        int end = edge;
        while (end < Depths.Length - 1 && Depths[end] > FadedShare * scale && Depths[end + 1] < Depths[end])
        {
            end++;
        }

        return end;
    }

    /// <summary>The crease's own depth, mm; a tenth of a millimetre keeps the noise of a smooth face from counting.</summary>
    private double Scale(double end) => Math.Max(0.1, Depths.Take(Math.Max(1, (int)end)).Average());

    /// <summary>The deepest course whose rows lie within a reach of this line, by dynamic programming from the start outwards.</summary>
    private CreaseLine Deepest(Func<double, double, double> depthAt, double startRange, int reach)
    {
        int length = Heights.Length;
        int rows = (2 * reach) + 1;
        var sums = new double[rows];
        var from = new int[length, rows];
        var depths = new double[length, rows];
        double Height(int x, int row) => Heights[x] + ((row - reach) * StepMm);
        for (int x = 0; x < length; x++)
        {
            var next = new double[rows];
            int shift = x == 0 ? 0 : (int)Math.Round((Heights[x] - Heights[x - 1]) / StepMm);
            for (int row = 0; row < rows; row++)
            {
                depths[x, row] = depthAt(fromX + x, Height(x, row));
                double most = x == 0 && Math.Abs(row - reach) * StepMm <= startRange ? 0 : double.NegativeInfinity;
                for (int other = Math.Max(0, row + shift - rise); x > 0 && other <= Math.Min(rows - 1, row + shift + fall); other++)
                {
                    double value = sums[other] - (CostOfClimbing * Math.Abs(row + shift - other) * StepMm);
                    (most, from[x, row]) = value > most ? (value, other) : (most, from[x, row]);
                }

                next[row] = most + depths[x, row];
            }

            sums = next;
        }

        var depth = new double[length];
        var height = new double[length];
        int at = Array.IndexOf(sums, sums.Max());
        for (int x = length - 1; x >= 0; x--)
        {
            (depth[x], height[x]) = (depths[x, at], Height(x, at));
            at = from[x, at];
        }

        return new CreaseLine(fromX, fall, rise, depth, height);
    }
}
