using NodaTime;

namespace Threadwell.Care.Rules;

/// <summary>An answer to one question. No answer at all is the absence of this, never a "no".</summary>
public abstract record Answer
{
    private protected Answer()
    {
    }

    /// <summary>The person does not know.</summary>
    public static Answer Unknown { get; } = new UnknownAnswer();

    /// <summary>"yes".</summary>
    public static Answer Yes { get; } = new WordAnswer("yes");

    /// <summary>"no".</summary>
    public static Answer No { get; } = new WordAnswer("no");

    /// <summary>A day that has never been.</summary>
    public static Answer Never { get; } = new WordAnswer("never");
}

/// <summary>The person does not know.</summary>
public sealed record UnknownAnswer : Answer;

/// <summary>One word: "yes", "no", "never" or the id of a choice.</summary>
/// <param name="Word">The word.</param>
public sealed record WordAnswer(string Word) : Answer;

/// <summary>Several choices.</summary>
/// <param name="Words">Their ids, each once, in the order of the question.</param>
public sealed record WordsAnswer(IReadOnlyList<string> Words) : Answer
{
    /// <inheritdoc/>
    public bool Equals(WordsAnswer? other) => other is not null && Words.SequenceEqual(other.Words, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Words.Count == 0 ? 0 : HashCode.Combine(Words.Count, StringComparer.Ordinal.GetHashCode(Words[0]));
}

/// <summary>A number in the question's unit.</summary>
/// <param name="Value">The number.</param>
public sealed record NumberAnswer(double Value) : Answer;

/// <summary>A day.</summary>
/// <param name="Day">The day.</param>
public sealed record DateAnswer(LocalDate Day) : Answer;

/// <summary>Free text.</summary>
/// <param name="Text">The text as it was written.</param>
public sealed record TextAnswer(string Text) : Answer;
