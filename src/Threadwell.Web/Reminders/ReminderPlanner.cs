using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Reminders;

/// <summary>
/// Writes messages into the outbox ahead of their time, and takes back what the record does not ask for any more. It may run at any time and any number of times: it compares what is
/// wanted with what is there. What the clock made useless comes back when the clock is put right, and what was sent stays sent.
/// </summary>
/// <param name="databases">The record.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReminderPlanner(IDbContextFactory<ThreadwellContext> databases, IClock clock)
{
    private const int Together = 400;

    // How far ahead messages are written, and how far back one may have been due that has a use still: longer than a message about a check-in.
    private static readonly Duration Ahead = Duration.FromDays(7);
    private static readonly Duration Back = Duration.FromDays(15);

    // Quiet hours and failures never put a message off for longer; what stands later was put there by a clock that ran ahead.
    private static readonly Duration LongestWait = Duration.FromHours(24);

    /// <summary>Brings the outbox to what the record asks for.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AggregateException">Some messages could not be written; all others are.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
        Instant now = clock.GetCurrentInstant();
        DateTimeZone zone = await new ClinicTime(database, clock).ZoneAsync(cancellation);
        List<OutboxMessage> waiting = await database.Outbox.Where(row => row.State == MessageState.Waiting).ToListAsync(cancellation);
        Instant from = waiting.Select(row => row.DueAt - WantedMessages.Shift).Append(now - Back).Min();
        Instant until = waiting.Select(row => row.DueAt + WantedMessages.Shift).Append(now + Ahead).Max();
        IReadOnlyList<WantedMessage> wanted = await WantedMessages.FindAsync(database, zone, from, until, cancellation);
        Settle(waiting, wanted.ToDictionary(message => message.Key), now);
        await SaveAsync(database, cancellation);
        database.ChangeTracker.Clear();

        IReadOnlyList<WantedMessage> missing = await AddAsync(database, [.. wanted.Where(message => message.DueAt <= now + Ahead && !(message.UselessAfter < now))], cancellation);
        try
        {
            await SaveAsync(database, cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Another process wrote the same message first: its key is unique.
            await AddAloneAsync(missing, cancellation);
        }
    }

    // One message at a time, so that one which cannot be written holds no other up. What another process wrote meanwhile is found there; any other fault shows once the rest is written.
    private async Task AddAloneAsync(IReadOnlyList<WantedMessage> missing, CancellationToken cancellation)
    {
        var faults = new List<Exception>();
        foreach (WantedMessage message in missing)
        {
            await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
            await AddAsync(database, [message], cancellation);
            try
            {
                await SaveAsync(database, cancellation);
            }
            catch (DbUpdateException fault) when (!cancellation.IsCancellationRequested)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException("Some messages could not be written.", faults);
        }
    }

    private static async Task SaveAsync(ThreadwellContext database, CancellationToken cancellation)
    {
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A row is being sent, or another process wrote it; the next run sees what became of it.
        }
    }

    private static void Settle(List<OutboxMessage> waiting, Dictionary<string, WantedMessage> wanted, Instant now)
    {
        foreach (OutboxMessage row in waiting)
        {
            bool isWanted = wanted.TryGetValue(row.IdempotencyKey, out WantedMessage? message);
            bool moved = message?.BringUp(row) == true;
            if (!isWanted)
            {
                row.State = MessageState.Withdrawn;
            }
            else if (row.UselessAfter < now)
            {
                (row.State, row.Problem) = (MessageState.GivenUp, MessageProblems.MayHaveArrived(row.Problem) ? row.Problem : MessageProblems.Late);
            }
            else if (row.NextTryAt > Instant.Max(now, row.DueAt) + LongestWait)
            {
                row.NextTryAt = Instant.Max(now, row.DueAt);
            }
            else if (!moved)
            {
                continue;
            }

            row.Revision++;
        }
    }

    // Adds those that are not there, or were taken back or given up as too late, and says which these are.
    private static async Task<IReadOnlyList<WantedMessage>> AddAsync(ThreadwellContext database, IReadOnlyList<WantedMessage> wanted, CancellationToken cancellation)
    {
        var missing = new List<WantedMessage>();
        foreach (WantedMessage[] part in wanted.Chunk(Together))
        {
            string[] keys = [.. part.Select(message => message.Key)];
            Dictionary<string, OutboxMessage> there = await database.Outbox.Where(row => keys.Contains(row.IdempotencyKey)).ToDictionaryAsync(row => row.IdempotencyKey, cancellation);
            foreach (WantedMessage message in part)
            {
                if (!there.TryGetValue(message.Key, out OutboxMessage? row))
                {
                    database.Outbox.Add(RowOf(message));
                    missing.Add(message);
                }
                else if (row.SentAt is null && (row.State == MessageState.Withdrawn || (row.State == MessageState.GivenUp && IsOfTheClock(row.Problem))))
                {
                    message.BringUp(row);
                    (row.State, row.Problem, row.NextTryAt) = (MessageState.Waiting, MessageProblems.MayHaveArrived(row.Problem) ? row.Problem : "", row.DueAt);
                    row.Revision++;
                    missing.Add(message);
                }
            }
        }

        return missing;
    }

    private static bool IsOfTheClock(string problem) => problem == MessageProblems.Late || MessageProblems.MayHaveArrived(problem);

    private static OutboxMessage RowOf(WantedMessage message) => new()
    {
        Id = MessageKinds.IdOf(message.Key),
        IdempotencyKey = message.Key,
        PatientId = message.PatientId,
        UserId = message.UserId,
        PushSubscriptionId = message.SubscriptionId,
        Channel = message.Channel,
        Template = message.Template,
        FieldsJson = message.FieldsJson,
        DueAt = message.DueAt,
        UselessAfter = message.UselessAfter,
        Urgent = message.Urgent,
        State = MessageState.Waiting,
        NextTryAt = message.DueAt,
    };
}
