namespace Threadwell.Evidence;

/// <summary>
/// One number from the literature, or one marked assumption. Several facts may carry the id of the same evidence row.
/// </summary>
public sealed record Fact
{
    /// <summary>Unique name by which code asks for the number, in lower case with dots and hyphens ("pdo.strength.weibull-scale").</summary>
    public required string Name { get; init; }

    /// <summary>Evidence row: E-nnn for a published value, C-nn for a stated contradiction, A-nnn for an assumption.</summary>
    public required string Id { get; init; }

    /// <summary>What the number is, in words.</summary>
    public required string Quantity { get; init; }

    /// <summary>The value in <see cref="Unit"/>.</summary>
    public required double Value { get; init; }

    /// <summary>Unit of value, bounds and standard deviation ("mm", "N", "MPa", "d", "1/d", "1" for a plain ratio).</summary>
    public required string Unit { get; init; }

    /// <summary>Lower end of the published or assumed range, in <see cref="Unit"/>; null where none is known.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the published or assumed range, in <see cref="Unit"/>; null where none is known.</summary>
    public double? High { get; init; }

    /// <summary>Standard deviation in <see cref="Unit"/>; null where none is known.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Under which conditions the value was measured, or why it was assumed.</summary>
    public required string Conditions { get; init; }

    /// <summary>Citation; for an assumption, the study that would replace it.</summary>
    public required string Source { get; init; }

    /// <summary>How far the value was confirmed.</summary>
    public required EvidenceGrade Grade { get; init; }

    /// <summary>Topic file that holds the fact ("polymers").</summary>
    public string Topic { get; init; } = "";
}
