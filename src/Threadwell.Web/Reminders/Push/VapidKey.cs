using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using Threadwell.Storage.Sealing;

namespace Threadwell.Web.Reminders.Push;

/// <summary>
/// The key by which push services know this installation (VAPID, RFC 8292): <c>vapid.key</c> beside the keys of the record, wrapped by their key ring, made when it is first needed. Browsers
/// that agreed are bound to it, so a backup carries it.
/// </summary>
/// <param name="folder">Folder of the keys.</param>
internal sealed class VapidKey(string folder) : IDisposable
{
    private const string FileName = "vapid.key";
    private const string Purpose = "Threadwell push key";

    // A token may hold for a day at most; a push service whose clock is an hour off still takes this one.
    private static readonly Duration Valid = Duration.FromHours(12);

    private readonly Lazy<ECDsa> key = new(() => OpenOrMake(folder));

    /// <summary>The public key, 65 bytes as base64url: what a browser subscribes with.</summary>
    public string PublicKey => Base64Url.EncodeToString(PushEncryption.PublicKey(key.Value.ExportParameters(includePrivateParameters: false).Q));

    /// <summary>The header that proves to a push service who sends.</summary>
    /// <param name="service">The push service's origin ("https://push.example").</param>
    /// <param name="contact">Whom it can write to about it ("mailto:…" or "https://…").</param>
    /// <param name="now">Now.</param>
    public string Authorization(string service, string contact, Instant now)
    {
        string head = Base64Url.EncodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"u8);
        string claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = service, exp = (now + Valid).ToUnixTimeSeconds(), sub = contact }));
        byte[] signature = key.Value.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }

    private static ECDsa OpenOrMake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        IDataProtector protector = RecordKeys.Ring(folder).CreateProtector(Purpose);
        var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            made.ImportPkcs8PrivateKey(protector.Unprotect(File.ReadAllBytes(path)), out _);
            return made;
        }

        // Written beside and moved, so that a kill leaves a whole key or none.
        string part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(part, options))
        {
            file.Write(protector.Protect(made.ExportPkcs8PrivateKey()));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: false);
        return made;
    }
}
