using System.Text.Json.Serialization;

namespace Threadwell.Plans;

/// <summary>Which of the proposed plans it is.</summary>
public enum ProposalKind
{
    /// <summary>The fewest threads that meet the wish; where nothing meets it, that come within a tenth of the most that is reached.</summary>
    [JsonStringEnumMemberName("fewestThreads")]
    FewestThreads,

    /// <summary>The least sum of what is missing of the wish (counted twice), threads (as a share of the most that may be used) and risk score.</summary>
    [JsonStringEnumMemberName("balanced")]
    Balanced,

    /// <summary>The most lift that keeps every limit.</summary>
    [JsonStringEnumMemberName("mostLift")]
    MostLift,
}

/// <summary>Plans proposed for a wish (design 3.10), as they are written to <c>proposals.json</c>; documented in <c>docs/formats/proposals.md</c>.</summary>
public sealed record ProposalDocument
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>SHA-256 of the plan that was asked about, its scan's hash and the wish together.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>What was wished.</summary>
    public required IReadOnlyList<LiftWish> Wish { get; init; }

    /// <summary>Whether some plan within the limits meets the wish at every landmark.</summary>
    public required bool WishIsMet { get; init; }

    /// <summary>The limits that every proposed plan keeps.</summary>
    public required ProposalLimits Limits { get; init; }

    /// <summary>What was searched.</summary>
    public required ProposalSearch Search { get; init; }

    /// <summary>The plans of which none other is better in lift, threads and risk at once, by threads and then by lift; as the full model verified them.</summary>
    public required IReadOnlyList<FrontPoint> Front { get; init; }

    /// <summary>Up to three of them, with reasons.</summary>
    public required IReadOnlyList<ProposedPlan> Proposals { get; init; }
}

/// <summary>The hard limits of a proposal.</summary>
public sealed record ProposalLimits
{
    /// <summary>Largest share of its holding force that a barb carries.</summary>
    public required double BarbLoad { get; init; }

    /// <summary>Largest dimpling risk, 1 where a dimple begins to show.</summary>
    public required double Dimpling { get; init; }

    /// <summary>The share of the mean depth of the SMAS that 95 of 100 people's SMAS does not come above.</summary>
    public required double SmasDepthShare { get; init; }

    /// <summary>Least distance between threads of one side, mm.</summary>
    public required double SpacingMm { get; init; }

    /// <summary>Most threads on a side.</summary>
    public required int ThreadsPerSide { get; init; }

    /// <summary>Least share of the wish that each thread adds at some landmark, by superposition.</summary>
    public required double LeastGain { get; init; }
}

/// <summary>What was searched, and how far its quick model is from the full one.</summary>
public sealed record ProposalSearch
{
    /// <summary>Courses and depths together that threads might take.</summary>
    public required int Candidates { get; init; }

    /// <summary>Of these, refused because they would pass a danger zone too deep.</summary>
    public required int RefusedByZones { get; init; }

    /// <summary>Combinations weighed by superposition.</summary>
    public required int Weighed { get; init; }

    /// <summary>Combinations verified by the full model.</summary>
    public required int Verified { get; init; }

    /// <summary>Of these, refused by a limit that superposition had not seen broken.</summary>
    public required int RefusedByVerification { get; init; }

    /// <summary>Largest difference between superposition and the full model in any wished lift of a verified plan, mm.</summary>
    public required double LiftErrorMm { get; init; }
}

/// <summary>One plan of the front.</summary>
public sealed record FrontPoint
{
    /// <summary>Threads in all.</summary>
    public required int Threads { get; init; }

    /// <summary>The least share of its wish that any landmark reaches, 1 where the wish is just met.</summary>
    public required double Reached { get; init; }

    /// <summary>Mean lift over the wished landmarks, mm.</summary>
    public required double MeanLiftMm { get; init; }

    /// <summary>Risk score.</summary>
    public required RiskScore Risk { get; init; }
}

/// <summary>
/// How much of its limits a plan uses: no probability. Each part is 0 far from its limit and 1 at it; the score is their mean.
/// </summary>
/// <param name="Zones">The largest share of a danger zone's depth that a thread uses (<c>ZoneClearance.Closeness</c>).</param>
/// <param name="Barbs">The largest share of its holding force that a barb carries, over the limit of that.</param>
/// <param name="Dimpling">The largest dimpling risk, over its limit.</param>
public sealed record RiskScore(double Zones, double Barbs, double Dimpling)
{
    /// <summary>Mean of the parts.</summary>
    public double Score => (Zones + Barbs + Dimpling) / 3;
}

/// <summary>A proposed plan.</summary>
public sealed record ProposedPlan
{
    /// <summary>Which it is.</summary>
    public required ProposalKind Kind { get; init; }

    /// <summary>Index in the front.</summary>
    public required int Front { get; init; }

    /// <summary>The plan, which every other command takes.</summary>
    public required ThreadPlan Plan { get; init; }

    /// <summary>Lift on day 0 at the wished landmarks, mm, in the wish's order.</summary>
    public required IReadOnlyList<double> LiftMm { get; init; }

    /// <summary>What is missing of the wish at each landmark, mm; 0 where it is met.</summary>
    public required IReadOnlyList<double> MissingMm { get; init; }

    /// <summary>Why each thread is there.</summary>
    public required IReadOnlyList<ThreadReason> Threads { get; init; }
}

/// <summary>Why a thread is there, why so deep, and what limits it.</summary>
public sealed record ThreadReason
{
    /// <summary>The thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The wished landmark that loses most without the thread and its like on the other side.</summary>
    public required string Serves { get; init; }

    /// <summary>What each wished landmark loses without them, mm, in the wish's order.</summary>
    public required IReadOnlyList<double> LossMm { get; init; }

    /// <summary>The danger zone that the thread comes nearest to breaking; null where it passes none.</summary>
    public required string? Zone { get; init; }

    /// <summary>Evidence rows of that zone.</summary>
    public required string? ZoneSource { get; init; }

    /// <summary>Whether that zone's own depth was measured; where not, the limit is the SMAS.</summary>
    public required bool ZoneDepthKnown { get; init; }

    /// <summary>How deep the thread's lowest point may lie there, mm; null without a zone.</summary>
    public required double? ZoneLimitMm { get; init; }

    /// <summary>How far above that it lies, mm; null without a zone.</summary>
    public required double? ZoneMarginMm { get; init; }

    /// <summary>The largest share of its holding force that one of its barbs carries.</summary>
    public required double BarbLoad { get; init; }

    /// <summary>The same in sentences.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }
}
