using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Questions;

/// <summary>
/// Publishes answers: with their writer's consent alone, in words that a doctor has read for what may tell who asked, under the name of who answered. Corrections keep how it read before. Each step returns the key of a refusal's
/// words, or null where it was done.
/// </summary>
/// <param name="database">The record.</param>
/// <param name="time">The clinic's day.</param>
/// <param name="user">Who does it.</param>
/// <param name="clock">The clock.</param>
internal sealed class PublishingDesk(ThreadwellContext database, ClinicTime time, CurrentUser user, IClock clock)
{
    private const int LongestSlug = 80;

    // An answer is read again after a year: evidence moves on.
    private static readonly Period ReadAgain = Period.FromMonths(12);

    private Instant Now => clock.Now();

    /// <summary>Publishes, or corrects what is published.</summary>
    /// <param name="id">The question.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string?> PublishAsync(Guid id, PublishingForm form, CancellationToken cancellation)
    {
        if (form.Problem() is { } problem)
        {
            return problem;
        }

        await using IDbContextTransaction? alone = await AnswerIndex.BeginAsync(database, cancellation);
        PublicQuestion question = await database.Questions.SingleAsync(row => row.Id == id, cancellation);
        if (question.State != QuestionState.Answered || !question.MayPublish)
        {
            return "consent";
        }

        PublishedAnswer? published = await database.PublishedAnswers.SingleOrDefaultAsync(row => row.QuestionId == id, cancellation);
        LocalDate today = await time.TodayAsync(cancellation);
        if (published is null)
        {
            database.PublishedAnswers.Add(Of(question, await NextNumberAsync(cancellation), (form.Title, form.Question, form.Answer), await time.ZoneAsync(cancellation), Now));
            database.Note(user, Now, question, "Published");
        }
        else if (Correct(published, question, form, today) is { } refused)
        {
            return refused;
        }

        question.Revision++;
        return await SaveAsync(alone, cancellation);
    }

    /// <summary>What is published of an answered question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="number">The number, which no other has or had.</param>
    /// <param name="words">Its words, without what tells who asked.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="now">When it is published.</param>
    internal static PublishedAnswer Of(PublicQuestion question, int number, (string Title, string Asked, string Answer) words, DateTimeZone zone, Instant now)
    {
        LocalDate today = now.InZone(zone).Date;
        return new PublishedAnswer
        {
            Id = number,
            QuestionId = question.Id,
            Slug = SlugOf(words.Title),
            Language = question.Language,
            Topic = question.Topic,
            Title = words.Title,
            Question = words.Asked,
            Answer = words.Answer,
            SearchTitle = AnswerIndex.Folded(words.Title),
            SearchText = AnswerIndex.Folded($"{words.Asked} {words.Answer}"),
            DoctorId = question.AnsweredBy!.Value,
            DoctorName = question.AnsweredByName,
            DoctorLicence = question.AnsweredLicence,
            AnsweredOn = question.AnsweredAt!.Value.InZone(zone).Date,
            ReviewedOn = today,
            ReviewDueOn = today + ReadAgain,
            PublishedAt = now,
            ChangedAt = now,
        };
    }

    /// <summary>Notes that a published answer was read again and still holds.</summary>
    public Task<string?> ReviewAsync(Guid id, long revision, CancellationToken cancellation) => ChangeAsync(id, revision, async (question, published) =>
    {
        LocalDate today = await time.TodayAsync(cancellation);
        (published.ReviewedOn, published.ReviewDueOn) = (today, today + ReadAgain);
        database.Note(user, Now, question, "Reviewed");
        return null;
    }, cancellation);

    /// <summary>Takes a published answer back.</summary>
    public Task<string?> WithdrawAsync(Guid id, long revision, CancellationToken cancellation) => ChangeAsync(id, revision, (question, published) =>
    {
        published.WithdrawnAt ??= Now;
        database.Note(user, Now, question, "Withdrawn");
        return Task.FromResult<string?>(null);
    }, cancellation);

    // A number never means another answer: links to one that was erased lead nowhere. What is gone says the trail; only what was removed since the newest of today was published can have had a higher number.
    private async Task<int> NextNumberAsync(CancellationToken cancellation)
    {
        PublishedAnswer? newest = await database.PublishedAnswers.AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);
        Instant since = newest?.PublishedAt ?? Instant.MinValue;
        List<string> removed = await database.AuditEntries.Where(entry => entry.At >= since && entry.RecordKind == nameof(PublishedAnswer) && entry.Action == "Removed").Select(entry => entry.RecordKey).ToListAsync(cancellation);
        return 1 + removed.Select(key => int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : 0).Append(newest?.Id ?? 0).Max();
    }

    private static string SlugOf(string title)
    {
        string slug = AnswerIndex.Folded(title).Replace(' ', '-');
        string ascii = new([.. slug.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]);
        string cut = ascii.Length <= LongestSlug ? ascii : ascii[..(ascii.LastIndexOf('-', LongestSlug) is var end && end > 0 ? end : LongestSlug)];
        return cut.Trim('-') is { Length: > 0 } some ? some : "answer";
    }

    private string? Correct(PublishedAnswer published, PublicQuestion question, PublishingForm form, LocalDate today)
    {
        if (published.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) != form.Published)
        {
            return AnswerDesk.Changed;
        }

        bool differs = !form.SaysTheSameAs(PublishingForm.Of(question, published));
        if (differs && form.LacksNote)
        {
            return "note";
        }

        if (differs)
        {
            database.AnswerCorrections.Add(new AnswerCorrection
            {
                Id = Guid.CreateVersion7(),
                AnswerId = published.Id,
                At = Now,
                ByUserId = user.UserId!.Value,
                ByName = user.Name,
                Note = form.Note,
                OldTitle = published.Title,
                OldQuestion = published.Question,
                OldAnswer = published.Answer,
            });
            (published.Title, published.Question, published.Answer) = (form.Title, form.Question, form.Answer);
            (published.SearchTitle, published.SearchText) = (AnswerIndex.Folded(form.Title), AnswerIndex.Folded($"{form.Question} {form.Answer}"));
            published.Slug = SlugOf(form.Title);
        }

        // What was taken back and is published again, or was corrected, was read for it.
        (published.WithdrawnAt, published.ChangedAt) = (null, Now);
        (published.ReviewedOn, published.ReviewDueOn) = (today, today + ReadAgain);
        published.Revision++;
        database.Note(user, Now, question, differs ? "Corrected" : "Published", form.Note);
        return null;
    }

    private async Task<string?> ChangeAsync(Guid id, long revision, Func<PublicQuestion, PublishedAnswer, Task<string?>> change, CancellationToken cancellation)
    {
        PublicQuestion question = await database.Questions.SingleAsync(row => row.Id == id, cancellation);
        PublishedAnswer? published = await database.PublishedAnswers.SingleOrDefaultAsync(row => row.QuestionId == id, cancellation);
        if (published is null || published.WithdrawnAt is not null)
        {
            return "state";
        }

        if (published.Revision != revision)
        {
            return AnswerDesk.Changed;
        }

        if (await change(question, published) is { } refused)
        {
            return refused;
        }

        published.ChangedAt = Now;
        published.Revision++;
        question.Revision++;
        return await SaveAsync(null, cancellation);
    }

    private async Task<string?> SaveAsync(IDbContextTransaction? transaction, CancellationToken cancellation)
    {
        try
        {
            await database.SaveChangesAsync(cancellation);
            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellation);
            }

            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return AnswerDesk.Changed;
        }
    }
}
