using System.Net;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Web.Accounts.SignOn;

/// <summary>The clinic's own sign-on (OpenID Connect), as <c>oidc.json</c> of the data folder names it.</summary>
/// <param name="Name">What people call it ("Hospital account").</param>
/// <param name="Issuer">Address of the issuer; its configuration lies under <c>/.well-known/openid-configuration</c>.</param>
/// <param name="ClientId">What this installation is called there.</param>
/// <param name="ClientSecret">Its secret; null for a client without one, which proves itself by PKCE alone.</param>
/// <param name="ProvesSecondFactor">
/// Whether everybody whom the issuer lets in has proved a second factor there. Otherwise only a token says so whose <c>amr</c> holds "mfa" (RFC 8176), and Threadwell asks for its own.
/// </param>
internal sealed record SignOnSettings(string Name, string Issuer, string ClientId, string? ClientSecret = null, bool ProvesSecondFactor = false)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "oidc.json";

    private const int LongestName = 60;

    /// <summary>Reads the settings of a data folder; null where there are none.</summary>
    /// <exception cref="InvalidInputException">The file is not of the documented form, or others can read the secret in it.</exception>
    public static SignOnSettings? Read(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        SignOnSettings settings = PlanJson.Read<SignOnSettings>(path);
        if (settings.Name.Trim().Length is 0 or > LongestName)
        {
            throw new InvalidInputException(path, "name", $"name what people call the sign-on, in at most {LongestName} letters.");
        }

        if (!IsTrustworthy(settings.Issuer))
        {
            throw new InvalidInputException(path, "issuer", $"'{settings.Issuer}' is no address of an issuer; give one that starts with https://, without query.");
        }

        if (settings.ClientId.Length == 0)
        {
            throw new InvalidInputException(path, "clientId", "give the name under which the issuer knows this installation.");
        }

        return settings.ClientSecret is not null && IsReadByOthers(path)
            ? throw new InvalidInputException(path, null, $"others on this machine can read the secret in it; run: chmod 600 {path}")
            : settings;
    }

    // What answers without encryption can be trusted on this machine alone.
    private static bool IsTrustworthy(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out Uri? address) && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip)));

    private static bool IsReadByOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;
}

/// <summary>The sign-on of this installation, if it has one.</summary>
/// <param name="Settings">Its settings; null where there is none.</param>
internal sealed record ClinicSignOn(SignOnSettings? Settings);
