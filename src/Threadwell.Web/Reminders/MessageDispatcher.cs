using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Patients;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Reminders;

/// <summary>
/// Hands over what is due, each channel for itself. That a message is being handed over is committed before it is, and that it was accepted right after; so nothing is lost by a stop at any
/// moment, and a message is repeated only where the stop falls between the other side's acceptance and our commit of it, once for a stop, since each channel hands over one message at a time. A
/// repeat carries the same Message-ID and is counted in its row.
/// </summary>
/// <param name="databases">The record.</param>
/// <param name="clock">The clock.</param>
/// <param name="time">Time as it passes, by which servers are given their pauses.</param>
/// <param name="mail">Sends e-mail.</param>
/// <param name="push">Sends to browsers.</param>
internal sealed class MessageDispatcher(IDbContextFactory<ThreadwellContext> databases, IClock clock, TimeProvider time, MailSender mail, PushSender push)
{
    // 1, 2, 4 … minutes, then every hour.
    private const int LongestPauseMinutes = 60;

    private readonly ServerPause mailPause = new(time);
    private readonly Dictionary<string, ServerPause> pushPauses = new(StringComparer.OrdinalIgnoreCase);

    // Channels whose last run came to its end: what another was handing over when it failed is found again.
    private readonly ConcurrentDictionary<MessageChannel, bool> ended = [];

    /// <summary>Hands over all e-mail that is due.</summary>
    /// <param name="cancellation">Ends it after the message that is being handed over.</param>
    public Task RunMailAsync(CancellationToken cancellation) => RunAsync(MessageChannel.Email, MailAsync, cancellation);

    /// <summary>Hands over all pushes that are due.</summary>
    /// <param name="cancellation">Ends it after the message that is being handed over.</param>
    public Task RunPushAsync(CancellationToken cancellation) => RunAsync(MessageChannel.Push, PushAsync, cancellation);

    /// <summary>How long a message or a server that failed is left alone.</summary>
    /// <param name="tries">How often it failed in a row.</param>
    internal static Duration Pause(int tries) => Duration.FromMinutes(tries > 6 ? LongestPauseMinutes : Math.Min(LongestPauseMinutes, 1 << Math.Max(0, tries - 1)));

    private async Task RunAsync(MessageChannel channel, Func<CancellationToken, Task> handOver, CancellationToken cancellation)
    {
        if (!ended.TryRemove(channel, out _))
        {
            await RecoverAsync(channel, cancellation);
        }

        await handOver(cancellation);
        ended[channel] = true;
    }

    // What an earlier run of the program was in the middle of: whether it arrived is not known, and better told twice than never.
    private async Task RecoverAsync(MessageChannel channel, CancellationToken cancellation)
    {
        await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
        Instant now = clock.GetCurrentInstant();
        foreach (OutboxMessage row in await database.Outbox.Where(row => row.State == MessageState.Sending && row.Channel == channel).ToListAsync(cancellation))
        {
            (row.State, row.Problem, row.NextTryAt) = (MessageState.Waiting, MessageProblems.Stopped, Instant.Min(row.NextTryAt, now));
            row.Revision++;
        }

        await database.SaveChangesAsync(cancellation);
    }

