namespace Threadwell.Storage.Keeping;

/// <summary>
/// Puts a restored state in the place of what is there. It is staged whole in <c>.restore</c> of the data folder; a mark says that it is, and the database says whether it has taken the restored
/// rows. From then on every start goes forward to the end; before that it goes back to what was there.
/// </summary>
internal sealed class RestoreSwap
{
    private const string StageName = ".restore";
    private const string ReadyName = "ready";
    private const string ReplacedName = "replaced-";

    private readonly string stage;

    private RestoreSwap(string stage, string id)
    {
        this.stage = stage;
        Id = id;
    }

    /// <summary>Names this restore to the database.</summary>
    public string Id { get; }

    /// <summary>Where the restored state is written.</summary>
    public string Staged => Path.Combine(stage, "new");

    /// <summary>Whether the staged state is whole.</summary>
    public bool IsReady => File.Exists(Path.Combine(stage, ReadyName));

    /// <summary>The manifest of the archive, kept beside the stage until the end.</summary>
    public byte[] ManifestBytes { get; private set; } = [];

    /// <summary>Whether a data folder holds nothing that a restore would replace.</summary>
    public static bool IsEmpty(DataFolder data) => !Places(data).Any(place => File.Exists(place) || (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any()));

    /// <summary>Makes an empty stage.</summary>
    public static RestoreSwap Begin(DataFolder data)
    {
        var swap = new RestoreSwap(Path.Combine(data.Root, StageName), Guid.NewGuid().ToString("n"));
        Backup.CreatePrivate(swap.Staged);
        return swap;
    }

    /// <summary>Finishes or undoes a restore that a kill cut off; does nothing where none was.</summary>
    /// <returns>The folder that what was replaced lies in; null where nothing was replaced.</returns>
    public static async Task<string?> FinishAsync(DataFolder data, ClinicDatabase database, CancellationToken cancellation)
    {
        string left = Path.Combine(data.Root, StageName);
        if (!Directory.Exists(left))
        {
            return null;
        }

        string ready = Path.Combine(left, ReadyName);
        string? id = File.Exists(ready) ? await File.ReadAllTextAsync(ready, cancellation) : null;
        string? replaced = null;
        if (id is not null && await database.HasLoadedAsync(id, cancellation))
        {
            replaced = MoveIn(data, Path.Combine(left, "new"), Path.Combine(data.Root, ReplacedName + id));
        }

        Directory.Delete(left, recursive: true);
        return replaced;
    }

    /// <summary>Says that the stage is whole.</summary>
    public void MarkReady()
    {
        ManifestBytes = File.ReadAllBytes(Path.Combine(Staged, BackupManifest.PartName));
        string part = Path.Combine(stage, ReadyName + ".part");
        using (var stream = new FileStream(part, FileMode.Create))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Id));
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, Path.Combine(stage, ReadyName), overwrite: true);
    }

    /// <summary>Takes the stage away.</summary>
    public void Abandon() => Directory.Delete(stage, recursive: true);

    // The logs of the embedded database go before it: without it they are nothing, and with another one they would harm.
    private static string[] Places(DataFolder data) => [data.Database + "-wal", data.Database + "-shm", data.Database, data.Files, data.Audit, data.Keys];

    private static string? MoveIn(DataFolder data, string staged, string replaced)
    {
        foreach (string place in Places(data))
        {
            string name = Path.GetFileName(place);
            string restored = Path.Combine(staged, name);
            string old = Path.Combine(replaced, name);

            // A log goes with its database, while that is still to be moved.
            bool isLog = place.Length > data.Database.Length && place.StartsWith(data.Database, StringComparison.Ordinal);
            bool pending = isLog ? Path.Exists(Path.Combine(staged, Path.GetFileName(data.Database))) : Path.Exists(restored);
            if (!pending)
            {
                continue;
            }

            if (Path.Exists(place) && !Path.Exists(old))
            {
                Backup.CreatePrivate(replaced);
                Move(place, old);
            }

            if (!isLog)
            {
                Move(restored, place);
            }
        }

        return Directory.Exists(replaced) ? replaced : null;
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to);
        }
    }
}
