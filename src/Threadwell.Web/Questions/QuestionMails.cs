using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Questions;

/// <summary>Messages to people who asked: to show that the address is theirs, and that there is news: an answer, or why there is none. They go by the outbox, as reminders do.</summary>
/// <param name="mail">The mail server.</param>
internal sealed class QuestionMails(MailSender mail)
{
    /// <summary>For so long an address may be confirmed.</summary>
    public static readonly Duration ConfirmWithin = Duration.FromDays(7);

    private static readonly Duration AnswerIsNews = Duration.FromDays(30);

    /// <summary>Whether the clinic sends e-mail.</summary>
    /// <param name="settings">The clinic's settings.</param>
    public bool AreSent(ClinicSettings settings) => mail.IsSetUp && settings.MailFrom.Length > 0;

    /// <summary>A message; null where there is nowhere to send it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="template">Which.</param>
    /// <param name="now">Now.</param>
    public static OutboxMessage? Of(PublicQuestion question, string template, Instant now)
    {
        string key = MessageKinds.ByEmail($"{MessageKinds.QuestionKeys(question.Id)}{template}");
        return question.Email.Length == 0 ? null : new OutboxMessage
        {
            Id = MessageKinds.IdOf(key),
            IdempotencyKey = key,
            Channel = MessageChannel.Email,
            Template = template,
            FieldsJson = JsonSerializer.Serialize(new { question = question.Id }),
            DueAt = now,
            UselessAfter = now + (template == MessageKinds.QuestionConfirm ? ConfirmWithin : AnswerIsNews),

            // Somebody waits for it, at whatever hour.
            Urgent = true,
            State = MessageState.Waiting,
            NextTryAt = now,
        };
    }

    /// <summary>The messages that wait and are still wanted: of a question that was erased, or whose address was confirmed meanwhile, none is.</summary>
    /// <param name="database">The record.</param>
    /// <param name="from">Due from then.</param>
    /// <param name="until">Due until then.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<WantedMessage>> WantedAsync(ThreadwellContext database, Instant from, Instant until, CancellationToken cancellation)
    {
        string[] templates = [MessageKinds.QuestionConfirm, MessageKinds.QuestionAnswer];
        List<OutboxMessage> waiting = await database.Outbox.AsNoTracking()
            .Where(row => templates.Contains(row.Template) && row.State == MessageState.Waiting && row.DueAt >= from && row.DueAt <= until).ToListAsync(cancellation);
        Guid[] keys = [.. waiting.Select(MessageKinds.QuestionOf).Distinct()];
        Dictionary<Guid, QuestionState> states = await database.Questions.Where(row => keys.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.State, cancellation);
        return [.. waiting.Where(row => states.TryGetValue(MessageKinds.QuestionOf(row), out QuestionState state) && (row.Template == MessageKinds.QuestionConfirm ? state == QuestionState.Unconfirmed : state is QuestionState.Answered or QuestionState.Closed))
            .Select(row => new WantedMessage(row.IdempotencyKey, row.Channel, row.Template, row.DueAt, row.UselessAfter) { FieldsJson = row.FieldsJson, Urgent = row.Urgent })];
    }
}
