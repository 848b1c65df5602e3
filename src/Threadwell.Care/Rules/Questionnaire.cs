namespace Threadwell.Care.Rules;

/// <summary>Questions by their ids, with the rules that they keep among themselves.</summary>
public sealed class Questionnaire
{
    private readonly Dictionary<string, Question> byId;

    /// <summary>Takes questions over; ids must be unique, as <see cref="QuestionnaireCheck"/> sees to.</summary>
    public Questionnaire(IReadOnlyList<QuestionGroup> groups, IReadOnlyList<Question> questions)
    {
        Groups = groups;
        Questions = questions;
        byId = questions.ToDictionary(q => q.Id, StringComparer.Ordinal);
    }

    /// <summary>Headings in order.</summary>
    public IReadOnlyList<QuestionGroup> Groups { get; }

    /// <summary>Questions in the order in which they are asked.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The question of an id; null where there is none.</summary>
    public Question? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The question of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Question Get(string id) => Find(id) ?? throw new KeyNotFoundException($"No question is named '{id}'.");

    /// <summary>The places of a question: one, or one for each item chosen so far.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answers">What is answered.</param>
    public static IEnumerable<AnswerKey> Places(Question question, AnswerSheet answers)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answers);
        return question.Per is null
            ? [new AnswerKey(question.Id)]
            : answers.Find(new AnswerKey(question.Per)) is WordsAnswer chosen ? chosen.Words.Select(item => new AnswerKey(question.Id, item)) : [];
    }
}
