using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Threadwell.Web.Hosting;

/// <summary>What every answer says about itself, and which requests are turned away before anything else sees them.</summary>
internal static class SecurityHeaders
{
    // Scripts, styles, pictures and data from this address alone; 'blob:' for pictures and models made in the page. three.js compiles no code at run time.
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    // A year, for this name alone: of other names of the domain the program knows nothing.
    private const string OverTlsAlone = "max-age=31536000";

    /// <summary>Adds both.</summary>
    /// <param name="app">The app, before the handlers of faults: they empty an answer, and what it says about itself must stay.</param>
    /// <param name="address">The public address.</param>
    public static void UseSecurityHeaders(this IApplicationBuilder app, PublicAddress address) => app.Use(async (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var started = (HttpContext)state;
            Say(started.Response.Headers, started.Request.IsHttps);
            return Task.CompletedTask;
        }, context);
        if (address.IsSet)
        {
            await BehindProxyAsync(context, next, address);
        }
        else if (Arrival.IsLoopbackName(context.Request.Host.Host))
        {
            await next(context);
        }
        else
        {
            // A name that another site points at this machine must not reach it.
            await Refuse(context, "This address is served only under its own name.", StatusCodes.Status403Forbidden);
        }
    });

    private static void Say(IHeaderDictionary headers, bool overTls)
    {
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            // A report, which is one file with its own style, says its own.
            headers.ContentSecurityPolicy = Policy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (overTls)
        {
            headers.StrictTransportSecurity = OverTlsAlone;
        }
    }

    private static Task BehindProxyAsync(HttpContext context, RequestDelegate next, PublicAddress address)
    {
        var arrival = Arrival.Of(context);
        string host = context.Request.Host.Host;
        bool isPublic = host.Equals(address.Host, StringComparison.OrdinalIgnoreCase);
        if (arrival.IsDirect || (isPublic && arrival.NamesClient && context.Request.IsHttps))
        {
            return next(context);
        }

        // What a proxy leaves out is said in the answer, where whoever sets it up sees it.
        return isPublic || Arrival.IsLoopbackName(host)
            ? Refuse(context, "The proxy does not pass on all that is needed: Host, X-Forwarded-For, and X-Forwarded-Proto with https.", StatusCodes.Status400BadRequest)
            : Refuse(context, "This address is served only under its own name.", StatusCodes.Status400BadRequest);
    }

    private static Task Refuse(HttpContext context, string why, int status) => Results.Problem(why, statusCode: status).ExecuteAsync(context);
}
