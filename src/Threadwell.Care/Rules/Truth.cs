namespace Threadwell.Care.Rules;

/// <summary>Whether a condition holds. What nobody answered is neither yes nor no (Kleene's strong three-valued logic).</summary>
public enum Truth
{
    /// <summary>It does not hold, whatever else is answered.</summary>
    False,

    /// <summary>It hangs on an answer that is missing or "unknown".</summary>
    Unknown,

    /// <summary>It holds, whatever else is answered.</summary>
    True,
}
