using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Questions;
using Threadwell.Web.Accounts;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Questions;

/// <summary>
/// Erases a question at its writer's wish: her words, her address, the photos, the answer, what was published of it and its messages. What is left says that there was a question, and when. Where a doctor had linked it to a record,
/// question and answer are part of that record, which is retained; everything else goes all the same.
/// </summary>
/// <param name="database">The record.</param>
/// <param name="pictures">The photos.</param>
/// <param name="trail">Where it is written down.</param>
/// <param name="clock">The clock.</param>
internal sealed class QuestionErasure(ThreadwellContext database, QuestionPictures pictures, AuditTrail trail, IClock clock)
{
    /// <summary>Erases it.</summary>
    /// <param name="question">The question, tracked.</param>
    /// <param name="record">The patient in whose trail it is written down: whose record it belongs to, or belonged to until now; null for nobody's.</param>
    /// <param name="cancellation">Ends it before anything is done.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed it meanwhile; nothing is done.</exception>
    public async Task RunAsync(PublicQuestion question, Guid? record, CancellationToken cancellation)
    {
        Guid id = question.Id;
        List<PublishedAnswer> published = await database.PublishedAnswers.Where(row => row.QuestionId == id).ToListAsync(cancellation);
        int[] numbers = [.. published.Select(row => row.Id)];
        database.RemoveRange(await database.AnswerCorrections.Where(row => numbers.Contains(row.AnswerId)).ToListAsync(cancellation));
        database.RemoveRange(published);
        string keys = MessageKinds.QuestionKeys(id);
        database.RemoveRange(await database.Outbox.Where(row => row.IdempotencyKey.StartsWith(keys)).ToListAsync(cancellation));
        (question.Email, question.MayPublish, question.Link) = ("", false, "");
        question.LinkSha256 = LinkSecrets.Hash(LinkSecrets.Make());
        question.Revision++;
        var hashes = new List<string>();
        if (question.PatientId is null)
        {
            List<QuestionPhoto> photos = await database.QuestionPhotos.Where(row => row.QuestionId == id).ToListAsync(cancellation);
            hashes.AddRange(photos.SelectMany(photo => (string[])[photo.FileSha256, photo.ThumbnailSha256]));
            database.RemoveRange(photos);
            database.RemoveRange(await database.QuestionEvents.Where(row => row.QuestionId == id).ToListAsync(cancellation));
            (question.Text, question.Draft, question.Answer, question.Topic, question.AgeBand) = ("", "", "", "", "");
            (question.State, question.DueAt, question.OwnerId) = (QuestionState.Erased, null, null);
            (question.AnsweredBy, question.AnsweredByName, question.AnsweredLicence, question.AnsweredAt, question.ReviewedBy) = (null, "", "", null, null);
        }
        else
        {
            database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = id, At = clock.GetCurrentInstant(), What = "Erased" });
        }

        // The wish and all that follows from it, in one commit.
        await trail.NoteAsync(database, new AuditEvent("Erased", nameof(PublicQuestion), id.ToString(), record, ""), cancellation);
        await pictures.RemoveAsync(database, hashes, CancellationToken.None);
    }
}
