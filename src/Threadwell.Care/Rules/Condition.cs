namespace Threadwell.Care.Rules;

/// <summary>
/// A condition on answers, as a small tree in a rule file. Exactly one form is given: <see cref="All"/>, <see cref="Any"/>, <see cref="Not"/>,
/// <see cref="Item"/>, or a <see cref="Question"/> with exactly one test. The forms are written down in <c>docs/formats/rules.md</c>.
/// </summary>
public sealed record Condition
{
    /// <summary>Holds when each of these holds.</summary>
    public IReadOnlyList<Condition>? All { get; init; }

    /// <summary>Holds when at least one of these holds.</summary>
    public IReadOnlyList<Condition>? Any { get; init; }

    /// <summary>Holds when this does not.</summary>
    public Condition? Not { get; init; }

    /// <summary>Within a rule for each item: holds when the item is one of these.</summary>
    public IReadOnlyList<string>? Item { get; init; }

    /// <summary>Id of the question whose answer is tested.</summary>
    public string? Question { get; init; }

    /// <summary>The answer is one of these words.</summary>
    public IReadOnlyList<string>? Is { get; init; }

    /// <summary>The chosen items include at least one of these.</summary>
    public IReadOnlyList<string>? Includes { get; init; }

    /// <summary>The number is at least this.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The number is below this.</summary>
    public double? Below { get; init; }

    /// <summary>Fewer than so many whole days lie between the day and today; a day to come counts as well.</summary>
    public int? DaysAgoBelow { get; init; }

    /// <summary>Fewer than so many whole calendar months lie between the day and today; a day to come counts as well.</summary>
    public int? MonthsAgoBelow { get; init; }

    /// <summary>Fewer than so many whole years lie between the day and today: an age below.</summary>
    public int? YearsAgoBelow { get; init; }

    /// <summary>At least so many whole years lie between the day and today: an age of at least.</summary>
    public int? YearsAgoAtLeast { get; init; }
}
