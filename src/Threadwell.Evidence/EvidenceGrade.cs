namespace Threadwell.Evidence;

/// <summary>How far a number was confirmed at its source.</summary>
public enum EvidenceGrade
{
    /// <summary>R: read in the abstract or a table of the source.</summary>
    Read,

    /// <summary>V: read on a vendor, clinic or secondary page; never the sole basis of a clinical rule.</summary>
    Vendor,

    /// <summary>D: arithmetic on read values.</summary>
    Derived,

    /// <summary>P: the source exists; its number still has to be read.</summary>
    Pointer,

    /// <summary>M-h: unconfirmed, high certainty.</summary>
    UnconfirmedHigh,

    /// <summary>M-m: unconfirmed, medium certainty.</summary>
    UnconfirmedMedium,

    /// <summary>M-l: unconfirmed, low certainty.</summary>
    UnconfirmedLow,

    /// <summary>A number that nobody has measured: chosen, with range and reason, and shown as an assumption wherever it is used.</summary>
    Assumption,
}
