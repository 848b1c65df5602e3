using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Questions;

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
    public override string Kind => "sqlite";

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
        await AuditGuards.CreateAsync(context, cancellation);
        await AnswerIndex.CreateAsync(context, cancellation);
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

    /// <inheritdoc />
    public override Task<bool> IsEmptyAsync(CancellationToken cancellation) => Task.FromResult(!File.Exists(path) || new FileInfo(path).Length == 0);

    /// <inheritdoc />
    public override Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellation) => FaultsAsync(path, cancellation);

    /// <inheritdoc />
    public override async Task<string> WriteSnapshotAsync(string folder, CancellationToken cancellation)
    {
        if (await IsEmptyAsync(cancellation))
        {
            throw HoldsNoRecord();
        }

        string copy = Path.Combine(folder, SnapshotName);
        await using (SqliteConnection source = await OpenAsync(path, SqliteOpenMode.ReadWrite, cancellation))
        await using (SqliteConnection target = await OpenAsync(copy, SqliteOpenMode.ReadWriteCreate, cancellation))
        {
            // All pages in one step: the copy of one moment, while the log takes what others write. Whoever closes the last connection writes the log back and locks the file for that moment: the copy waits for it, as statements do by themselves.
            await ReadAsync(source, $"PRAGMA busy_timeout = {1000 * source.DefaultTimeout}", cancellation);
            source.BackupDatabase(target);
            await ReadAsync(target, "PRAGMA journal_mode = DELETE", cancellation);
        }

        IReadOnlyList<string> faults = await FaultsAsync(copy, cancellation);
        if (faults.Count > 0)
        {
            throw new InvalidInputException(path, null, $"the database is damaged ({faults[0]}), and a backup of it would be too; see 'threadwell db check'.");
        }

        await using SqliteConnection written = await OpenAsync(copy, SqliteOpenMode.ReadOnly, cancellation);
        List<string> migrations = await ReadAsync(written, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\" DESC LIMIT 1", cancellation);
        return migrations.Count == 1 ? migrations[0] : throw HoldsNoRecord();
    }

    /// <inheritdoc />
    public override async Task StageSnapshotAsync(string folder, string archive, string staged, CancellationToken cancellation)
    {
        string copy = Path.Combine(folder, SnapshotName);
        if (!File.Exists(copy) || await FaultsAsync(copy, cancellation) is { Count: > 0 })
        {
            throw new InvalidInputException(archive, SnapshotName, "the database of the backup is damaged; take another copy of it.");
        }

        SqliteConnection.ClearAllPools();
        File.Move(copy, Path.Combine(staged, SnapshotName));
    }

    /// <inheritdoc />
    public override Task LoadSnapshotAsync(string folder, string migration, string id, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc />
    public override Task<bool> HasLoadedAsync(string id, CancellationToken cancellation) => Task.FromResult(true);

    /// <inheritdoc />
    protected override void UseProvider(DbContextOptionsBuilder options)
    {
        string connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        options.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly.FullName));
    }

    // The staged copy bears the name of the database, so that it takes its place with the rest of the data folder.
    private string SnapshotName => Path.GetFileName(path);

    private static async Task<IReadOnlyList<string>> FaultsAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using SqliteConnection connection = await OpenAsync(file, SqliteOpenMode.ReadWrite, cancellation);
            var faults = (await ReadAsync(connection, "PRAGMA integrity_check", cancellation)).Where(line => line != "ok").ToList();
            faults.AddRange(await ReadAsync(connection, "SELECT \"table\" || ', row ' || coalesce(rowid, '?') || ': it refers to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check", cancellation));
            return faults;
        }
        catch (SqliteException error)
        {
            return [error.Message];
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string query, CancellationToken cancellation)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        await using SqliteDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
