using System.Globalization;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>A thread as the check of danger zones sees it.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Path">Course as points on the skin above the thread, mm.</param>
/// <param name="DepthMm">Depth of its axis below the skin, mm.</param>
/// <param name="DiameterMm">Core diameter, mm.</param>
public sealed record ThreadBelowSkin(string Id, IReadOnlyList<Vector3D> Path, double DepthMm, double DiameterMm);

/// <summary>A thread that passes a danger zone without being clear of it.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="Structure">The structure.</param>
/// <param name="Reason">Why it is not clear, and what to do.</param>
/// <param name="Source">Evidence rows.</param>
/// <param name="DepthKnown">Whether the structure's depth there was measured.</param>
public sealed record DangerZoneWarning(string ThreadId, string Structure, string Reason, string Source, bool DepthKnown);

/// <summary>Checks threads against danger zones. A zone without a measured depth is never clear.</summary>
public static class DangerZoneCheck
{
    private const double StepMm = 1;

    /// <summary>The warnings, by thread and then by zone; at most one for each pair.</summary>
    /// <param name="threads">Threads, mm, patient frame.</param>
    /// <param name="zones">Zones on the same scan.</param>
    public static IReadOnlyList<DangerZoneWarning> Check(IEnumerable<ThreadBelowSkin> threads, IReadOnlyList<DangerZone> zones)
    {
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentNullException.ThrowIfNull(zones);
        var warnings = new List<DangerZoneWarning>();
        foreach (ThreadBelowSkin thread in threads)
        {
            Vector3D[] points = [.. Dense(thread.Path)];
            foreach (DangerZone zone in zones)
            {
                if (Warning(thread, points, zone) is { } warning)
                {
                    warnings.Add(warning);
                }
            }
        }

        return warnings;
    }

    private static DangerZoneWarning? Warning(ThreadBelowSkin thread, Vector3D[] points, DangerZone zone)
    {
        double shallowest = double.PositiveInfinity;
        bool crosses = false;
        foreach (Vector3D point in points)
        {
            (double distance, double depth) = zone.NearestTo(point);
            if (distance <= zone.ReachMm)
            {
                crosses = true;
                shallowest = Math.Min(shallowest, depth);
            }
        }

        if (!crosses)
        {
            return null;
        }

        if (zone.LeastDepthMm is null)
        {
            return new(thread.Id, zone.Structure, "passes it; its depth is unknown: stay superficial to the SMAS", zone.Source, DepthKnown: false);
        }

        double lowest = thread.DepthMm + (thread.DiameterMm / 2);
        return lowest < shallowest
            ? null
            : new(
                thread.Id,
                zone.Structure,
                string.Create(CultureInfo.InvariantCulture, $"crosses it at {thread.DepthMm:0.0} mm; in one of twenty people it lies {shallowest:0.0} mm deep or less there: go more superficially there, or see it by ultrasound first"),
                zone.Source,
                DepthKnown: true);
    }

    private static IEnumerable<Vector3D> Dense(IReadOnlyList<Vector3D> path)
    {
        for (int index = 0; index + 1 < path.Count; index++)
        {
            int pieces = Math.Max(1, (int)Math.Ceiling(Vector3D.Distance(path[index], path[index + 1]) / StepMm));
            for (int piece = 0; piece < pieces; piece++)
            {
                yield return Vector3D.Lerp(path[index], path[index + 1], (double)piece / pieces);
            }
        }

        yield return path[^1];
    }
}
