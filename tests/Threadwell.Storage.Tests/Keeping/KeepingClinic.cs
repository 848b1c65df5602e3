using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Keeping;

/// <summary>Clinics of one test, in a folder of their own, on one kind of database.</summary>
/// <param name="kind">Kind of the database.</param>
public abstract class KeepingClinic(string kind) : IAsyncLifetime
{
    protected const string Sqlite = "sqlite";
    protected const string PostgreSql = "postgresql";
    protected const string Passphrase = "correct horse battery";

    protected static readonly Instant Now = Instant.FromUtc(2026, 11, 27, 8, 0);

    private readonly List<TestDatabase> databases = [];

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected string Root { get; } = Directory.CreateTempSubdirectory("threadwell-keeping-").FullName;

    protected IClock Clock { get; } = new FixedClock();

    protected IProgress<KeepingProgress> Silent { get; } = new NoProgress();

    protected string Archive => Path.Combine(Root, "backup.twb");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (TestDatabase database in databases)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(Root, recursive: true);
    }

    protected Task<BackupManifest> BackUpAsync(Clinic clinic) => Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, Clock, Silent, Cancelled);

    protected Task<(BackupManifest Manifest, string? Replaced)> RestoreAsync(Clinic target, bool replace = false, string passphrase = Passphrase) =>
        Restore.ReadAsync(Archive, passphrase, target.Data, target.Database, replace, Silent, Cancelled);

    protected Task<RecordCheckReport> CheckAsync(Clinic clinic, bool remove = false) => RecordCheck.RunAsync(clinic.Data, clinic.Database, remove, Clock, Silent, Cancelled);

    protected async Task<Clinic> NewAsync(string name, bool prepared = false)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        TestDatabase database = (kind == Sqlite, prepared) switch
        {
            (true, true) => await TestDatabase.PreparedSqliteAsync(folder),
            (true, false) => TestDatabase.Sqlite(folder),
            (false, true) => await TestDatabase.PreparedPostgreSqlAsync(),
            (false, false) => await TestDatabase.PostgreSqlAsync(),
        };
        databases.Add(database);
        return new Clinic(new DataFolder(folder), database.Database);
    }

    protected async Task<Clinic> MakeClinicAsync(string name, int patients = 1, bool sharesKeys = true)
    {
        Clinic clinic = await NewAsync(name, prepared: true);
        if (sharesKeys)
        {
            TestKeys.CopyTo(clinic.Data.Keys);
        }
        else
        {
            RecordKeys.OpenOrMake(clinic.Data.Keys);
        }

        Directory.CreateDirectory(clinic.Data.Audit);
        await File.WriteAllTextAsync(Path.Combine(clinic.Data.Audit, "heads.log"), "1 head\n", Cancelled);
        for (int number = 1; number <= patients; number++)
        {
            await AddPatientAsync(clinic, number);
        }

        return clinic;
    }

    protected static async Task AddPatientAsync(Clinic clinic, int number)
    {
        string name = $"Trần Thị Mai {number}";
        var patient = new Patient
        {
            Id = Guid.CreateVersion7(),
            Number = number,
            FullName = name,
            SortKey = PatientNames.SortKey(name),
            BirthDate = new LocalDate(1970, 1, 31),
            Sex = Sex.Female,
            Phone = $"0912 345 {number:000}",
            Notes = "Đã gọi điện.\tTwo\nlines, a \\ and a 'quote'.",
            Language = "vi",
            CreatedAt = Now,
        };
        patient.Words.AddRange(PatientNames.Words(name).Select(word => new PatientWord { PatientId = patient.Id, Word = word }));
        FileStore files = clinic.Files();
        await using ThreadwellContext context = clinic.Open();
        context.Add(patient);
        context.Scans.Add(new StoredScan
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Origin = ScanOrigin.Uploaded,
            Body = ScannedBody.Head,
            FileName = "scan.glb",
            FileSha256 = files.Add(Encoding.UTF8.GetBytes($"file {number}")),
            SurfaceSha256 = files.Add(Encoding.UTF8.GetBytes($"surface {number}")),
            PictureSha256 = files.Add("picture"u8),
            Unit = "m",
            Up = "+y",
            Front = "+z",
            CreatedAt = Now,
        });
        await context.SaveChangesAsync(Cancelled);
    }

    // The row first, then its files, as the app does.
    protected static async Task RemoveScanAsync(Clinic clinic, int number)
    {
        FileStore files = clinic.Files();
        await using ThreadwellContext context = clinic.Open();
        StoredScan scan = await context.Scans.SingleAsync(scan => scan.Name == $"Trần Thị Mai {number}", Cancelled);
        context.Remove(scan);
        await context.SaveChangesAsync(Cancelled);
        files.Remove(scan.FileSha256);
        files.Remove(scan.SurfaceSha256);
    }

    protected sealed record Clinic(DataFolder Data, ClinicDatabase Database)
    {
        public ThreadwellContext Open() => Database.Open(RecordKeys.Open(Data.Keys));

        public FileStore Files() => new(Data.Files, RecordKeys.Open(Data.Keys));
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }

    /// <summary>Does something once, when a step is told for the first time, or for the first time from a share of the whole on.</summary>
    protected sealed class Meanwhile(string step, Func<Task> what, double from = 0) : IProgress<KeepingProgress>
    {
        private bool done;

        public void Report(KeepingProgress value)
        {
            if (value.Doing == step && value.Fraction >= from && !done)
            {
                done = true;
                what().GetAwaiter().GetResult();
            }
        }
    }

    private sealed class NoProgress : IProgress<KeepingProgress>
    {
        public void Report(KeepingProgress value)
        {
            // Nobody looks.
        }
    }
}
