using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Threadwell.Web.Reminders.Push;

/// <summary>Encrypts what is pushed so that the browser alone reads it, and the push service does not: RFC 8291, in the coding aes128gcm of RFC 8188, as one record.</summary>
internal static class PushEncryption
{
    /// <summary>Length of a public key: an uncompressed point of P-256.</summary>
    public const int PublicKeyLength = 65;

    /// <summary>Length of a browser's secret.</summary>
    public const int SecretLength = 16;

    private const int SaltLength = 16;
    private const int TagLength = 16;
    private const int RecordSize = 4096;
    private const int Coordinate = 32;

    // Ends the last record (RFC 8188, section 2).
    private const byte LastRecord = 2;

    /// <summary>Encrypts with a key and a salt of its own.</summary>
    /// <param name="plain">What is pushed.</param>
    /// <param name="browserKey">The browser's public key, 65 bytes.</param>
    /// <param name="secret">The browser's secret, 16 bytes.</param>
    /// <returns>The body of the request.</returns>
    /// <exception cref="CryptographicException">The key is no point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> secret)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(plain, browserKey, secret, own, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <summary>Encrypts with a given key and salt: the same each time, as the examples of the standard are.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> secret, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        using ECDiffieHellman browser = ECDiffieHellman.Create(Point(browserKey));
        byte[] ownKey = PublicKey(own.ExportParameters(includePrivateParameters: false).Q);
        byte[] shared = own.DeriveRawSecretAgreement(browser.PublicKey);

        // RFC 8291, section 3.4: first the browser's secret is mixed in, then the salt.
        byte[] keyInfo = [.. "WebPush: info\0"u8, .. browserKey, .. ownKey];
        byte[] material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret.ToArray(), keyInfo);
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt.ToArray(), Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        byte[] nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt.ToArray(), Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));

        byte[] padded = [.. plain, LastRecord];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padded.Length + TagLength, RecordSize);
        int header = SaltLength + sizeof(uint) + 1 + PublicKeyLength;
        byte[] body = new byte[header + padded.Length + TagLength];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltLength), RecordSize);
        body[SaltLength + sizeof(uint)] = PublicKeyLength;
        ownKey.CopyTo(body, SaltLength + sizeof(uint) + 1);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, padded, body.AsSpan(header, padded.Length), body.AsSpan(header + padded.Length));
        return body;
    }

    /// <summary>A public key as it is sent.</summary>
    public static byte[] PublicKey(ECPoint point) => [4, .. point.X!, .. point.Y!];

    /// <summary>A public key as it was sent.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static ECParameters Point(ReadOnlySpan<byte> key) => key.Length == PublicKeyLength && key[0] == 4
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = key.Slice(1, Coordinate).ToArray(), Y = key[(1 + Coordinate)..].ToArray() } }
        : throw new CryptographicException("The key is no uncompressed point of P-256.");
}
