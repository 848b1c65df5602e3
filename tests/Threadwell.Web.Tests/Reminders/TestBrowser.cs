using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>A browser that agreed, and decrypts with its private key.</summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

    private byte[] PublicKey
    {
        get
        {
            ECPoint point = key.ExportParameters(false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    public PushSubscription Subscription(Guid patient, string address, Instant now, string? publicKey = null, Guid? device = null) => new()
    {
        Id = Guid.NewGuid(), PatientId = patient, DeviceId = device, AddressSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))), Address = address,
        PublicKey = publicKey ?? Base64Url.EncodeToString(PublicKey), Secret = Base64Url.EncodeToString(secret), CreatedAt = now,
    };

    public byte[] Decrypt(byte[] body)
    {
        byte[] salt = body[..16];
        int idLength = body[20];
        byte[] sender = body[21..(21 + idLength)];
        byte[] sealedRecord = body[(21 + idLength)..];
        using ECDiffieHellman other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..65] } });
        byte[] agreed = key.DeriveRawSecretAgreement(other.PublicKey);
        byte[] extracted = HMACSHA256.HashData(secret, agreed);
        byte[] material = HMACSHA256.HashData(extracted, (byte[])[.. Encoding.ASCII.GetBytes("WebPush: info"), 0, .. PublicKey, .. sender, 1]);
        byte[] mixed = HMACSHA256.HashData(salt, material);
        byte[] contentKey = HMACSHA256.HashData(mixed, (byte[])[.. Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm"), 0, 1])[..16];
        byte[] nonce = HMACSHA256.HashData(mixed, (byte[])[.. Encoding.ASCII.GetBytes("Content-Encoding: nonce"), 0, 1])[..12];
        byte[] plain = new byte[sealedRecord.Length - 16];
        using var cipher = new AesGcm(contentKey, 16);
        cipher.Decrypt(nonce, sealedRecord[..^16], sealedRecord[^16..], plain);
        Assert.Equal(2, plain[^1]);
        return plain[..^1];
    }

    public void Dispose() => key.Dispose();
}
