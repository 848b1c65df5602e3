namespace Threadwell.Storage.Sealing;

/// <summary>Something sealed that cannot be opened.</summary>
public sealed class SealedDataException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="place">Where it is kept: "patients.Phone", or the hash of a file.</param>
    /// <param name="problem">Why it does not open.</param>
    /// <param name="inner">The error underneath, if any.</param>
    public SealedDataException(string place, string problem, Exception? inner = null)
        : base($"{place} cannot be opened: {problem}.", inner)
    {
        Place = place;
    }

    /// <summary>Whether it was sealed with a key that is not there.</summary>
    public bool KeyIsMissing { get; init; }

    /// <summary>Where it is kept.</summary>
    public string Place { get; }
}
