using System.Net;
using Threadwell.Geometry;
using Threadwell.Prediction;

namespace Threadwell.Web.Hosting;

/// <summary>Where the app listens and where it keeps its data.</summary>
public sealed record ServeOptions
{
    /// <summary>Address when none is chosen.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5230";

    /// <summary>The option that says under which address a proxy passes requests on.</summary>
    public const string PublicAddressOption = "--public-address";

    /// <summary>Address to listen on ("http://127.0.0.1:5230"); null for <see cref="DefaultAddress"/>; port 0 takes any free one.</summary>
    public string? Address { get; init; }

    /// <summary>Folder of database and files; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Address under which a proxy on this machine passes requests on ("https://clinic.example"); null where there is none.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Connection string of a PostgreSQL database; null for the one that <see cref="DatabaseChoice.Variable"/> names, or a file in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>Mail server ("smtp.clinic.example:587"); null for the one that <c>mail.json</c> of the data folder names, if any.</summary>
    public string? Smtp { get; init; }

    /// <summary>Whether a first start leaves the demonstration clinic out.</summary>
    public bool Empty { get; init; }

    /// <summary>How many courses are drawn for the bands of a prediction; 0 computes the single course alone.</summary>
    public int Courses { get; init; } = PredictionOptions.UsualSamples;

    /// <summary>Whether a first start makes the sample patients to practise on, which takes some seconds; a test that looks at none goes without.</summary>
    internal bool Samples { get; init; } = true;

    /// <summary>The folder that is used when none is chosen: the user's own application data.</summary>
    public static string DefaultDataFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "threadwell");

    /// <summary>The address as a URI, when it may be served.</summary>
    /// <exception cref="InvalidInputException">The address is malformed, not plain HTTP, or reachable from other machines.</exception>
    public Uri CheckedAddress()
    {
        const string Option = "--urls";
        string address = Address ?? DefaultAddress;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.AbsolutePath != "/" || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            throw new InvalidInputException(Option, null, $"'{address}' is no address; give one like {DefaultAddress}.");
        }

        if (uri.Scheme != Uri.UriSchemeHttp)
        {
            throw new InvalidInputException(Option, null, $"'{uri.Scheme}' is not served; give an address that starts with http://.");
        }

        bool isLoopback = uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
        return isLoopback
            ? uri
            : throw new InvalidInputException(
                Option, null, $"'{uri.Host}' can be reached from other machines, and patients' data would cross the network in the clear; use 127.0.0.1 or localhost, and for other machines a proxy with TLS and {PublicAddressOption}.");
    }

    /// <summary>The public address as a URI; null where none is set.</summary>
    /// <exception cref="InvalidInputException">It is malformed, not https, or more than scheme, name and port.</exception>
    public Uri? CheckedPublicAddress()
    {
        if (PublicAddress is null)
        {
            return null;
        }

        const string Like = "give the address that browsers ask for, like https://clinic.example.";
        if (!Uri.TryCreate(PublicAddress, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw new InvalidInputException(PublicAddressOption, null, $"'{PublicAddress}' is no address; {Like}");
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidInputException(PublicAddressOption, null, $"'{uri.Scheme}' does not protect what is sent; give an address that starts with https:// (the proxy holds the certificate).");
        }

        return uri.AbsolutePath == "/" && uri.UserInfo.Length == 0 && !PublicAddress.AsSpan().ContainsAny('?', '#', '@')
            ? uri
            : throw new InvalidInputException(PublicAddressOption, null, $"'{PublicAddress}' holds more than scheme, name and port; {Like}");
    }
}
