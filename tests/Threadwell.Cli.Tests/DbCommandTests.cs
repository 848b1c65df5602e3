using System.Text;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;

namespace Threadwell.Cli.Tests;

/// <summary>Backup, restore and check of a record from the command line: what is told, the exit codes, and that nothing is written where something is refused.</summary>
public sealed class DbCommandTests : IDisposable
{
    private const string Variable = "THREADWELL_PASSPHRASE";
    private const string Passphrase = "correct horse battery";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_record_is_backed_up_restored_elsewhere_and_checked_and_a_damaged_file_is_named()
    {
        string data = Directory.CreateDirectory(folder["clinic"]).FullName;
        string sha256 = await MakeRecordAsync(data);
        CommandLineRun backup = Run("backup", "--out", folder["clinic.twb"], "--data", data);
        Assert.Equal((0, 0), (backup.ExitCode, Run("check", "--data", data).ExitCode));
        Assert.StartsWith($"{folder["clinic.twb"]}: ", backup.Output, StringComparison.Ordinal);

        CommandLineRun other = CommandLineRun.With(Variable, "another one", "db", "restore", folder["clinic.twb"], "--data", folder["restored"]);
        other.IsRefusedAtLast("passphrase is not the one");
        Assert.False(Directory.Exists(folder["restored/files"]));

        CommandLineRun restored = Run("restore", folder["clinic.twb"], "--data", folder["restored"]);
        Assert.Equal(0, restored.ExitCode);
        Assert.StartsWith($"{folder["restored"]}: restored ", restored.Output, StringComparison.Ordinal);
        CommandLineRun check = Run("check", "--data", folder["restored"]);
        Assert.Equal(0, check.ExitCode);
        Assert.StartsWith("All is well (", check.Output, StringComparison.Ordinal);

        // A second restore finds a record there and leaves it.
        Run("restore", folder["clinic.twb"], "--data", folder["restored"]).IsRefusedAtLast("--replace");

        string stored = Directory.EnumerateFiles(folder["restored/files"], sha256 + "*", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(stored, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(stored, bytes, TestContext.Current.CancellationToken);
        CommandLineRun damaged = Run("check", "--data", folder["restored"]);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains(sha256, damaged.Output, StringComparison.Ordinal);
        Assert.Contains("Problems: 1 (", damaged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_record_or_no_passphrase_one_line_says_what_to_do_and_nothing_is_written()
    {
        Run("check", "--data", folder["nowhere"]).IsRefused("there is no such folder");
        Directory.CreateDirectory(folder["empty"]);
        Run("backup", "--out", folder["x.twb"], "--data", folder["empty"]).IsRefused("there is no record in");
        Assert.Equal(["empty"], folder.Names);
    }

    private static CommandLineRun Run(string command, params string[] arguments) => CommandLineRun.With(Variable, Passphrase, ["db", command, .. arguments]);

    // One scan whose file lies in the store.
    private static async Task<string> MakeRecordAsync(string root)
    {
        var data = new DataFolder(root);
        RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
        var database = new SqliteDatabase(data.Database);
        await using ThreadwellContext context = database.Open(cipher);
        await database.PrepareAsync(context, TestContext.Current.CancellationToken);
        string sha256 = new FileStore(data.Files, cipher).Add(Encoding.UTF8.GetBytes("a scan"));
        context.Scans.Add(new StoredScan
        {
            Id = Guid.CreateVersion7(),
            Name = "Scan",
            Origin = ScanOrigin.Uploaded,
            Body = ScannedBody.Head,
            FileName = "scan.glb",
            FileSha256 = sha256,
            SurfaceSha256 = sha256,
            PictureSha256 = sha256,
            Unit = "mm",
            Up = "+y",
            Front = "+z",
            CreatedAt = Instant.FromUtc(2026, 11, 27, 8, 0),
        });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return sha256;
    }
}
