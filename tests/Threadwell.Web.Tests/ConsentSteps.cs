using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Threadwell.Storage.Consents;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>Steps towards a signed consent.</summary>
internal static partial class ConsentSteps
{
    /// <summary>Uploads a sample's own file as the scan of a record.</summary>
    /// <returns>Key of the scan.</returns>
    public static async Task<string> AddScanAsync(this ServerProcess server, Uri record)
    {
        string sample = await server.SampleAsync();
        using var content = new ByteArrayContent(await server.Http.GetByteArrayAsync($"/api/scans/{sample}/file"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await server.Http.PostAsync(new Uri($"/api{record.AbsolutePath}/scans?name=face{Path.GetExtension((await server.GetAsync($"/api/scans/{sample}")).GetProperty("fileName").GetString())}", UriKind.Relative), content);
        string job = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("job").GetString()!;
        return (await server.FollowAsync(job)).GetProperty("result").GetString()!;
    }

    /// <summary>Plans on a scan by the standard and keeps a version.</summary>
    /// <returns>Keys of the plan and of its version.</returns>
    public static async Task<(string Plan, string Version)> KeepPlanAsync(this ServerProcess server, string scan, string material = "PDO")
    {
        JsonElement plan = await server.SuggestAsync(scan, material: material);
        string id = (await server.SendAsync(HttpMethod.Post, "/api/plans", new { scanId = scan, name = "Hàm", plan })).Body.GetProperty("id").GetString()!;
        (int status, JsonElement version) = await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/versions", new { note = "" });
        Assert.Equal(201, status);
        return (id, version.GetProperty("id").GetString()!);
    }

    /// <summary>The consent page, as a browser shows it.</summary>
    public static async Task<string> ConsentPageAsync(this ServerProcess server, Uri record, string query) =>
        WebUtility.HtmlDecode(await server.Http.GetStringAsync(new Uri($"{record.AbsolutePath}/consent?{query}", UriKind.Relative)));

    /// <summary>Sends the consent page's form.</summary>
    /// <param name="server">The server.</param>
    /// <param name="record">Address of the record.</param>
    /// <param name="query">Which plan and language ("about=…&amp;language=vi").</param>
    /// <param name="name">The name that is typed; null to send <paramref name="drawing"/> instead.</param>
    /// <param name="answers">"yes" or "no", for the last of the decisions in their order; empty for none.</param>
    /// <param name="drawing">A drawing as a data address.</param>
    /// <param name="shown">Hash of what was shown; null for the page's own.</param>
    public static async Task<HttpResponseMessage> SignAsync(this ServerProcess server, Uri record, string query, string? name, IReadOnlyList<string> answers, string drawing = "", string? shown = null)
    {
        string page = $"{record.AbsolutePath}/consent?{query}";
        string html = await server.Http.GetStringAsync(new Uri(page, UriKind.Relative));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "consent",
            ["Form.Shown"] = shown ?? Shown().Match(html).Groups["hash"].Value,
            ["Form.Signature"] = name is null ? "drawn" : "typed",
            ["Form.Name"] = name ?? "",
            ["Form.Drawing"] = drawing,
        };
        string[] kinds = Enum.GetNames<ConsentKind>();
        for (int index = 0; index < answers.Count; index++)
        {
            if (answers[index].Length > 0)
            {
                fields[$"Form.Choices[{kinds[index + kinds.Length - answers.Count]}]"] = answers[index];
            }
        }

        return await server.Http.PostFormAsync(page, page, fields);
    }

    [GeneratedRegex("name=\"Form.Shown\" value=\"(?<hash>[0-9a-f]{64})\"", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Shown();
}
