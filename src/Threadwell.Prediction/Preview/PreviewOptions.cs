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

    /// <summary>Edge length of the skin's triangles, mm, in place of the resolution's own; null for that.</summary>
    public double? EdgeLengthMm { get; init; }

    /// <summary>Threads of execution; the result does not depend on it. All processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
