using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Threadwell.Geometry;

namespace Threadwell.Storage.Sealing;

/// <summary>
/// The keys of the record, in the data folder's <c>keys</c>: <c>record-0001.key</c> and on, each wrapped by the key ring of Data Protection that lies beside them. They are not in
/// the database, so a copy of the database alone opens nothing that is sealed.
/// </summary>
public static class RecordKeys
{
    /// <summary>Name that the key ring belongs to.</summary>
    public const string Application = "Threadwell";

    private const string Purpose = "Threadwell record key";
    private const string Pattern = "record-*.key";

    /// <summary>The key ring that wraps the keys, and that the pages' cookies are protected by.</summary>
    /// <param name="folder">Folder of the keys; made when something is first written.</param>
    public static IDataProtectionProvider Ring(string folder) =>
        DataProtectionProvider.Create(new DirectoryInfo(folder), options => options.SetApplicationName(Application));

    /// <summary>Opens the keys; makes the first where there is none.</summary>
    /// <param name="folder">Folder of the keys; made when missing.</param>
    /// <exception cref="InvalidInputException">A key cannot be read or unwrapped.</exception>
    public static RecordCipher OpenOrMake(string folder)
    {
        if (Files(folder).Length == 0)
        {
            Add(folder);
        }

        return Open(folder);
    }

    /// <summary>Opens the keys that are there.</summary>
    /// <exception cref="InvalidInputException">There is none, or one cannot be read or unwrapped.</exception>
    public static RecordCipher Open(string folder)
    {
        string[] files = Files(folder);
        if (files.Length == 0)
        {
            throw new InvalidInputException(folder, null, "the keys of the record are missing; restore them from a backup.");
        }

        IDataProtector protector = Ring(folder).CreateProtector(Purpose);
        return new RecordCipher([.. files.Select(file => Unwrap(protector, file))]);
    }

    /// <summary>Makes a new key, which seals from the next start on; what earlier ones sealed stays readable.</summary>
    /// <returns>Its file.</returns>
    public static string Add(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"record-{Files(folder).Length + 1:0000}.key"));
        byte[] key = RandomNumberGenerator.GetBytes(RecordCipher.KeyLength);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Ring(folder).CreateProtector(Purpose).Protect(key));
            ((FileStream)stream).Flush(flushToDisk: true);
        });
        return path;
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)] : [];

    private static byte[] Unwrap(IDataProtector protector, string file)
    {
        try
        {
            return protector.Unprotect(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(file, null, $"this key of the record cannot be opened ({error.Message}); restore the folder of the keys from a backup.", error);
        }
    }
}