    private async Task MailAsync(CancellationToken cancellation)
    {
        if (!mail.IsSetUp || !mailPause.IsOver)
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

            if (await IsToGoAsync(database, row, cancellation) is not { } going)
            {
                continue;
            }

            Addressee to = await Addressee.OfAsync(database, row, cancellation);
            MimeMessage? written;
            try
            {
                written = session.Write(row, to, settings, going.Zone);
            }
            catch (Exception error)
            {
                // It holds up no other.
                await PutOffAsync(database, row, new Delivery(DeliveryOutcome.Later, error.Message), to.Email);
                continue;
            }

            if (written is not { } message)
            {
                await PutOffAsync(database, row, new Delivery(DeliveryOutcome.Refused, "the address cannot be read"), to.Email);
                continue;
            }

            using (message)
            {
                Delivery delivery = await session.ConnectAsync();
                if (delivery.Outcome != DeliveryOutcome.Accepted)
                {
                    await PutOffAsync(database, row, delivery, to.Email);
                }
                else if (await TakeAsync(database, row))
                {
                    delivery = await session.SendAsync(message);
                    Note(row, delivery, to.Email);

                    // Whose question was erased meanwhile has no message any more: the others go on.
                    await SaveAsync(database);
                }
                else
                {
                    continue;
                }

                // A server that does not let us in, or breaks off, does so with every message: it is left alone, not each message by itself.
                if (delivery.Outcome is DeliveryOutcome.Unreachable or DeliveryOutcome.Unknown)
                {
                    mailPause.Fail();
                    return;
                }

                mailPause.End();
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

            if (await IsToGoAsync(database, row, cancellation) is not { } going)
            {
                continue;
            }

            if (await database.PushSubscriptions.SingleOrDefaultAsync(one => one.Id == row.PushSubscriptionId, cancellation) is not { EndedAt: null } subscription)
            {
                await PutOffAsync(database, row, new Delivery(DeliveryOutcome.Gone), secret: null);
                continue;
            }

            string from = await database.ClinicSettings.Where(settings => settings.Id == ClinicSettings.TheOnly).Select(settings => settings.MailFrom).FirstOrDefaultAsync(cancellation) ?? "";
            HttpRequestMessage? written;
            try
            {
                written = push.Write(row, subscription, from, going.Quiet?.NextQuiet(clock.GetCurrentInstant(), going.Zone));
            }
            catch (Exception error)
            {
                await PutOffAsync(database, row, new Delivery(DeliveryOutcome.Later, error.Message), subscription.Address);
                continue;
            }

            if (written is not { } request)
            {
                await PutOffAsync(database, row, new Delivery(DeliveryOutcome.Refused, "the push service is not known"), secret: null);
                continue;
            }

            using (request)
            {
                // A service that is away takes its time to say so: the others' pushes do not wait for it, and it is asked for an escalation alone.
                ServerPause pause = PauseOf(request.RequestUri!.Authority);
                if (!row.Urgent && !pause.IsOver)
                {
                    row.NextTryAt = clock.GetCurrentInstant() + Pause(1);
                    row.Revision++;
                    await SaveAsync(database);
                    continue;
                }

                if (!await TakeAsync(database, row))
                {
                    continue;
                }

                Delivery delivery = await push.SendAsync(request);
                if (delivery.Outcome is DeliveryOutcome.Unreachable or DeliveryOutcome.Unknown)
                {
                    pause.Fail();
                }
                else
                {
                    pause.End();
                }

                if (delivery.Outcome == DeliveryOutcome.Gone)
                {
                    subscription.EndedAt = clock.GetCurrentInstant();
                }

                Note(row, delivery, secret: null);
                await SaveAsync(database);
            }
        }
    }

    private ServerPause PauseOf(string service)
    {
        if (!pushPauses.TryGetValue(service, out ServerPause? pause))
        {
            pushPauses[service] = pause = new ServerPause(time);
        }

        return pause;
    }

    private async Task<OutboxMessage?> NextAsync(ThreadwellContext database, MessageChannel channel, CancellationToken cancellation)
    {
        Instant now = clock.GetCurrentInstant();
        return await database.Outbox.Where(row => row.State == MessageState.Waiting && row.NextTryAt <= now && row.Channel == channel)
            .OrderByDescending(row => row.Urgent).ThenBy(row => row.NextTryAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellation);
    }

    // How a message goes now; null where it does not, and what is to become of it is committed. The record is asked again: consent, appointment, answers and the clinic's zone may have changed
    // since the message was written.
    private async Task<Going?> IsToGoAsync(ThreadwellContext database, OutboxMessage row, CancellationToken cancellation)
    {
        Instant now = clock.GetCurrentInstant();
        DateTimeZone zone = await new ClinicTime(database, clock).ZoneAsync(cancellation);
        QuietHours? quiet = row is { Urgent: false, PatientId: { } patient } ? await QuietAsync(database, patient, cancellation) : null;
        if (await WantedMessages.OfAsync(database, zone, row, cancellation) is not { } wanted)
        {
            row.State = MessageState.Withdrawn;
        }
        else if (wanted.BringUp(row) && row.DueAt > now)
        {
            // It waits for its new time.
        }
        else if (row.UselessAfter < now)
        {
            (row.State, row.Problem) = (MessageState.GivenUp, MessageProblems.MayHaveArrived(row.Problem) ? row.Problem : MessageProblems.Late);
        }
        else if (quiet?.NextAllowed(now, zone) is { } allowed && allowed > now)
        {
            row.NextTryAt = allowed;
        }
        else
        {
            return new Going(zone, quiet);
        }

        row.Revision++;
        await SaveAsync(database);
        return null;
    }

    private static async Task<QuietHours> QuietAsync(ThreadwellContext database, Guid patient, CancellationToken cancellation)
    {
        ReminderChoice choice = await database.ReminderChoices.AsNoTracking().SingleOrDefaultAsync(row => row.PatientId == patient, cancellation) ?? new ReminderChoice { PatientId = patient };
        return new QuietHours(choice.QuietFrom, choice.QuietUntil);
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

    // Commits what became of a message that was not handed over.
    private async Task PutOffAsync(ThreadwellContext database, OutboxMessage row, Delivery delivery, string? secret)
    {
        row.Tries++;
        Note(row, delivery, secret);
        await SaveAsync(database);
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
                (row.State, row.NextTryAt, row.Problem) = (MessageState.Waiting, now + Pause(row.Tries), MessageProblems.MayHaveArrived(row.Problem) ? row.Problem : MessageProblems.Of(word, delivery.Said, secret));
                break;
        }

        row.Revision++;
    }

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

    // The clinic's zone, and the hours in which the patient is not disturbed; null where the message goes in those, too.
    private sealed record Going(DateTimeZone Zone, QuietHours? Quiet);
}
