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
    // Software WebGL, no sandbox (tests may run as root), and nothing that reaches out by itself. Without a graphics card, pages are painted without its interface: Debian's flags ask for it, at twice the price.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-rasterization", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    ];

    private readonly Dictionary<(string?, int, string), WatchedPage> visitors = [];
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
    /// <param name="width">Width, CSS pixels.</param>
    /// <param name="height">Height, CSS pixels.</param>
    /// <param name="language">"en" or "vi".</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="other">Another browser than the shared one.</param>
    /// <param name="server">Another server than the shared one.</param>
    /// <param name="role">Who is signed in: "doctor", "coordinator", "patient", "administrator" of the demonstration clinic, or nobody.</param>
    /// <param name="address">Another name of the server than its own.</param>
    internal async Task<WatchedPage> OpenAsync(int width = 1280, int height = 900, string language = "en", ColorScheme scheme = ColorScheme.Light, IBrowser? other = null, ServerProcess? server = null, string? role = "doctor", string? address = null)
    {
        Assert.SkipWhen(Executable is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        ServerProcess served = server ?? Server;
        System.Net.CookieCollection cookies = role is null ? [] : (await served.CookiesAsync(role)).GetAllCookies();
        return await WatchedPage.OpenAloneAsync(other ?? browser!, address ?? served.Address, cookies, width, height, language, scheme);
    }

    /// <summary>A page of a visitor who has been here before: profile and window are kept for the next one who asks for the same, so that a page costs its own loading alone.</summary>
    /// <param name="role">Who is signed in, as for <see cref="OpenAsync"/>.</param>
    /// <param name="width">Width, CSS pixels.</param>
    /// <param name="language">"en" or "vi".</param>
    internal async Task<WatchedPage> OpenAsAsync(string? role, int width, string language)
    {
        Assert.SkipWhen(Executable is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        if (!visitors.TryGetValue((role, width, language), out WatchedPage? visitor))
        {
            System.Net.CookieCollection cookies = role is null ? [] : (await Server.CookiesAsync(role)).GetAllCookies();
            visitor = await WatchedPage.OpenToStayAsync(browser!, Server.Address, cookies, width, 900, language);
            visitors.Add((role, width, language), visitor);
        }

        return visitor;
    }

    /// <summary>A page of a server that another process or the test itself holds.</summary>
    /// <param name="address">The server.</param>
    /// <param name="cookies">Of whoever is signed in.</param>
    /// <param name="width">Width, CSS pixels.</param>
    /// <param name="language">"en" or "vi".</param>
    internal Task<WatchedPage> OpenElsewhereAsync(string address, System.Net.CookieCollection cookies, int width, string language) =>
        WatchedPage.OpenAloneAsync(browser!, address, cookies, width, 900, language, ColorScheme.Light);

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
