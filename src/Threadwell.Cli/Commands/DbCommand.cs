using System.CommandLine;
using System.Globalization;
using NodaTime;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Keeping;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell db</c>: backup, restore and check of the record.</summary>
internal sealed class DbCommand : Command
{
    private const int NotWhole = 1;
    private const int MostListed = 50;

    private readonly Option<string> data = TypedOptions.Path("--data", $"Data folder; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
    private readonly Option<string> database = TypedOptions.Path(
        DatabaseChoice.Option, $"PostgreSQL database (Host=…;Database=…); the environment variable {DatabaseChoice.Variable} or a file in the data folder when left out.", required: false, "connection");

    public DbCommand()
        : base("db", "Backup, restore and check of the record.")
    {
        Add(BackupCommand());
        Add(RestoreCommand());
        Add(CheckCommand());
    }

    private Command BackupCommand()
    {
        Option<string> output = TypedOptions.Path("--out", "The archive to write.", required: true);
        var command = new Command("backup", "Writes everything to one archive under a passphrase (THREADWELL_PASSPHRASE, or asked for), while the app may run.") { output, data, database };
        command.SetAction(async (parsed, cancellation) =>
        {
            (DataFolder folder, ClinicDatabase kept) = Open(parsed, mustExist: true);
            string archive = parsed.GetRequiredValue(output);
            string passphrase = Passphrase.Read(repeat: true);
            BackupManifest manifest = await ShowAsync(progress => Backup.WriteAsync(folder, kept, archive, passphrase, SystemClock.Instance, progress, cancellation), cancellation);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{archive}: {manifest.Parts.Count} parts, {new FileInfo(archive).Length / 1e6:0.0} MB, schema {manifest.Migration}"));
            return 0;
        });
        return command;
    }

    private Command RestoreCommand()
    {
        var archive = new Argument<string>("file") { Description = "The archive." };
        var replace = new Option<bool>("--replace") { Description = "Replace what is there; without it only an empty folder and database are taken." };
        var command = new Command("restore", "Restores an archive into a data folder that no app runs on, and its database.") { archive, replace, data, database };
        command.SetAction(async (parsed, cancellation) =>
        {
            (DataFolder folder, ClinicDatabase kept) = Open(parsed, mustExist: false);
            string file = parsed.GetRequiredValue(archive);
            string passphrase = Passphrase.Read(repeat: false);
            using DataFolderLock hold = DataFolderLock.Take(folder.Root);
            (BackupManifest manifest, string? replaced) = await ShowAsync(progress => Restore.ReadAsync(file, passphrase, folder, kept, parsed.GetValue(replace), progress, cancellation), cancellation);
            string made = Instant.FromUnixTimeMilliseconds(manifest.CreatedAtMilliseconds).ToString();
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder.Root}: restored {manifest.Parts.Count} parts of the backup of {made}, schema {manifest.Migration}"));
            if (replaced is not null)
            {
                Console.Out.WriteLine($"What was there before lies in {replaced}; remove it when it is no longer needed.");
            }

            return 0;
        });
        return command;
    }

    private Command CheckCommand()
    {
        var remove = new Option<bool>("--remove-orphans") { Description = "Remove files that nothing refers to and that are older than a day." };
        var command = new Command("check", "Checks database, sealed texts and files; exit code 1 where something is wrong. The app may run.") { remove, data, database };
        command.SetAction(async (parsed, cancellation) =>
        {
            (DataFolder folder, ClinicDatabase kept) = Open(parsed, mustExist: true);
            RecordCheckReport report = await ShowAsync(progress => RecordCheck.RunAsync(folder, kept, parsed.GetValue(remove), SystemClock.Instance, progress, cancellation), cancellation);
            Print(report, kept);
            return report.Problems.Count == 0 ? 0 : NotWhole;
        });
        return command;
    }

    private (DataFolder Data, ClinicDatabase Database) Open(ParseResult parsed, bool mustExist)
    {
        string folder = parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder;
        return mustExist && !Directory.Exists(folder)
            ? throw new InvalidInputException("--data", folder, "there is no such folder; name the data folder of the app.")
            : (new DataFolder(folder), DatabaseChoice.Of(parsed.GetValue(database), folder));
    }

    private static void Print(RecordCheckReport report, ClinicDatabase database)
    {
        List(report.Problems.Select(problem => "! " + problem));
        List(report.Orphans.Select(orphan => "  nothing refers to " + orphan));
        if (report.Orphans.Count > 0)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Files that nothing refers to: {report.Orphans.Count}, older than a day: {report.OldOrphans}; {(report.Removed > 0 ? $"removed: {report.Removed}" : "--remove-orphans removes these")}."));
        }

        Console.Out.WriteLine(report.Problems.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"All is well ({database.Description}): {report.Texts} texts, {report.Opened} of them sealed, {report.Files} files.")
            : string.Create(CultureInfo.InvariantCulture, $"Problems: {report.Problems.Count} ({database.Description}); docs/operations.md says what to do."));
    }

    private static void List(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        foreach (string line in all.Take(MostListed))
        {
            Console.Out.WriteLine(line);
        }

        if (all.Length > MostListed)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {all.Length - MostListed} more"));
        }
    }

    private static Task<T> ShowAsync<T>(Func<IProgress<KeepingProgress>, Task<T>> job, CancellationToken cancellation) =>
        ProgressDisplay.RunAsync(shown => job(new Steps(shown)).GetAwaiter().GetResult(), cancellation);

    private sealed class Steps(IProgress<CourseProgress> shown) : IProgress<KeepingProgress>
    {
        public void Report(KeepingProgress value) => shown.Report(new CourseProgress(value.Fraction, value.Doing));
    }
}
