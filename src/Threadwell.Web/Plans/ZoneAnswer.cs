using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Web.Text;

namespace Threadwell.Web.Plans;

/// <summary>A danger zone as the API tells it: its structure by its name in plan files, and as the reader says it.</summary>
internal sealed record ZoneAnswer(string Structure, string Name, IReadOnlyList<Vector3D> Course, IReadOnlyList<double>? LeastDepthMm, double ReachMm, string Source)
{
    public static ZoneAnswer Of(DangerZone zone) => new(zone.Structure, Spoken.Say(zone.Structure), zone.Course, zone.LeastDepthMm, zone.ReachMm, zone.Source);
}

/// <summary>A thread that meets a danger zone, as the API tells it: structure and reason as they stand in the warnings of a plan file, and as the reader says them.</summary>
internal sealed record ZoneWarningAnswer(string ThreadId, string Structure, string Name, string Reason, string Why, string Source, bool DepthKnown)
{
    public static ZoneWarningAnswer Of(DangerZoneWarning warning) =>
        new(warning.ThreadId, warning.Structure, Spoken.Say(warning.Structure), warning.Reason, Spoken.Say(warning.Reason), warning.Source, warning.DepthKnown);
}
