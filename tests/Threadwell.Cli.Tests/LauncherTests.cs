using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Threadwell.Cli.Tests;

/// <summary>What somebody gets who has just cloned the project and starts it.</summary>
public sealed class LauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_clone_builds_itself_and_serves_in_both_languages()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a shell script");
        Assert.SkipUnless(Path.Exists(Path.Combine(Root(), ".git")), "the sources are no repository");
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await RunAsync("git", "clone", "-q", "--depth", "1", "file://" + Root(), folder["clone"]));
        using Process server = Process.Start(new ProcessStartInfo(folder["clone/threadwell"], ["serve", "--urls", "http://127.0.0.1:0", "--data", folder["data"]]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> errors = server.StandardError.ReadToEndAsync(Cancelled);
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            late.CancelAfter(Patience);
            var told = new StringBuilder();
            string? address = null;
            while (address is null && await server.StandardOutput.ReadLineAsync(late.Token) is { } line)
            {
                told.AppendLine(line);
                address = line.Contains("is ready:", StringComparison.Ordinal) ? line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)) : null;
            }

            Assert.True(address is not null, told.ToString());
            using var browser = new HttpClient { BaseAddress = new Uri(address!) };
            Assert.Contains("Sign in", await browser.GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);
            browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("vi");
            Assert.Contains("Đăng nhập", await browser.GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync("kill", "-TERM", server.Id.ToString(CultureInfo.InvariantCulture));
            await server.WaitForExitAsync(CancellationToken.None);
            await errors;
        }

        Assert.Equal(0, server.ExitCode);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
