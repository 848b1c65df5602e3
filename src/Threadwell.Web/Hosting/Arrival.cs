using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Threadwell.Web.Hosting;

/// <summary>How a request reached the program. It is noted from the connection itself, before what a proxy says about somebody else takes its place.</summary>
/// <param name="IsDirect">Whether it comes from this machine, under a name of this machine, and is passed on for nobody else.</param>
/// <param name="NamesClient">Whether a proxy says for whom it passes it on.</param>
internal sealed record Arrival(bool IsDirect, bool NamesClient)
{
    private const string ForwardedFor = "X-Forwarded-For";

    // Headers by which a proxy says that it passes on somebody else's request.
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", ForwardedFor, "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>How a request arrived; one of which nothing was noted is direct for nobody.</summary>
    /// <param name="context">The request.</param>
    public static Arrival Of(HttpContext context) => context.Features.Get<Arrival>() ?? new(IsDirect: false, NamesClient: false);

    /// <summary>Whether a host is a name of this machine itself.</summary>
    /// <param name="host">The host, without port.</param>
    public static bool IsLoopbackName(string host) => LoopbackNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes how each request arrived. Where a public address is set, the client's address and the scheme are then those that the proxy names.</summary>
    /// <param name="app">The app, before anything else is added.</param>
    /// <param name="address">The public address.</param>
    public static void Use(IApplicationBuilder app, PublicAddress address)
    {
        app.Use((context, next) =>
        {
            context.Features.Set(Note(context));
            return next(context);
        });
        if (!address.IsSet)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownIPNetworks.Add(new System.Net.IPNetwork(new IPAddress([127, 0, 0, 0]), 8));
        forwarded.KnownProxies.Clear();
        forwarded.KnownProxies.Add(IPAddress.IPv6Loopback);
        app.UseForwardedHeaders(forwarded);
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
    }

    private static Arrival Note(HttpContext context) => new(
        IsDirect: IsLoopback(context.Connection.RemoteIpAddress) && IsLoopback(context.Connection.LocalIpAddress)
            && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey) && IsLoopbackName(context.Request.Host.Host),
        NamesClient: !string.IsNullOrWhiteSpace(context.Request.Headers[ForwardedFor].ToString()));

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);
}
