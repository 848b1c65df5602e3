using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Threadwell.Web.Accounts;

/// <summary>Secrets of one-time links: 256 bits of chance, of which only the hash is kept.</summary>
internal static class LinkSecrets
{
    private const int Bytes = 32;

    /// <summary>A new secret, in letters that an address may hold.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of a secret: SHA-256, lower-case hexadecimal digits.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret is the one whose hash was kept; takes as long for a wrong one.</summary>
    public static bool Matches(string secret, string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));
}
