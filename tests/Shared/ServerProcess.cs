using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Threadwell.Tests.Shared;

/// <summary>The built program, serving on a free port with a data folder of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>How long a start may take.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly bool ownsFolder;
    private readonly string[] further;
    private readonly Dictionary<string, CookieContainer> signedIn = new(StringComparer.Ordinal);
    private Process? process;

    private ServerProcess(string dataFolder, bool ownsFolder, string[] further)
    {
        DataFolder = dataFolder;
        this.ownsFolder = ownsFolder;
        this.further = further;
    }

    /// <summary>Database and files.</summary>
    public string DataFolder { get; }

    /// <summary>Address, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>From start to the line that says ready.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Speaks to it as the pages do; signed in as the doctor of the demonstration clinic where there is one.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>What it said at its start, up to the line that says ready.</summary>
    public IReadOnlyList<string> Told { get; private set; } = [];

    /// <summary>What it wrote since it was ready, and to the error stream; ends with the process.</summary>
    public Task<string> Errors { get; private set; } = Task.FromResult("");

    /// <summary>Starts a server on a new data folder, or on a given one.</summary>
    /// <param name="dataFolder">The folder; null for a new one, which goes with the server.</param>
    /// <param name="further">Further arguments ("--empty").</param>
    public static async Task<ServerProcess> StartAsync(string? dataFolder = null, params string[] further)
    {
        string folder = dataFolder ?? Directory.CreateTempSubdirectory("threadwell-serve-").FullName;
        if (dataFolder is null && !further.Contains("--empty"))
        {
            await PreparedData.CopyToAsync(folder);
        }
        else if (dataFolder is null && further is ["--empty"])
        {
            await PreparedData.CopySamplesToAsync(folder);
        }

        var server = new ServerProcess(folder, dataFolder is null, further);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            // One that is not ready in time would go on computing beside every later test.
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts the program again on the same data, and on the same port where it had one.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string urls = Address.Length == 0 ? "http://127.0.0.1:0" : Address;
        string[] singleCourse = further.Contains("--samples") ? [] : ["--samples", "0"];
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "serve", "--urls", urls, "--data", DataFolder, .. singleCourse, .. further])
        {
            start.ArgumentList.Add(argument);
        }

        long began = Stopwatch.GetTimestamp();
        process = Process.Start(start)!;
        Process running = process;
        Task<string> errors = running.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(Patience);
        var told = new List<string>();
        string line;
        do
        {
            line = await running.StandardOutput.ReadLineAsync(late.Token) ?? throw new InvalidOperationException($"The server ended with code {running.ExitCode} before it was ready.");
            told.Add(line);
        }
        while (!line.Contains("is ready:", StringComparison.Ordinal));
        Told = told;

        StartTime = Stopwatch.GetElapsedTime(began);
        Errors = RestAsync(errors, running.StandardOutput.ReadToEndAsync());
        Address = line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd('/');
        Http.Dispose();
        Http = further.Contains("--empty", StringComparer.Ordinal) ? Client(new CookieContainer()) : await SignInAsync("doctor");
    }

    /// <summary>A client that speaks as an account of the demonstration clinic.</summary>
    /// <param name="role">"doctor", "coordinator", "patient" or "administrator".</param>
    public async Task<HttpClient> SignInAsync(string role) => Client(await CookiesAsync(role));

    /// <summary>A client that speaks as nobody: it follows no redirection, and keeps cookies.</summary>
    public HttpClient Stranger() => Client(new CookieContainer(), follows: false);

    /// <summary>The cookies of an account of the demonstration clinic; signs in once for each.</summary>
    /// <param name="role">"doctor", "coordinator", "patient" or "administrator".</param>
    public async Task<CookieContainer> CookiesAsync(string role)
    {
        if (!signedIn.TryGetValue(role, out CookieContainer? cookies))
        {
            cookies = new CookieContainer();
            using HttpClient client = Client(cookies);
            using HttpResponseMessage response = await client.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = $"{role}@demo", ["back"] = "/evidence" });
            response.EnsureSuccessStatusCode();
            signedIn.Add(role, cookies);
        }

        return cookies;
    }

    private static async Task<string> RestAsync(Task<string> errors, Task<string> output) => await errors + await output;

    private HttpClient Client(CookieContainer cookies, bool follows = true)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = follows }) { BaseAddress = new Uri(Address), Timeout = Patience };
        client.DefaultRequestHeaders.Add("X-Threadwell", "1");
        return client;
    }

    /// <summary>Sends a POSIX signal and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(string signal = "TERM")
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(late.Token);
        int code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>Reads JSON.</summary>
    public async Task<JsonElement> GetAsync(string address) => await Http.GetFromJsonAsync<JsonElement>(address);

    /// <summary>Sends JSON and reads the answer, whatever its status.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string address, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>Follows a job to its end.</summary>
    /// <returns>Its last status.</returns>
    public async Task<JsonElement> FollowAsync(string job)
    {
        JsonElement last = default;
        using Stream stream = await Http.GetStreamAsync($"/api/jobs/{job}/events");
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                last = JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            }
        }

        return last;
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process?.Dispose();
        Http.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(DataFolder, recursive: true);
        }

        // What the database warns of in a query is a fault of it: rows in no order are others on another day.
        if (Errors.IsCompletedSuccessfully && Errors.GetAwaiter().GetResult() is var said && said.Contains("EntityFrameworkCore.Query[", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The server warned of a query: {said}");
        }
    }
}

/// <summary>Forms as a browser sends them.</summary>
internal static partial class Forms
{
    /// <summary>Reads a page's token and sends a form with it.</summary>
    /// <param name="client">The browser.</param>
    /// <param name="page">The page that holds the form.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="fields">Its fields.</param>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string page, string action, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", await client.TokenAsync(page))));
        return await client.PostAsync(action, content);
    }

    /// <summary>The token that the forms of a page carry.</summary>
    public static async Task<string> TokenAsync(this HttpClient client, string page) => Token().Match(await client.GetStringAsync(page)).Groups["token"].Value;

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
