using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A barb in a section.</summary>
/// <param name="AtMm">Distance from the section's beginning along the thread, mm.</param>
/// <param name="Towards">Side to which its free end points: +1 towards the exit, −1 towards the entry.</param>
public readonly record struct SectionBarb(double AtMm, int Towards);

/// <summary>
/// The tissue cut open along a thread: layers, thread and barbs, and how far the new tissue round it reaches. The skin is laid out flat, so that depth is counted straight down;
/// new tissue is spread by the engine's own rule on points finer than the mesh of a course, and by the near end of its reach.
/// </summary>
public sealed class ThreadSection
{
    // Points on which new tissue is spread, mm: along and down as fine as the picture wants, across as coarse as the reach allows.
    private const double AcrossMm = 0.5;

    private ThreadSection(double lengthMm, double depthMm, double stepMm)
    {
        LengthMm = lengthMm;
        DepthMm = depthMm;
        Columns = (int)Math.Round(lengthMm / stepMm);
        Rows = (int)Math.Round(depthMm / stepMm);
    }

    /// <summary>Length of the section along the thread, mm.</summary>
    public double LengthMm { get; }

    /// <summary>Depth of the section below the skin, mm.</summary>
    public double DepthMm { get; }

    /// <summary>Points of the maps along the thread.</summary>
    public int Columns { get; }

    /// <summary>Points of the maps downwards.</summary>
    public int Rows { get; }

    /// <summary>Places along the section at which the layers are told, mm.</summary>
    public required double[] AlongMm { get; init; }

    /// <summary>Depth at which each layer ends, mm, from the skin inwards to the deep fascia: [layer][place].</summary>
    public required double[][] LayerEndsMm { get; init; }

    /// <summary>Depth of the thread at each place, mm.</summary>
    public required double[] ThreadDepthMm { get; init; }

    /// <summary>Barbs of the thread within the section.</summary>
    public required IReadOnlyList<SectionBarb> Barbs { get; init; }

    /// <summary>Concentration that the tissue at barbs gives where it holds 1 mg per mm of thread, mg/mm³, row by row.</summary>
    public double[] AtBarbs { get; private set; } = [];

    /// <summary>The same of the tissue between barbs.</summary>
    public double[] BetweenBarbs { get; private set; } = [];

