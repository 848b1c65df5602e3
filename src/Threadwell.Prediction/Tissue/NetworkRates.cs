namespace Threadwell.Prediction;

/// <summary>Which births are computed; a switch for verification, always all in a prediction for a patient.</summary>
[Flags]
public enum NetworkBirths
{
    /// <summary>Nothing is born: every network and the gliding plane only die.</summary>
    None = 0,

    /// <summary>Original collagen, ground matrix, gliding plane and ligaments are renewed.</summary>
    Original = 1,

    /// <summary>New collagen and elastin are laid down round the threads.</summary>
    New = 2,

    /// <summary>Everything.</summary>
    All = Original | New,
}
