using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Threadwell.Geometry;
using Threadwell.Plans.Text;

namespace Threadwell.Storage.Keeping;

/// <summary>
/// The beginning of a backup archive: how its key comes from the passphrase (PBKDF2-HMAC-SHA256, NIST SP 800-132), and by what a wrong passphrase is told from a damaged archive.
/// Form: "twbackup", a byte 1, rounds (4 bytes), salt (16), check (16), and the beginning (16) of the SHA-256 of all before.
/// </summary>
internal static class ArchiveHeader
{
    public const int Length = 8 + 1 + 4 + SaltLength + CheckLength + SumLength;

    // OWASP's password storage cheat sheet (2023) asks for 600,000.
    public const int Rounds = 600_000;

    private const int MostRounds = 20_000_000;
    private const byte Form = 1;
    private const int SaltLength = 16;
    private const int CheckLength = 16;
    private const int SumLength = 16;
    private const int KeyLength = 32;
    private const int SaltAt = 13;
    private const int CheckAt = SaltAt + SaltLength;
    private const int SumAt = CheckAt + CheckLength;

    private static ReadOnlySpan<byte> Magic => "twbackup"u8;

    /// <summary>Makes a header with a new salt.</summary>
    /// <returns>The header, and the key of what follows.</returns>
    public static (byte[] Header, byte[] Key) Make(string passphrase)
    {
        byte[] header = new byte[Length];
        Magic.CopyTo(header);
        header[8] = Form;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(9), Rounds);
        RandomNumberGenerator.Fill(header.AsSpan(SaltAt, SaltLength));
        (byte[] key, byte[] check) = Derive(passphrase, header.AsSpan(SaltAt, SaltLength), Rounds);
        check.CopyTo(header, CheckAt);
        SHA256.HashData(header.AsSpan(0, SumAt)).AsSpan(0, SumLength).CopyTo(header.AsSpan(SumAt));
        return (header, key);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="archive">Name of the archive, for errors.</param>
    /// <param name="header">Its first bytes.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <returns>The key of what follows.</returns>
    /// <exception cref="InvalidInputException">This is no archive, it is damaged, or the passphrase is another.</exception>
    public static byte[] Read(string archive, ReadOnlySpan<byte> header, string passphrase)
    {
        if (header.Length < Length || !header.StartsWith(Magic))
        {
            throw new InvalidInputException(archive, null, "this is no backup of Threadwell.");
        }

        int rounds = BinaryPrimitives.ReadInt32BigEndian(header[9..]);
        if (!header.Slice(SumAt, SumLength).SequenceEqual(SHA256.HashData(header[..SumAt]).AsSpan(0, SumLength)) || rounds is < Rounds or > MostRounds)
        {
            throw new InvalidInputException(archive, "its beginning", "the backup is damaged; take another copy of it.");
        }

        if (header[8] != Form)
        {
            throw new InvalidInputException(archive, null, $"this backup has form {header[8]}, which this version of Threadwell does not know; use the version that made it, or a later one.");
        }

        (byte[] key, byte[] check) = Derive(passphrase, header.Slice(SaltAt, SaltLength), rounds);
        return CryptographicOperations.FixedTimeEquals(check, header.Slice(CheckAt, CheckLength))
            ? key
            : throw new InvalidInputException(archive, null, "the passphrase is not the one that this backup was made with.");
    }

    private static (byte[] Key, byte[] Check) Derive(string passphrase, ReadOnlySpan<byte> salt, int rounds)
    {
        // Typed on another machine the same letters may be composed in another way.
        byte[] main = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(LatinLetters.Compose(passphrase)), salt, rounds, HashAlgorithmName.SHA256, KeyLength);
        return (HKDF.Expand(HashAlgorithmName.SHA256, main, KeyLength, "content"u8.ToArray()), HKDF.Expand(HashAlgorithmName.SHA256, main, CheckLength, "check"u8.ToArray()));
    }
}
