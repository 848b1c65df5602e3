using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Prediction;

/// <summary>The skin that a preview was prepared for, and how far from its middle a point lies.</summary>
internal sealed class PreviewRegion
{
    /// <summary>How far the tissue reaches beyond the threads and targets that it is built for, mm along the skin; that of a prediction.</summary>
    public const double MarginMm = 25;

    /// <summary>A thread may move this far from where the tissue was built for, mm along the skin: the margin left to the cut edge is then still enough.</summary>
    public const double FreeMoveMm = 10;

    /// <summary>A point further than this from the prepared skin does not lie on it, mm; a prediction refuses it.</summary>
    public const double OffSkinMm = 5;

    private readonly TissueProbe probe;
    private readonly TriangleMesh skin;
    private readonly double[] reach;

    /// <summary>Measures the region.</summary>
    /// <param name="tissue">The tissue.</param>
    /// <param name="probe">Look-ups in it.</param>
    /// <param name="curves">Threads and targets that it was built for, mm.</param>
    public PreviewRegion(LayeredTissue tissue, TissueProbe probe, IReadOnlyList<IReadOnlyList<Vector3D>> curves)
    {
        this.probe = probe;
        skin = tissue.Skin;
        reach = SurfaceDistance.FromCurves(new TriangleBvh(skin), new SurfaceTopology(skin), curves, step: 2);
    }

    /// <summary>The tissue that a preview of a plan needs: that of the area's standard layout and of the plan itself.</summary>
    public static TissueRequest Request(ThreadPlan plan, TriangleMesh scan, PreviewOptions options)
    {
        var landmarks = new LandmarkSet(plan.Landmarks);
        ThreadPlan[] plans = [plan, .. Standard(plan, scan, landmarks) is { } standard ? new[] { standard } : []];
        return new TissueRequest
        {
            Area = plan.Area,
            Sex = plan.Patient.Sex,
            AgeYears = plan.Patient.AgeYears,
            Laxity = plan.Patient.Laxity,
            ThreadPaths = [.. plans.SelectMany(p => p.Threads).Select(thread => thread.Path)],
            TargetPoints = [.. plans.SelectMany(p => p.Targets).Select(target => landmarks[target.Landmark]).Distinct()],
            MarginMm = MarginMm,
            Coarsening = options.EdgeFactor,
        };
    }

    /// <summary>The standard plan of the area; null where the landmarks that its layout needs are missing.</summary>
    private static ThreadPlan? Standard(ThreadPlan plan, TriangleMesh scan, LandmarkSet landmarks)
    {
        try
        {
            return StandardPlan.Suggest(new StandardPlanRequest
            {
                Mesh = scan,
                Landmarks = landmarks,
                Scan = plan.Scan,
                Patient = plan.Patient with { Laxity = Laxity.Moderate },
                Area = plan.Area,
            });
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>How far a point lies off the prepared skin, mm.</summary>
    public double OffSkin(Vector3D point) => probe.Embed(point).Distance;

    /// <summary>How far along the skin a point lies beyond the part where threads may move freely, mm; not positive within it.</summary>
    public double Beyond(Vector3D point) => probe.Embed(point).Interpolate(skin, reach) - FreeMoveMm;

    /// <summary>Whether a point lies on the skin and in the part where threads may move freely.</summary>
    public bool Covers(Vector3D point)
    {
        SurfacePoint at = probe.Embed(point);
        return at.Distance <= OffSkinMm && at.Interpolate(skin, reach) <= FreeMoveMm;
    }
}
