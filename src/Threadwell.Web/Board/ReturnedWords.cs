using System.Collections.Concurrent;
using NodaTime;

namespace Threadwell.Web.Board;

/// <summary>
/// Gives back to the page what was typed into a form that was refused: a note written on the telephone is not written twice because somebody else was quicker. It is held in memory for some minutes, for
/// the person who wrote it alone, until her page has taken it: an address or a cookie would carry what a patient said.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class ReturnedWords(IClock clock)
{
    // More than the longest form of a clinic holds, an answer to be published beside its question; and so many at once are no clinic's.
    private const int Longest = 30_000;
    private const int Most = 200;

    private static readonly Duration Held = Duration.FromMinutes(10);

    private readonly ConcurrentDictionary<(Guid User, Guid Task, string Form), (IReadOnlyList<string> Words, Instant At)> held = new();

    /// <summary>Keeps words for the page that is shown next; empty ones are not kept.</summary>
    /// <param name="user">Who typed them.</param>
    /// <param name="task">The task or question.</param>
    /// <param name="form">The form of its page ("contacted").</param>
    /// <param name="words">The words of its fields, in an order of the form's own.</param>
    public void Keep(Guid user, Guid task, string form, params IReadOnlyList<string> words)
    {
        Instant now = clock.GetCurrentInstant();
        foreach ((Guid User, Guid Task, string Form) old in held.Where(one => one.Value.At + Held < now).Select(one => one.Key))
        {
            held.TryRemove(old, out _);
        }

        if (words.Any(field => field.Trim().Length > 0) && words.Sum(field => field.Length) <= Longest && held.Count < Most)
        {
            held[(user, task, form)] = (words, now);
        }
    }

    /// <summary>Takes them out; null where there are none.</summary>
    /// <param name="user">Who typed them.</param>
    /// <param name="task">The task or question.</param>
    /// <param name="form">The form; null for none.</param>
    public IReadOnlyList<string>? Take(Guid user, Guid task, string? form) =>
        form is not null && held.TryRemove((user, task, form), out (IReadOnlyList<string> Words, Instant At) found) && found.At + Held >= clock.GetCurrentInstant() ? found.Words : null;
}
