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
    // A longer text is no note, and so many at once are no clinic's.
    private const int Longest = 20_000;
    private const int Most = 200;

    private static readonly Duration Held = Duration.FromMinutes(10);

    private readonly ConcurrentDictionary<(Guid User, Guid Task, string Form), (string Words, Instant At)> held = new();

    /// <summary>Keeps words for the page that is shown next; empty ones are not kept.</summary>
    /// <param name="user">Who typed them.</param>
    /// <param name="task">The task.</param>
    /// <param name="form">The form of its page ("contacted").</param>
    /// <param name="words">The words.</param>
    public void Keep(Guid user, Guid task, string form, string words)
    {
        Instant now = clock.GetCurrentInstant();
        foreach ((Guid User, Guid Task, string Form) old in held.Where(one => one.Value.At + Held < now).Select(one => one.Key))
        {
            held.TryRemove(old, out _);
        }

        if (words.Trim().Length > 0 && words.Length <= Longest && held.Count < Most)
        {
            held[(user, task, form)] = (words, now);
        }
    }

    /// <summary>Takes them out; null where there are none.</summary>
    /// <param name="user">Who typed them.</param>
    /// <param name="task">The task.</param>
    /// <param name="form">The form; null for none.</param>
    public string? Take(Guid user, Guid task, string? form) =>
        form is not null && held.TryRemove((user, task, form), out (string Words, Instant At) found) && found.At + Held >= clock.GetCurrentInstant() ? found.Words : null;
}
