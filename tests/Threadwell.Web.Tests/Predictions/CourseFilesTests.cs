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

/// <summary>The files of predictions, of causes and of proposed plans, which go with the last row that names them.</summary>
public sealed class CourseFilesTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 8, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-course-files-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Files_go_with_the_last_prediction_that_names_them_and_what_a_fault_leaves_is_found(string kind)
    {
        await using RecordFolder record = await RecordFolder.OpenAsync(kind, folder);
        (ThreadwellContext database, FileStore files, CourseFiles kept) = (record.Context, record.Files, record.Kept);
        StoredPlan plan = await PlanAsync(database, files);

        // The same course twice, another, and causes of the first.
        StoredPrediction first = Done(plan, files, "course"), again = Done(plan, files, "course"), other = Done(plan, files, "other course");
        var causes = new StoredCauses { Id = Guid.CreateVersion7(), PredictionId = first.Id, State = PredictionState.Done, DocumentSha256 = files.Add("causes"u8), CreatedAt = Now };
        database.AddRange(first, again, other, causes);
        await database.SaveChangesAsync(Cancelled);
        string[] shared = Named(first), others = Named(other);

        await kept.RemoveAsync(database, [first.Id], [], () => database.Predictions.Remove(first), Cancelled);
        Assert.False(files.Has(causes.DocumentSha256));
        Assert.All([.. shared, .. others], file => Assert.True(files.Has(file)));
        await kept.RemoveAsync(database, [again.Id], [], () => database.Predictions.Remove(again), Cancelled);
        Assert.All(shared, file => Assert.False(files.Has(file)));
        Assert.All(others, file => Assert.True(files.Has(file)));
        Assert.Empty((await record.CheckAsync()).Orphans);

        // A row that cannot go keeps its files.
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => kept.RemoveAsync(database, [other.Id], [], () => database.Remove(Done(plan, files, "other course")), Cancelled));
        database.ChangeTracker.Clear();
        Assert.All(others, file => Assert.True(files.Has(file)));

        // Ended after the row went and before its files did.
        await database.Predictions.Where(row => row.Id == other.Id).ExecuteDeleteAsync(Cancelled);
        RecordCheckReport report = await record.CheckAsync();
        Assert.Empty(report.Problems);
        Assert.Equal(others.Select(files.PathOf).Order(StringComparer.Ordinal), report.Orphans.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_plan_takes_the_files_of_its_predictions_and_proposals_with_it(string kind)
    {
        await using RecordFolder record = await RecordFolder.OpenAsync(kind, folder);
        (ThreadwellContext database, FileStore files, CourseFiles kept) = (record.Context, record.Files, record.Kept);
        StoredPlan plan = await PlanAsync(database, files);
        StoredPrediction[] all = [Done(plan, files, "a year"), Done(plan, files, "five years")];
        StoredProposals proposals = Found(plan, files, "plans");
        database.AddRange(all);
        database.Add(proposals);
        await database.SaveChangesAsync(Cancelled);
        string[] named = [.. all.SelectMany(Named), proposals.DocumentSha256!, proposals.PicturesSha256!];
        database.ChangeTracker.Clear();
        StoredPlan read = await database.Plans.Include(row => row.Versions).SingleAsync(Cancelled);
        await kept.RemoveAsync(database, [.. all.Select(row => row.Id)], [proposals.Id], () => database.Plans.Remove(read), Cancelled);
        Assert.Equal((0, 0), (await database.Predictions.CountAsync(Cancelled), await database.Proposals.CountAsync(Cancelled)));
        Assert.All(named, file => Assert.False(files.Has(file)));
        RecordCheckReport report = await record.CheckAsync();
        Assert.Empty(report.Problems);
        Assert.Empty(report.Orphans);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task What_is_found_or_computed_again_takes_the_place_of_the_earlier_files_and_nothing_is_stored_for_a_row_that_is_gone(string kind)
    {
        await using RecordFolder record = await RecordFolder.OpenAsync(kind, folder);
        (ThreadwellContext database, FileStore files, CourseFiles kept) = (record.Context, record.Files, record.Kept);
        StoredPlan plan = await PlanAsync(database, files), second = await PlanAsync(database, files);
        StoredProposals proposals = Found(plan, files, "plans"), same = Found(second, files, "plans");
        StoredPrediction prediction = Done(plan, files, "course");
        var causes = new StoredCauses { Id = Guid.CreateVersion7(), PredictionId = prediction.Id, State = PredictionState.Done, DocumentSha256 = files.Add("causes"u8), CreatedAt = Now };
        database.AddRange(proposals, same, prediction, causes);
        await database.SaveChangesAsync(Cancelled);
        string[] earlier = [proposals.DocumentSha256!, proposals.PicturesSha256!, causes.DocumentSha256];

        // The same causes again, then others.
        kept.Change<StoredCauses>(causes.Id, (store, row) => row.DocumentSha256 = store.Add("causes"u8));
        Assert.True(files.Has(earlier[2]));
        kept.Change<StoredCauses>(causes.Id, (store, row) => row.DocumentSha256 = store.Add("other causes"u8));
        Assert.False(files.Has(earlier[2]));

        // What another plan's search found as well stays until that one is searched again too.
        kept.Change<StoredProposals>(proposals.Id, (store, row) => (row.DocumentSha256, row.PicturesSha256) = (store.Add("other plans"u8), store.Add("other pictures"u8)));
        Assert.All(earlier[..2], file => Assert.True(files.Has(file)));
        kept.Change<StoredProposals>(same.Id, (store, row) => (row.DocumentSha256, row.PicturesSha256) = (store.Add("other plans"u8), store.Add("other pictures"u8)));
        Assert.All(earlier[..2], file => Assert.False(files.Has(file)));

        kept.Change<StoredProposals>(Guid.CreateVersion7(), (store, row) => row.DocumentSha256 = store.Add("for nobody"u8));

        // A row that goes between being found and being written takes with it what it named before and what was stored for it.
        kept.Change<StoredCauses>(causes.Id, (store, row) =>
        {
            database.Causes.Where(gone => gone.Id == row.Id).ExecuteDelete();
            row.DocumentSha256 = store.Add("causes of a row that goes"u8);
        });
        RecordCheckReport report = await record.CheckAsync();
        Assert.Empty(report.Problems);
        Assert.Empty(report.Orphans);
    }

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

    private static StoredProposals Found(StoredPlan plan, FileStore files, string what) => new()
    {
        Id = Guid.CreateVersion7(), PlanId = plan.Id, AskedJson = "{}", State = PredictionState.Done, DocumentSha256 = files.Add(Encoding.UTF8.GetBytes(what)), PicturesSha256 = files.Add(Encoding.UTF8.GetBytes($"pictures of {what}")), AskedAt = Now, FoundAt = Now,
    };

    private static string[] Named(StoredPrediction row) => [row.DocumentSha256!, row.FieldsSha256!, row.ReportSha256!, row.LiftPictureSha256!, row.SamplesSha256!];

    // A record of its own in a data folder, with its file store.
    private sealed record RecordFolder(DataFolder Data, TestDatabase Server, ThreadwellContext Context, FileStore Files, CourseFiles Kept) : IAsyncDisposable
    {
        public static async Task<RecordFolder> OpenAsync(string kind, string folder)
        {
            var data = new DataFolder(folder);
            RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
            TestDatabase server = kind == "SQLite" ? await TestDatabase.PreparedSqliteAsync(folder) : await TestDatabase.PreparedPostgreSqlAsync();
            ThreadwellContext context = server.Database.Open(cipher);
            var files = new FileStore(data.Files, cipher);
            return new RecordFolder(data, server, context, files, new CourseFiles(files, new Opening(server.Database, cipher)));
        }

        public Task<RecordCheckReport> CheckAsync() => RecordCheck.RunAsync(Data, Server.Database, removeOrphans: false, SystemClock.Instance, new Progress<KeepingProgress>(), Cancelled);

        public async ValueTask DisposeAsync()
        {
            Kept.Dispose();
            await Context.DisposeAsync();
            await Server.DisposeAsync();
        }
    }

    private sealed class Opening(ClinicDatabase database, RecordCipher cipher) : IDbContextFactory<ThreadwellContext>
    {
        public ThreadwellContext CreateDbContext() => database.Open(cipher);
    }
}
