namespace Threadwell.Care.Rules;

/// <summary>
/// A condition on answers, as a small tree in a rule file. Exactly one form is given: <see cref="All"/>, <see cref="Any"/>, <see cref="Not"/>,
/// <see cref="Item"/>, or a <see cref="Question"/> with exactly one test. The forms are written down in <c>docs/formats/rules.md</c>.
/// Those that look beyond one sheet, at times and at earlier answers, belong to the course after a treatment (<see cref="AnswerCourse"/>).
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

    /// <summary>In a course: holds when the condition of this name in the file does.</summary>
    public string? Named { get; init; }

    /// <summary>In a course: at least so many hours have gone by.</summary>
    public double? HoursFrom { get; init; }

    /// <summary>In a course: at most so many hours have gone by.</summary>
    public double? HoursUpTo { get; init; }

    /// <summary>In a course: since when <see cref="HoursFrom"/> and <see cref="HoursUpTo"/> count; null for the treatment.</summary>
    public CourseStart? Since { get; init; }

    /// <summary>In a course: it is at least this calendar day after the treatment, whose own day is 0.</summary>
    public int? DaysFrom { get; init; }

    /// <summary>In a course: one of these areas was treated.</summary>
    public IReadOnlyList<string>? Treated { get; init; }

    /// <summary>In a course: the sides that were treated are one of these.</summary>
    public IReadOnlyList<TreatedSides>? Sides { get; init; }

    /// <summary>In a course: the number, or the place of the choice among the question's choices, lies at least so much above the last answer before it.</summary>
    public double? Rises { get; init; }

    /// <summary>With <see cref="Rises"/>: only answers from this hour after the anaesthetic are compared with; null for all.</summary>
    public double? ComparedFromHour { get; init; }

    /// <summary>In a course: true asks that the question was not answered before.</summary>
    public bool? First { get; init; }

    /// <summary>In a course: one of these choices was named in answers that certainly came before.</summary>
    public IReadOnlyList<string>? ToldBefore { get; init; }

    /// <summary>The number lies above that of this other question, by <see cref="By"/> or more.</summary>
    public string? Exceeds { get; init; }

    /// <summary>With <see cref="Exceeds"/>: by how much.</summary>
    public double? By { get; init; }

    /// <summary>In a course: the text holds a word of one of these lists that is not denied ("no fever").</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>In a course: the text holds a word of one of these lists, denied or not.</summary>
    public IReadOnlyList<string>? MentionsEvenDenied { get; init; }
}
