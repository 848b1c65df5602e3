using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Keeping;

/// <summary>
/// Restores a backup. Everything is written beside what is there and checked; only then it takes its place, in a way that a kill at any moment leaves either the old state or, after the next
/// start, the restored one (<see cref="RestoreSwap"/>).
/// </summary>
public static partial class Restore
{
    private const double ReadingShare = 0.6;

    // What an archive may put where; anything else is no backup of ours.
    [GeneratedRegex(@"^(database/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}|keys/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}|audit/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}|files/all-sealed|files/[0-9a-f]{2}/[0-9a-f]{64})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PartName { get; }

    /// <summary>Restores a backup into a data folder that no server holds, and its database.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="passphrase">What it was made with.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="database">The database.</param>
    /// <param name="replace">Whether what is there may be replaced.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it; what was there stays.</param>
    /// <returns>What was restored, and the folder into which what it replaced was moved; null where nothing was.</returns>
    /// <exception cref="InvalidInputException">The archive cannot be used, or something is there already.</exception>
    public static async Task<(BackupManifest Manifest, string? Replaced)> ReadAsync(
        string archive, string passphrase, DataFolder data, ClinicDatabase database, bool replace, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(passphrase);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(progress);
        await RestoreSwap.FinishAsync(data, database, cancellation);
        bool empty = RestoreSwap.IsEmpty(data) && await database.IsEmptyAsync(cancellation);
        if (!empty && !replace)
        {
            throw new InvalidInputException("restore", null, $"{data.Root} or its database ({database.Description}) holds data already; restore into an empty one, or replace what is there with --replace.");
        }

        var swap = RestoreSwap.Begin(data);
        try
        {
            BackupManifest manifest = Unpack(archive, passphrase, swap.Staged, progress, cancellation);
            CheckFits(manifest, archive, database);
            progress.Report(new KeepingProgress(ReadingShare, "Restoring the database"));
            string parts = Path.Combine(swap.Staged, Backup.DatabaseFolder);
            await database.StageSnapshotAsync(parts, archive, swap.Staged, cancellation);
            swap.MarkReady();
            await database.LoadSnapshotAsync(parts, manifest.Migration, swap.Id, cancellation);
        }
        catch
        {
            if (!await HasLoadedQuietlyAsync(database, swap))
            {
                swap.Abandon();
            }

            throw;
        }

        string? replaced = await RestoreSwap.FinishAsync(data, database, CancellationToken.None);
        progress.Report(new KeepingProgress(1, "Done"));
        return (BackupManifest.Parse(archive, swap.ManifestBytes), replaced);
    }

    /// <summary>Finishes, or undoes, a restore that was cut off; does nothing where none was.</summary>
    /// <param name="data">The data folder, held by this process.</param>
    /// <param name="database">Its database.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task FinishAsync(DataFolder data, ClinicDatabase database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(database);
        await RestoreSwap.FinishAsync(data, database, cancellation);
    }

    // A commit whose answer was lost counts: then the next start finishes.
    private static async Task<bool> HasLoadedQuietlyAsync(ClinicDatabase database, RestoreSwap swap)
    {
        try
        {
            return swap.IsReady && await database.HasLoadedAsync(swap.Id, CancellationToken.None);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return true;
        }
    }

    private static void CheckFits(BackupManifest manifest, string archive, ClinicDatabase database)
    {
        if (manifest.Database != database.Kind)
        {
            throw new InvalidInputException(archive, null, $"this is a backup of a {manifest.Database} database, and the target is {database.Kind}; name the right database.");
        }

        using ThreadwellContext context = database.Open(RecordCipher.Passing());
        if (!context.Database.GetMigrations().Contains(manifest.Migration, StringComparer.Ordinal))
        {
            throw new InvalidInputException(archive, null, $"this backup has the schema {manifest.Migration}, which this version of Threadwell does not know; use the version that made it, or a later one.");
        }
    }

    private static BackupManifest Unpack(string archive, string passphrase, string folder, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        using FileStream source = OpenArchive(archive);
        byte[] header = new byte[ArchiveHeader.Length];
        int read = source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        byte[] key = ArchiveHeader.Read(archive, header.AsSpan(0, read), passphrase);
        using var opening = new OpeningStream(source, key, archive);
        BackupManifest? manifest = null;
        var found = new Dictionary<string, BackupPart>(StringComparer.Ordinal);
        try
        {
            using var expanded = new GZipStream(opening, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(expanded, leaveOpen: true);
            while (tar.GetNextEntry() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new KeepingProgress(ReadingShare * source.Position / source.Length, "Reading the archive"));
                if (entry.Name == BackupManifest.PartName)
                {
                    using var bytes = new MemoryStream();
                    entry.DataStream?.CopyTo(bytes);
                    manifest = BackupManifest.Parse(archive, bytes.ToArray());
                    File.WriteAllBytes(Path.Combine(folder, BackupManifest.PartName), bytes.ToArray());
                    continue;
                }

                if (!PartName.IsMatch(entry.Name) || entry.EntryType != TarEntryType.RegularFile || !found.TryAdd(entry.Name, WritePart(folder, entry)))
                {
                    throw new InvalidInputException(archive, entry.Name, "this part does not belong in a backup.");
                }
            }

            opening.ReadToEnd();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidInputException(archive, null, $"the backup is damaged ({error.Message}); take another copy of it.", error);
        }

        if (manifest is null || manifest.Parts.Count != found.Count || manifest.Parts.Any(part => !found.TryGetValue(part.Name, out BackupPart? there) || there != part))
        {
            throw new InvalidInputException(archive, null, "its parts are not those that it lists; take another copy of it.");
        }

        return manifest;
    }

    private static FileStream OpenArchive(string archive)
    {
        try
        {
            return new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(archive, null, Directory.Exists(archive) ? "this is a folder; name a file." : File.Exists(archive) ? $"the file cannot be read: {error.Message}" : "no such file.", error);
        }
    }

    private static BackupPart WritePart(string folder, TarEntry entry)
    {
        string path = Path.Combine(folder, entry.Name.Replace('/', Path.DirectorySeparatorChar));
        Backup.CreatePrivate(Path.GetDirectoryName(path)!);
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        int taken;
        while (entry.DataStream is { } content && (taken = content.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, taken);
            target.Write(buffer, 0, taken);
        }

        target.Flush(flushToDisk: true);
        return new BackupPart(entry.Name, target.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
