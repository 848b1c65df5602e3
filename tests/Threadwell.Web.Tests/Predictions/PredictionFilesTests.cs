using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Tests.Predictions;

/// <summary>The files of predictions, which go with the last row that names them.</summary>
public sealed class PredictionFilesTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 8, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-prediction-files-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Files_go_with_the_last_prediction_that_names_them_and_what_a_fault_leaves_is_found(string kind)
    {
        var data = new DataFolder(folder);
        RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
        await using TestDatabase server = kind == "SQLite" ? TestDatabase.Sqlite(folder) : await TestDatabase.PostgreSqlAsync();
        await using ThreadwellContext database = server.Database.Open(cipher);
        await server.Database.PrepareAsync(database, Cancelled);
        var files = new FileStore(data.Files, cipher);
        using var kept = new PredictionFiles(files);
        StoredPlan plan = await PlanAsync(database, files);

        // The same course twice, another, and causes of the first.
        StoredPrediction first = Done(plan, files, "course"), again = Done(plan, files, "course"), other = Done(plan, files, "other course");
        var causes = new StoredCauses { Id = Guid.CreateVersion7(), PredictionId = first.Id, State = PredictionState.Done, DocumentSha256 = files.Add("causes"u8), CreatedAt = Now };
        database.AddRange(first, again, other, causes);
        await database.SaveChangesAsync(Cancelled);
        string[] shared = Named(first), others = Named(other);

        await kept.RemoveAsync(database, [first.Id], () => database.Predictions.Remove(first), Cancelled);
        Assert.False(files.Has(causes.DocumentSha256));
        Assert.All([.. shared, .. others], file => Assert.True(files.Has(file)));
        await kept.RemoveAsync(database, [again.Id], () => database.Predictions.Remove(again), Cancelled);
        Assert.All(shared, file => Assert.False(files.Has(file)));
        Assert.All(others, file => Assert.True(files.Has(file)));
        Assert.Empty((await CheckAsync(data, server.Database)).Orphans);

        // A row that cannot go keeps its files.
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => kept.RemoveAsync(database, [other.Id], () => database.Remove(Done(plan, files, "other course")), Cancelled));
        database.ChangeTracker.Clear();
        Assert.All(others, file => Assert.True(files.Has(file)));

        // Ended after the row went and before its files did.
        await database.Predictions.Where(row => row.Id == other.Id).ExecuteDeleteAsync(Cancelled);
        RecordCheckReport report = await CheckAsync(data, server.Database);
        Assert.Empty(report.Problems);
        Assert.Equal(others.Select(files.PathOf).Order(StringComparer.Ordinal), report.Orphans.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_plan_takes_the_files_of_its_predictions_with_it(string kind)
    {
        var data = new DataFolder(folder);
        RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
        await using TestDatabase server = kind == "SQLite" ? TestDatabase.Sqlite(folder) : await TestDatabase.PostgreSqlAsync();
        await using ThreadwellContext database = server.Database.Open(cipher);
        await server.Database.PrepareAsync(database, Cancelled);
        var files = new FileStore(data.Files, cipher);
        using var kept = new PredictionFiles(files);
        StoredPlan plan = await PlanAsync(database, files);
        StoredPrediction[] all = [Done(plan, files, "a year"), Done(plan, files, "five years")];
        database.AddRange(all);
        await database.SaveChangesAsync(Cancelled);
        string[] named = [.. all.SelectMany(Named)];
        database.ChangeTracker.Clear();
        StoredPlan read = await database.Plans.Include(row => row.Versions).SingleAsync(Cancelled);
        await kept.RemoveAsync(database, [.. all.Select(row => row.Id)], () => database.Plans.Remove(read), Cancelled);
        Assert.Equal(0, await database.Predictions.CountAsync(Cancelled));
        Assert.All(named, file => Assert.False(files.Has(file)));
        Assert.Empty((await CheckAsync(data, server.Database)).Problems);
    }

    private static Task<RecordCheckReport> CheckAsync(DataFolder data, ClinicDatabase database) =>
        RecordCheck.RunAsync(data, database, removeOrphans: false, SystemClock.Instance, new Progress<KeepingProgress>(), Cancelled);

    private static async Task<StoredPlan> PlanAsync(ThreadwellContext database, FileStore files)
    {
        string file = files.Add("scan"u8);
        var scan = new StoredScan
        {
            Id = Guid.CreateVersion7(), Name = "Head", Origin = ScanOrigin.Uploaded, Body = ScannedBody.Head, FileName = "head.ply", FileSha256 = file, SurfaceSha256 = file, PictureSha256 = file, Unit = "mm", Up = "+y", Front = "+z", CreatedAt = Now,
        };
        var plan = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = scan.Id, Name = "Plan", DraftJson = "{}", CreatedAt = Now, ChangedAt = Now };
        plan.Versions.Add(new PlanVersion { Id = Guid.CreateVersion7(), PlanId = plan.Id, Number = 1, Note = "", PlanJson = "{}", CreatedAt = Now });
        database.AddRange(scan, plan);
        await database.SaveChangesAsync(Cancelled);
        return plan;
    }

    private static StoredPrediction Done(StoredPlan plan, FileStore files, string course)
    {
        string Add(string what) => files.Add(Encoding.UTF8.GetBytes($"{what} of {course}"));
        return new StoredPrediction
        {
            Id = Guid.CreateVersion7(), PlanVersionId = plan.Versions[0].Id, Months = 12, State = PredictionState.Done, DocumentSha256 = Add("document"), FieldsSha256 = Add("fields"), ReportSha256 = Add("report"),
            LiftPictureSha256 = Add("picture"), SamplesSha256 = Add("samples"), CreatedAt = Now, EndedAt = Now,
        };
    }

    private static string[] Named(StoredPrediction row) => [row.DocumentSha256!, row.FieldsSha256!, row.ReportSha256!, row.LiftPictureSha256!, row.SamplesSha256!];
}
