using Threadwell.Mechanics.Networks;

namespace Threadwell.Prediction;

/// <summary>What all networks of the tissue do over one step of time.</summary>
internal readonly record struct TissueStep
{
    /// <summary>Original elastin: only dies.</summary>
    public required NetworkStep Elastin { get; init; }

    /// <summary>Original collagen.</summary>
    public required NetworkStep Collagen { get; init; }

    /// <summary>Ground matrix.</summary>
    public required NetworkStep Ground { get; init; }

    /// <summary>Share of the new collagen that outlives the step.</summary>
    public required double NewCollagenKept { get; init; }

    /// <summary>Share of the new elastin that outlives the step.</summary>
    public required double NewElastinKept { get; init; }

    /// <summary>New collagen born in the step, mg/mm, one a deposit of <see cref="CollagenDeposition"/>.</summary>
    public required double[] NewCollagenBorn { get; init; }

    /// <summary>New elastin born in the step, mg/mm, one a deposit of <see cref="CollagenDeposition"/>.</summary>
    public required double[] NewElastinBorn { get; init; }
}
