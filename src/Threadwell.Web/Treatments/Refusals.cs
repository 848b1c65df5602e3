using Microsoft.AspNetCore.Http;
using Threadwell.Web.Text;

namespace Threadwell.Web.Treatments;

/// <summary>What keeps a change from being kept: a sentence a field, which the page shows beside it.</summary>
internal sealed class Refusals
{
    private readonly Dictionary<string, string> byField = new(StringComparer.Ordinal);

    /// <summary>Whether nothing keeps it.</summary>
    public bool None => byField.Count == 0;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string> ByField => byField;

    /// <summary>Notes what is wrong; the first sentence about a field stays.</summary>
    /// <param name="field">The field; empty for the whole.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public void Add(string field, string problem) => byField.TryAdd(field, problem);

    /// <summary>The answer to the request.</summary>
    /// <param name="status">422, or 403 where the person may not.</param>
    /// <param name="what">What the page may offer then ("unknown-product"); null for nothing.</param>
    public IResult Result(int status = StatusCodes.Status422UnprocessableEntity, string? what = null) => Results.Problem(
        string.Join(' ', byField.Values.Distinct(StringComparer.Ordinal)),
        statusCode: status,
        title: Spoken.Say("The change was not kept."),
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["fields"] = byField, ["what"] = what });
}
