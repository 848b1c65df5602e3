using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Threadwell.Web.Registry;

namespace Threadwell.Storage.Bench;

/// <summary>The built program, serving, and a browser signed in as the doctor of its demonstration clinic.</summary>
internal sealed partial class RunningServer : IDisposable
{
    private readonly Process process;

    private RunningServer(Process process, HttpClient http)
    {
        this.process = process;
        Http = http;
    }

    /// <summary>The browser.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and signs in.</summary>
    public static async Task<RunningServer> StartAsync(string data, string? database)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        string[] further = database is null ? [] : ["--database", database];
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", data, .. further])
        {
            start.ArgumentList.Add(argument);
        }

        Process started = Process.Start(start)!;
        string line;
        do
        {
            line = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it was ready.");
        }
        while (!line.Contains("is ready:", StringComparison.Ordinal));
        _ = started.StandardOutput.ReadToEndAsync();
        string address = line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address) };
        string token = Token().Match(await http.GetStringAsync("/sign-in")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = "doctor@demo", ["back"] = "/evidence", ["__RequestVerificationToken"] = token });
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/sign-in/demonstration", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return new RunningServer(started, http);
    }

    /// <summary>Waits until it has read the registry ahead and has nothing to do any more, so that nothing is measured beside that.</summary>
    public async Task RestAsync()
    {
        await Task.Delay(RegistryAhead.Wait);

        // While a server of databases looks for the first rows this one is quiet, too, but not for long.
        const int Seconds = 3;
        for (int quiet = 0; quiet < Seconds;)
        {
            TimeSpan before = Worked();
            await Task.Delay(TimeSpan.FromSeconds(1));
            quiet = Worked() - before < TimeSpan.FromMilliseconds(50) ? quiet + 1 : 0;
        }

        TimeSpan Worked()
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        using (Process end = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            end.WaitForExit();
        }

        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
