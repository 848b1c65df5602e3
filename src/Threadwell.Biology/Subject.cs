namespace Threadwell.Biology;

/// <summary>What biology needs to know of a person.</summary>
public sealed record Subject
{
    /// <summary>Age in years on the day of treatment, 18 to 120.</summary>
    public required double AgeYears { get; init; }

    /// <summary>Whether the person goes through menopause.</summary>
    public required bool IsFemale { get; init; }

    /// <summary>Whether the person smokes, as a lasting habit.</summary>
    public bool IsSmoker { get; init; }

    /// <summary>Refuses an age at which no number here was measured.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The age is not within 18 to 120 years.</exception>
    internal void Check()
    {
        if (AgeYears is not (>= 18 and <= 120))
        {
            throw new ArgumentOutOfRangeException(nameof(AgeYears), AgeYears, "An age lies within 18 and 120 years.");
        }
    }
}
