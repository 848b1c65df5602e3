using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Questions;

/// <summary>What doctors do with a question. Each step returns the key of a refusal's words, or null where it was done.</summary>
/// <param name="database">The record.</param>
/// <param name="erasure">Erases what was kept for a record alone.</param>
/// <param name="time">The clinic's day.</param>
/// <param name="user">Who does it.</param>
/// <param name="clock">The clock.</param>
internal sealed class AnswerDesk(ThreadwellContext database, QuestionErasure erasure, ClinicTime time, CurrentUser user, IClock clock)
{
    /// <summary>Somebody changed it meanwhile.</summary>
    public const string Changed = "changed";

    /// <summary>Longest answer.</summary>
    public const int Longest = 12_000;

    private const int LongestReason = 500;

    private Guid Doctor => user.UserId!.Value;

    private Instant Now => clock.Now();

    /// <summary>The number of a doctor's licence on a day; null where none is valid.</summary>
    /// <param name="database">The record.</param>
    /// <param name="doctor">The doctor.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string?> LicenceAsync(ThreadwellContext database, Guid doctor, LocalDate day, CancellationToken cancellation) =>
        (await database.StaffLicences.AsNoTracking().Where(row => row.UserId == doctor).ToListAsync(cancellation)).Where(row => row.From <= day && !(row.Until < day)).OrderBy(row => row.From).FirstOrDefault()?.Number;

    /// <summary>Whether its asker has erased it, so that it is kept for the record that it is linked to alone.</summary>
    /// <param name="question">The question.</param>
    public static bool IsForRecordAlone(PublicQuestion question) => question is { PatientId: not null, Link.Length: 0 };

    /// <summary>Takes a question, also one that another has.</summary>
    public Task<string?> ClaimAsync(Guid id, long revision, CancellationToken cancellation) => ChangeAsync(id, revision, question =>
    {
        if (question.State is not (QuestionState.Open or QuestionState.Review) || (question.State == QuestionState.Review && question.OwnerId is not null))
        {
            return "state";
        }

        question.OwnerId = Doctor;
        database.Note(user, Now, question, "Claimed");
        return null;
    }, cancellation);

    /// <summary>Gives it back.</summary>
    public Task<string?> ReleaseAsync(Guid id, long revision, CancellationToken cancellation) => ChangeAsync(id, revision, question =>
    {
        if (question.State != QuestionState.Open || question.OwnerId != Doctor)
        {
            return "state";
        }

        question.OwnerId = null;
        database.Note(user, Now, question, "Released");
        return null;
    }, cancellation);

    /// <summary>Keeps the draft, and goes on with it: asks for a second doctor, gives the answer, sends it back.</summary>
    /// <param name="id">The question.</param>
    /// <param name="revision">Revision that was read.</param>
    /// <param name="draft">The answer as it stands.</param>
    /// <param name="then">"", "template", "review", "answer" or "return".</param>
    /// <param name="template">A template's words, added where that is wanted.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string?> WriteAsync(Guid id, long revision, string draft, string then, Guid? template, CancellationToken cancellation)
    {
        ClinicSettings settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();
        string words = then == "template" ? await database.AnswerTemplates.Where(row => row.Id == template).Select(row => row.Text).SingleOrDefaultAsync(cancellation) ?? "" : "";
        LocalDate today = await time.TodayAsync(cancellation);
        string? refused = null;
        string? failed = await ChangeAsync(id, revision, async question =>
        {
            if (question.State is not (QuestionState.Open or QuestionState.Review))
            {
                return "state";
            }

            string clean = AskForm.Clean(draft, lines: true);
            string whole = words.Length == 0 ? clean : clean.Length == 0 ? words : $"{clean}\n\n{words}";
            if (whole.Length > Longest)
            {
                return "long";
            }

            // It goes out under its author's name: who approves it approves what the author wrote, and other words go back to the author first.
            if (question.State == QuestionState.Review && whole != question.Draft && (then == "answer" || (question.OwnerId != Doctor && then != "return")))
            {
                return "differs";
            }

            // What was typed is kept, whatever becomes of the rest.
            question.Draft = whole;
            if (question.State == QuestionState.Open)
            {
                question.OwnerId ??= Doctor;
            }

            refused = then switch
            {
                "review" => AskReview(question),
                "return" => Return(question),
                "answer" => await AnswerAsync(question, settings, today, cancellation),
                _ => null,
            };
            return null;
        }, cancellation);
        return failed ?? refused;
    }

