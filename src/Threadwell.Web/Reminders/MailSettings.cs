using System.Globalization;
using System.Net;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Web.Reminders;

/// <summary>The mail server that takes the clinic's e-mail. Neither it nor its password is kept in the database.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port: 587 as a rule, 465 where it speaks TLS from the first byte.</param>
/// <param name="User">Name to sign in by; null where it asks for none.</param>
/// <param name="Password">Password; null where it asks for none.</param>
public sealed record MailSettings(string Host, int Port, string? User, string? Password)
{
    /// <summary>The option that names the server.</summary>
    public const string Option = "--smtp";

    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "mail.json";

    /// <summary>Environment variable of the name.</summary>
    public const string UserVariable = "THREADWELL_SMTP_USER";

    /// <summary>Environment variable of the password.</summary>
    public const string PasswordVariable = "THREADWELL_SMTP_PASSWORD";

    private const int ImplicitTls = 465;

    /// <summary>Whether the server is this machine, and nothing crosses a network.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it speaks TLS from the first byte.</summary>
    public bool IsTlsFromTheStart => Port == ImplicitTls;

    /// <summary>What holds: the server of the option, otherwise of the file; name and password of the environment, otherwise of the file. Null where no server is named.</summary>
    /// <param name="option">What <see cref="Option"/> says ("smtp.clinic.example:587"); null where it is left out.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="InvalidInputException">The server cannot be read, or others can read the password in the file.</exception>
    public static MailSettings? Read(string? option, string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        MailFile? file = File.Exists(path) ? PlanJson.Read<MailFile>(path) : null;
        if (file?.Password is not null && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None)
        {
            throw new InvalidInputException(path, null, $"others on this machine can read the password in it; run: chmod 600 {path}");
        }

        if ((option ?? file?.Server) is not { } server)
        {
            return null;
        }

        (string host, int port) = Address(server, option is null ? path : Option, option is null ? "server" : null);
        return new MailSettings(host, port, Environment.GetEnvironmentVariable(UserVariable) ?? file?.User, Environment.GetEnvironmentVariable(PasswordVariable) ?? file?.Password);
    }

    private static (string Host, int Port) Address(string server, string place, string? field)
    {
        int colon = server.LastIndexOf(':');
        string host = colon < 0 ? "" : server[..colon].Trim('[', ']');
        return host.Length > 0 && Uri.CheckHostName(host) != UriHostNameType.Unknown && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? (host, port)
            : throw new InvalidInputException(place, field, $"'{server}' is no mail server; give its name and port, like smtp.clinic.example:587.");
    }

    // The file as it is written.
    private sealed record MailFile(string? Server = null, string? User = null, string? Password = null);
}
