using System.Buffers.Text;
using System.Security.Cryptography;

namespace Threadwell.Web.Reminders.Push;

/// <summary>
/// The push services of the browsers that there are. A subscription names an address to which this program will send requests, and whoever subscribes could name any: only these are taken, over
/// https and on their usual port, so that nobody makes the program speak to another machine.
/// </summary>
/// <param name="loopback">Whether an address of this machine is taken, too: for the tests alone.</param>
internal sealed class PushServices(bool loopback = false)
{
    // Chrome, Edge on Android, Opera and Samsung; Firefox; Edge on Windows; Safari.
    private static readonly string[] Hosts = ["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"];

    private const int LongestAddress = 2000;

    /// <summary>Whether an address is one of them.</summary>
    public bool Knows(string? address) =>
        address is { Length: <= LongestAddress } && Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length == 0
        && ((uri is { Scheme: "https", IsDefaultPort: true } && Hosts.Any(host => uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || uri.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)))
            || (loopback && uri.IsLoopback));

    /// <summary>Whether a browser's keys are of the form that can be encrypted for.</summary>
    /// <param name="publicKey">Its public key, base64url.</param>
    /// <param name="secret">Its secret, base64url.</param>
    public static bool AreKeys(string? publicKey, string? secret)
    {
        try
        {
            using ECDiffieHellman key = ECDiffieHellman.Create(PushEncryption.Point(Base64Url.DecodeFromChars(publicKey)));
            return Base64Url.DecodeFromChars(secret).Length == PushEncryption.SecretLength;
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
