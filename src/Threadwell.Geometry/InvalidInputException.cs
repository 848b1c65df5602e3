namespace Threadwell.Geometry;

/// <summary>
/// Input that cannot be used: the message names the file, the place in it, what is wrong and what to do. The command line prints it
/// as one line and exits with code 2; nothing has been written when it is thrown.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">The file or the option at fault, as the user named it.</param>
    /// <param name="place">Where in it: "line 12", "threads[3].depthMm", "triangle 812 near (12, 40, 77) mm"; null for the whole.</param>
    /// <param name="problem">What is wrong and what to do, as a sentence.</param>
    /// <param name="inner">The error underneath, if any.</param>
    public InvalidInputException(string source, string? place, string problem, Exception? inner = null)
        : base(place is null ? $"{source}: {problem}" : $"{source}: {place}: {problem}", inner)
    {
        InputSource = source;
        Place = place;
        Problem = problem;
    }

    /// <summary>The file or the option at fault.</summary>
    public string InputSource { get; }

    /// <summary>Where in the source; null for the whole.</summary>
    public string? Place { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Problem { get; }
}
