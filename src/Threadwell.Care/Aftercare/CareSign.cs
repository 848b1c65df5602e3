using Threadwell.Anatomy;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Aftercare;

/// <summary>What a patient does when she notices something.</summary>
public enum SignLevel
{
    /// <summary>It is usual on this day.</summary>
    Usual,

    /// <summary>The clinic wants to know.</summary>
    TellUs,

    /// <summary>The clinic is called now.</summary>
    Urgent,

    /// <summary>An ambulance is called, or the nearest emergency department visited, without waiting for the clinic.</summary>
    Emergency,
}

/// <summary>Something that a patient may notice, with the days on which it has that meaning.</summary>
public sealed record CareSign
{
    /// <summary>Unique name.</summary>
    public required string Id { get; init; }

    /// <summary>What to do about it.</summary>
    public required SignLevel Level { get; init; }

    /// <summary>First day after the treatment on which it is told; the day of treatment is 0.</summary>
    public required int FromDay { get; init; }

    /// <summary>Last day; null for ever after.</summary>
    public int? ToDay { get; init; }

    /// <summary>Areas of which one must be treated; null for all.</summary>
    public IReadOnlyList<TreatmentArea>? Areas { get; init; }

    /// <summary>What is noticed, without naming a disease.</summary>
    public required Wording Says { get; init; }

    /// <summary>Evidence rows.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether it or its days rest on clinical judgement.</summary>
    public required bool Judgement { get; init; }

    /// <summary>Whether it is told on a day.</summary>
    /// <param name="day">Days after the treatment.</param>
    public bool IsOf(int day) => day >= FromDay && !(day > ToDay);
}
