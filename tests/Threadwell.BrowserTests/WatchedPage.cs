using System.Collections.Concurrent;
using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>A page whose console errors and requests are watched.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const float PatienceMs = 90_000;

    private readonly ConcurrentQueue<string> complaints = [];
    private readonly string address;

    private WatchedPage(IPage page, string address)
    {
        Page = page;
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
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Enqueue($"request to another host: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>While the server is away, failed requests are what is expected.</summary>
    public bool MayBeAway { get; set; }

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, string address, System.Net.CookieCollection cookies, int width, int height, string language, ColorScheme scheme)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            ColorScheme = scheme,
            AcceptDownloads = true,
        });
        await context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = address, HttpOnly = cookie.HttpOnly }));
        return new WatchedPage(await context.NewPageAsync(), address);
    }

    /// <summary>A second window of the same visitor.</summary>
    public async Task<WatchedPage> SecondWindowAsync() => new(await Page.Context.NewPageAsync(), address);

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

    /// <summary>WCAG 2.2 AA and best practices by axe.</summary>
    public async Task AccessibleAsync(string where)
    {
        AxeResult result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{where}: " + string.Join("; ", result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Help}): {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html.Length > 120 ? node.Html[..120] : node.Html))}")));
    }

    /// <summary>Nothing is wider than the window.</summary>
    public async Task FitsAsync(string where)
    {
        int over = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{where} is {over} px wider than the window.");
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

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
