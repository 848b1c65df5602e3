using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;

namespace Threadwell.Web.Questions;

/// <summary>Notes what somebody of the clinic did with a question.</summary>
internal static class QuestionNotes
{
    /// <summary>Now, as exactly as the record keeps it.</summary>
    /// <param name="clock">The clock.</param>
    public static Instant Now(this IClock clock) => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>Notes a step.</summary>
    /// <param name="database">The record.</param>
    /// <param name="user">Who did it.</param>
    /// <param name="at">When.</param>
    /// <param name="question">The question.</param>
    /// <param name="what">What.</param>
    /// <param name="note">Words to it; may be empty.</param>
    public static void Note(this ThreadwellContext database, CurrentUser user, Instant at, PublicQuestion question, string what, string note = "") =>
        database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = at, ByUserId = user.UserId, ByName = user.Name, What = what, Note = note });
}
