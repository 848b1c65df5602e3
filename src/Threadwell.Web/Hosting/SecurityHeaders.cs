using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Threadwell.Web.Hosting;

/// <summary>What every answer says about itself, and which requests are turned away before anything else sees them.</summary>
internal static class SecurityHeaders
{
    // Scripts, styles, pictures and data from this address alone; 'blob:' for pictures and models made in the page. three.js compiles no code at run time.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";

        // A name that another site points at this machine must not reach it.
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await Refuse(context, "This address is served only under its own name.");
            return;
        }

        await next(context);
    });

    private static Task Refuse(HttpContext context, string why) =>
        Results.Problem(why, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
}
