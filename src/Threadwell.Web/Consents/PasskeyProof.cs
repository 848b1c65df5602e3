using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;

namespace Threadwell.Web.Consents;

/// <summary>
/// The file of a signature by passkey: what the device signed, and the public key that proves it. The challenge that the device signed begins with the hash of the document (WebAuthn Level 3, 7.2), so
/// the signature covers exactly what was shown, and can be checked as long as the file is there.
/// </summary>
/// <param name="DocumentSha256">Hash of the document, lower-case hexadecimal digits.</param>
/// <param name="PublicKey">The passkey's public key: COSE (RFC 9052), base64url.</param>
/// <param name="Credential">The device's answer as the browser gave it.</param>
internal sealed record PasskeyProof(string DocumentSha256, string PublicKey, JsonElement Credential)
{
    private const int HashLength = 32;
    private const int KeyType = 1;
    private const int Algorithm = 3;
    private const int Es256 = -7;
    private const int Rs256 = -257;

    /// <summary>The file.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>The challenge for a document: its hash, then chance.</summary>
    public static byte[] Challenge(string documentSha256) => [.. Convert.FromHexString(documentSha256), .. RandomNumberGenerator.GetBytes(HashLength)];

    /// <summary>What is wrong with a file; null where it proves that a passkey signed the document.</summary>
    public static string? Problem(byte[] file, string documentSha256)
    {
        try
        {
            PasskeyProof proof = JsonSerializer.Deserialize<PasskeyProof>(file, JsonSerializerOptions.Web) ?? throw new FormatException("it is empty");
            JsonElement response = proof.Credential.GetProperty("response");
            byte[] clientData = Decoded(response, "clientDataJSON");
            byte[] challenge = Decoded(JsonDocument.Parse(clientData).RootElement, "challenge");
            if (proof.DocumentSha256 != documentSha256 || !challenge.AsSpan().StartsWith(Convert.FromHexString(documentSha256)))
            {
                return "its passkey signed something else.";
            }

            byte[] signed = [.. Decoded(response, "authenticatorData"), .. SHA256.HashData(clientData)];
            return IsSigned(Base64Url.DecodeFromChars(proof.PublicKey), signed, Decoded(response, "signature")) ? null : "its passkey's signature does not hold.";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or CborContentException or CryptographicException)
        {
            return $"its passkey's signature cannot be read: {error.Message}";
        }
    }

    private static byte[] Decoded(JsonElement from, string name) => Base64Url.DecodeFromChars(from.GetProperty(name).GetString());

    private static bool IsSigned(byte[] cose, byte[] signed, byte[] signature)
    {
        Dictionary<int, object> key = Key(cose);
        switch (key.GetValueOrDefault(Algorithm))
        {
            case Es256:
                using (var elliptic = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = (byte[])key[-2], Y = (byte[])key[-3] } }))
                {
                    return elliptic.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                }

            case Rs256:
                using (var rsa = RSA.Create(new RSAParameters { Modulus = (byte[])key[-1], Exponent = (byte[])key[-2] }))
                {
                    return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                }

            default:
                throw new FormatException($"keys of the kind {key.GetValueOrDefault(KeyType)} with the algorithm {key.GetValueOrDefault(Algorithm)} are not known");
        }
    }

    // A COSE key is a map of small numbers to numbers and byte strings.
    private static Dictionary<int, object> Key(byte[] cose)
    {
        var reader = new CborReader(cose);
        var key = new Dictionary<int, object>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            int label = reader.ReadInt32();
            if (reader.PeekState() == CborReaderState.ByteString)
            {
                key[label] = reader.ReadByteString();
            }
            else
            {
                key[label] = reader.ReadInt32();
            }
        }

        return key;
    }
}
