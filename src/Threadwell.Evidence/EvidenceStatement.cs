namespace Threadwell.Evidence;

/// <summary>
/// What one row of the literature says in words: a consensus, a list of exclusions, a series of rates. Rules and texts cite it by its id. Where the
/// software computes with a number of the row, that number is a <see cref="Fact"/> of the same id.
/// </summary>
public sealed record EvidenceStatement
{
    /// <summary>Evidence row: E-nnn.</summary>
    public required string Id { get; init; }

    /// <summary>What the source says.</summary>
    public required string Statement { get; init; }

    /// <summary>Under which conditions it was found.</summary>
    public required string Conditions { get; init; }

    /// <summary>Citation.</summary>
    public required string Source { get; init; }

    /// <summary>How far it was confirmed.</summary>
    public required EvidenceGrade Grade { get; init; }

    /// <summary>Topic file that holds it ("selection").</summary>
    public string Topic { get; init; } = "";
}
