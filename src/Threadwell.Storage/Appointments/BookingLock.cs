using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Threadwell.Storage.Appointments;

/// <summary>
/// Makes bookings wait for each other: what is free is read and taken in one transaction that no other booking runs beside, so that of two for the same hour the later one sees the first.
/// The embedded database has one writer at a time anyhow; a server needs a lock of its own.
/// </summary>
public static class BookingLock
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    // Any number, the same for every process on the database: "TWBK". The lock of the audit trail is taken after it, never before.
    private const long LockKey = 0x5457424B;

    /// <summary>Begins the transaction of a booking; it ends with the lock.</summary>
    /// <param name="context">The record, in no transaction yet.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IDbContextTransaction> BeginAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (context.Database.ProviderName == PostgreSql)
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
        }

        return transaction;
    }
}
