using System.Text.Json.Serialization;
using Threadwell.Geometry;

namespace Threadwell.Plans;

/// <summary>The result of a prediction as it is written to <c>prediction.json</c>; documented in <c>docs/formats/prediction.md</c>.</summary>
public sealed record PredictionDocument
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>SHA-256 of plan and scan together.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Stored times in days; the first is 0, the day of treatment.</summary>
    public required IReadOnlyList<double> TimesDays { get; init; }

    /// <summary>Lift at each target.</summary>
    public required IReadOnlyList<LandmarkCourse> Landmarks { get; init; }

    /// <summary>State of each thread.</summary>
    public required IReadOnlyList<ThreadCourse> Threads { get; init; }

    /// <summary>Support index of the treated course, relative to the same patch before treatment on day 0.</summary>
    public required IReadOnlyList<double> SupportIndex { get; init; }

    /// <summary>Support index of the untreated course.</summary>
    public required IReadOnlyList<double> UntreatedSupportIndex { get; init; }

    /// <summary>
    /// Elasticity of the treated patch as a suction probe reads it; null in predictions from before it was computed, and where follow-up visits moved the course.
    /// </summary>
    public ElasticityDocument? Elasticity { get; init; }

    /// <summary>The few numbers that answer "how much" and "how long".</summary>
    public required PredictionSummary Summary { get; init; }

    /// <summary>How far other courses go that the uncertainty of every number allows; null where only the single course was asked for.</summary>
    public EnsembleDocument? Ensemble { get; init; }

    /// <summary>How near the skin comes to showing dimples on the day of treatment; null in predictions from before it was computed.</summary>
    public DimplingDocument? Dimpling { get; init; }

    /// <summary>What the measured patients of a clinic moved in it; null, and not written, where the model's own values stand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClinicSource? Clinic { get; init; }

    /// <summary>Size and quality of the mesh.</summary>
    public required MeshFacts Mesh { get; init; }

    /// <summary>Relative residual of each stored equilibrium: the larger of the treated and the untreated course.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>What a reader of the prediction must know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>
/// Elasticity of the skin over time in a simulated suction probe (Cutometer: 2 mm, 450 mbar), treated and untreated, each a plain ratio: 1 is perfectly elastic. Lists have one entry a stored time.
/// </summary>
public sealed record ElasticityDocument
{
    /// <summary>R2 = Ua/Uf, gross elasticity, treated: share of the dome that has gone back at the end of the rest.</summary>
    public required IReadOnlyList<double> R2 { get; init; }

    /// <summary>R5 = Ur/Ue, net elasticity, treated: immediate recoil over immediate elongation.</summary>
    public required IReadOnlyList<double> R5 { get; init; }

    /// <summary>R7 = Ur/Uf, treated: immediate recoil over the whole elongation.</summary>
    public required IReadOnlyList<double> R7 { get; init; }

    /// <summary>R2 without treatment.</summary>
    public required IReadOnlyList<double> UntreatedR2 { get; init; }

    /// <summary>R5 without treatment.</summary>
    public required IReadOnlyList<double> UntreatedR5 { get; init; }

    /// <summary>R7 without treatment.</summary>
    public required IReadOnlyList<double> UntreatedR7 { get; init; }
}

/// <summary>Lift at one landmark over time.</summary>
public sealed record LandmarkCourse
{
    /// <summary>Name of the landmark.</summary>
    public required string Name { get; init; }

    /// <summary>Planned vector, unit length, patient frame.</summary>
    public required Vector3D Vector { get; init; }

    /// <summary>Treated minus untreated displacement along the vector, mm.</summary>
    public required IReadOnlyList<double> LiftMm { get; init; }

    /// <summary>Untreated displacement along the vector since day 0, mm.</summary>
    public required IReadOnlyList<double> UntreatedMm { get; init; }
}

/// <summary>One thread over time.</summary>
public sealed record ThreadCourse
{
    /// <summary>Identifier in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>Strength relative to day 0.</summary>
    public required IReadOnlyList<double> Strength { get; init; }

    /// <summary>Effective axial stiffness relative to day 0.</summary>
    public required IReadOnlyList<double> Stiffness { get; init; }

    /// <summary>Mass relative to day 0.</summary>
    public required IReadOnlyList<double> Mass { get; init; }

    /// <summary>Largest tension along the thread, N.</summary>
    public required IReadOnlyList<double> TensionN { get; init; }

    /// <summary>New collagen along the thread, mg per mm of thread, mean over its length.</summary>
    public required IReadOnlyList<double> Collagen { get; init; }

    /// <summary>New elastin along the thread, mg per mm of thread, mean over its length; no human measurement exists.</summary>
    public required IReadOnlyList<double> Elastin { get; init; }

    /// <summary>Number of barbs that have slipped by then.</summary>
    public required IReadOnlyList<int> SlippedBarbs { get; init; }
}

/// <summary>
/// Dimpling by mechanics: how far the threads hollow or gather the skin on the day of treatment, relative to where dimples begin to show (A-370, A-371: assumptions). It is no rate: how often
/// patients have dimples is another question, with published answers.
/// </summary>
public sealed record DimplingDocument
{
    /// <summary>Largest hollowing or gathering of the skin, relative to the limit at which it begins to show; 1 is at the limit.</summary>
    public required double Largest { get; init; }

    /// <summary>Where, mm, patient frame, on the scan before the treatment.</summary>
    public required Vector3D At { get; init; }

    /// <summary>Identifier of the thread nearest to that point.</summary>
    public required string Thread { get; init; }

    /// <summary>Skin beyond the limit, cm².</summary>
    public required double AreaBeyondLimitCm2 { get; init; }
}

/// <summary>The few numbers that answer "how much" and "how long". A month is 365.25 / 12 days; null is "not reached in the time simulated".</summary>
public sealed record PredictionSummary
{
    /// <summary>Mean lift over the targets on day 0, mm.</summary>
    public required double LiftNowMm { get; init; }

    /// <summary>First time at which the mean lift is below half of day 0, months.</summary>
    public required double? LiftHalfLifeMonths { get; init; }

    /// <summary>First time after which the mean lift stays below what a surface measurement can repeat (0.2 mm, E-069), months.</summary>
    public required double? LiftEndMonths { get; init; }

    /// <summary>First time after which the mean lift stays below what others can see, by the clinic's threshold, months.</summary>
    public required double? VisibleLiftEndMonths { get; init; }

    /// <summary>The clinic's threshold of a visible lift, mm.</summary>
    public required double VisibleThresholdMm { get; init; }

    /// <summary>First time at which the support above the untreated course is below half of its largest value, months.</summary>
    public required double? SupportHalfLifeMonths { get; init; }

    /// <summary>First time after which support stays within 5 % of untreated, months.</summary>
    public required double? SupportEndMonths { get; init; }

    /// <summary>First time at which the treated position passes back below the position before treatment, months.</summary>
    public required double? BackToDayZeroMonths { get; init; }

    /// <summary>Length simulated, months.</summary>
    public required double SimulatedMonths { get; init; }
}

/// <summary>Size and quality of the mesh that was solved.</summary>
public sealed record MeshFacts
{
    /// <summary>Nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Wedges.</summary>
    public required int Elements { get; init; }

    /// <summary>Columns (skin vertices).</summary>
    public required int Columns { get; init; }

    /// <summary>Mean edge length on the skin, mm.</summary>
    public required double EdgeLengthMm { get; init; }

    /// <summary>Smallest scaled Jacobian of an element.</summary>
    public required double SmallestScaledJacobian { get; init; }
}
