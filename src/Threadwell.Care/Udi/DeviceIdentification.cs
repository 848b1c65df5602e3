using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>Whose form a device identification has.</summary>
public enum IssuingAgency
{
    /// <summary>GS1 element strings.</summary>
    Gs1,

    /// <summary>Health Industry Bar Code, supplier standard (ANSI/HIBC 2.6).</summary>
    Hibc,
}

/// <summary>What the barcodes of one device say.</summary>
public sealed record DeviceIdentification
{
    /// <summary>Whose form it has.</summary>
    public required IssuingAgency Agency { get; init; }

    /// <summary>Which product: GTIN of 14 digits, or labeler, product number and unit of measure of HIBC.</summary>
    public required string DeviceIdentifier { get; init; }

    /// <summary>Lot or batch; null where none is given.</summary>
    public string? Lot { get; init; }

    /// <summary>Serial number; null where none is given.</summary>
    public string? Serial { get; init; }

    /// <summary>Last day of use; of a month without day its last day. Null where none is given.</summary>
    public LocalDate? Expiry { get; init; }

    /// <summary>Day of production; null where none is given.</summary>
    public LocalDate? Produced { get; init; }

    /// <summary>Pieces in the package; null where none are given (HIBC only).</summary>
    public int? Quantity { get; init; }

    /// <summary>What else was coded, as identifier and value, in order.</summary>
    public IReadOnlyList<UdiElement> Other { get; init; } = [];

    /// <summary>The whole as it is printed for people: GS1 with identifiers in parentheses, HIBC in one line with one check character.</summary>
    public required string Text { get; init; }
}

/// <summary>One coded element.</summary>
/// <param name="Identifier">Application or data identifier ("21", "16D").</param>
/// <param name="Value">Its value.</param>
public sealed record UdiElement(string Identifier, string Value);
