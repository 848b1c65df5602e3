using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;

namespace Threadwell.Trials;

/// <summary>A trial on virtual patients, on the bench, or both. Its file form is documented in <c>docs/formats/trial.md</c>.</summary>
public sealed record Trial
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name of the trial.</summary>
    public required string Name { get; init; }

    /// <summary>What was published of it, where it stands for a published trial; else empty.</summary>
    public string Source { get; init; } = "";

    /// <summary>Values in the place of the evidence catalogue's, by the names of the facts and in their units.</summary>
    public IReadOnlyDictionary<string, double> Facts { get; init; } = new Dictionary<string, double>();

    /// <summary>Arms on virtual patients.</summary>
    public IReadOnlyList<TrialArm> Arms { get; init; } = [];

    /// <summary>Threads in tissue or in a buffer, tested after a time.</summary>
    public IReadOnlyList<ThreadBench> Threads { get; init; } = [];

    /// <summary>Tissue round threads, taken out after a time.</summary>
    public IReadOnlyList<ResponseBench> Responses { get; init; } = [];

    /// <summary>Sutures pulled in layered tissue.</summary>
    public IReadOnlyList<SuturePull> SuturePulls { get; init; } = [];
}

/// <summary>Virtual patients who are treated alike, and what is measured of them when.</summary>
public sealed record TrialArm
{
    /// <summary>Name of the arm, unique in the trial.</summary>
    public required string Name { get; init; }

    /// <summary>Who is treated.</summary>
    public required TrialCohort Cohort { get; init; }

    /// <summary>How.</summary>
    public required TrialProtocol Protocol { get; init; }

    /// <summary>Times of the visits, months after the treatment, rising; 0 is right after it.</summary>
    public required IReadOnlyList<double> VisitsMonths { get; init; }

    /// <summary>What is measured at each visit.</summary>
    public required IReadOnlyList<TrialEndpoint> Endpoints { get; init; }

    /// <summary>Edge length of the meshes on the skin, mm; null for that of a prediction.</summary>
    public double? EdgeLengthMm { get; init; }
}

/// <summary>Virtual patients. The same description always gives the same people.</summary>
public sealed record TrialCohort
{
    /// <summary>How many.</summary>
    public required int Patients { get; init; }

    /// <summary>Which people: another seed gives others.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Youngest and oldest, years; ages are spread evenly between.</summary>
    public required AgeSpan AgeYears { get; init; }

    /// <summary>Share of women, 0 to 1.</summary>
    public double FemaleShare { get; init; } = 1;

    /// <summary>Share of smokers, 0 to 1.</summary>
    public double SmokerShare { get; init; }

    /// <summary>Laxity of the treated area; each as often as the others.</summary>
    public IReadOnlyList<Laxity> Laxity { get; init; } = [Anatomy.Laxity.Mild, Anatomy.Laxity.Moderate];
}

/// <summary>A span of ages.</summary>
/// <param name="Low">Youngest, years.</param>
/// <param name="High">Oldest, years.</param>
public sealed record AgeSpan(double Low, double High);

/// <summary>How every patient of an arm is treated: the standard plan of the area, with what is given here in the place of what it would choose.</summary>
public sealed record TrialProtocol
{
    /// <summary>The treated area.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Threads on each side; null for the standard plan's number, which depends on laxity.</summary>
    public int? ThreadsPerSide { get; init; }

    /// <summary>Core diameter, mm; null for the usual one of the material.</summary>
    public double? DiameterMm { get; init; }

    /// <summary>Kind of barb; null for the usual one of the material.</summary>
    public BarbKind? Barbs { get; init; }

    /// <summary>Barbs a centimetre; null for the usual number.</summary>
    public double? BarbsPerCm { get; init; }

    /// <summary>Which way the barbs resist; null for both.</summary>
    public BarbDirection? Direction { get; init; }

    /// <summary>How a thread is held at its entry.</summary>
    public AnchorKind Anchor { get; init; } = AnchorKind.SelfAnchored;

    /// <summary>Depth below the skin, mm; null for the standard plan's.</summary>
    public double? DepthMm { get; init; }

    /// <summary>Gather along the thread, mm; null for the standard plan's, or where <see cref="PullN"/> is given.</summary>
    public double? GatherMm { get; init; }

    /// <summary>Pull on each thread before it is trimmed, N; null where it is gathered.</summary>
    public double? PullN { get; init; }

    /// <summary>Aftercare as it is followed.</summary>
    public AftercareAdherence Aftercare { get; init; } = AftercareAdherence.AsAdvised;

