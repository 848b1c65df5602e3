using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Reminders;

/// <summary>
/// Hands over what is due. That a message is being handed over is committed before it is, and that it was accepted right after; so nothing is lost by a stop at any moment, and a message is
/// repeated only where the stop falls between the other side's acceptance and our commit of it, once for a stop, since each channel hands over one message at a time. A repeat carries the same
/// Message-ID and is counted in its row.
/// </summary>
/// <param name="databases">The record.</param>
/// <param name="clock">The clock.</param>
/// <param name="mail">Sends e-mail.</param>
/// <param name="push">Sends to browsers.</param>
internal sealed class MessageDispatcher(IDbContextFactory<ThreadwellContext> databases, IClock clock, MailSender mail, PushSender push)
{
    // 1, 2, 4 … minutes, then every hour.
    private const int LongestPauseMinutes = 60;

    private bool recovered;

    /// <summary>Hands over all that is due.</summary>
    /// <param name="cancellation">Ends it after the message that is being handed over.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!recovered)
        {
            await RecoverAsync(cancellation);
            recovered = true;
        }

        try
        {
            await Task.WhenAll(MailAsync(cancellation), PushAsync(cancellation));
        }
        catch
        {
            // What was being handed over is found again.
            recovered = false;
            throw;
        }
    }

    // What an earlier run of the program was in the middle of: whether it arrived is not known, and better told twice than never.
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
        Instant now = clock.GetCurrentInstant();
        foreach (OutboxMessage row in await database.Outbox.Where(row => row.State == MessageState.Sending).ToListAsync(cancellation))
        {
            (row.State, row.Problem, row.NextTryAt) = (MessageState.Waiting, MessageProblems.Stopped, Instant.Min(row.NextTryAt, now));
            row.Revision++;
        }

        await database.SaveChangesAsync(cancellation);
    }

    private async Task MailAsync(CancellationToken cancellation)
    {
        if (!mail.IsSetUp)
        {
            return;
        }

        await using MailSession session = mail.Open();
        while (!cancellation.IsCancellationRequested)
        {
            await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
            if (await NextAsync(database, MessageChannel.Email, cancellation) is not { } row)
            {
                return;
            }

            ClinicSettings settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();
            if (settings.MailFrom.Length == 0)
            {
                return;
            }

            if (!await IsToGoAsync(database, row, cancellation))
            {
                continue;
            }

            Delivery reached = await session.ConnectAsync();
            if (reached.Outcome != DeliveryOutcome.Accepted)
            {
                row.Tries++;
                Note(row, reached, secret: null);
                await SaveAsync(database);
                return;
            }

            Patient patient = await database.Patients.AsNoTracking().SingleAsync(one => one.Id == row.PatientId, cancellation);
            if (await TakeAsync(database, row))
            {
                Note(row, await session.SendAsync(row, patient, settings, await WantedMessages.ZoneAsync(database, CancellationToken.None)), patient.Email);
                await database.SaveChangesAsync(CancellationToken.None);
            }
        }
    }

    private async Task PushAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
            if (await NextAsync(database, MessageChannel.Push, cancellation) is not { } row)
            {
                return;
            }

            if (!await IsToGoAsync(database, row, cancellation))
            {
                continue;
            }

            PushSubscription? subscription = await database.PushSubscriptions.SingleOrDefaultAsync(one => one.Id == row.PushSubscriptionId, cancellation);
            string from = await database.ClinicSettings.Where(settings => settings.Id == ClinicSettings.TheOnly).Select(settings => settings.MailFrom).FirstOrDefaultAsync(cancellation) ?? "";
            if (!await TakeAsync(database, row))
            {
                continue;
            }

            Delivery delivery = subscription is { EndedAt: null } ? await push.SendAsync(row, subscription, from) : new Delivery(DeliveryOutcome.Gone);
            if (delivery.Outcome == DeliveryOutcome.Gone && subscription is { EndedAt: null })
            {
                subscription.EndedAt = clock.GetCurrentInstant();
            }

            Note(row, delivery, secret: null);
            await database.SaveChangesAsync(CancellationToken.None);
        }
    }

    private async Task<OutboxMessage?> NextAsync(ThreadwellContext database, MessageChannel channel, CancellationToken cancellation)
    {
        Instant now = clock.GetCurrentInstant();
        return await database.Outbox.Where(row => row.State == MessageState.Waiting && row.NextTryAt <= now && row.Channel == channel)
            .OrderByDescending(row => row.Urgent).ThenBy(row => row.NextTryAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellation);
    }

    // Whether a message goes now; otherwise what is to become of it is committed. The record is asked again: consent, appointment and answers may have changed since the message was written.
    private async Task<bool> IsToGoAsync(ThreadwellContext database, OutboxMessage row, CancellationToken cancellation)
    {
        Instant now = clock.GetCurrentInstant();
        DateTimeZone zone = await WantedMessages.ZoneAsync(database, cancellation);
        IReadOnlyList<WantedMessage> wanted = await WantedMessages.FindAsync(database, zone, row.DueAt, row.DueAt, row.PatientId, cancellation);
        if (!wanted.Any(message => message.Key == row.IdempotencyKey))
        {
            row.State = MessageState.Withdrawn;
        }
        else if (row.UselessAfter < now)
        {
            (row.State, row.Problem) = (MessageState.GivenUp, MessageProblems.MayHaveArrived(row.Problem) ? row.Problem : MessageProblems.Late);
        }
        else if (!row.Urgent && await AllowedAtAsync(database, row.PatientId!.Value, now, zone, cancellation) is var allowed && allowed > now)
        {
            row.NextTryAt = allowed;
        }
        else
        {
            return true;
        }

        row.Revision++;
        await SaveAsync(database);
        return false;
    }

    private static async Task<Instant> AllowedAtAsync(ThreadwellContext database, Guid patient, Instant now, DateTimeZone zone, CancellationToken cancellation)
    {
        ReminderChoice choice = await database.ReminderChoices.AsNoTracking().SingleOrDefaultAsync(row => row.PatientId == patient, cancellation) ?? new ReminderChoice { PatientId = patient };
        return new QuietHours(choice.QuietFrom, choice.QuietUntil).NextAllowed(now, zone);
    }

    // Commits that it is being handed over; false where somebody else took or changed it meanwhile.
    private static Task<bool> TakeAsync(ThreadwellContext database, OutboxMessage row)
    {
        if (MessageProblems.MayHaveArrived(row.Problem))
        {
            row.Repeats++;
        }

        (row.State, row.Problem) = (MessageState.Sending, "");
        row.Tries++;
        row.Revision++;
        return SaveAsync(database);
    }

    private void Note(OutboxMessage row, Delivery delivery, string? secret)
    {
        Instant now = clock.GetCurrentInstant();
        switch (delivery.Outcome)
        {
            case DeliveryOutcome.Accepted:
                (row.State, row.SentAt, row.Problem) = (MessageState.Sent, now, "");
                break;
            case DeliveryOutcome.Refused:
                (row.State, row.Problem) = (MessageState.GivenUp, MessageProblems.Of(MessageProblems.Refused, delivery.Said, secret));
                break;
            case DeliveryOutcome.Gone:
                (row.State, row.Problem) = (MessageState.GivenUp, MessageProblems.Gone);
                break;
            default:
                string word = delivery.Outcome switch { DeliveryOutcome.Later => MessageProblems.Later, DeliveryOutcome.Unreachable => MessageProblems.Unreachable, _ => MessageProblems.Unknown };

                // Where an earlier hand-over may have arrived, the next one may still repeat it.
                bool mayRepeat = delivery.Outcome == DeliveryOutcome.Unreachable && MessageProblems.MayHaveArrived(row.Problem);
                (row.State, row.NextTryAt, row.Problem) = (MessageState.Waiting, now + Pause(row.Tries), mayRepeat ? row.Problem : MessageProblems.Of(word, delivery.Said, secret));
                break;
        }

        row.Revision++;
    }

    private static Duration Pause(int tries) => Duration.FromMinutes(tries > 6 ? LongestPauseMinutes : Math.Min(LongestPauseMinutes, 1 << Math.Max(0, tries - 1)));

    private static async Task<bool> SaveAsync(ThreadwellContext database)
    {
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
