using Microsoft.Playwright;
using Threadwell.BrowserTests;
using Threadwell.Tests.Shared;

[assembly: AssemblyFixture(typeof(Browser))]
// One at a time: each drives a browser and a solver that want every core.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Threadwell.BrowserTests;

/// <summary>One server and one real browser for all tests; without a browser the tests are skipped and say so.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Software WebGL, no sandbox (tests may run as root), and nothing that reaches out by itself.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    internal ServerProcess Server { get; private set; } = null!;

    private static string? Executable => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : null;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await LaunchAsync();
        Server = await ServerProcess.StartAsync();
    }

    /// <summary>A browser of its own with further arguments.</summary>
    internal Task<IBrowser> LaunchAsync(params string[] further) =>
        playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = [.. Arguments, .. further], Timeout = 120_000 });

    /// <summary>A page in a fresh profile that fails the test where it logs an error or asks another host for anything.</summary>
    internal async Task<WatchedPage> OpenAsync(int width = 1280, int height = 900, string language = "en", ColorScheme scheme = ColorScheme.Light, IBrowser? other = null, ServerProcess? server = null)
    {
        Assert.SkipWhen(Executable is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        return await WatchedPage.OpenAsync(other ?? browser!, (server ?? Server).Address, width, height, language, scheme);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        Server?.Dispose();
    }
}
