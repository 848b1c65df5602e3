using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>A page whose console errors and requests are watched.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const float PatienceMs = 90_000;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly ConcurrentQueue<string> complaints = [];
    private int underWay;
    private readonly string address;
    private readonly bool ownsProfile;
    private readonly bool stays;

    private WatchedPage(IPage page, string address, bool ownsProfile, bool stays = false)
    {
        Page = page;
        this.stays = stays;
        this.ownsProfile = ownsProfile;
        this.address = address;
        page.SetDefaultTimeout(PatienceMs);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !(MayBeAway && message.Text.Contains("ERR_", StringComparison.Ordinal)))
            {
                complaints.Enqueue($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Enqueue($"script error: {error}");
        page.RequestFinished += (_, _) => Interlocked.Decrement(ref underWay);
        page.RequestFailed += (_, _) => Interlocked.Decrement(ref underWay);
        page.Request += (_, request) =>
        {
            Interlocked.Increment(ref underWay);
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Enqueue($"request to another host: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>While the server is away, failed requests are what is expected.</summary>
    public bool MayBeAway { get; set; }

    /// <summary>A page in a profile of its own, which goes with it.</summary>
    public static async Task<WatchedPage> OpenAloneAsync(IBrowser browser, string address, System.Net.CookieCollection cookies, int width, int height, string language, ColorScheme scheme)
    {
        IBrowserContext visitor = await VisitorAsync(browser, address, cookies, width, height, language, scheme);
        return new WatchedPage(await visitor.NewPageAsync(), address, ownsProfile: true);
    }

    /// <summary>A page in a profile of its own that stays, empty, when its test is over.</summary>
    public static async Task<WatchedPage> OpenToStayAsync(IBrowser browser, string address, System.Net.CookieCollection cookies, int width, int height, string language)
    {
        IBrowserContext visitor = await VisitorAsync(browser, address, cookies, width, height, language, ColorScheme.Light);
        return new WatchedPage(await visitor.NewPageAsync(), address, ownsProfile: true, stays: true);
    }

    /// <summary>A second page in a profile.</summary>
    private static async Task<WatchedPage> OpenAsync(IBrowserContext visitor, string address) => new(await visitor.NewPageAsync(), address, ownsProfile: false);

    /// <summary>A fresh profile with somebody's cookies.</summary>
    public static async Task<IBrowserContext> VisitorAsync(IBrowser browser, string address, System.Net.CookieCollection cookies, int width, int height, string language, ColorScheme scheme)
    {
        IBrowserContext visitor = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            ColorScheme = scheme,
            AcceptDownloads = true,
        });
        await visitor.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = address, HttpOnly = cookie.HttpOnly }));
        return visitor;
    }

    /// <summary>A second window of the same visitor.</summary>
    public async Task<WatchedPage> SecondWindowAsync() => await OpenAsync(Page.Context, address);

    public ILocator Id(string id) => Page.Locator($"[id='{id}']");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Waits until the lift of the plan as it now is has been computed on the full mesh.</summary>
    public Task RefinedAsync() => Page.WaitForSelectorAsync("#scene[data-preview='refined']");

    /// <summary>Lift of each landmark as the list says it, mm.</summary>
    public async Task<double[]> LiftsAsync()
    {
        IReadOnlyList<string> texts = await Page.Locator("#lift-card-body .number").AllInnerTextsAsync();
        return [.. texts.Select(text => text.Replace("mm", "", StringComparison.Ordinal).Replace('−', '-').Trim()).Where(text => double.TryParse(text, CultureInfo.InvariantCulture, out _)).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until the page is loaded and nothing that it asked for is on its way, for a tenth of a second on end; on a page that listens on, for three seconds.</summary>
    public async Task SettledAsync()
    {
        const int BeatMs = 25;
        const int Longest = 120;
        await Page.LoadedAsync();
        for (int beat = 0, still = 0; still < 4 && beat < Longest; beat++, still = Volatile.Read(ref underWay) == 0 ? still + 1 : 0)
        {
            await Page.WaitForTimeoutAsync(BeatMs);
        }

        // What fades in has half its colours meanwhile, for as long as the machine makes it take.
        await Page.EvaluateAsync("async () => { await Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished)); }");
    }

    /// <summary>Waits until a question to the page that takes its time (a store, a cache) is answered as wanted. The browser driver's own waiting takes a promise for a yes.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="question">A function of the page.</param>
    /// <param name="isWanted">Whether that is the answer.</param>
    public async Task UntilAsync<T>(string question, Func<T, bool> isWanted)
    {
        T? answer = default;
        await PageAddress.UntilAsync(async () => isWanted(answer = await Page.EvaluateAsync<T>(question)), () => $"The page still answers {JsonSerializer.Serialize(answer)} to {question}");
    }

    /// <summary>WCAG 2.2 AA and best practices by axe; the size of targets (2.5.8), which axe leaves out unless asked, included.</summary>
    public Task AccessibleAsync(string where) => CheckAsync(where, """{ "resultTypes": ["violations"], "rules": { "target-size": { "enabled": true } } }""");

    /// <summary>What a change of colours can break.</summary>
    public Task ColoursAreAccessibleAsync(string where) => CheckAsync(where, """{ "resultTypes": ["violations"], "runOnly": { "type": "rule", "values": ["color-contrast", "link-in-text-block"] } }""");

    // In the page itself: none has a frame, for which axe's own runner would open a second page each time.
    private async Task CheckAsync(string where, string options)
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        string[] violations = await Page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, {{options}})).violations.map((violation) =>
              `${violation.id} (${violation.help}): ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(', ')}`)
            """);
        Assert.True(violations.Length == 0, $"{where}: {string.Join("; ", violations)}");
    }

    /// <summary>Nothing is wider than the window. Charts and pictures follow a change of its width a moment later.</summary>
    public Task FitsAsync(string where)
    {
        int over = 0;
        return PageAddress.UntilAsync(
            async () => (over = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")) <= 0,
            () => $"{where} is {over} px wider than the window.");
    }

    /// <summary>A picture for people to look at, where a folder for it is named.</summary>
    public async Task PictureAsync(string name, bool wholePage = false)
    {
        if (Environment.GetEnvironmentVariable("THREADWELL_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = wholePage });
        }
    }

    /// <summary>No error in the console, no request to another host.</summary>
    public void IsClean() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync()
    {
        if (stays)
        {
            await Page.GotoAsync("about:blank");
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            complaints.Clear();
            return;
        }

        await (ownsProfile ? Page.Context.CloseAsync() : Page.CloseAsync());
    }
}
