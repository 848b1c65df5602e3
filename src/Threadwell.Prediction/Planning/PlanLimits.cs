using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>The hard limits that a proposed plan keeps, on one patient: danger zones with depth, load of barbs, dimpling, distance between threads.</summary>
internal sealed class PlanLimits
{
    // The 5th percentile of a normal distribution, in standard deviations below the mean, as danger zones have it.
    private const double FifthPercentile = 1.645;

    private const double FineStepMm = 1;

    private readonly IReadOnlyList<DangerZone> zones;
    private readonly ThicknessField thickness;

    /// <summary>The limits on one patient.</summary>
    /// <param name="zones">Danger zones of the scan.</param>
    /// <param name="thickness">Layers of the area.</param>
    public PlanLimits(IReadOnlyList<DangerZone> zones, ThicknessField thickness)
    {
        this.zones = zones;
        this.thickness = thickness;
    }

    /// <summary>Largest share of its holding force that a barb may carry.</summary>
    public double BarbLoad { get; } = EvidenceCatalogue.Value("planning.barb-load-limit", "1");

    /// <summary>Largest dimpling risk.</summary>
    public double Dimpling { get; } = EvidenceCatalogue.Value("planning.dimpling-limit", "1");

    /// <summary>The 5th percentile of the SMAS's depth as a share of its mean.</summary>
    public double SmasDepthShare { get; } = 1 - (FifthPercentile * EvidenceCatalogue.Value("planning.smas-depth-variation", "1"));

    /// <summary>Least distance between threads of one side in their halves towards the exits, mm.</summary>
    public double SpacingMm { get; } = EvidenceCatalogue.Value("planning.least-spacing", "mm");

    /// <summary>Least share of the wish that a thread adds at some landmark.</summary>
    public double LeastGain { get; } = EvidenceCatalogue.Value("planning.least-gain", "1");

    /// <summary>How a thread lies to the danger zones near it.</summary>
    public IReadOnlyList<ZoneClearance> Clearances(PlannedThread thread)
    {
        var below = new ThreadBelowSkin(thread.Id, thread.Path, thread.DepthMm, thread.DiameterMm);
        return [.. zones.Select(zone => ZoneClearance.Of(below, zone, Superficial)).OfType<ZoneClearance>()];
    }

    /// <summary>Whether two courses of one side lie far enough apart: their halves towards the exits, since entries are shared.</summary>
    public bool AreApart(IReadOnlyList<Vector3D> a, IReadOnlyList<Vector3D> b)
    {
        Vector3D[] second = FarHalf(b);
        return FarHalf(a).All(point => second.All(other => Vector3D.Distance(point, other) >= SpacingMm));
    }

    // Points of two courses that are stored some millimetres apart miss where they come nearest.
    private static Vector3D[] FarHalf(IReadOnlyList<Vector3D> path) => Polyline.Resample([.. path.Skip(path.Count / 2)], FineStepMm);

    private double Superficial(Vector3D point)
    {
        SiteLayers layers = thickness.At(point);
        return SmasDepthShare * (layers.SkinMm + layers.SuperficialFatMm);
    }
}
