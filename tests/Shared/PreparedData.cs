using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;
using Threadwell.Web.Demonstration;

namespace Threadwell.Tests.Shared;

/// <summary>
/// A data folder as a first start leaves it. Making sample patients and the demonstration clinic takes half a minute of one core and gives the same each time, so it is
/// done once for a build and a day, and copied for every server that a test starts.
/// </summary>
internal static class PreparedData
{
    private const string Beginning = "threadwell-prepared-";

    /// <summary>Copies it into a new, empty folder.</summary>
    /// <param name="folder">The folder.</param>
    public static async Task CopyToAsync(string folder)
    {
        string prepared = await FolderAsync();
        foreach (string file in Directory.EnumerateFiles(prepared, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(prepared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Copies keys, files and the sample patients, as a first start of an empty clinic leaves them.</summary>
    /// <param name="folder">The data folder; new and empty.</param>
    /// <param name="database">The database of that clinic, new and empty; null for the embedded one.</param>
    public static async Task CopySamplesToAsync(string folder, ClinicDatabase? database = null)
    {
        await CopyToAsync(folder);
        var data = new DataFolder(folder);

        // The heads are those of the trail of what is left out.
        Directory.Delete(data.Audit, recursive: true);
        string whole = data.Database + ".whole";
        File.Move(data.Database, whole);
        database ??= new SqliteDatabase(data.Database);
        RecordCipher cipher = RecordKeys.Open(data.Keys);
        await using (ThreadwellContext prepared = new SqliteDatabase(whole).Open(cipher))
        await using (ThreadwellContext context = database.Open(cipher))
        {
            await database.PrepareAsync(context, TestContext.Current.CancellationToken);
            context.Scans.AddRange(await prepared.Scans.AsNoTracking().Where(scan => scan.Origin == ScanOrigin.Sample).ToListAsync(TestContext.Current.CancellationToken));
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(whole);
    }

    /// <summary>Copies its keys alone into a new, empty folder: databases with the same keys share what a process makes for these (a model, its queries).</summary>
    /// <param name="folder">The data folder.</param>
    public static async Task CopyKeysToAsync(string folder)
    {
        string keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(await FolderAsync(), "keys")).Where(file => Path.GetExtension(file) is ".key" or ".xml"))
        {
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        }
    }

    private static async Task<string> FolderAsync()
    {
        string prepared = Path.Combine(Path.GetTempPath(), Beginning + await MarkAsync());

        // It is moved there whole.
        if (Directory.Exists(prepared))
        {
            return prepared;
        }

        // Test projects run beside each other, and classes within one: the first makes it, the others wait.
        await using FileStream turn = await TurnAsync();
        if (Directory.Exists(prepared))
        {
            return prepared;
        }

        string made = Directory.CreateTempSubdirectory("threadwell-preparing-").FullName;
        try
        {
            using ServerProcess server = await ServerProcess.StartAsync(made);
            await server.EndAsync();
            await CancelCourseAsync(made);
        }
        catch
        {
            Directory.Delete(made, recursive: true);
            throw;
        }

        // That of another build may be in use for some minutes yet.
        DateTime old = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (string before in Directory.GetDirectories(Path.GetTempPath(), Beginning + "*").Where(folder => Directory.GetCreationTimeUtc(folder) < old))
        {
            Directory.Delete(before, recursive: true);
        }

        Directory.Move(made, prepared);
        return prepared;
    }

    // A server computes the course of the demonstration's plan by itself some time after its start, over a dozen seconds of a core, beside whatever a test does; no test looks at it: in
    // what is prepared somebody has cancelled it.
    private static async Task CancelCourseAsync(string folder)
    {
        var data = new DataFolder(folder);
        await using (ThreadwellContext context = new SqliteDatabase(data.Database).Open(RecordKeys.Open(data.Keys)))
        {
            Guid version = await DemonstrationCourse.NewestVersionAsync(context, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The demonstration has no plan.");
            context.Predictions.Add(new StoredPrediction
            {
                Id = Guid.CreateVersion7(), PlanVersionId = version, Months = DemonstrationCourse.Months, State = PredictionState.Cancelled, CreatedAt = SystemClock.Instance.GetCurrentInstant(),
            });
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    // As long as making it may take, and a little more; what keeps the file from being opened then is told.
    private static async Task<FileStream> TurnAsync()
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(ServerProcess.Patience + TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Path.GetTempPath(), "threadwell-preparing.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (!late.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            }
        }
    }

    // The build, and the day from which the demonstration is dated.
    private static async Task<string> MarkAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*hreadwell*.dll").Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }

        return $"{TimeProvider.System.GetUtcNow():yyyyMMdd}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }
}
