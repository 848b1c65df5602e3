using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Threadwell.Geometry;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.PostgreSql;

/// <summary>A database on a PostgreSQL server, for one process or several.</summary>
public sealed class PostgreSqlDatabase : ClinicDatabase
{
    // The oldest major version that the tests run on.
    private const int OldestServer = 15;

    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly string setting;

    private PostgreSqlDatabase(NpgsqlConnectionStringBuilder connection, string setting)
    {
        this.connection = connection;
        this.setting = setting;
    }

    /// <inheritdoc />
    public override string Kind => "postgresql";

    /// <inheritdoc />
    public override string Description => $"PostgreSQL, {connection.Database} on {connection.Host}";

    /// <summary>Reads a connection string ("Host=db.clinic.example;Database=threadwell;Username=threadwell").</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="setting">Option or variable that it comes from, for errors.</param>
    /// <exception cref="InvalidInputException">It cannot be used.</exception>
    public static PostgreSqlDatabase Read(string text, string setting)
    {
        NpgsqlConnectionStringBuilder read;
        try
        {
            read = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new InvalidInputException(setting, null, $"this is no connection string ({FirstLine(error)}); give one like Host=localhost;Database=threadwell;Username=threadwell.", error);
        }

        if (string.IsNullOrEmpty(read.Host) || string.IsNullOrEmpty(read.Database))
        {
            throw new InvalidInputException(setting, null, "host and database are needed; give them like Host=localhost;Database=threadwell;Username=threadwell.");
        }

        read.ApplicationName ??= "threadwell";
        return new PostgreSqlDatabase(read, setting);
    }

    /// <inheritdoc />
    protected override void UseProvider(DbContextOptionsBuilder options) =>
        options.UseNpgsql(connection.ConnectionString, postgres => postgres.MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly.FullName));

    /// <inheritdoc />
    public override async Task PrepareAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        await CheckServerAsync(cancellation);

        // Asked for before it exists, the history of migrations would be reported as a failed command.
        await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellation);
        await context.Database.MigrateAsync(cancellation);
        await AuditGuards.CreateAsync(context, cancellation);
        await AnswerIndex.CreateAsync(context, cancellation);
    }

    /// <inheritdoc />
    public override async Task<bool> IsEmptyAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection open = await OpenAsync(cancellation);
        return (await PostgreSqlSnapshot.TablesAsync(open, cancellation)).Count == 0;
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection open = await OpenAsync(cancellation);
        return await PostgreSqlSnapshot.FaultsAsync(open, cancellation);
    }

    /// <inheritdoc />
    public override async Task<string> WriteSnapshotAsync(string folder, CancellationToken cancellation)
    {
        await using NpgsqlConnection open = await OpenAsync(cancellation);
        return await PostgreSqlSnapshot.WriteAsync(open, folder, cancellation)
            ?? throw HoldsNoRecord();
    }

    /// <inheritdoc />
    public override Task StageSnapshotAsync(string folder, string archive, string staged, CancellationToken cancellation) =>
        Directory.Exists(folder) ? Task.CompletedTask : throw new InvalidInputException(archive, null, "the backup holds no tables.");

    /// <inheritdoc />
    public override async Task LoadSnapshotAsync(string folder, string migration, string id, CancellationToken cancellation)
    {
        string schema;
        await using (ThreadwellContext context = Open(RecordCipher.Passing()))
        {
            schema = context.GetService<IMigrator>().GenerateScript(Migration.InitialDatabase, migration, MigrationsSqlGenerationOptions.NoTransactions);
        }

        await using NpgsqlConnection open = await OpenAsync(cancellation);
        await PostgreSqlSnapshot.LoadAsync(open, folder, schema, id, cancellation);
    }

    /// <inheritdoc />
    public override async Task<bool> HasLoadedAsync(string id, CancellationToken cancellation)
    {
        await using NpgsqlConnection open = await OpenAsync(cancellation);
        return await PostgreSqlSnapshot.HasLoadedAsync(open, id, cancellation);
    }

    // A server that does not wait for its disk acknowledges what a power cut takes back.
    private async Task CheckServerAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection open = await OpenAsync(cancellation);
        if (open.PostgreSqlVersion.Major < OldestServer)
        {
            throw new InvalidInputException(setting, null, $"the server is PostgreSQL {open.PostgreSqlVersion}; version {OldestServer} or later is needed.");
        }

        foreach (string guard in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            await using var command = new NpgsqlCommand($"SHOW {guard}", open);
            if (await command.ExecuteScalarAsync(cancellation) is "off")
            {
                throw new InvalidInputException(setting, null, $"the server runs with {guard} = off and can lose committed data; switch it on.");
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var open = new NpgsqlConnection(connection.ConnectionString);
        try
        {
            await open.OpenAsync(cancellation);
            return open;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            await open.DisposeAsync();
            throw new InvalidInputException(setting, null, $"{Description} cannot be opened: {FirstLine(error)}", error);
        }
    }

    private static string FirstLine(Exception error) => error.Message.ReplaceLineEndings("\n").Split('\n')[0];
}
