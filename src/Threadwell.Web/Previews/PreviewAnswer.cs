using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Web.Plans;
using Threadwell.Web.Surfaces;
using Threadwell.Web.Text;

namespace Threadwell.Web.Previews;

/// <summary>A plan whose lift is asked for.</summary>
internal sealed record PreviewRequest(ThreadPlan Plan, bool Refine);

/// <summary>The lift of a plan on the day of treatment, as the API tells it (<c>docs/api.md</c>).</summary>
internal sealed record PreviewAnswer(
    Guid? Mesh,
    bool Refined,
    IReadOnlyList<LandmarkLift> Lifts,
    byte[] Displacement,
    byte[] Dimpling,
    IReadOnlyList<ThreadAnswer> Threads,
    IReadOnlyList<ZoneWarningAnswer> ZoneWarnings,
    IReadOnlyList<WarningAnswer> Warnings,
    string? Failure)
{
    /// <summary>Tells a result.</summary>
    public static PreviewAnswer Of(Guid mesh, bool refined, PreviewResult result, IReadOnlyList<DangerZoneWarning> zones) => new(
        mesh,
        refined,
        [.. result.Lifts.Select(lift => new LandmarkLift(lift.Name, lift.LiftMm))],
        FloatBytes.Of(result.SkinDisplacement),
        FloatBytes.Of(result.DimplingRisk),
        [.. result.Threads.Select(ThreadAnswer.Of)],
        [.. zones.Select(ZoneWarningAnswer.Of)],
        [.. result.Warnings.Select(WarningAnswer.Of)],
        Failure: null);

    /// <summary>Tells why there is no result.</summary>
    public static PreviewAnswer Failed(string why, bool refined, IReadOnlyList<DangerZoneWarning> zones) => new(null, refined, [], [], [], [], [.. zones.Select(ZoneWarningAnswer.Of)], [], Spoken.Say(why));
}

/// <summary>Lift of one landmark.</summary>
internal sealed record LandmarkLift(string Landmark, double LiftMm);

/// <summary>One thread after the pull.</summary>
internal sealed record ThreadAnswer(string Id, IReadOnlyList<Vector3D> Path, double TensionN, double CapacityN, bool PulledThrough, IReadOnlyList<BarbAnswer> Barbs)
{
    public static ThreadAnswer Of(ThreadPreview thread) => new(
        thread.Id, thread.After, thread.TensionN, thread.CapacityN, thread.PulledThrough, [.. thread.Barbs.Select(barb => new BarbAnswer(barb.Position, barb.FreeEnd, barb.LoadN, barb.MarginN, barb.Slipped))]);
}

/// <summary>One barb.</summary>
internal sealed record BarbAnswer(Vector3D Position, Vector3D Direction, double LoadN, double MarginN, bool Slipped);

/// <summary>What is doubtful about a thread.</summary>
internal sealed record WarningAnswer(string ThreadId, int Point, PreviewWarningKind Kind, double Mm, string Text)
{
    public static WarningAnswer Of(PreviewWarning warning)
    {
        string mm = warning.Mm.ToString("0.0", CultureInfo.InvariantCulture);
        return new(warning.ThreadId, warning.Point, warning.Kind, warning.Mm, Spoken.Say(warning.Kind switch
        {
            PreviewWarningKind.OffSkin => $"A point lies {mm} mm off the skin; move it onto the skin.",
            PreviewWarningKind.NearEdge => "A point lies near the edge of the computed tissue; a larger tissue is being prepared.",
            PreviewWarningKind.TooDeep => $"The thread is {mm} mm deeper than the tissue over the deep fascia; it is taken to lie on the fascia there.",
            _ => "The thread is too short to hold anything; it is left out.",
        }));
    }
}