    /// <summary>Whether the area is moved strongly in the first weeks; null for what <see cref="Aftercare"/> stands for.</summary>
    public bool? EarlyMovement { get; init; }

    /// <summary>Whether it is massaged; null for what <see cref="Aftercare"/> stands for.</summary>
    public bool? Massage { get; init; }

    /// <summary>Whether it is heated; null for what <see cref="Aftercare"/> stands for.</summary>
    public bool? Heat { get; init; }
}

/// <summary>What an endpoint measures.</summary>
public enum TrialEndpointKind
{
    /// <summary>Lift against no treatment along the planned vectors, mm: the mean over the plan's landmarks, or at one.</summary>
    Lift,

    /// <summary>Shift along the planned vectors since before the treatment, mm: what two scans show.</summary>
    Shift,

    /// <summary>Lift relative to that on day 0.</summary>
    RelativeLift,

    /// <summary>Share of patients whose lift is above a threshold.</summary>
    ShareAbove,

    /// <summary>Strength of the threads relative to day 0.</summary>
    Strength,

    /// <summary>Mass of the threads relative to day 0.</summary>
    Mass,

    /// <summary>Collagen relative to normal skin: 1 plus what is new, the mean under the skin that the response reaches.</summary>
    Collagen,

    /// <summary>Firmness in suction relative to before the treatment.</summary>
    Firmness,

    /// <summary>Firmness in suction relative to the same patient untreated at that time.</summary>
    FirmnessGain,

    /// <summary>R2 = Ua/Uf in a cycle of suction: gross elasticity.</summary>
    R2,

    /// <summary>R5 = Ur/Ue: net elasticity.</summary>
    R5,

    /// <summary>R7 = Ur/Uf: immediate recoil over the whole elongation.</summary>
    R7,

    /// <summary>R2 of the same patient untreated at that time.</summary>
    UntreatedR2,

    /// <summary>R5 of the same patient untreated at that time.</summary>
    UntreatedR5,

    /// <summary>R7 of the same patient untreated at that time.</summary>
    UntreatedR7,
}

/// <summary>One endpoint.</summary>
public sealed record TrialEndpoint
{
    /// <summary>What is measured.</summary>
    public required TrialEndpointKind Kind { get; init; }

    /// <summary>Landmark at which lift is measured; null for the mean over the plan's landmarks. Without a side, both sides.</summary>
    public string? Landmark { get; init; }

    /// <summary>Threshold, mm, of <see cref="TrialEndpointKind.ShareAbove"/>.</summary>
    public double? AboveMm { get; init; }
}

/// <summary>A thread that lies in tissue or in a buffer and is tested after a time.</summary>
public sealed record ThreadBench
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Core diameter, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Where it lies.</summary>
    public PolymerEnvironment Environment { get; init; } = PolymerEnvironment.InVivo;

    /// <summary>When it is tested, days, rising.</summary>
    public required IReadOnlyList<double> Days { get; init; }
}

/// <summary>Tissue round a thread without load, taken out after a time.</summary>
public sealed record ResponseBench
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Core diameter, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Threads through the same tunnel.</summary>
    public int Strands { get; init; } = 1;

    /// <summary>Whether the place is at a barb.</summary>
    public bool AtBarb { get; init; }

    /// <summary>Species.</summary>
    public ResponseSpecies Species { get; init; } = ResponseSpecies.Human;

    /// <summary>When it is taken out, days, rising.</summary>
    public required IReadOnlyList<double> Days { get; init; }
}

/// <summary>A suture along the skin in a block of layered tissue that rests on what lies below, pulled at its end.</summary>
public sealed record SuturePull
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Core diameter, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Barbs or cones.</summary>
    public required BarbKind Barbs { get; init; }

    /// <summary>How many of them lie in the tissue; all hold against the pull.</summary>
    public required int Count { get; init; }

    /// <summary>Distance between them, mm.</summary>
    public required double SpacingMm { get; init; }

    /// <summary>Pulls, N, rising; each is a test of its own.</summary>
    public required IReadOnlyList<double> ForcesN { get; init; }

    /// <summary>Thickness of the skin, mm.</summary>
    public required double SkinMm { get; init; }

    /// <summary>Thickness of the superficial fat, mm, in the middle of which the suture lies.</summary>
    public required double SuperficialFatMm { get; init; }

    /// <summary>Thickness of the SMAS, mm.</summary>
    public required double SmasMm { get; init; }
}
