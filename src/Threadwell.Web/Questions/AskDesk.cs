using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Questions;
using Threadwell.Care.Triage;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Appointments;
using Threadwell.Web.Patients;
using Threadwell.Web.Photos;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Questions;

/// <summary>What became of a question that was sent.</summary>
/// <param name="Field">Field at which a refusal is shown; null where it was taken.</param>
/// <param name="Problem">Key of the refusal's words.</param>
/// <param name="Link">Secret of its private link, where it is not sent by e-mail.</param>
internal sealed record AskOutcome(string? Field, string Problem = "", string? Link = null);

/// <summary>Takes questions that were read and found to be in order, within the limits.</summary>
internal sealed class AskDesk(ThreadwellContext database, QuestionIntake intake, QuestionPictures pictures, QuestionLimits limits, WorkTickets tickets, QuestionMails mails, ClinicTime time, CurrentUser user, IClock clock)
{
    /// <summary>The clinic's settings.</summary>
    public async Task<ClinicSettings> SettingsAsync(CancellationToken cancellation) => await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();

    /// <summary>Takes a question.</summary>
    /// <param name="form">As it was typed, checked.</param>
    /// <param name="photos">Its photos.</param>
    /// <param name="context">The request.</param>
    public async Task<AskOutcome> AskAsync(AskForm form, IReadOnlyList<IFormFile> photos, HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        ClinicSettings settings = await SettingsAsync(cancellation);
        bool byMail = mails.AreSent(settings);
        bool worked = tickets.IsWorkedFor(form.Ticket, form.Proof);
        if (!worked && (!byMail || !string.IsNullOrEmpty(form.Proof)))
        {
            // A ticket that has run out, or was taken: the page hands out a new one. Without e-mail there is no second way to show that a person sends it.
            return new AskOutcome("Form", string.IsNullOrEmpty(form.Proof) ? "problem.work" : "problem.ticket");
        }

        if (photos.Count > QuestionPictures.Most)
        {
            return new AskOutcome("Photos", "problem.photos.many");
        }

        if (photos.Count > 0 && !worked)
        {
            return new AskOutcome("Photos", "problem.photos.work");
        }

        if (photos.Any(photo => photo.Length > QuestionPictures.FileBytes))
        {
            return new AskOutcome("Photos", "problem.photos.size");
        }

        if (!limits.MaySendPhotos(context.Connection.RemoteIpAddress, photos.Count))
        {
            return new AskOutcome("Form", "problem.limit");
        }

        // All are read before anything is used up or kept: who sent one that cannot be read tries again.
        var read = new List<EncodedPhoto>();
        try
        {
            foreach (IFormFile photo in photos)
            {
                read.Add(await pictures.ReadAsync(photo, cancellation));
            }
        }
        catch (InvalidInputException)
        {
            return new AskOutcome("Photos", "problem.photos.unreadable");
        }

        if (!limits.MayAsk(context.Connection.RemoteIpAddress, byMail ? form.CleanEmail : "", worked))
        {
            return new AskOutcome("Form", "problem.limit");
        }

        // Of one ticket sent twice at once the second is refused.
        if (worked && !tickets.Take(form.Ticket!))
        {
            return new AskOutcome("Form", "problem.ticket");
        }

        Instant now = clock.Now();
        string secret = LinkSecrets.Make();
        var question = new PublicQuestion
        {
            Id = Guid.CreateVersion7(),
            LinkSha256 = LinkSecrets.Hash(secret),
            Link = secret,
            Language = CultureInfo.CurrentUICulture.Name,
            Topic = form.Topic!,
            AgeBand = form.AgeBand!,
            Text = form.CleanText,
            Email = byMail ? form.CleanEmail : "",
            MayPublish = form.MayPublish,
            State = QuestionState.Unconfirmed,
            CreatedAt = now,
        };
        var rows = new List<object> { question };
        if (QuestionMails.Of(question, MessageKinds.QuestionConfirm, now) is { } message)
        {
            rows.Add(message);
        }
        else
        {
            // Its ticket is taken: a browser that goes away, or sends twice, takes nothing back.
            rows.Add(await OpenAsync(question, now, CancellationToken.None));
        }

        bool alone = user.UserId is not null || user.DeviceId is not null;
        await (read.Count == 0 ? intake.AddAsync(rows, alone) : pictures.KeepAsync(question.Id, read, database, kept => intake.AddAsync([.. rows, .. kept], alone)));
        return new AskOutcome(null, Link: byMail ? null : secret);
    }

    /// <summary>Opens a question: its address is confirmed, or none is needed.</summary>
    /// <param name="question">The question.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What is noted of it.</returns>
    public async Task<QuestionEvent> OpenAsync(PublicQuestion question, Instant now, CancellationToken cancellation)
    {
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        Guid facility = await database.Facilities.OrderBy(row => row.IsDemonstration).ThenBy(row => row.Name).ThenBy(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancellation);
        ClinicCalendar? calendar = (await ClinicOpening.ReadAsync(database, zone, facility, cancellation)).Calendar();
        (question.State, question.OpenedAt, question.DueAt) = (QuestionState.Open, now, AnswerDeadline.Of(now, zone, calendar));
        return new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = now, What = "Opened" };
    }
}
