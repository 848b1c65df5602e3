using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>Lift of a target on day 0.</summary>
/// <param name="Name">Name of the landmark.</param>
/// <param name="LiftMm">Displacement along the target's vector beyond that of the untreated face, mm.</param>
public readonly record struct TargetLift(string Name, double LiftMm);

/// <summary>One barb in the equilibrium of a preview.</summary>
/// <param name="Position">Where it lies after the pull, mm, patient frame; it moves with the tissue round it.</param>
/// <param name="FreeEnd">Unit vector along the thread towards which its free end points: the way in which it can't be drawn.</param>
/// <param name="LoadN">Force of the tissue on the thread along it, N; positive towards the exit.</param>
/// <param name="MarginN">Holding force in the direction of the load less the load's size, N; zero while it slips.</param>
/// <param name="SlipMm">Irreversible slip, mm; positive when the tissue moved towards the exit relative to the thread.</param>
/// <param name="Slipped">Whether it has slipped.</param>
public readonly record struct BarbPreview(Vector3D Position, Vector3D FreeEnd, double LoadN, double MarginN, double SlipMm, bool Slipped);

/// <summary>One thread in the equilibrium of a preview.</summary>
public sealed record ThreadPreview
{
    /// <summary>Identifier of the planned thread.</summary>
    public required string Id { get; init; }

    /// <summary>Course inside the tissue from entry to exit before the pull, mm, patient frame.</summary>
    public required Vector3D[] Before { get; init; }

    /// <summary>The same points of the tissue after the pull, mm, patient frame.</summary>
    public required Vector3D[] After { get; init; }

    /// <summary>Largest tension, N.</summary>
    public required double TensionN { get; init; }

    /// <summary>What all barbs together hold against a pull at the entry, N.</summary>
    public required double CapacityN { get; init; }

    /// <summary>Whether the thread was drawn through the tissue.</summary>
    public required bool PulledThrough { get; init; }

    /// <summary>Its barbs, entry to exit; empty for a smooth thread.</summary>
    public required BarbPreview[] Barbs { get; init; }
}

/// <summary>What is doubtful about a thread while it is dragged.</summary>
public enum PreviewWarningKind
{
    /// <summary>The point lies off the prepared skin; the nearest skin is used in its place. A prediction refuses such a plan.</summary>
    OffSkin,

    /// <summary>The point lies on the prepared skin but so near its cut edge that the lift is less exact: prepare again (<see cref="LiftPreview.Covers"/>).</summary>
    NearEdge,

    /// <summary>The depth is more than the tissue over the deep fascia; the thread is taken to lie on the fascia there.</summary>
    TooDeep,

    /// <summary>The thread is too short to lie in the tissue or to carry a barb; it is left out.</summary>
    LeftOut,
}

/// <summary>A warning about one point of one thread.</summary>
/// <param name="Kind">What is doubtful.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="Point">Index of the point in the planned path; -1 where the whole thread is meant.</param>
/// <param name="Mm">Distance off the skin, to the cut edge's zone, or beyond the fascia, mm; the thread's length for one that is left out.</param>
public readonly record struct PreviewWarning(PreviewWarningKind Kind, string ThreadId, int Point, double Mm);

/// <summary>Day-0 equilibrium of a plan on the tissue of a <see cref="LiftPreview"/>.</summary>
public sealed record PreviewResult
{
    /// <summary>Lift of each target of the plan, in its order. A target off the prepared skin is left out.</summary>
    public required IReadOnlyList<TargetLift> Lifts { get; init; }

    /// <summary>
    /// Displacement of each vertex of <see cref="LiftPreview.Skin"/> beyond that of the untreated face, mm, patient frame.
    /// <see cref="SkinCarrier"/> takes it to the scan.
    /// </summary>
    public required Vector3D[] SkinDisplacement { get; init; }

    /// <summary>
    /// Dimpling risk of each vertex of <see cref="LiftPreview.Skin"/>: the larger of hollowing and gathering, each divided by the limit at
    /// which it begins to show; without unit, 1 at the limit (<see cref="Mechanics.Threads.SurfaceDimpling"/>).
    /// </summary>
    public required double[] DimplingRisk { get; init; }

    /// <summary>The threads of the plan, in its order; one that is left out lies where it is and carries nothing.</summary>
    public required IReadOnlyList<ThreadPreview> Threads { get; init; }

    /// <summary>What is doubtful.</summary>
    public required IReadOnlyList<PreviewWarning> Warnings { get; init; }

    /// <summary>Relative residual of the equilibrium.</summary>
    public required double Residual { get; init; }

    /// <summary>Iterations of the solver.</summary>
    public required int Iterations { get; init; }
}