    /// <summary>Closes a question without an answer.</summary>
    public Task<string?> CloseAsync(Guid id, long revision, string reason, CancellationToken cancellation) => ChangeAsync(id, revision, question =>
    {
        string why = AskForm.Clean(reason, lines: false);
        if (why.Length is 0 or > LongestReason)
        {
            return "reason";
        }

        if (question.State is not (QuestionState.Open or QuestionState.Review))
        {
            return "state";
        }

        (question.State, question.DueAt) = (QuestionState.Closed, null);
        database.Note(user, Now, question, "Closed", why);
        if (QuestionMails.Of(question, MessageKinds.QuestionAnswer, Now) is { } message)
        {
            database.Outbox.Add(message);
        }

        return null;
    }, cancellation);

    /// <summary>Links a question to a record: from then on it belongs to it.</summary>
    /// <param name="id">The question.</param>
    /// <param name="revision">Revision that was read.</param>
    /// <param name="number">Number of the record.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string?> LinkAsync(Guid id, long revision, string number, CancellationToken cancellation)
    {
        Patient? patient = int.TryParse(number.Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int asked)
            ? await database.Patients.AsNoTracking().SingleOrDefaultAsync(row => row.Number == asked, cancellation) : null;
        return patient is null ? "patient" : await ChangeAsync(id, revision, question =>
        {
            if (question.PatientId is not null || question.State is QuestionState.Unconfirmed or QuestionState.Erased)
            {
                return "state";
            }

            (question.PatientId, question.LinkedAt) = (patient.Id, Now);
            database.Note(user, Now, question, "Linked");
            return null;
        }, cancellation);
    }

    /// <summary>Takes back a link that was a mistake. What its asker had erased meanwhile was kept for the record alone, and goes.</summary>
    /// <param name="id">The question.</param>
    /// <param name="revision">Revision that was read.</param>
    /// <param name="sure">Whether it may go where it was kept for the record alone.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<string?> UnlinkAsync(Guid id, long revision, bool sure, CancellationToken cancellation) => ChangeAsync(id, revision, async question =>
    {
        if (question.PatientId is not { } patient)
        {
            return "state";
        }

        bool goes = IsForRecordAlone(question);
        if (goes && !sure)
        {
            return "sure";
        }

        (question.PatientId, question.LinkedAt) = (null, null);
        if (goes)
        {
            await erasure.RunAsync(question, patient, cancellation);
            return null;
        }

        database.Note(user, Now, question, "Unlinked");
        return null;
    }, cancellation);

    private string? AskReview(PublicQuestion question)
    {
        if (question.State != QuestionState.Open || question.Draft.Length == 0)
        {
            return "draft";
        }

        question.State = QuestionState.Review;
        question.OwnerId ??= Doctor;
        database.Note(user, Now, question, "Review");
        return null;
    }

    private string? Return(PublicQuestion question)
    {
        if (question.State != QuestionState.Review)
        {
            return "state";
        }

        question.State = QuestionState.Open;
        database.Note(user, Now, question, "Returned");
        return null;
    }

    private async Task<string?> AnswerAsync(PublicQuestion question, ClinicSettings settings, LocalDate today, CancellationToken cancellation)
    {
        if (question.Draft.Length == 0)
        {
            return "draft";
        }

        Guid author = question.OwnerId ?? Doctor;
        if ((settings.ReviewsAnswers || question.State == QuestionState.Review) && (question.State != QuestionState.Review || author == Doctor))
        {
            return "second";
        }

        // Only the reader of another's answer gives it in his place.
        if (question.State == QuestionState.Open && author != Doctor)
        {
            return "owner";
        }

        if (await LicenceAsync(database, author, today, cancellation) is not { } licence)
        {
            return "licence";
        }

        string name = await database.Users.Where(row => row.Id == author).Select(row => row.FullName).SingleAsync(cancellation);
        (question.AnsweredBy, question.AnsweredByName, question.AnsweredLicence, question.AnsweredAt) = (author, name, licence, Now);
        (question.Answer, question.Draft, question.ReviewedBy) = (question.Draft, "", author == Doctor ? null : Doctor);
        (question.State, question.DueAt) = (QuestionState.Answered, null);
        database.Note(user, Now, question, "Answered");
        if (QuestionMails.Of(question, MessageKinds.QuestionAnswer, Now) is { } message)
        {
            database.Outbox.Add(message);
        }

        return null;
    }

    private Task<string?> ChangeAsync(Guid id, long revision, Func<PublicQuestion, string?> change, CancellationToken cancellation) => ChangeAsync(id, revision, question => Task.FromResult(change(question)), cancellation);

    private async Task<string?> ChangeAsync(Guid id, long revision, Func<PublicQuestion, Task<string?>> change, CancellationToken cancellation)
    {
        PublicQuestion question = await database.Questions.SingleAsync(row => row.Id == id, cancellation);
        if (question.Revision != revision)
        {
            return Changed;
        }

        try
        {
            if (await change(question) is { } refused)
            {
                return refused;
            }

            question.Revision++;
            await database.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed;
        }
    }
}
