using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>What the search for plans gives: the document, and what its pictures are drawn from.</summary>
public sealed record PlanProposals
{
    /// <summary>The document.</summary>
    public required ProposalDocument Document { get; init; }

    /// <summary>The scan, mm, patient frame.</summary>
    public required TriangleMesh Scan { get; init; }

    /// <summary>Skin of the tissue on which the proposals were verified, mm.</summary>
    public required TriangleMesh Skin { get; init; }

    /// <summary>Mean edge length of that skin, mm.</summary>
    public required double EdgeLengthMm { get; init; }

    /// <summary>Day 0 of each proposal, in the document's order.</summary>
    public required IReadOnlyList<PreviewResult> DayZero { get; init; }
}
