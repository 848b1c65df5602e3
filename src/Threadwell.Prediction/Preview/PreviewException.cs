namespace Threadwell.Prediction;

/// <summary>Why a preview could not be updated.</summary>
public enum PreviewFailure
{
    /// <summary>Area, patient or landmarks are not those that the tissue was built for: prepare a preview for the plan.</summary>
    OtherTissue,

    /// <summary>A thread's numbers cannot be used: no polymer of that diameter, fewer than two points, a number that is not finite.</summary>
    UnusableThread,

    /// <summary>No equilibrium was found, from the last one nor from rest.</summary>
    NoEquilibrium,
}

/// <summary>A preview could not be updated; it stays usable for other plans.</summary>
public sealed class PreviewException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="message">One line that names the place and what to do.</param>
    /// <param name="inner">The cause; null for none.</param>
    public PreviewException(PreviewFailure failure, string message, Exception? inner = null)
        : base(message, inner) =>
        Failure = failure;

    /// <summary>Why.</summary>
    public PreviewFailure Failure { get; }
}
