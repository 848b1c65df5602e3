using Microsoft.Data.Sqlite;
using Npgsql;
using Threadwell.Storage;
using Threadwell.Storage.PostgreSql;
using Threadwell.Storage.Sqlite;

namespace Threadwell.Tests.Shared;

/// <summary>A database of one test, new and empty, that ends with it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Connection string of a server on which databases may be made; <c>./test</c> starts one and sets it.</summary>
    public const string ServerVariable = "THREADWELL_TEST_POSTGRES";

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

    /// <summary>Makes one on the server; skips the test where there is none.</summary>
    public static async Task<TestDatabase> PostgreSqlAsync()
    {
        string? server = Environment.GetEnvironmentVariable(ServerVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"No PostgreSQL server is given by {ServerVariable}.");
        string name = $"test_{Guid.NewGuid():n}";
        await RunAsync(server!, $"CREATE DATABASE {name}");
        string connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        return new TestDatabase(PostgreSqlDatabase.Read(connection, "test"), connection, async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(server!, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    public async ValueTask DisposeAsync() => await remove();

    private static async Task RunAsync(string server, string command)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var statement = new NpgsqlCommand(command, connection);
        await statement.ExecuteNonQueryAsync();
    }
}
