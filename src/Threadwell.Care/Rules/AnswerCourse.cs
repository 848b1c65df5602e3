namespace Threadwell.Care.Rules;

/// <summary>From when hours are counted.</summary>
public enum CourseStart
{
    /// <summary>The end of the treatment.</summary>
    Treatment,

    /// <summary>The last injection of local anaesthetic.</summary>
    Anaesthetic,
}

/// <summary>Which sides were treated.</summary>
public enum TreatedSides
{
    /// <summary>Left and right, or an area in the middle.</summary>
    Both,

    /// <summary>One side alone.</summary>
    One,
}

/// <summary>A time that has gone by, known within bounds, in the unit of its use (hours or calendar days).</summary>
/// <param name="Least">At least so much.</param>
/// <param name="Most">At most so much; infinite where nothing is known.</param>
public readonly record struct Elapsed(double Least, double Most)
{
    /// <summary>Nothing is known but that it is not negative.</summary>
    public static Elapsed Unknown { get; } = new(0, double.PositiveInfinity);

    /// <summary>A time that is known.</summary>
    public static Elapsed Known(double value) => new(value, value);

    /// <summary>Whether at least so much has gone by.</summary>
    public Truth AtLeast(double value) => Least >= value ? Truth.True : Most < value ? Truth.False : Truth.Unknown;

    /// <summary>Whether at most so much has gone by.</summary>
    public Truth AtMost(double value) => Most <= value ? Truth.True : Least > value ? Truth.False : Truth.Unknown;
}

/// <summary>Answers given at another time of the course.</summary>
/// <param name="Answers">The answers.</param>
/// <param name="At">When, in milliseconds since 1970 UTC; null where it is not known.</param>
/// <param name="SinceAnaesthetic">Hours since the anaesthetic.</param>
public sealed record OtherAnswers(AnswerSheet Answers, long? At, Elapsed SinceAnaesthetic);

/// <summary>What a condition may look at beyond one sheet of answers: the time since the treatment, what was treated, and what was answered at other times.</summary>
public sealed record AnswerCourse
{
    /// <summary>Conditions of the file by name.</summary>
    public required IReadOnlyDictionary<string, Condition> Named { get; init; }

    /// <summary>Words that are looked for in free text.</summary>
    public required TextWords Words { get; init; }

    /// <summary>When the sheet was answered, in milliseconds since 1970 UTC; null where it is not known.</summary>
    public required long? At { get; init; }

    /// <summary>Hours since the treatment.</summary>
    public required Elapsed SinceTreatment { get; init; }

    /// <summary>Hours since the anaesthetic.</summary>
    public required Elapsed SinceAnaesthetic { get; init; }

    /// <summary>Calendar days since the day of the treatment.</summary>
    public required Elapsed Days { get; init; }

    /// <summary>Areas treated; null where it is not known.</summary>
    public required IReadOnlyList<string>? Areas { get; init; }

    /// <summary>Sides treated; null where it is not known.</summary>
    public required TreatedSides? Sides { get; init; }

    /// <summary>What was answered at other times, earlier and later, in any order.</summary>
    public required IReadOnlyList<OtherAnswers> Others { get; init; }

    /// <summary>Hours since a start; null for the treatment.</summary>
    public Elapsed Since(CourseStart? start) => start == CourseStart.Anaesthetic ? SinceAnaesthetic : SinceTreatment;

    /// <summary>Whether one of these areas was treated.</summary>
    public Truth Treated(IReadOnlyList<string> areas) =>
        Areas is null ? Truth.Unknown : Areas.Any(area => areas.Contains(area, StringComparer.Ordinal)) ? Truth.True : Truth.False;

    /// <summary>Whether another sheet answers a question; one answered later does not count where both times are known.</summary>
    public bool WasAnswered(Question question) => Others.Any(other => !(other.At > At) && question.IsAnsweredBy(other.Answers.Find(new AnswerKey(question.Id))));

    /// <summary>Whether answers that certainly came before name one of these choices.</summary>
    public bool WasTold(Question question, IReadOnlyList<string> choices) =>
        Others.Any(other => other.At < At && other.Answers.Find(new AnswerKey(question.Id)) is WordsAnswer(var words) && words.Any(word => choices.Contains(word, StringComparer.Ordinal)));

    /// <summary>
    /// What an answer is compared with to see whether it rises: the last answer before it. Where the order of two sheets is not known they are compared with each
    /// other, and of several the lowest counts, so that a doubt about the order never hides a rise.
    /// </summary>
    /// <param name="question">A question for a number or a choice.</param>
    /// <param name="fromHour">Only answers that may be from this hour after the anaesthetic or later; null for all.</param>
    /// <returns>The <see cref="Rank"/>; null where there is nothing to compare with.</returns>
    public double? Baseline(Question question, double? fromHour)
    {
        double? lowest = null;
        double? last = null;
        long lastAt = long.MinValue;
        foreach (OtherAnswers other in Others)
        {
            double? rank = other.Answers.Find(new AnswerKey(question.Id)) is { } answer && question.IsAnsweredBy(answer) ? Rank(question, answer) : null;
            if (rank is null || other.At > At || (fromHour is { } hour && other.SinceAnaesthetic.AtLeast(hour) == Truth.False))
            {
                continue;
            }

            if (other.At is not { } at || At is null || at == At)
            {
                lowest = Lower(lowest, rank);
            }
            else if (at >= lastAt)
            {
                last = at == lastAt ? Lower(last, rank) : rank;
                lastAt = at;
            }
        }

        return Lower(lowest, last);
    }

    /// <summary>How much an answer says, as a number: itself, or the place of the choice among the question's choices; null for any other answer.</summary>
    public static double? Rank(Question question, Answer answer) => answer switch
    {
        NumberAnswer(var value) => value,
        WordAnswer(var word) => question.Choices.Select((choice, index) => (choice.Id, index)).Where(choice => choice.Id == word).Select(choice => (double?)choice.index).FirstOrDefault(),
        _ => null,
    };

    private static double? Lower(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}

/// <summary>What the conditions of a course file may name.</summary>
/// <param name="Conditions">Conditions by name.</param>
/// <param name="WordLists">Ids of lists of words.</param>
/// <param name="Areas">Ids of areas.</param>
internal sealed record CourseNames(IReadOnlyDictionary<string, Condition> Conditions, string[] WordLists, string[] Areas);
