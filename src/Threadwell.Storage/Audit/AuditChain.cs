using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Threadwell.Storage.Audit;

/// <summary>What a check of the audit trail found.</summary>
/// <param name="Entries">Entries that are whole, counted from the first.</param>
/// <param name="BadSequence">Number of the first entry that is not; null where all are.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
public sealed record AuditReport(long Entries, long? BadSequence, string? Problem)
{
    /// <summary>Whether the trail is whole.</summary>
    public bool IsWhole => Problem is null;
}

/// <summary>Checks the audit trail: every hash, every link, and every head that was written outside the database.</summary>
public static class AuditChain
{
    /// <summary>Checks the whole trail, first entry first.</summary>
    /// <param name="context">The database.</param>
    /// <param name="heads">The file of heads.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<AuditReport> VerifyAsync(ThreadwellContext context, AuditHeads heads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(heads);
        Dictionary<long, string> told;
        try
        {
            // Read before the table: a head that a running program adds meanwhile has its entry by then.
            told = [];
            foreach ((long number, string head) in heads.Read())
            {
                if (!told.TryAdd(number, head) && told[number] != head)
                {
                    return new AuditReport(0, number, "the file of heads names two hashes for it.");
                }
            }
        }
        catch (InvalidDataException error)
        {
            return new AuditReport(0, 1, error.Message);
        }

        long expected = 1;
        string previous = AuditEntry.Beginning;
        await using IAsyncEnumerator<AuditEntry> entries = context.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await entries.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception error) when (error is FormatException or InvalidCastException or InvalidOperationException or OverflowException or ArgumentException)
            {
                return new AuditReport(expected - 1, expected, $"it cannot be read: {error.Message}");
            }

            AuditEntry entry = entries.Current;
            string? problem = entry.Sequence != expected ? "it is missing."
                : entry.PreviousHash != previous ? "it does not follow the entry before it."
                : entry.ComputeHash() != entry.Hash ? "its content is not what was written."
                : told.TryGetValue(entry.Sequence, out string? head) && head != entry.Hash ? "its hash is not the one in the file of heads."
                : null;
            if (problem is not null)
            {
                return new AuditReport(expected - 1, expected, problem);
            }

            (previous, expected) = (entry.Hash, expected + 1);
        }

        long newest = told.Keys.DefaultIfEmpty().Max();
        return newest >= expected
            ? new AuditReport(expected - 1, expected, string.Create(CultureInfo.InvariantCulture, $"it is missing: the file of heads goes on to entry {newest}."))
            : new AuditReport(expected - 1, null, null);
    }
}
