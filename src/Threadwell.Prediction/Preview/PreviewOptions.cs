namespace Threadwell.Prediction;

/// <summary>Mesh on which a preview is computed.</summary>
public enum PreviewResolution
{
    /// <summary>Coarse enough to follow a hand that drags a thread.</summary>
    Coarse,

    /// <summary>The mesh of a prediction, for the answer when the thread is let go.</summary>
    Full,
}

/// <summary>How a <see cref="LiftPreview"/> is computed.</summary>
public sealed record PreviewOptions
{
    /// <summary>Mesh; coarse unless chosen.</summary>
    public PreviewResolution Resolution { get; init; } = PreviewResolution.Coarse;

    /// <summary>Edge of the mesh relative to a prediction's, from 1 to 2.5; null takes 1.5 for a coarse mesh and 1 for the full one.</summary>
    public double? Coarsening { get; init; }

    internal double EdgeFactor => Coarsening ?? (Resolution == PreviewResolution.Coarse ? 1.5 : 1);

    /// <summary>Threads of execution; the result does not depend on it. All processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
