using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Threadwell.Web.Access;

namespace Threadwell.Web.Hosting;

/// <summary>The bundled scripts, styles and typefaces inside this assembly. Their names hold a hash of their content, so browsers may keep them for ever.</summary>
public sealed class ClientAssets
{
    private const string Prefix = "client/";
    private static readonly Assembly Here = typeof(ClientAssets).Assembly;

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".woff2"] = "font/woff2",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
        [".map"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
    };

    // As built beside each file, the shorter one first.
    private static readonly (string Coding, string Ending)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private readonly Dictionary<string, string> manifest;
    private readonly Dictionary<string, byte[]> files;

    private ClientAssets(Dictionary<string, byte[]> files)
    {
        manifest = JsonSerializer.Deserialize<Dictionary<string, string>>(files["manifest.json"])!;
        files.Remove("manifest.json");
        this.files = files;
    }

    /// <summary>What was built into the assembly.</summary>
    public static ClientAssets Embedded()
    {
        var embedded = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in Here.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = Here.GetManifestResourceStream(name)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            embedded[name[Prefix.Length..]] = content;
        }

        return new ClientAssets(embedded);
    }

    /// <summary>What <c>node build.mjs FOLDER</c> wrote: for work on the pages, where a build of the assembly for each change would be slow.</summary>
    /// <param name="folder">The folder, read once.</param>
    public static ClientAssets FromFolder(string folder) =>
        new(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal));

    /// <summary>Address of an entry point ("plan.ts", "site.css") or a font ("be-vietnam-pro-latin-400-normal.woff2").</summary>
    /// <exception cref="KeyNotFoundException">There is no such entry point.</exception>
    public string Address(string entryPoint) => $"/assets/{manifest[entryPoint]}";

    /// <summary>A file by its own name ("icon.svg").</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public byte[] Read(string file) => files[file];

    /// <summary>Serves the files under <c>/assets/</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", (string file, HttpContext context) =>
        {
            if (!files.TryGetValue(file, out byte[]? content) || !MediaTypes.TryGetValue(Path.GetExtension(file), out string? type))
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            if (files.ContainsKey(file + Codings[0].Ending))
            {
                context.Response.Headers.Vary = "Accept-Encoding";
                IList<StringWithQualityHeaderValue> taken = context.Request.GetTypedHeaders().AcceptEncoding;
                foreach ((string coding, string ending) in Codings.Where(coding => taken.Any(one => one.Value.Equals(coding.Coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0)))
                {
                    context.Response.Headers.ContentEncoding = coding;
                    content = files[file + ending];
                    break;
                }
            }

            return Results.Bytes(content, type);
        }).Needs(Permission.Anyone);

        // A worker's address stays the same; the browser asks for it anew.
        routes.MapGet("/push-worker.js", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(files[manifest["push-worker.ts"]], MediaTypes[".js"]);
        }).Needs(Permission.Anyone);
    }
}
