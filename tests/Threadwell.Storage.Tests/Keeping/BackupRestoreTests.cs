using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;

namespace Threadwell.Storage.Tests.Keeping;

public sealed class SqliteBackupRestoreTests() : BackupRestoreTests(Sqlite);

public sealed class PostgreSqlBackupRestoreTests() : BackupRestoreTests(PostgreSql);

/// <summary>What a backup holds, and what a restore makes of it.</summary>
public abstract class BackupRestoreTests(string kind) : KeepingClinic(kind)
{
    [Fact]
    public async Task A_backup_brings_back_rows_files_keys_and_heads()
    {
        Clinic clinic = await MakeClinicAsync("from");
        BackupManifest written = await BackUpAsync(clinic);
        Assert.Equal(clinic.Database.Kind, written.Database);
        Assert.Equal([Archive], Directory.GetFiles(Root));
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
    public async Task Where_there_is_no_record_nothing_is_backed_up_and_nothing_written()
    {
        Clinic clinic = await NewAsync("empty");
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => BackUpAsync(clinic));
        Assert.Contains("there is no record in", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, (await Assert.ThrowsAsync<InvalidInputException>(() => clinic.Database.WriteSnapshotAsync(Root, Cancelled))).Message);
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
        await Backup.WriteAsync(clinic.Data, clinic.Database, Archive, "m\u1EADt kh\u1EA9u \u0111\u1EE7 d\u00E0i", Clock, Silent, Cancelled);
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
        await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, Root, Passphrase, Clock, Silent, Cancelled));
        await Assert.ThrowsAsync<InvalidInputException>(() => Backup.WriteAsync(clinic.Data, clinic.Database, Archive, "short", Clock, Silent, Cancelled));
        Assert.Empty(Directory.GetFiles(Root));
        Assert.Empty(Directory.GetDirectories(clinic.Data.Root, ".*"));
    }

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
