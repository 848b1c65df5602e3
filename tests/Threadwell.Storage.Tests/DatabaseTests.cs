using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests;

/// <summary>What every database must do. Each kind runs all of it.</summary>
public abstract partial class DatabaseTests : IAsyncLifetime
{
    private readonly RecordCipher cipher = TestKeys.Cipher;

    private TestDatabase? test;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Folder of the test.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("threadwell-storage-").FullName;

    private protected ClinicDatabase Database => test!.Database;

    public async ValueTask InitializeAsync() => test = await MakeAsync(Folder, prepared: true);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (test is not null)
        {
            await test.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    [Fact]
    public async Task A_database_is_made_and_prepared_again_without_a_change()
    {
        await using TestDatabase empty = await MakeAsync(Directory.CreateDirectory(Path.Combine(Folder, "empty")).FullName, prepared: false);
        await using (ThreadwellContext context = empty.Database.Open(cipher))
        {
            await empty.Database.PrepareAsync(context, Cancelled);
            context.Scans.Add(Scan());
            await context.SaveChangesAsync(Cancelled);
        }

        await using ThreadwellContext again = empty.Database.Open(cipher);
        await empty.Database.PrepareAsync(again, Cancelled);
        Assert.Equal("Sample", (await again.Scans.SingleAsync(Cancelled)).Name);
    }

    [Fact]
    public void Migrations_say_what_the_model_says()
    {
        using ThreadwellContext context = Open();
        Assert.False(context.GetService<IMigrator>().HasPendingModelChanges());
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

    [Fact]
    public async Task A_prediction_has_its_causes_once_and_takes_them_along()
    {
        StoredPlan plan = await AddPlanAsync();
        var version = new PlanVersion { Id = Guid.CreateVersion7(), PlanId = plan.Id, Number = 1, Note = "", PlanJson = "{}", CreatedAt = plan.CreatedAt };
        var prediction = new StoredPrediction
        {
            Id = Guid.CreateVersion7(), PlanVersionId = version.Id, Months = 60, State = PredictionState.Done, SamplesSha256 = new string('e', 64), CreatedAt = Instant.FromUnixTimeSeconds(1_760_000_000),
        };
        StoredCauses Causes() => new() { Id = Guid.CreateVersion7(), PredictionId = prediction.Id, State = PredictionState.Done, DocumentSha256 = new string('f', 64), CreatedAt = prediction.CreatedAt };
        await using (ThreadwellContext context = Open())
        {
            context.AddRange(version, prediction, Causes());
            await context.SaveChangesAsync(Cancelled);
        }

        await using (ThreadwellContext again = Open())
        {
            again.Add(Causes());
            await Assert.ThrowsAsync<DbUpdateException>(() => again.SaveChangesAsync(Cancelled));
        }

        await using ThreadwellContext last = Open();
        Assert.Equal((new string('e', 64), new string('f', 64)), ((await last.Predictions.SingleAsync(Cancelled)).SamplesSha256, (await last.Causes.SingleAsync(Cancelled)).DocumentSha256));
        last.Remove(await last.Predictions.SingleAsync(Cancelled));
        await last.SaveChangesAsync(Cancelled);
        Assert.Equal(0, await last.Causes.CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_plan_has_its_proposals_once_and_takes_them_along()
    {
        StoredPlan plan = await AddPlanAsync();
        StoredProposals Proposals() => new()
        {
            Id = Guid.CreateVersion7(), PlanId = plan.Id, AskedJson = "{}", State = PredictionState.Done, DocumentSha256 = new string('e', 64), PicturesSha256 = new string('f', 64), AskedAt = plan.CreatedAt, FoundAt = plan.CreatedAt,
        };
        await using (ThreadwellContext context = Open())
        {
            context.Add(Proposals());
            await context.SaveChangesAsync(Cancelled);
        }

        await using (ThreadwellContext again = Open())
        {
            again.Add(Proposals());
            await Assert.ThrowsAsync<DbUpdateException>(() => again.SaveChangesAsync(Cancelled));
        }

        await using ThreadwellContext last = Open();
        StoredProposals kept = await last.Proposals.SingleAsync(Cancelled);
        Assert.Equal((new string('e', 64), new string('f', 64), plan.CreatedAt), (kept.DocumentSha256, kept.PicturesSha256, kept.FoundAt));
        last.Remove(await last.Plans.SingleAsync(Cancelled));
        await last.SaveChangesAsync(Cancelled);
        Assert.Equal(0, await last.Proposals.CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_patient_comes_back_as_she_was_kept()
    {
        await AddPatientAsync();
        await using ThreadwellContext context = Open();
        Patient patient = await context.Patients.SingleAsync(Cancelled);
        Assert.Equal("Nguyễn Thị Hoà", patient.FullName);
        Assert.Equal("0912 345 678", patient.Phone);
        Assert.Equal("", patient.Email);
        Assert.Equal(new LocalDate(1974, 5, 17), patient.BirthDate);
        Assert.Equal(Instant.FromUtc(2026, 11, 26, 12, 0), patient.CreatedAt);
    }

    [Fact]
    public async Task What_is_sealed_does_not_show_in_the_database()
    {
        await AddPatientAsync();
        await using ThreadwellContext context = Open();
        string stored = await ReadAsync(context, "SELECT \"Phone\" FROM patients");
        Assert.True(RecordCipher.IsSealed(stored), stored);
        Assert.Equal("0912 345 678", cipher.OpenText(stored, "patients.Phone"));
        Assert.Equal("", await ReadAsync(context, "SELECT \"Email\" FROM patients"));
    }

    [Fact]
    public async Task Another_cipher_in_the_same_process_opens_nothing()
    {
        await AddPatientAsync();
        await using ThreadwellContext stranger = Database.Open(RecordCipher.Passing());
        SealedDataException error = await Assert.ThrowsAsync<SealedDataException>(() => stranger.Patients.SingleAsync(Cancelled));
        Assert.Equal("patients.Phone", error.Place);
    }

    [Fact]
    public void The_same_keys_opened_twice_share_one_model()
    {
        byte[] key = new byte[RecordCipher.KeyLength];
        using ThreadwellContext one = Database.Open(new RecordCipher([key]));
        using ThreadwellContext two = Database.Open(new RecordCipher([[.. key]]));
        using ThreadwellContext later = Database.Open(new RecordCipher([key, [.. key.Select(part => (byte)(part + 1))]]));
        Assert.Same(one.Model, two.Model);
        Assert.NotSame(one.Model, later.Model);
    }

    [Fact]
    public void Texts_that_are_sealed_have_room()
    {
        using ThreadwellContext context = Open();
        Assert.Contains(new SealedColumn("patients", "CitizenNumber"), SealedColumns.Of(context.Model));
        foreach (SealedColumn column in SealedColumns.Of(context.Model))
        {
            IProperty property = context.Model.GetEntityTypes().Single(entity => entity.GetTableName() == column.Table).GetProperties().Single(property => property.GetColumnName() == column.Column);
            Assert.Equal("text", property.GetColumnType(), ignoreCase: true);
        }
    }

    private protected abstract Task<TestDatabase> MakeAsync(string folder, bool prepared);

    private protected ThreadwellContext Open() => Database.Open(cipher);

    private protected static StoredScan Scan() => new()
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

    private protected static async Task<string> ReadAsync(ThreadwellContext context, string query)
    {
        await context.Database.OpenConnectionAsync(Cancelled);
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = query;
        return (string)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private async Task AddPatientAsync()
    {
        await using ThreadwellContext context = Open();
        context.Patients.Add(new Patient
        {
            Id = Guid.CreateVersion7(),
            Number = 1,
            FullName = "Nguyễn Thị Hoà",
            SortKey = PatientNames.SortKey("Nguyễn Thị Hoà"),
            BirthDate = new LocalDate(1974, 5, 17),
            Sex = Sex.Female,
            Phone = "0912 345 678",
            Language = "vi",
            CreatedAt = Instant.FromUtc(2026, 11, 26, 12, 0),
        });
        await context.SaveChangesAsync(Cancelled);
    }

    private async Task<StoredPlan> AddPlanAsync()
    {
        await using ThreadwellContext context = Open();
        StoredScan scan = Scan();
        var plan = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = scan.Id, Name = "Plan", DraftJson = "{}", CreatedAt = scan.CreatedAt, ChangedAt = scan.CreatedAt };
        context.AddRange(scan, plan);
        await context.SaveChangesAsync(Cancelled);
        return plan;
    }
}
