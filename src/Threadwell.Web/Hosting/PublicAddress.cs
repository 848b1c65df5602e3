using Microsoft.AspNetCore.Http;

namespace Threadwell.Web.Hosting;

/// <summary>The address under which people reach the program through a proxy on this machine, which ends TLS; where none is set, the program serves this machine alone.</summary>
/// <param name="address">The checked address; null for none.</param>
internal sealed class PublicAddress(Uri? address)
{
    /// <summary>Whether a proxy is expected.</summary>
    public bool IsSet => address is not null;

    /// <summary>The name as a browser sends it ("clinic.example"); null where none is set.</summary>
    public string? Host { get; } = address is null ? null : address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;

    /// <summary>Scheme, name and, where it is not the usual one, port ("https://clinic.example"); null where none is set.</summary>
    public string? Origin => address is null ? null : $"{address.Scheme}://{Host}{(address.IsDefaultPort ? "" : $":{address.Port}")}";

    /// <summary>The name of a cookie. A browser takes one that begins with "__Host-" over TLS alone, and from no other host of the same domain.</summary>
    /// <param name="name">Its name on this machine alone.</param>
    public string CookieName(string name) => IsSet ? $"__Host-{name}" : name;

    /// <summary>What a link that is handed on begins with: the public address, otherwise the one that was asked.</summary>
    /// <param name="request">The request.</param>
    public string OriginOr(HttpRequest request) => Origin ?? $"{request.Scheme}://{request.Host}";
}
