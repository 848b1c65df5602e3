using System.Runtime.Versioning;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;

namespace Threadwell.Storage.Tests.Keeping;

public sealed class SqliteBackupBesideTheAppTests() : BackupBesideTheAppTests(Sqlite);

public sealed class PostgreSqlBackupBesideTheAppTests() : BackupBesideTheAppTests(PostgreSql);

/// <summary>A backup that is written while the app adds and removes.</summary>
public abstract class BackupBesideTheAppTests(string kind) : KeepingClinic(kind)
{
    [Fact]
    public async Task A_backup_made_while_others_write_holds_every_file_that_its_rows_name()
    {
        Clinic clinic = await MakeClinicAsync("from");
        int added = 1;
        await WhileAsync(
            () => AddPatientAsync(clinic, ++added),
            async round =>
            {
                int before = Volatile.Read(ref added) - 1;
                await BackUpAsync(clinic);
                Clinic restored = await NewAsync($"to{round}");
                await RestoreAsync(restored);
                Assert.Empty((await CheckAsync(restored)).Problems);
                await using ThreadwellContext context = restored.Open();
                Assert.True(await context.Patients.CountAsync(Cancelled) >= before);
            });
    }

    [Fact]
    public async Task A_backup_made_while_others_remove_holds_every_file_that_its_rows_name()
    {
        Clinic clinic = await MakeClinicAsync("from", patients: 2);
        int added = 2, removed = 0;
        await WhileAsync(
            async () =>
            {
                await AddPatientAsync(clinic, ++added);
                await RemoveScanAsync(clinic, ++removed);
            },
            async round =>
            {
                await BackUpAsync(clinic);
                Clinic restored = await NewAsync($"to{round}");
                await RestoreAsync(restored);
                Assert.Empty((await CheckAsync(restored)).Problems);
                await using ThreadwellContext context = restored.Open();
                Assert.InRange(await context.Scans.CountAsync(Cancelled), 2, 3);
            });
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
            InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, Archive + "2", Passphrase, Clock, Silent, Cancelled));
            Assert.Contains("another backup", refusal.Message, StringComparison.Ordinal);
        });
        BackupManifest written = await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, Clock, meanwhile, Cancelled);
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
    public async Task What_is_put_aside_before_the_store_is_listed_is_in_the_archive_once()
    {
        Clinic clinic = await MakeClinicAsync("from", patients: 2);
        string file = clinic.Files().Add("file 2"u8);
        var meanwhile = new Meanwhile("Copying the database", () => RemoveScanAsync(clinic, 2));
        BackupManifest written = await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, Clock, meanwhile, Cancelled);
        Assert.False(clinic.Files().Has(file));
        Assert.Single(written.Parts, part => part.Name == $"files/{file[..2]}/{file}");

        Clinic restored = await NewAsync("to");
        await RestoreAsync(restored);
        Assert.Empty((await CheckAsync(restored)).Problems);
        Assert.Equal("file 2", Encoding.UTF8.GetString(restored.Files().Read(file)));
    }

    [Fact]
    public async Task Many_may_remove_the_same_files_while_the_archive_is_written()
    {
        Clinic clinic = await MakeClinicAsync("from");
        FileStore files = clinic.Files();
        string[] orphans = [.. Enumerable.Range(0, 100).Select(number => files.Add(BitConverter.GetBytes(number)))];
        var meanwhile = new Meanwhile("Writing the archive", () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Array.ForEach(orphans, files.Remove), Cancelled))));
        BackupManifest written = await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, Clock, meanwhile, Cancelled);
        Assert.All(orphans, name => Assert.Single(written.Parts, part => part.Name == $"files/{name[..2]}/{name}"));
        Assert.DoesNotContain(orphans, files.Has);
        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_backup_that_cannot_clear_what_lies_aside_is_good_and_the_next_one_says_why_it_cannot_begin()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Every folder can be written to.");
        Clinic clinic = await MakeClinicAsync("from", patients: 2);
        string removed = Path.Combine(clinic.Data.Files, "removed"), file = clinic.Files().Add("file 2"u8);
        const UnixFileMode reading = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        var meanwhile = new Meanwhile("Writing the archive", async () =>
        {
            await RemoveScanAsync(clinic, 2);
            File.SetUnixFileMode(removed, reading);
        });
        BackupManifest written = await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, Passphrase, Clock, meanwhile, Cancelled);
        Assert.Single(written.Parts, part => part.Name == $"files/{file[..2]}/{file}");
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => BackUpAsync(clinic));
        Assert.Contains("cannot be written to", refusal.Message, StringComparison.Ordinal);

        // Nobody holds it by now.
        File.SetUnixFileMode(removed, reading | UnixFileMode.UserWrite);
        await BackUpAsync(clinic);
        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    // A few rounds while a step is done again and again; however they end, it has ended too.
    private static async Task WhileAsync(Func<Task> step, Func<int, Task> turn)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task steps = Task.Run(
            async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    await step();
                }
            },
            Cancelled);
        try
        {
            for (int round = 0; round < 3; round++)
            {
                await turn(round);
            }
        }
        finally
        {
            await end.CancelAsync();
            await steps;
        }
    }
}
