namespace Threadwell.Prediction;

/// <summary>How proposals are searched.</summary>
public sealed record ProposalOptions
{
    /// <summary>Into how many pieces the zones of entry and exit are divided: courses to choose from.</summary>
    public int Pieces { get; init; } = 3;

    /// <summary>Most plans that are verified by the full model.</summary>
    public int Verified { get; init; } = 14;

    /// <summary>Threads of execution; the result does not depend on it. All processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
