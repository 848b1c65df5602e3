using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>How a thread lies to a danger zone, with depth.</summary>
/// <param name="Structure">The structure.</param>
/// <param name="Source">Evidence rows.</param>
/// <param name="DepthKnown">Whether its depth was measured; where not, the thread must stay superficial to the SMAS.</param>
/// <param name="Crosses">Whether the thread comes within the structure's reach.</param>
/// <param name="LimitMm">Depth that the thread's lowest point must not reach where it comes nearest to breaking the limit, mm below the skin.</param>
/// <param name="MarginMm">That depth less the thread's lowest point, mm; negative where the limit is broken.</param>
/// <param name="Closeness">
/// Share of the limit's depth that the thread uses, 1 at the limit; where the thread passes beside the reach it falls to nothing over one more reach.
/// </param>
public sealed record ZoneClearance(string Structure, string Source, bool DepthKnown, bool Crosses, double LimitMm, double MarginMm, double Closeness)
{
    private const double StepMm = 1;

    /// <summary>Whether the limit holds.</summary>
    public bool Holds => !Crosses || MarginMm > 0;

    /// <summary>Measures a thread against a zone; null where it stays further away than twice the reach.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="zone">The zone, on the same scan.</param>
    /// <param name="superficialMm">Depth that stays superficial to the SMAS at a point of the skin, mm: the limit where the structure's own depth is unknown.</param>
    public static ZoneClearance? Of(ThreadBelowSkin thread, DangerZone zone, Func<Vector3D, double> superficialMm)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(superficialMm);
        double lowest = thread.DepthMm + (thread.DiameterMm / 2);
        ZoneClearance? worst = null;
        foreach (Vector3D point in Polyline.Resample(thread.Path, StepMm))
        {
            (double distance, double depth) = zone.NearestTo(point);
            if (distance >= 2 * zone.ReachMm)
            {
                continue;
            }

            double limit = zone.LeastDepthMm is null ? superficialMm(point) : depth;
            double beside = Math.Min(1, 2 - (distance / zone.ReachMm));
            var here = new ZoneClearance(zone.Structure, zone.Source, zone.LeastDepthMm is not null, distance <= zone.ReachMm, limit, limit - lowest, beside * lowest / limit);
            worst = worst is null || (here.Holds == worst.Holds ? here.Closeness > worst.Closeness : !here.Holds) ? here : worst;
        }

        return worst;
    }
}
