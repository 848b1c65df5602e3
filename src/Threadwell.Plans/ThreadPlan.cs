using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;

namespace Threadwell.Plans;

/// <summary>A plan: threads on a scan of one patient. Its file form is documented in <c>docs/formats/plan.md</c>.</summary>
public sealed record ThreadPlan
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The scan that the plan belongs to.</summary>
    public required ScanReference Scan { get; init; }

    /// <summary>What the prediction needs to know of the patient.</summary>
    public required PatientDescription Patient { get; init; }

    /// <summary>The treated area.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Landmarks on the scan, mm, patient frame.</summary>
    public required IReadOnlyList<Landmark> Landmarks { get; init; }

    /// <summary>Where lift is wanted, and along which direction.</summary>
    public required IReadOnlyList<LiftTarget> Targets { get; init; }

    /// <summary>The threads.</summary>
    public required IReadOnlyList<PlannedThread> Threads { get; init; }

    /// <summary>Aftercare as the patient is expected to follow it.</summary>
    public AftercareAdherence Aftercare { get; init; } = AftercareAdherence.AsAdvised;

    /// <summary>Seed of everything random; 1 unless chosen.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What a reader of the plan must know: unconfirmed layouts, areas without measurements, danger zones.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>The scan of a plan.</summary>
public sealed record ScanReference
{
    /// <summary>Path of the scan file, relative to the plan file.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the scan file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length unit of the file: "mm", "cm", "m" or "in".</summary>
    public required string Unit { get; init; }

    /// <summary>Axis of the file that points up: "+x", "-x", "+y", "-y", "+z" or "-z".</summary>
    public string Up { get; init; } = "+y";

    /// <summary>Axis of the file that points to the front.</summary>
    public string Front { get; init; } = "+z";
}

/// <summary>What the prediction needs to know of the patient.</summary>
public sealed record PatientDescription
{
    /// <summary>Age in years on the day of treatment.</summary>
    public required double AgeYears { get; init; }

    /// <summary>Biological sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>Laxity of the treated area.</summary>
    public required Laxity Laxity { get; init; }

    /// <summary>Whether the patient smokes.</summary>
    public bool Smoker { get; init; }
}

/// <summary>How well the aftercare of mission M12 and M13 is followed.</summary>
public enum AftercareAdherence
{
    /// <summary>As advised.</summary>
    AsAdvised,

    /// <summary>In part: early strong movement.</summary>
    Partial,

    /// <summary>Not at all: early movement, massage and heat.</summary>
    Poor,
}

/// <summary>A landmark whose lift is wanted.</summary>
/// <param name="Landmark">Name of the landmark.</param>
/// <param name="Vector">Unit vector along which lift is counted, patient frame.</param>
public sealed record LiftTarget(string Landmark, Vector3D Vector);

/// <summary>Barbs and cones by how they are made.</summary>
public enum BarbKind
{
    /// <summary>Cut into the thread, which weakens it.</summary>
    Cut,

    /// <summary>Moulded onto the thread.</summary>
    Moulded,

    /// <summary>Cones strung on the thread.</summary>
    Cone,

    /// <summary>A smooth thread without barbs.</summary>
    None,
}

/// <summary>Which way barbs resist.</summary>
public enum BarbDirection
{
    /// <summary>Both halves point to the middle of the thread: the thread anchors itself.</summary>
    Bidirectional,

    /// <summary>All barbs hold tissue against moving towards the exit: an anchor at the entry carries the load.</summary>
    Unidirectional,
}

/// <summary>How a thread is held at its entry.</summary>
public enum AnchorKind
{
    /// <summary>By its own barbs alone.</summary>
    SelfAnchored,

    /// <summary>Fixed to the deep fascia at the entry.</summary>
    Fixed,
}

/// <summary>One thread of a plan.</summary>
public sealed record PlannedThread
{
    /// <summary>Identifier, unique in the plan ("L1").</summary>
    public required string Id { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Core diameter, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Kind of barb.</summary>
    public required BarbKind Barbs { get; init; }

    /// <summary>Barbs a centimetre of thread.</summary>
    public required double BarbsPerCm { get; init; }

    /// <summary>Which way the barbs resist.</summary>
    public required BarbDirection Direction { get; init; }

    /// <summary>How the thread is held at its entry.</summary>
    public required AnchorKind Anchor { get; init; }

    /// <summary>
    /// Course of the thread from entry to exit as points on the skin above it, mm, patient frame; at least two. The thread lies
    /// <see cref="DepthMm"/> below.
    /// </summary>
    public required IReadOnlyList<Vector3D> Path { get; init; }

    /// <summary>Depth below the skin surface, mm.</summary>
    public required double DepthMm { get; init; }

    /// <summary>Length by which the tissue is gathered along the thread, mm; null when <see cref="PullN"/> is given.</summary>
    public double? GatherMm { get; init; }

    /// <summary>Pull on the thread before it is trimmed, N; null when <see cref="GatherMm"/> is given.</summary>
    public double? PullN { get; init; }

    /// <summary>Why the thread is there, in a sentence.</summary>
    public string Reason { get; init; } = "";
}
