namespace Threadwell.Care.Suitability;

/// <summary>What an assessment says, from the mildest to the most severe; the most severe reason decides. It informs the doctor, who decides.</summary>
public enum Outcome
{
    /// <summary>No reason against: the doctor decides.</summary>
    NoReasonAgainst,

    /// <summary>Possible with conditions that must be kept.</summary>
    WithConditions,

    /// <summary>It cannot be settled until open questions are answered. No rule asks for it: it comes from missing answers.</summary>
    NotSettled,

    /// <summary>Not now: until a day.</summary>
    NotNow,

    /// <summary>Not suitable.</summary>
    NotSuitable,

    /// <summary>Referred to somebody else.</summary>
    Refer,
}
