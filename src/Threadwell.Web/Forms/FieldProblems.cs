namespace Threadwell.Web.Forms;

/// <summary>What is wrong with the fields of a form that was sent: a sentence a field, shown beside it.</summary>
public sealed class FieldProblems
{
    private readonly Dictionary<string, string> byField = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool None => byField.Count == 0;

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? this[string field] => byField.GetValueOrDefault(field);

    /// <summary>Notes what is wrong; the first sentence about a field stays.</summary>
    public void Add(string field, string problem) => byField.TryAdd(field, problem);
}
