using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Threadwell.Storage.Sqlite;

/// <summary>The embedded database: one SQLite file, in write-ahead mode.</summary>
/// <param name="path">The file; made when missing.</param>
public sealed class SqliteDatabase(string path) : ClinicDatabase
{
    // Versions 3.7.0 to 3.51.2 can lose a commit when a write-ahead log is reset by two connections at once (https://sqlite.org/wal.html).
    private static readonly Version OldestSafeVersion = new(3, 51, 3);

    /// <inheritdoc />
    public override string Description => $"SQLite, {Path.GetFullPath(path)}";

    /// <inheritdoc />
    protected override void UseProvider(DbContextOptionsBuilder options)
    {
        string connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        options.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly.FullName));
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The SQLite library is too old to be trusted with a clinic's data.</exception>
    public override async Task PrepareAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        await context.Database.OpenConnectionAsync(cancellation);
        CheckVersion(((SqliteConnection)context.Database.GetDbConnection()).ServerVersion);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellation);

        // One process uses an embedded database: a lock that a killed one left behind would block every later start.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellation);
        await context.Database.MigrateAsync(cancellation);
        await context.Database.CloseConnectionAsync();
    }

    /// <summary>Refuses a SQLite library that can lose commits.</summary>
    /// <param name="version">Version of the library ("3.53.3").</param>
    /// <exception cref="InvalidOperationException">It is older than the first safe one.</exception>
    public static void CheckVersion(string version)
    {
        if (!Version.TryParse(version, out Version? parsed) || parsed < OldestSafeVersion)
        {
            throw new InvalidOperationException($"SQLite {version} can lose committed data; version {OldestSafeVersion} or later is needed.");
        }
    }
}
