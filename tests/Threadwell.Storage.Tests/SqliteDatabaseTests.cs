using Microsoft.EntityFrameworkCore;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests;

public sealed class SqliteDatabaseTests : DatabaseTests
{
    [Fact]
    public async Task Commits_go_to_a_write_ahead_log_and_wait_for_the_disk()
    {
        await using TestDatabase empty = await MakeAsync(Directory.CreateDirectory(Path.Combine(Folder, "empty")).FullName, prepared: false);
        await using ThreadwellContext context = empty.Database.Open(TestKeys.Cipher);
        await empty.Database.PrepareAsync(context, Cancelled);
        Assert.Equal("wal", await ReadAsync(context, "SELECT journal_mode FROM pragma_journal_mode"));
        Assert.Equal("2", await ReadAsync(context, "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous"));
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_start_does_not_block_the_next_one()
    {
        await using (ThreadwellContext context = Open())
        {
            await context.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');", Cancelled);
        }

        await using ThreadwellContext again = Open();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Database.PrepareAsync(again, late.Token);
    }

    [Theory]
    [InlineData("3.51.2", false)]
    [InlineData("3.45.0", false)]
    [InlineData("3.51.3", true)]
    [InlineData("3.53.3", true)]
    [InlineData("unknown", false)]
    public void A_library_that_can_lose_commits_is_refused(string version, bool trusted)
    {
        Exception? refusal = Record.Exception(() => SqliteDatabase.CheckVersion(version));
        Assert.Equal(trusted, refusal is null);
    }

    private protected override async Task<TestDatabase> MakeAsync(string folder, bool prepared) => prepared ? await TestDatabase.PreparedSqliteAsync(folder) : TestDatabase.Sqlite(folder);
}
