using System.Security.Cryptography;
using Threadwell.Geometry;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Files;

/// <summary>
/// Files by the SHA-256 of their content, in folders beside the database, sealed. A file never changes and appears whole or not at all, so a row that
/// names a hash names a finished file: store the file first, the row after it.
/// </summary>
/// <param name="folder">Root of the store; made when missing.</param>
/// <param name="cipher">Seals and opens the files.</param>
public sealed class FileStore(string folder, RecordCipher cipher)
{
    /// <summary>Length of a hash, hexadecimal digits.</summary>
    internal const int HashLength = 64;

    // Each folder of the store holds the files whose hashes begin alike.
    private const int PartLength = 2;
    private const string PartEnding = ".part";
    private const string AllSealed = "all-sealed";

    // Files of earlier versions lack it: they lie as they are until SealAll.
    private static ReadOnlySpan<byte> Header => "twsealed"u8;

    /// <summary>Stores bytes. One that is there is dated anew: it is no old file that nothing refers to any more, since a row will name it.</summary>
    /// <returns>Their SHA-256, 64 lower-case hexadecimal digits.</returns>
    public string Add(ReadOnlySpan<byte> content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!DateAnew(PathOf(hash)))
        {
            Write(hash, content);
        }

        return hash;
    }

    /// <summary>Whether the store has a file.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">The store has no such file.</exception>
    /// <exception cref="SealedDataException">It was changed, or its key is missing.</exception>
    public byte[] Read(string sha256)
    {
        byte[] stored = File.ReadAllBytes(PathOf(sha256));
        return IsSealed(stored) ? cipher.Open(stored.AsSpan(Header.Length), sha256) : stored;
    }

    /// <summary>Removes a file, once no row names it any more, for the store and whoever reads it; a backup that is being written still finds it aside. One that is not there is no fault.</summary>
    public void Remove(string sha256)
    {
        string path = PathOf(sha256);
        try
        {
            if (RemovalHold.IsTaken(folder))
            {
                RemovalHold.PutAside(folder, sha256);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Never stored, or somebody else was first.
        }
    }

    /// <summary>Seals files that an earlier version left as they were. Once it has run to its end it does nothing.</summary>
    public void SealAll()
    {
        string mark = Path.Combine(folder, AllSealed);
        if (File.Exists(mark))
        {
            return;
        }

        foreach (string sha256 in Names())
        {
            byte[] stored = File.ReadAllBytes(PathOf(sha256));
            if (!IsSealed(stored))
            {
                Write(sha256, stored);
            }
        }

        Directory.CreateDirectory(folder);
        File.WriteAllBytes(mark, []);
    }

    /// <summary>The hashes of all files of the store.</summary>
    public IEnumerable<string> Names() =>
        Stored().Select(file => Path.GetFileName(file)).Where(IsHash).Order(StringComparer.Ordinal);

    /// <summary>What writes that were cut off left behind, whole paths; nothing refers to it.</summary>
    public IEnumerable<string> CutOff() => Stored().Where(file => file.EndsWith(PartEnding, StringComparison.Ordinal));

    /// <summary>What a backup that was killed left aside, whole paths; the next one removes it. None while one is being written: what lies aside then is that one's.</summary>
    public IEnumerable<string> LeftAside() => RemovalHold.IsTaken(folder) ? [] : RemovalHold.SetAside(folder);

    /// <summary>Where a file lies, or would lie, as it is stored: sealed.</summary>
    /// <exception cref="ArgumentException">The text is no SHA-256 in lower-case hexadecimal digits.</exception>
    public string PathOf(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return IsHash(sha256) ? PathIn(folder, sha256) : throw new ArgumentException("A SHA-256 has 64 lower-case hexadecimal digits.", nameof(sha256));
    }

    internal static string PathIn(string folder, string sha256) => Path.Combine(folder, sha256[..PartLength], sha256);

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static bool IsSealed(ReadOnlySpan<byte> stored) => stored.StartsWith(Header);

    private IEnumerable<string> Stored() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(part => Path.GetFileName(part).Length == PartLength).SelectMany(part => Directory.EnumerateFiles(part))
        : [];

    // False where it is not there, or belongs to another user, who alone may date it: it is then written anew.
    private static bool DateAnew(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Two writers of the same content write beside each other, and the later one puts the same in place again.
    private void Write(string sha256, ReadOnlySpan<byte> content)
    {
        string path = PathOf(sha256);
        string part = $"{path}.{Guid.NewGuid():n}{PartEnding}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(Header);
                stream.Write(cipher.Seal(content, sha256));

                // The row that names it comes after it, on the disk too.
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw new InvalidInputException(folder, null, $"a file cannot be stored: {error.Message}", error);
        }
    }
}
