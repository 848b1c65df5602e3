using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A planned thread in the tissue of a preview: placed, with what is doubtful about it and the tissue points that show its course.</summary>
internal sealed class PreviewThread
{
    // Points that show the course lie this far apart, mm.
    private const double ChannelStepMm = 2;

    // A course in the tissue that is shorter holds nothing, mm.
    private const double ShortestMm = 1;

    private readonly TissuePoint[] channel;
    private readonly double[] arcLength;

    private PreviewThread(PlannedThread planned, PlacedThread? placed, TissuePoint[] channel, PreviewWarning[] warnings)
    {
        Planned = planned;
        Placed = placed;
        Warnings = warnings;
        this.channel = channel;
        Before = [.. channel.Select(point => point.Position)];
        arcLength = new double[Before.Length];
        for (int point = 1; point < Before.Length; point++)
        {
            arcLength[point] = arcLength[point - 1] + Vector3D.Distance(Before[point - 1], Before[point]);
        }
    }

    /// <summary>The planned thread.</summary>
    public PlannedThread Planned { get; }

    /// <summary>The thread in the tissue; null when it is left out.</summary>
    public PlacedThread? Placed { get; }

    /// <summary>What is doubtful about it.</summary>
    public PreviewWarning[] Warnings { get; }

    /// <summary>Its course inside the tissue before the pull, mm.</summary>
    public Vector3D[] Before { get; }

    /// <summary>Places a thread, wherever its points lie.</summary>
    /// <param name="planned">The thread.</param>
    /// <param name="placer">Places threads in the tissue.</param>
    /// <param name="probe">Look-ups in the tissue.</param>
    /// <param name="region">The prepared skin.</param>
    /// <exception cref="PreviewException">The thread's numbers cannot be used.</exception>
    public static PreviewThread Place(PlannedThread planned, ThreadPlacer placer, TissueProbe probe, PreviewRegion region)
    {
        RequireUsable(planned);
        var warnings = new List<PreviewWarning>();
        for (int point = 0; point < planned.Path.Count; point++)
        {
            Doubt(planned, point, probe, region, warnings);
        }

        TissuePoint[] course = [.. Polyline.Resample(planned.Path, ChannelStepMm).Select(point => probe.DepthPoint(point, planned.DepthMm))];
        double length = Polyline.Length([.. course.Select(point => point.Position)]);
        PlacedThread? placed = length > ShortestMm ? TryPlace(planned, placer) : null;
        if (placed is null)
        {
            warnings.Add(new PreviewWarning(PreviewWarningKind.LeftOut, planned.Id, -1, length));
        }

        return new PreviewThread(planned, placed, course, [.. warnings]);
    }

    /// <summary>Whether another thread would be placed just like this one.</summary>
    public bool IsPlacedLike(PlannedThread other) =>
        Planned with { Path = other.Path, Reason = other.Reason } == other && Planned.Path.SequenceEqual(other.Path);

    /// <summary>The course after the pull, mm.</summary>
    /// <param name="displacement">Displacement of the tissue's nodes, xyz, mm.</param>
    public Vector3D[] After(ReadOnlySpan<double> displacement)
    {
        var after = new Vector3D[channel.Length];
        for (int point = 0; point < after.Length; point++)
        {
            after[point] = channel[point].Position;
            for (int corner = 0; corner < channel[point].Nodes.Length; corner++)
            {
                int first = 3 * channel[point].Nodes[corner];
                after[point] += channel[point].Weights[corner] * new Vector3D(displacement[first], displacement[first + 1], displacement[first + 2]);
            }
        }

        return after;
    }

    /// <summary>A barb's place on the course after the pull and the way its free end points.</summary>
    /// <param name="after">The course after the pull, mm.</param>
    /// <param name="station">The barb's station.</param>
    public (Vector3D Position, Vector3D FreeEnd) BarbAt(Vector3D[] after, ThreadStation station)
    {
        int found = Array.BinarySearch(arcLength, station.AxialMm);
        int piece = Math.Clamp(found >= 0 ? found : ~found - 1, 0, after.Length - 2);
        double part = (station.AxialMm - arcLength[piece]) / (arcLength[piece + 1] - arcLength[piece]);
        Vector3D tangent = (after[piece + 1] - after[piece]).Normalized();
        return (
            Vector3D.Lerp(after[piece], after[piece + 1], Math.Clamp(part, 0, 1)),
            station.Grip == BarbGrip.HoldsTowardsEntry ? -tangent : tangent);
    }

    private static void Doubt(PlannedThread planned, int point, TissueProbe probe, PreviewRegion region, List<PreviewWarning> warnings)
    {
        Vector3D at = planned.Path[point];
        double off = region.OffSkin(at), beyond = region.Beyond(at);
        if (off > PreviewRegion.OffSkinMm)
        {
            warnings.Add(new PreviewWarning(PreviewWarningKind.OffSkin, planned.Id, point, off));
        }
        else if (beyond > 0)
        {
            warnings.Add(new PreviewWarning(PreviewWarningKind.NearEdge, planned.Id, point, beyond));
        }

        double below = planned.DepthMm - probe.ThicknessMm(probe.Embed(at));
        if (below > 0)
        {
            warnings.Add(new PreviewWarning(PreviewWarningKind.TooDeep, planned.Id, point, below));
        }
    }

    /// <summary>Places the thread; null where it carries no barb, or where no tissue is left round one of its stations.</summary>
    private static PlacedThread? TryPlace(PlannedThread planned, ThreadPlacer placer)
    {
        // A hand that drags may put one point on another.
        Vector3D[] distinct = [.. planned.Path.Where((point, index) => index == 0 || point != planned.Path[index - 1])];
        try
        {
            PlacedThread placed = placer.Place(planned with { Path = distinct });
            return placed.Definition.BarbCount > 0 ? placed : null;
        }
        catch (ArgumentException)
        {
            // Beyond the border no kernel holds enough nodes.
            return null;
        }
    }

    private static void RequireUsable(PlannedThread planned)
    {
        string? problem = planned switch
        {
            { Path.Count: < 2 } => "needs at least two points",
            _ when !planned.Path.All(point => double.IsFinite(point.X) && double.IsFinite(point.Y) && double.IsFinite(point.Z)) => "has a point that is not finite",
            { DiameterMm: not (> 0 and < double.PositiveInfinity) } => "needs a positive diameter",
            { BarbsPerCm: not (>= 0 and <= 100) } => "needs 0 to 100 barbs a centimetre",
            { DepthMm: not (>= 0 and < double.PositiveInfinity) } => "needs a depth that is not negative",
            { GatherMm: { } gather } when !double.IsFinite(gather) => "needs a finite gather",
            { PullN: { } pull } when pull is not (>= 0 and < double.PositiveInfinity) => "needs a pull that is not negative",
            _ => null,
        };
        if (problem is not null)
        {
            throw new PreviewException(PreviewFailure.UnusableThread, $"Thread {planned.Id} {problem}.");
        }
    }
}
