using System.Security.Cryptography;
using Threadwell.Geometry;

namespace Threadwell.Storage.Files;

/// <summary>
/// Files by the SHA-256 of their content, in folders beside the database. A file never changes and appears whole or not at all, so a row that
/// names a hash names a finished file: store the file first, the row after it.
/// </summary>
/// <param name="folder">Root of the store; made when missing.</param>
public sealed class FileStore(string folder)
{
    private const int HashLength = 64;

    /// <summary>Stores bytes.</summary>
    /// <returns>Their SHA-256, 64 lower-case hexadecimal digits.</returns>
    public string Add(ReadOnlySpan<byte> content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        string path = PathOf(hash);
        if (!File.Exists(path))
        {
            byte[] bytes = content.ToArray();
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }

        return hash;
    }

    /// <summary>Whether the store has a file.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">The store has no such file.</exception>
    public byte[] Read(string sha256) => File.ReadAllBytes(PathOf(sha256));

    /// <summary>Where a file lies, or would lie.</summary>
    /// <exception cref="ArgumentException">The text is no SHA-256 in lower-case hexadecimal digits.</exception>
    public string PathOf(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return sha256.Length == HashLength && sha256.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, sha256[..2], sha256)
            : throw new ArgumentException("A SHA-256 has 64 lower-case hexadecimal digits.", nameof(sha256));
    }
}
