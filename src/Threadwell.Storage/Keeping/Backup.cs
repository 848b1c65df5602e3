using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage.Files;

namespace Threadwell.Storage.Keeping;

/// <summary>
/// Writes a backup while the app runs: one archive, sealed under a passphrase, of the database, the files, the heads of the audit trail and the keys. Heads first, then a snapshot of the
/// database, then the files, of which none goes for good meanwhile: a row of the snapshot never names a file that the archive lacks, and the trail is never shorter than its heads say.
/// </summary>
public static class Backup
{
    /// <summary>Shortest passphrase, characters.</summary>
    public const int ShortestPassphrase = 12;

    internal const string DatabaseFolder = "database";

    private const double DatabaseShare = 0.3;

    /// <summary>Makes a backup.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="database">Its database.</param>
    /// <param name="archive">The archive to write; an existing file is replaced at the end.</param>
    /// <param name="passphrase">Opens it again.</param>
    /// <param name="clock">Tells the time that the backup bears.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it; nothing is left then.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="InvalidInputException">There is nothing to back up, another backup is being written, or the archive cannot be.</exception>
    public static async Task<BackupManifest> WriteAsync(
        DataFolder data, ClinicDatabase database, string archive, string passphrase, IClock clock, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(progress);
        CheckPassphrase(passphrase);
        if (await database.IsEmptyAsync(cancellation))
        {
            throw database.HoldsNoRecord();
        }

        long now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        await using RemovalHold hold = await HoldAsync(data.Files, cancellation);

        // The copy of the database lies where the database does, not where the archive goes: it is not sealed yet.
        string copy = Path.Combine(data.Root, $".backup-{Guid.NewGuid():n}");
        try
        {
            CreatePrivate(Path.Combine(copy, DatabaseFolder));
            CopyIfThere(data.Audit, Path.Combine(copy, DataFolder.AuditName));
            progress.Report(new KeepingProgress(0.02, "Copying the database"));
            string migration = await database.WriteSnapshotAsync(Path.Combine(copy, DatabaseFolder), cancellation);
            BackupManifest? manifest = null;
            AtomicFile.Write(archive, target =>
            {
                (byte[] header, byte[] key) = ArchiveHeader.Make(passphrase);
                target.Write(header);
                using var sealing = new SealingStream(target, key);
                manifest = WriteParts(sealing, Sources(copy, data), data.Files, new BackupManifest { Database = database.Kind, Migration = migration, CreatedAtMilliseconds = now, Parts = [] }, progress, cancellation);
                sealing.Complete();
                ((FileStream)target).Flush(flushToDisk: true);
            });
            return manifest!;
        }
        finally
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    /// <summary>Refuses a passphrase that is too short to protect anything.</summary>
    /// <exception cref="InvalidInputException">It is.</exception>
    public static void CheckPassphrase(string passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        if (passphrase.Length < ShortestPassphrase)
        {
            throw new InvalidInputException("passphrase", null, $"it needs at least {ShortestPassphrase} characters; four or five unrelated words are good.");
        }
    }

    internal static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<RemovalHold> HoldAsync(string files, CancellationToken cancellation)
    {
        try
        {
            return await RemovalHold.TakeAsync(files, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(files, null, $"another backup is being written, or the folder cannot be written to ({error.Message}); wait for that one to end, then try again.", error);
        }
    }

    private static void CopyIfThere(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            // The app adds to the heads meanwhile.
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }

    private static List<(string Name, string File)> Sources(string copy, DataFolder data)
    {
        var sources = new List<(string, string)>();
        string aside = RemovalHold.Aside(data.Files, "");
        Take(copy, copy);
        Take(data.Keys, data.Root);

        // What goes aside while the store is listed is found there, since that is listed after it.
        Take(data.Files, data.Root);
        sources.AddRange(RemovalHold.SetAside(data.Files).Select(file => FileStore.PathIn(data.Files, Path.GetFileName(file))).Select(file => (NameOf(file, data.Root), file)).Except(sources).ToList());
        return sources;

        void Take(string folder, string root)
        {
            if (Directory.Exists(folder))
            {
                sources.AddRange(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => !file.EndsWith(".part", StringComparison.Ordinal) && !file.StartsWith(aside, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal).Select(file => (NameOf(file, root), file)));
            }
        }

        static string NameOf(string file, string root) => Path.GetRelativePath(root, file).Replace('\\', '/');
    }

    private static BackupManifest WriteParts(Stream target, List<(string Name, string File)> sources, string store, BackupManifest manifest, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        using var compressed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        using var tar = new TarWriter(compressed, TarEntryFormat.Pax, leaveOpen: true);
        var parts = new List<BackupPart>(sources.Count);
        long total = Math.Max(1, sources.Sum(source => new FileInfo(source.File) is { Exists: true } there ? there.Length : 0));
        long done = 0;
        foreach ((string name, string file) in sources)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new KeepingProgress(Math.Min(1, DatabaseShare + ((1 - DatabaseShare) * done / total)), "Writing the archive"));
            using FileStream? content = Open(file, store);
            if (content is not null)
            {
                parts.Add(new BackupPart(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
                content.Position = 0;
                Add(tar, name, content);
                done += content.Length;
            }
        }

        manifest = manifest with { Parts = parts };
        using var list = new MemoryStream(manifest.ToBytes());
        Add(tar, BackupManifest.PartName, list);
        progress.Report(new KeepingProgress(1, "Done"));
        return manifest;
    }

    // A file of the store, where it lies by now; null for one that had lost its row before the database was copied.
    private static FileStream? Open(string file, string store)
    {
        try
        {
            return Read(file);
        }
        catch (FileNotFoundException) when (file.StartsWith(store, StringComparison.Ordinal))
        {
            string aside = RemovalHold.Aside(store, Path.GetFileName(file));
            return File.Exists(aside) ? Read(aside) : null;
        }

        static FileStream Read(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
    }

    private static void Add(TarWriter tar, string name, Stream content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
}
