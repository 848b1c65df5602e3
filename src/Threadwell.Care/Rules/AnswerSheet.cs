namespace Threadwell.Care.Rules;

/// <summary>The place of one answer: a question, and the item for which it was asked where the question is asked for each.</summary>
/// <param name="Question">Id of the question.</param>
/// <param name="Item">Id of the item ("jawline"); null for a question that is asked once.</param>
public readonly record struct AnswerKey(string Question, string? Item = null)
{
    /// <summary>As an error message or a form names it: "laxity.jawline".</summary>
    public override string ToString() => Item is null ? Question : $"{Question}.{Item}";
}

/// <summary>What somebody answered. It does not change; what is missing was not answered.</summary>
public sealed class AnswerSheet
{
    private readonly Dictionary<AnswerKey, Answer> answers;

    /// <summary>Takes answers over.</summary>
    /// <param name="answers">Answers by their place.</param>
    public AnswerSheet(IEnumerable<KeyValuePair<AnswerKey, Answer>> answers) => this.answers = new(answers);

    /// <summary>A sheet on which nothing is answered.</summary>
    public static AnswerSheet Empty { get; } = new([]);

    /// <summary>All answers, ordered by place.</summary>
    public IEnumerable<KeyValuePair<AnswerKey, Answer>> All =>
        answers.OrderBy(a => a.Key.Question, StringComparer.Ordinal).ThenBy(a => a.Key.Item, StringComparer.Ordinal);

    /// <summary>The answer at a place; null where there is none.</summary>
    public Answer? Find(AnswerKey key) => answers.GetValueOrDefault(key);

    /// <summary>The same sheet with one answer set, or taken away.</summary>
    /// <param name="key">Its place.</param>
    /// <param name="answer">The answer; null takes it away.</param>
    public AnswerSheet With(AnswerKey key, Answer? answer)
    {
        var changed = new Dictionary<AnswerKey, Answer>(answers);
        if (answer is null)
        {
            changed.Remove(key);
        }
        else
        {
            changed[key] = answer;
        }

        return new AnswerSheet(changed);
    }
}
