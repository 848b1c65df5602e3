using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A course at a depth, on each treated side, and how its threads alone move the skin.</summary>
internal sealed class PlanCandidate
{
    /// <summary>Index of the course.</summary>
    public required int Place { get; init; }

    /// <summary>Its threads with the reference gather, left before right.</summary>
    public required IReadOnlyList<PlannedThread> Threads { get; init; }

    /// <summary>Closeness to danger zones, 1 at the limit.</summary>
    public required double Zones { get; init; }

    /// <summary>Lift at each wished landmark with the reference gather and no other thread, mm.</summary>
    public double[] LiftMm { get; set; } = [];

    /// <summary>The largest share of its holding force that a barb carries then.</summary>
    public double BarbLoad { get; set; }

    /// <summary>Dimpling risk at each vertex of the skin then.</summary>
    public double[] Dimpling { get; set; } = [];
}

/// <summary>A candidate with a gather: one thing that a plan may hold.</summary>
/// <param name="Candidate">Index of the candidate.</param>
/// <param name="Gather">Gather as a multiple of the reference gather.</param>
internal readonly record struct PlanOption(int Candidate, double Gather);

/// <summary>What superposition says of a combination.</summary>
/// <param name="Reached">The least share of its wish that any landmark reaches.</param>
/// <param name="Risk">Parts of the risk score.</param>
internal readonly record struct PlanScore(double Reached, RiskParts Risk);

/// <summary>Parts of a risk score, each 1 at its limit.</summary>
/// <param name="Zones">Closeness to danger zones.</param>
/// <param name="Barbs">Load of barbs.</param>
/// <param name="Dimpling">Dimpling.</param>
internal readonly record struct RiskParts(double Zones, double Barbs, double Dimpling)
{
    /// <summary>Mean of the parts.</summary>
    public double Score => (Zones + Barbs + Dimpling) / 3;

    /// <summary>Whether every limit is kept.</summary>
    public bool Holds => Zones < 1 && Barbs <= 1 && Dimpling <= 1;

    /// <summary>Whether superposition may offer it: it counts dimpling too high, and the full model, which decides, eases the gather where a limit is broken.</summary>
    public bool IsWorthVerifying => Zones < 1 && Barbs <= Slack && Dimpling <= Slack;

    private const double Slack = 1.1;
}
