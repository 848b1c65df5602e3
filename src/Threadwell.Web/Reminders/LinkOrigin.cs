using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Reminders;

/// <summary>What the links of a message begin with: the public address, otherwise the one that this machine serves.</summary>
/// <param name="address">The public address.</param>
/// <param name="server">The server.</param>
internal sealed class LinkOrigin(PublicAddress address, IServer server)
{
    /// <summary>Scheme, name and port ("https://clinic.example").</summary>
    public string Value => address.Origin ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? ServeOptions.DefaultAddress;
}
