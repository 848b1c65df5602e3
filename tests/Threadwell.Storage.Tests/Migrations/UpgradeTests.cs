using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Migrations;

/// <summary>A database of the version before accounts and patients (<c>First</c>, SQLite) is brought to the present one with everything in it.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const string PreviousVersion = "First";

    private static readonly Guid Scan = Guid.Parse("0193a000-0000-7000-8000-000000000001");
    private static readonly Guid Plan = Guid.Parse("0193a000-0000-7000-8000-000000000002");
    private static readonly Guid Version = Guid.Parse("0193a000-0000-7000-8000-000000000003");
    private static readonly Guid Prediction = Guid.Parse("0193a000-0000-7000-8000-000000000004");

    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-upgrade-").FullName;
    private readonly RecordCipher cipher = TestKeys.Cipher;
    private readonly SqliteDatabase database;

    public UpgradeTests() => database = new SqliteDatabase(Path.Combine(folder, "threadwell.db"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_row_of_the_previous_version_is_kept()
    {
        await MakePreviousAsync();
        await using (ThreadwellContext context = database.Open(cipher))
        {
            Assert.NotEmpty(await context.Database.GetPendingMigrationsAsync(Cancelled));
            await database.PrepareAsync(context, Cancelled);
        }

        await using ThreadwellContext upgraded = database.Open(cipher);
        Assert.Empty(await upgraded.Database.GetPendingMigrationsAsync(Cancelled));
        StoredScan scan = await upgraded.Scans.SingleAsync(Cancelled);
        Assert.Equal((Scan, "Bệnh nhân 7", ScanOrigin.Uploaded, ScannedBody.Torso, 51.5), (scan.Id, scan.Name, scan.Origin, scan.Body, scan.AgeYears));
        Assert.Equal((new string('a', 64), "inch?", "[landmarks]", true, 9L), (scan.FileSha256, scan.Remarks, scan.LandmarksJson, scan.Confirmed, scan.Revision));
        Assert.Equal(Instant.FromUnixTimeMilliseconds(1_760_000_000_123), scan.CreatedAt);
        StoredPlan plan = await upgraded.Plans.Include(candidate => candidate.Versions).SingleAsync(Cancelled);
        Assert.Equal((Plan, Scan, "Jawline", "{\"draft\":1}", 4L), (plan.Id, plan.ScanId, plan.Name, plan.DraftJson, plan.Revision));
        PlanVersion version = Assert.Single(plan.Versions);
        Assert.Equal((Version, 3, "before the holiday", "{\"plan\":1}"), (version.Id, version.Number, version.Note, version.PlanJson));
        StoredPrediction prediction = await upgraded.Predictions.SingleAsync(Cancelled);
        Assert.Equal((Prediction, Version, 60d, PredictionState.Done, new string('d', 64)), (prediction.Id, prediction.PlanVersionId, prediction.Months, prediction.State, prediction.DocumentSha256));
    }

    [Fact]
    public async Task The_upgraded_database_has_the_form_of_a_new_one()
    {
        await MakePreviousAsync();
        await using ThreadwellContext upgraded = database.Open(cipher);
        await database.PrepareAsync(upgraded, Cancelled);
        var other = new SqliteDatabase(Path.Combine(folder, "new.db"));
        await using ThreadwellContext made = other.Open(cipher);
        await other.PrepareAsync(made, Cancelled);
        Assert.Equal(await FormAsync(made), await FormAsync(upgraded));
    }

    private static async Task<string[]> FormAsync(ThreadwellContext context) =>
        await context.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").ToArrayAsync(Cancelled);

    // Rows as that version wrote them, in plain SQL: today's model knows more columns.
    private async Task MakePreviousAsync()
    {
        await using ThreadwellContext context = database.Open(cipher);
        await context.GetService<IMigrator>().MigrateAsync(PreviousVersion, Cancelled);
        foreach (string row in (string[])
        [
            $"INSERT INTO scans VALUES ('{Scan}', 'Bệnh nhân 7', 'Uploaded', 'Torso', 's.obj', '{new string('a', 64)}', '{new string('b', 64)}', '{new string('c', 64)}', 'in', 1, '+z', '-y', 'inch?', '[landmarks]', 1, 51.5, 'Female', 'Moderate', 1, 1760000000123, 9)",
            $"INSERT INTO plans VALUES ('{Plan}', '{Scan}', 'Jawline', '{{\"draft\":1}}', 4, 1760000000124, 1760000000125)",
            $"INSERT INTO plan_versions VALUES ('{Version}', '{Plan}', 3, 'before the holiday', '{{\"plan\":1}}', 1760000000126)",
            $"INSERT INTO predictions VALUES ('{Prediction}', '{Version}', 60.0, 'Done', NULL, '{new string('d', 64)}', NULL, NULL, NULL, 1760000000127, 1760000000128)",
        ])
        {
            await context.Database.ExecuteSqlRawAsync(row.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Cancelled);
        }
    }
}
