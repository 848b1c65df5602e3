using Microsoft.EntityFrameworkCore;

namespace Threadwell.Storage.Audit;

/// <summary>
/// Triggers by which the database itself refuses to change or remove a line of the audit trail. They are made anew at each start, because a migration that rebuilds the
/// table loses them.
/// </summary>
public static class AuditGuards
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private static readonly string[] OnSqlite =
    [
        "DROP TRIGGER IF EXISTS audit_entries_keep_update",
        "DROP TRIGGER IF EXISTS audit_entries_keep_delete",
        "CREATE TRIGGER audit_entries_keep_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END",
        "CREATE TRIGGER audit_entries_keep_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END",
    ];

    private static readonly string[] OnPostgreSql =
    [
        "CREATE OR REPLACE FUNCTION audit_entries_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit trail is only ever added to.'; END $$",
        "DROP TRIGGER IF EXISTS audit_entries_keep_rows ON audit_entries",
        "DROP TRIGGER IF EXISTS audit_entries_keep_table ON audit_entries",
        "CREATE TRIGGER audit_entries_keep_rows BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_keep()",
        "CREATE TRIGGER audit_entries_keep_table BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_keep()",
    ];

    /// <summary>Makes the triggers anew, all or none.</summary>
    /// <param name="context">The database, migrated.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task CreateAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        foreach (string command in context.Database.ProviderName == PostgreSql ? OnPostgreSql : OnSqlite)
        {
            await context.Database.ExecuteSqlRawAsync(command, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
