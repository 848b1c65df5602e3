using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sqlite;

namespace Threadwell.Storage.Tests;

public sealed class SqliteStorageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-storage-").FullName;
    private readonly SqliteDatabase database;

    public SqliteStorageTests() => database = new SqliteDatabase(Path.Combine(folder, "test.db"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_is_made_and_prepared_again_without_a_change()
    {
        await using (ThreadwellContext context = Open())
        {
            await database.PrepareAsync(context, Cancelled);
            context.Scans.Add(Scan());
            await context.SaveChangesAsync(Cancelled);
        }

        await using ThreadwellContext again = Open();
        await database.PrepareAsync(again, Cancelled);
        Assert.Equal("Sample", (await again.Scans.SingleAsync(Cancelled)).Name);
        Assert.Equal("wal", (await again.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(Cancelled)));
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_start_does_not_block_the_next_one()
    {
        await using (ThreadwellContext context = Open())
        {
            await database.PrepareAsync(context, Cancelled);
            await context.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');", Cancelled);
        }

        await using ThreadwellContext again = Open();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await database.PrepareAsync(again, late.Token);
    }

    [Fact]
    public void Migrations_say_what_the_model_says()
    {
        using ThreadwellContext context = Open();
        Assert.False(context.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>().HasPendingModelChanges());
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

    [Fact]
    public async Task Of_two_writers_that_read_the_same_revision_the_second_is_refused()
    {
        StoredPlan plan = await AddPlanAsync();
        await using ThreadwellContext first = Open();
        await using ThreadwellContext second = Open();
        StoredPlan mine = await first.Plans.SingleAsync(candidate => candidate.Id == plan.Id, Cancelled);
        StoredPlan theirs = await second.Plans.SingleAsync(candidate => candidate.Id == plan.Id, Cancelled);
        (mine.Name, mine.Revision) = ("mine", 2);
        (theirs.Name, theirs.Revision) = ("theirs", 2);
        await first.SaveChangesAsync(Cancelled);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task A_scan_with_plans_cannot_be_removed_and_a_plan_takes_its_versions_along()
    {
        StoredPlan plan = await AddPlanAsync();
        await using ThreadwellContext context = Open();
        context.PlanVersions.Add(new PlanVersion { Id = Guid.CreateVersion7(), PlanId = plan.Id, Number = 1, Note = "", PlanJson = "{}", CreatedAt = plan.CreatedAt });
        await context.SaveChangesAsync(Cancelled);
        await using (ThreadwellContext other = Open())
        {
            other.Scans.Remove(await other.Scans.SingleAsync(Cancelled));
            await Assert.ThrowsAsync<DbUpdateException>(() => other.SaveChangesAsync(Cancelled));
        }

        await using ThreadwellContext last = Open();
        last.Plans.Remove(await last.Plans.SingleAsync(Cancelled));
        await last.SaveChangesAsync(Cancelled);
        Assert.Empty(await last.PlanVersions.ToListAsync(Cancelled));
        Assert.Single(await last.Scans.ToListAsync(Cancelled));
    }

    private static StoredScan Scan() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Sample",
        Origin = ScanOrigin.Sample,
        Body = ScannedBody.Head,
        FileName = "scan.glb",
        FileSha256 = new string('a', 64),
        SurfaceSha256 = new string('b', 64),
        PictureSha256 = new string('c', 64),
        Unit = "m",
        Up = "+y",
        Front = "+z",
        Sex = Sex.Female,
        CreatedAt = Instant.FromUtc(2026, 11, 26, 12, 0),
    };

    private async Task<StoredPlan> AddPlanAsync()
    {
        await using ThreadwellContext context = Open();
        await database.PrepareAsync(context, Cancelled);
        StoredScan scan = Scan();
        var plan = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = scan.Id, Name = "Plan", DraftJson = "{}", CreatedAt = scan.CreatedAt, ChangedAt = scan.CreatedAt };
        context.AddRange(scan, plan);
        await context.SaveChangesAsync(Cancelled);
        return plan;
    }

    private ThreadwellContext Open()
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        database.Use(options);
        return new ThreadwellContext(options.Options);
    }
}
