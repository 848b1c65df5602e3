using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Keeping;

public sealed class SqliteKeepingTests : KeepingTests
{
    private protected override Task<TestDatabase> MakeAsync(string folder) => Task.FromResult(TestDatabase.Sqlite(folder));
}

public sealed class PostgreSqlKeepingTests : KeepingTests
{
    private protected override Task<TestDatabase> MakeAsync(string folder) => TestDatabase.PostgreSqlAsync();
}

/// <summary>Backup, restore and check, on every kind of database.</summary>
public abstract class KeepingTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery";
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 27, 8, 0);

    private readonly string root = Directory.CreateTempSubdirectory("threadwell-keeping-").FullName;
    private readonly List<TestDatabase> databases = [];
    private readonly FixedClock clock = new();
    private readonly NoProgress silent = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(root, "backup.twb");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (TestDatabase database in databases)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_backup_brings_back_rows_files_keys_and_heads()
    {
        Clinic clinic = await MakeClinicAsync("from");
        BackupManifest written = await BackUpAsync(clinic);
        Assert.Equal(clinic.Database.Kind, written.Database);
        Assert.Equal([Archive], Directory.GetFiles(root));
        Assert.Equal(["audit", "files", "keys"], Directory.GetDirectories(clinic.Data.Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        await AddPatientAsync(clinic, 2);

        Clinic restored = await NewAsync("to");
        (BackupManifest manifest, string? replaced) = await RestoreAsync(restored);
        Assert.Null(replaced);
        Assert.Equal(written.Migration, manifest.Migration);
        Assert.Equal(written.Parts, manifest.Parts);
        await using (ThreadwellContext context = restored.Open())
        {
            Patient patient = await context.Patients.Include(candidate => candidate.Words).SingleAsync(Cancelled);
            Assert.Equal((1, "Trần Thị Mai 1", "0912 345 001"), (patient.Number, patient.FullName, patient.Phone));
            Assert.Equal(4, patient.Words.Count);
            StoredScan scan = await context.Scans.SingleAsync(Cancelled);
            Assert.Equal("surface 1", Encoding.UTF8.GetString(restored.Files().Read(scan.SurfaceSha256)));
        }

        Assert.Equal("1 head\n", await File.ReadAllTextAsync(Path.Combine(restored.Data.Audit, "heads.log"), Cancelled));
        Assert.Empty((await CheckAsync(restored)).Problems);

        // And it is a database to go on with.
        await AddPatientAsync(restored, 7);
    }

    [Fact]
    public async Task An_archive_shows_nothing_of_what_it_holds()
    {
        await BackUpAsync(await MakeClinicAsync("from"));
        byte[] archive = await File.ReadAllBytesAsync(Archive, Cancelled);
        Assert.Equal(-1, archive.AsSpan().IndexOf("database"u8));
        Assert.Equal(-1, archive.AsSpan().IndexOf("Mai"u8));
    }

    [Fact]
    public async Task A_backup_made_while_others_write_holds_every_file_that_its_rows_name()
    {
        Clinic clinic = await MakeClinicAsync("from");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        int added = 1;
        Task writer = Task.Run(
            async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    await AddPatientAsync(clinic, ++added);
                }
            },
            Cancelled);
        for (int round = 0; round < 3; round++)
        {
            int before = Volatile.Read(ref added) - 1;
            await BackUpAsync(clinic);
            Clinic restored = await NewAsync($"to{round}");
            await RestoreAsync(restored);
            Assert.Empty((await CheckAsync(restored)).Problems);
            await using ThreadwellContext context = restored.Open();
            Assert.True(await context.Patients.CountAsync(Cancelled) >= before);
        }

        await end.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task A_backup_made_while_others_remove_holds_every_file_that_its_rows_name()
    {
        Clinic clinic = await MakeClinicAsync("from", patients: 2);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        int added = 2, removed = 0;
        Task writer = Task.Run(
            async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    await AddPatientAsync(clinic, ++added);
                    await RemoveScanAsync(clinic, ++removed);
                }
            },
            Cancelled);
        for (int round = 0; round < 3; round++)
        {
            await BackUpAsync(clinic);
            Clinic restored = await NewAsync($"to{round}");
            await RestoreAsync(restored);
            Assert.Empty((await CheckAsync(restored)).Problems);
            await using ThreadwellContext context = restored.Open();
            Assert.InRange(await context.Scans.CountAsync(Cancelled), 2, 3);
        }

        await end.CancelAsync();
        await writer;
        Assert.True(removed > 3);
        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    [Fact]
    public async Task What_is_removed_once_the_archive_is_being_written_is_in_it_and_gone_afterwards()
    {
        Clinic clinic = await MakeClinicAsync("from", patients: 2);
        FileStore files = clinic.Files();
        string file = files.Add("file 2"u8), surface = files.Add("surface 2"u8), orphan = files.Add("orphan"u8);
        File.SetLastWriteTimeUtc(files.PathOf(orphan), Now.Minus(Duration.FromHours(25)).ToDateTimeUtc());
        string aside = Path.Combine(clinic.Data.Files, "removed");
        var meanwhile = new Meanwhile("Writing the archive", async () =>
        {
            await RemoveScanAsync(clinic, 2);
            Assert.False(files.Has(file));
            Assert.Throws<FileNotFoundException>(() => files.Read(file));

            // A check beside it counts nothing of this as left over, and what it removes is put aside too.
            RecordCheckReport report = await CheckAsync(clinic, remove: true);
            Assert.Empty(report.Problems);
            Assert.Equal([files.PathOf(orphan)], report.Orphans);
            Assert.Equal(1, report.Removed);
            Assert.Equal(new[] { "hold", file, surface, orphan }.Order(StringComparer.Ordinal), Directory.GetFiles(aside).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
            InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, Archive + "2", Passphrase, clock, silent, Cancelled));
            Assert.Contains("another backup", refusal.Message, StringComparison.Ordinal);
        });
        BackupManifest written = await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, clock, meanwhile, Cancelled);
        Assert.All([file, orphan], name => Assert.Contains(written.Parts, part => part.Name == $"files/{name[..2]}/{name}"));
        Assert.Equal(written.Parts.Count, written.Parts.DistinctBy(part => part.Name).Count());
        Assert.DoesNotContain(written.Parts, part => part.Name.Contains("removed", StringComparison.Ordinal));
        Assert.Equal(["hold"], Directory.GetFiles(aside).Select(path => Path.GetFileName(path)));

        Clinic restored = await NewAsync("to");
        await RestoreAsync(restored);
        RecordCheckReport whole = await CheckAsync(restored);
        Assert.Empty(whole.Problems);
        Assert.Equal([restored.Files().PathOf(orphan)], whole.Orphans);
        await using ThreadwellContext context = restored.Open();
        Assert.Equal(2, await context.Scans.CountAsync(Cancelled));
    }

    [Fact]
    public async Task What_a_backup_that_was_killed_left_aside_is_told_and_goes_with_the_next()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string aside = Path.Combine(clinic.Data.Files, "removed", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        await File.WriteAllTextAsync(aside, "", Cancelled);
        RecordCheckReport report = await CheckAsync(clinic);
        Assert.Empty(report.Problems);
        Assert.Equal([aside], report.Orphans);
        BackupManifest written = await BackUpAsync(clinic);
        Assert.DoesNotContain(written.Parts, part => part.Name.EndsWith(Path.GetFileName(aside), StringComparison.Ordinal));
        Assert.False(File.Exists(aside));
        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    [Fact]
    public async Task Where_there_is_no_record_nothing_is_backed_up_and_nothing_written()
    {
        Clinic clinic = await NewAsync("empty");
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => BackUpAsync(clinic));
        Assert.Contains("nothing to back up", refusal.Message, StringComparison.Ordinal);
        await AssertUntouchedAsync(clinic);
    }

    [Fact]
    public async Task Another_passphrase_is_refused_and_nothing_is_written()
    {
        await BackUpAsync(await MakeClinicAsync("from"));
        Clinic target = await NewAsync("to");
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => RestoreAsync(target, passphrase: "correct horse batterY"));
        Assert.Contains("passphrase is not the one", refusal.Message, StringComparison.Ordinal);
        await AssertUntouchedAsync(target);
    }

    [Fact]
    public async Task A_passphrase_opens_however_its_letters_are_composed()
    {
        Clinic clinic = await MakeClinicAsync("from");
        await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, "m\u1EADt kh\u1EA9u \u0111\u1EE7 d\u00E0i", clock, silent, Cancelled);
        Clinic target = await NewAsync("to");
        await RestoreAsync(target, passphrase: "ma\u0323\u0302t kha\u0302\u0309u \u0111u\u0309 da\u0300i");
        Assert.Empty((await CheckAsync(target)).Problems);
    }

    [Fact]
    public async Task A_damaged_or_shortened_archive_is_refused_wherever_the_damage_is()
    {
        await BackUpAsync(await MakeClinicAsync("from"));
        byte[] good = await File.ReadAllBytesAsync(Archive, Cancelled);
        Clinic target = await NewAsync("to");
        var random = new Random(20261127);
        for (int round = 0; round < 12; round++)
        {
            byte[] bad = round % 3 == 0 ? good[..random.Next(good.Length)] : round % 3 == 1 ? [.. good, 0] : [.. good];
            if (round % 3 == 2)
            {
                bad[random.Next(good.Length)] ^= (byte)(1 << random.Next(8));
            }

            await File.WriteAllBytesAsync(Archive, bad, Cancelled);
            await Assert.ThrowsAsync<InvalidInputException>(() => RestoreAsync(target));
            await AssertUntouchedAsync(target);
        }
    }

    [Fact]
    public async Task What_is_there_is_replaced_only_when_asked_and_then_kept_aside()
    {
        Clinic clinic = await MakeClinicAsync("from");
        await BackUpAsync(clinic);
        Clinic other = await MakeClinicAsync("other", patients: 3, sharesKeys: false);
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => RestoreAsync(other));
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(other));

        (_, string? replaced) = await RestoreAsync(other, replace: true);
        Assert.Equal(1, await CountAsync(other));
        Assert.Empty((await CheckAsync(other)).Problems);
        Assert.True(Directory.Exists(Path.Combine(replaced!, "files")));
        Assert.True(File.Exists(Path.Combine(replaced!, "keys", "record-0001.key")));
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_what_was_there()
    {
        await BackUpAsync(await MakeClinicAsync("from"));
        Clinic other = await MakeClinicAsync("other", patients: 3, sharesKeys: false);
        using var end = new CancellationTokenSource();
        var stop = new StopAt(end, "Restoring the database");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Restore.ReadAsync(Archive, Passphrase, other.Data, other.Database, replace: true, stop, end.Token));
        Assert.Equal(3, await CountAsync(other));
        Assert.Empty((await CheckAsync(other)).Problems);
        Assert.Empty(Directory.GetDirectories(other.Data.Root, ".*"));
    }

    [Fact]
    public async Task A_backup_into_which_nothing_can_be_written_leaves_nothing()
    {
        Clinic clinic = await MakeClinicAsync("from");
        await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, root, Passphrase, clock, silent, Cancelled));
        await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, Archive, "short", clock, silent, Cancelled));
        Assert.Empty(Directory.GetFiles(root));
        Assert.Empty(Directory.GetDirectories(clinic.Data.Root, ".*"));
    }

    [Fact]
    public async Task A_check_names_a_missing_file_a_changed_file_and_a_changed_text()
    {
        Clinic clinic = await MakeClinicAsync("clinic", patients: 3);
        FileStore files = clinic.Files();
        string missing = files.Add("surface 1"u8);
        string changed = files.Add("surface 2"u8);
        File.Delete(files.PathOf(missing));
        byte[] content = await File.ReadAllBytesAsync(files.PathOf(changed), Cancelled);
        content[^20] ^= 1;
        await File.WriteAllBytesAsync(files.PathOf(changed), content, Cancelled);
        await using (ThreadwellContext context = clinic.Open())
        {
            await context.Database.ExecuteSqlRawAsync("UPDATE patients SET \"Phone\" = (SELECT \"Notes\" FROM patients WHERE \"Number\" = 2) WHERE \"Number\" = 1", Cancelled);
        }

        RecordCheckReport report = await CheckAsync(clinic);
        Assert.Equal(3, report.Problems.Count);
        Assert.Contains(report.Problems, problem => problem.Contains("scans.SurfaceSha256", StringComparison.Ordinal) && problem.Contains(missing, StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains(changed, StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.StartsWith("patients.Phone cannot be opened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_nothing_refers_to_are_listed_and_removed_when_they_are_old()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        FileStore files = clinic.Files();
        string old = files.Add("old"u8);
        string young = files.Add("young"u8);
        File.SetLastWriteTimeUtc(files.PathOf(old), Now.Minus(Duration.FromHours(25)).ToDateTimeUtc());
        File.SetLastWriteTimeUtc(files.PathOf(young), Now.Minus(Duration.FromHours(23)).ToDateTimeUtc());
        RecordCheckReport report = await CheckAsync(clinic);
        Assert.Empty(report.Problems);
        Assert.Equal(new[] { files.PathOf(old), files.PathOf(young) }.Order(StringComparer.Ordinal), report.Orphans.Order(StringComparer.Ordinal));
        Assert.Equal((1, 0), (report.OldOrphans, report.Removed));

        Assert.Equal(1, (await CheckAsync(clinic, remove: true)).Removed);
        Assert.False(files.Has(old));
        Assert.True(files.Has(young));
        Assert.Empty((await CheckAsync(clinic)).Problems);
    }

    [Fact]
    public async Task A_file_that_a_sealed_document_names_is_no_orphan()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string picture = clinic.Files().Add("picture"u8);
        await using (ThreadwellContext context = clinic.Open())
        {
            Patient patient = await context.Patients.SingleAsync(Cancelled);
            patient.Notes = $"{{\"picture\":\"{picture}\"}}";
            await context.SaveChangesAsync(Cancelled);
        }

        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    [Fact]
    public async Task A_row_that_refers_to_nothing_is_found()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string guard = clinic.Database.Kind == "sqlite" ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica";
        await using (ThreadwellContext context = clinic.Open())
        {
            await context.Database.OpenConnectionAsync(Cancelled);
            await context.Database.ExecuteSqlRawAsync(guard, Cancelled);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO patient_words (\"PatientId\", \"Word\") VALUES ('0193a000-0000-7000-8000-00000000dead', 'nobody')", Cancelled);
        }

        string problem = Assert.Single((await CheckAsync(clinic)).Problems);
        Assert.Contains("patient_words", problem, StringComparison.Ordinal);
        Assert.Contains("patients", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_another_clinic_are_refused_before_anything_is_sealed_with_them()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        var stranger = new DataFolder(Path.Combine(root, "stranger"));
        await using ThreadwellContext context = clinic.Database.Open(RecordKeys.OpenOrMake(stranger.Keys));
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => KeyCheck.RunAsync(context, stranger, Cancelled));
        Assert.Contains("not the keys of this database", refusal.Message, StringComparison.Ordinal);
        await using ThreadwellContext own = clinic.Open();
        await KeyCheck.RunAsync(own, clinic.Data, Cancelled);
    }

    [Fact]
    public async Task A_hash_of_an_entity_is_declared_to_be_a_file_or_known_not_to_be()
    {
        await using ThreadwellContext context = (await NewAsync("model")).Database.Open(TestKeys.Cipher);
        string[] undeclared = [.. context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => property.Name.EndsWith("Sha256", StringComparison.Ordinal) && property.PropertyInfo?.IsDefined(typeof(StoredFileAttribute), inherit: false) != true)
            .Select(property => $"{property.DeclaringType.ClrType.Name}.{property.Name}")];

        // What a signature covers, whose text is in the row; and secrets and addresses, of which nothing but the hash is kept.
        Assert.Equal(
            [
                "CalendarFeed.SecretSha256", "EnrolledDevice.SecretSha256", "EnrolmentLink.SecretSha256", "PublicQuestion.LinkSha256", "PushSubscription.AddressSha256", "StoredConsent.DocumentSha256",
                "StoredTreatment.SignedSha256",
            ],
            undeclared.Order(StringComparer.Ordinal));
    }

    private protected abstract Task<TestDatabase> MakeAsync(string folder);

    private Task<BackupManifest> BackUpAsync(Clinic clinic) => Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, clock, silent, Cancelled);

    private Task<(BackupManifest Manifest, string? Replaced)> RestoreAsync(Clinic target, bool replace = false, string passphrase = Passphrase) =>
        Restore.ReadAsync(Archive, passphrase, target.Data, target.Database, replace, silent, Cancelled);

    private Task<RecordCheckReport> CheckAsync(Clinic clinic, bool remove = false) => RecordCheck.RunAsync(clinic.Data, clinic.Database, remove, clock, silent, Cancelled);

    private static async Task AssertUntouchedAsync(Clinic target)
    {
        Assert.Empty(Directory.GetFileSystemEntries(target.Data.Root));
        Assert.True(await target.Database.IsEmptyAsync(Cancelled));
    }

    private static async Task<int> CountAsync(Clinic clinic)
    {
        await using ThreadwellContext context = clinic.Open();
        return await context.Patients.CountAsync(Cancelled);
    }

    private async Task<Clinic> NewAsync(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        TestDatabase database = await MakeAsync(folder);
        databases.Add(database);
        return new Clinic(new DataFolder(folder), database.Database);
    }

    private async Task<Clinic> MakeClinicAsync(string name, int patients = 1, bool sharesKeys = true)
    {
        Clinic clinic = await NewAsync(name);
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
        await using (ThreadwellContext context = clinic.Open())
        {
            await clinic.Database.PrepareAsync(context, Cancelled);
        }

        for (int number = 1; number <= patients; number++)
        {
            await AddPatientAsync(clinic, number);
        }

        return clinic;
    }

    private static async Task AddPatientAsync(Clinic clinic, int number)
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
    private static async Task RemoveScanAsync(Clinic clinic, int number)
    {
        FileStore files = clinic.Files();
        await using ThreadwellContext context = clinic.Open();
        StoredScan scan = await context.Scans.SingleAsync(scan => scan.Name == $"Trần Thị Mai {number}", Cancelled);
        context.Remove(scan);
        await context.SaveChangesAsync(Cancelled);
        files.Remove(scan.FileSha256);
        files.Remove(scan.SurfaceSha256);
    }

    private sealed record Clinic(DataFolder Data, ClinicDatabase Database)
    {
        public ThreadwellContext Open() => Database.Open(RecordKeys.Open(Data.Keys));

        public FileStore Files() => new(Data.Files, RecordKeys.Open(Data.Keys));
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }

    /// <summary>Does something once, when a step is told for the first time.</summary>
    private sealed class Meanwhile(string step, Func<Task> what) : IProgress<KeepingProgress>
    {
        private bool done;

        public void Report(KeepingProgress value)
        {
            if (value.Doing == step && !done)
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

    private sealed class StopAt(CancellationTokenSource end, string doing) : IProgress<KeepingProgress>
    {
        public void Report(KeepingProgress value)
        {
            if (value.Doing == doing)
            {
                end.Cancel();
            }
        }
    }
}
