using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Threadwell.Storage;

/// <summary>A transaction beside which no other of its kind runs. The embedded database has one writer at a time anyhow; a server needs a lock of its own.</summary>
internal static class WriterLock
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>Begins the transaction; it ends with the lock.</summary>
    /// <param name="context">The record.</param>
    /// <param name="key">What kind it is of: any number, the same for every process on the database. The lock of the audit trail is taken after it, never before.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The transaction; null where the record is in one already, to whose end the lock is held.</returns>
    public static async Task<IDbContextTransaction?> BeginAsync(ThreadwellContext context, long key, CancellationToken cancellation)
    {
        IDbContextTransaction? transaction = context.Database.CurrentTransaction is not null ? null : await context.Database.BeginTransactionAsync(cancellation);
        if (context.Database.ProviderName == PostgreSql)
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", cancellation);
        }

        return transaction;
    }
}
