using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Threadwell.Web.Hosting;

/// <summary>
/// Sends pages and data compressed where nobody can learn from their length. What is secret and what somebody else chose must not be compressed together (BREACH): that attack has another site send
/// requests through the patient's browser and watches how long the answers are. A browser says by itself from where a request comes, and no page can make it say otherwise; an answer to any
/// request but the site's own, or one that a person typed or scanned, goes out as it is. Scripts and styles hold no secret and are compressed once, when they are built.
/// </summary>
internal static class Compression
{
    private const string From = "Sec-Fetch-Site";

    /// <summary>Adds what compresses.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["text/html", "application/json", "application/problem+json", "text/csv", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Compresses answers.</summary>
    /// <param name="app">The app, before what writes answers.</param>
    public static void Use(IApplicationBuilder app) => app.UseWhen(IsOwn, own => own.UseResponseCompression());

    private static bool IsOwn(HttpContext context) => context.Request.Headers[From].ToString() is "same-origin" or "none";
}