    /// <summary>Cuts the tissue of a prediction along one of its threads.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="thread">Index of the thread in the plan.</param>
    /// <param name="fromMm">Distance of the section's beginning from the entry, mm.</param>
    /// <param name="lengthMm">Its length, mm.</param>
    /// <param name="depthMm">Its depth, mm.</param>
    /// <param name="stepMm">Distance of the maps' points, mm.</param>
    public static ThreadSection Along(CoursePrediction prediction, int thread, double fromMm, double lengthMm, double depthMm, double stepMm)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        PlannedThread planned = prediction.Plan.Threads[thread];
        var probe = new TissueProbe(prediction.Tissue);
        var skin = new EmbeddedThread(planned.Path);
        var course = new EmbeddedThread(prediction.ThreadPaths[thread]);
        double[] along = [.. Enumerable.Range(0, (int)lengthMm + 1).Select(index => (double)index)];
        SurfacePoint[] under = [.. along.Select(at => probe.Embed(skin.PointAt((fromMm + at) / course.LengthMm * skin.LengthMm)))];
        double[][] ends = [.. new[] { TissueLayer.Skin, TissueLayer.SuperficialFat, TissueLayer.Smas, TissueLayer.DeepFat }.Select(layer => under.Select(point => EndOf(layer, point, probe)).ToArray())];
        double[] depth = [.. under.Select(point => Math.Min(planned.DepthMm, probe.ThicknessMm(point)))];
        ThreadStation[] barbs = [.. planned.Barbs == BarbKind.None
            ? []
            : course.LayOut(planned.BarbsPerCm / 10, planned.Direction == BarbDirection.Bidirectional, anchored: false, course.LengthMm).Where(station => station.Grip != BarbGrip.None)];
        var section = new ThreadSection(lengthMm, depthMm, stepMm)
        {
            AlongMm = along,
            LayerEndsMm = ends,
            ThreadDepthMm = depth,
            Barbs = [.. barbs.Where(barb => barb.AxialMm >= fromMm && barb.AxialMm <= fromMm + lengthMm).Select(barb => new SectionBarb(barb.AxialMm - fromMm, barb.Grip == BarbGrip.HoldsTowardsExit ? 1 : -1))],
        };
        (section.AtBarbs, section.BetweenBarbs) = section.Spread(planned, course.LengthMm, [.. barbs.Select(barb => barb.AxialMm - fromMm)], FactValues.Catalogue);
        return section;
    }

    // Spreads 1 mg a mm over a flat block, by the rule and the numbers of a course.
    private (double[] AtBarbs, double[] Between) Spread(PlannedThread thread, double threadMm, double[] barbs, FactValues facts)
    {
        // A course spreads it as far as its mesh resolves, which would smear barb into barb; the near end of that assumption is closer to what histology shows.
        double reach = EvidenceCatalogue.Get("tissue.deposition-radius").Low!.Value;
        double dermalReach = facts.Value("tissue.deposition-dermal-radius", "mm");
        double step = LengthMm / Columns;
        int margin = (int)Math.Ceiling(Math.Max(reach, dermalReach) / step);
        int half = (int)Math.Ceiling(Math.Max(reach, dermalReach) / AcrossMm);
        int columns = Columns + (2 * margin);
        var positions = new List<Vector3D>(columns * Rows * ((2 * half) + 1));
        var inSkin = new List<bool>(positions.Capacity);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double at = (column - margin + 0.5) * step;
                double down = (row + 0.5) * step;
                for (int across = -half; across <= half; across++)
                {
                    positions.Add(new Vector3D(at, -down, across * AcrossMm));
                    inSkin.Add(down < At(LayerEndsMm[0], at));
                }
            }
        }

        double share = LaidThread.BarbShare(barbs.Length, thread.Barbs, threadMm, facts);
        Deposit Of(bool atBarb, double[] places, double each) => new(
            0, atBarb, [.. places.Select(place => new Vector3D(place, -At(ThreadDepthMm, place), 0))], [.. places.Select(_ => Vector3D.UnitX)], [.. places.Select(_ => each)]);
        double[] nearby = [.. Enumerable.Range(0, (int)(2 * (LengthMm + (2 * dermalReach)))).Select(index => (0.5 * (index + 0.5)) - dermalReach)];
        Deposit[] deposits = [Of(true, [.. barbs.Where(place => place > -dermalReach && place < LengthMm + dermalReach)], barbs.Length == 0 ? 0 : share * threadMm / barbs.Length), Of(false, nearby, 0.5 * (1 - share))];
        double[] volumes = new double[positions.Count];
        Array.Fill(volumes, step * step * AcrossMm);
        var deposition = new CollagenDeposition(deposits, [.. positions], volumes, [.. inSkin], reach, facts.Value("tissue.deposition-dermal-share", "1"), dermalReach);
        double[] Map(ReadOnlySpan<double> masses)
        {
            double[] all = new double[positions.Count];
            deposition.Concentrations(masses, all);
            double[] map = new double[Columns * Rows];
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    map[(row * Columns) + column] = all[((((row * columns) + column + margin) * ((2 * half) + 1)) + half)];
                }
            }

            return map;
        }

        return (Map([1, 0]), Map([0, 1]));
    }

    private double At(double[] values, double along)
    {
        double place = Math.Clamp(along, 0, AlongMm[^1]);
        int index = Math.Min((int)place, values.Length - 2);
        return values[index] + ((place - index) * (values[index + 1] - values[index]));
    }

    private static double EndOf(TissueLayer layer, SurfacePoint at, TissueProbe probe)
    {
        // The layers are met in order on the way down: the last one ends on the deep fascia.
        double thickness = probe.ThicknessMm(at);
        const double Step = 0.02;
        double depth = 0;
        while (depth < thickness && probe.LayerAt(at, depth) >= layer)
        {
            depth += Step;
        }

        return Math.Min(depth, thickness);
    }
}
