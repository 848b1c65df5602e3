using System.Text.Json.Serialization;

namespace Threadwell.Care.Rules;

/// <summary>What an answer to a question looks like.</summary>
public enum QuestionKind
{
    /// <summary>"yes", "no" or "unknown".</summary>
    YesNo,

    /// <summary>One of the question's choices, or "unknown".</summary>
    Choice,

    /// <summary>One or more of the question's choices.</summary>
    Choices,

    /// <summary>A day, "unknown", or "never" where the question allows it.</summary>
    Date,

    /// <summary>A number within the question's bounds, or "unknown".</summary>
    Number,

    /// <summary>Free text.</summary>
    Text,
}

/// <summary>Who answers a question.</summary>
public enum AskedOf
{
    /// <summary>The patient, or a doctor beside her.</summary>
    Patient,

    /// <summary>The doctor, from looking and feeling.</summary>
    Doctor,
}

/// <summary>One choice of a question.</summary>
/// <param name="Id">The word that an answer holds ("jawline").</param>
/// <param name="Text">What a person reads.</param>
public sealed record Choice(string Id, Wording Text);

/// <summary>One question of a questionnaire.</summary>
public sealed record Question
{
    /// <summary>Unique name, by which conditions and answers refer to it ("bloodThinner").</summary>
    public required string Id { get; init; }

    /// <summary>Heading under which it is asked.</summary>
    public required string Group { get; init; }

    /// <summary>What an answer looks like.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Who answers it.</summary>
    public required AskedOf Of { get; init; }

    /// <summary>The question.</summary>
    public required Wording Text { get; init; }

    /// <summary>A sentence that helps to answer; null where none is needed.</summary>
    public Wording? Help { get; init; }

    /// <summary>The choices of <see cref="QuestionKind.Choice"/> and <see cref="QuestionKind.Choices"/>, in order.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>When it is asked; null for always. What is not asked and not answered counts as not so.</summary>
    public Condition? AskedWhen { get; init; }

    /// <summary>The question, of kind <see cref="QuestionKind.Choices"/>, for each of whose chosen items this one is asked; null for once.</summary>
    public string? Per { get; init; }

    /// <summary>Whether "never" is an answer to a question for a day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Never { get; init; }

    /// <summary>Whether it may stay open: no rule hangs on it, it only makes a date or a text more exact.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Optional { get; init; }

    /// <summary>Lowest number; null for none.</summary>
    public double? Lowest { get; init; }

    /// <summary>Highest number; null for none.</summary>
    public double? Highest { get; init; }

    /// <summary>Unit of a number, as it is shown ("kg"); null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether an answer answers the question. Nothing, "unknown", no choice and what the question does not offer leave it open: they are never a "no".</summary>
    public bool IsAnsweredBy(Answer? answer) => (Kind, answer) switch
    {
        (QuestionKind.YesNo, WordAnswer("yes" or "no")) or (QuestionKind.Date, DateAnswer) or (QuestionKind.Text, TextAnswer) => true,
        (QuestionKind.Date, WordAnswer("never")) => Never,
        (QuestionKind.Choice, WordAnswer(var word)) => Choices.Any(choice => choice.Id == word),
        (QuestionKind.Choices, WordsAnswer(var words)) => Choices.Any(choice => words.Contains(choice.Id, StringComparer.Ordinal)),
        (QuestionKind.Number, NumberAnswer(var value)) => double.IsFinite(value),
        _ => false,
    };
}

/// <summary>A heading of a questionnaire.</summary>
/// <param name="Id">The name by which questions refer to it.</param>
/// <param name="Text">The heading.</param>
public sealed record QuestionGroup(string Id, Wording Text);
