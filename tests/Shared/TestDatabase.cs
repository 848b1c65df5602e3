using Microsoft.Data.Sqlite;
using Npgsql;
using Threadwell.Storage;
using Threadwell.Storage.PostgreSql;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;

[assembly: AssemblyFixture(typeof(Threadwell.Tests.Shared.PreparedDatabases))]

namespace Threadwell.Tests.Shared;

/// <summary>
/// A database of one test that ends with it: new and empty, or with every table and no row, as preparing leaves it. Preparing runs every migration, a second of one core or more, and gives the
/// same each time, so it is done once for a process and copied; the tests of migrations and of preparing itself begin with an empty one.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Connection string of a server on which databases may be made; <c>./test</c> starts one and sets it.</summary>
    public const string ServerVariable = "THREADWELL_TEST_POSTGRES";

    private static readonly Lazy<Task<byte[]>> PreparedFile = new(PrepareFileAsync);
    private static readonly Lazy<Task<string>> PreparedName = new(PrepareOnServerAsync);

    private readonly Func<Task> remove;

    private TestDatabase(ClinicDatabase database, string? connection, Func<Task> remove)
    {
        Database = database;
        Connection = connection;
        this.remove = remove;
    }

    /// <summary>The database.</summary>
    public ClinicDatabase Database { get; }

    /// <summary>What <c>--database</c> takes for it; null for the embedded one.</summary>
    public string? Connection { get; }

    /// <summary>Makes an embedded one in a folder.</summary>
    public static TestDatabase Sqlite(string folder) => new(new SqliteDatabase(new DataFolder(folder).Database), connection: null, () =>
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    });

    /// <summary>Makes a prepared embedded one in a folder.</summary>
    public static async Task<TestDatabase> PreparedSqliteAsync(string folder)
    {
        await WritePreparedAsync(folder);
        return Sqlite(folder);
    }

    /// <summary>Puts the file of a prepared embedded one into a data folder.</summary>
    public static async Task WritePreparedAsync(string folder) => await File.WriteAllBytesAsync(new DataFolder(folder).Database, await PreparedFile.Value);

    /// <summary>Makes one on the server; skips the test where there is none.</summary>
    public static Task<TestDatabase> PostgreSqlAsync() => OnServerAsync(() => Task.FromResult("template1"));

    /// <summary>Makes a prepared one on the server; skips the test where there is none.</summary>
    public static Task<TestDatabase> PreparedPostgreSqlAsync() => OnServerAsync(() => PreparedName.Value);

    /// <summary>Removes from the server what the prepared ones are copied from, once the tests of the process are done.</summary>
    public static async Task RemovePreparedAsync()
    {
        if (PreparedName is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await RunAsync(Environment.GetEnvironmentVariable(ServerVariable)!, $"DROP DATABASE {await PreparedName.Value} WITH (FORCE)");
        }
    }

    public async ValueTask DisposeAsync() => await remove();

    private static async Task<TestDatabase> OnServerAsync(Func<Task<string>> template)
    {
        string? server = Environment.GetEnvironmentVariable(ServerVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"No PostgreSQL server is given by {ServerVariable}.");
        string name = $"test_{Guid.NewGuid():n}";
        await RunAsync(server!, $"CREATE DATABASE {name} TEMPLATE {await template()}");
        string connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        return new TestDatabase(PostgreSqlDatabase.Read(connection, "test"), connection, async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(server!, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static async Task<byte[]> PrepareFileAsync()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-tables-").FullName;
        try
        {
            string file = new DataFolder(folder).Database;
            await PrepareAsync(new SqliteDatabase(file));

            // Whoever closes the last connection writes the log back into the file.
            SqliteConnection.ClearAllPools();
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The server copies it while nobody is connected to it.
    private static async Task<string> PrepareOnServerAsync()
    {
        string server = Environment.GetEnvironmentVariable(ServerVariable)!;
        string name = $"test_prepared_{Guid.NewGuid():n}";
        await RunAsync(server, $"CREATE DATABASE {name}");
        await PrepareAsync(PostgreSqlDatabase.Read(new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString(), "test"));
        return name;
    }

    private static async Task PrepareAsync(ClinicDatabase database)
    {
        await using ThreadwellContext context = database.Open(RecordCipher.Passing());
        await database.PrepareAsync(context, CancellationToken.None);
    }

    private static async Task RunAsync(string server, string command)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var statement = new NpgsqlCommand(command, connection);
        await statement.ExecuteNonQueryAsync();
    }
}

/// <summary>Ends with the tests of a process, and what their databases are copied from with it.</summary>
public sealed class PreparedDatabases : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await TestDatabase.RemovePreparedAsync();
}
