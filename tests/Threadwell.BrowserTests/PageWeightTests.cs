using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>The page of today, as a phone gets it on a first visit over a slow line.</summary>
public sealed partial class PageWeightTests(Browser browser)
{
    // All bytes on the wire, headers and typefaces included.
    private const double MostBytes = 200_000;
    private const double MostMs = 1000;
    private const int Visits = 5;

    // A slow mobile line and a cheap phone, as browsers' own tools know them.
    private const double LatencyMs = 150;
    private const double BytesPerSecondDown = 1_600_000 / 8.0;
    private const double BytesPerSecondUp = 750_000 / 8.0;
    private const double SlowerCpu = 4;

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task The_page_of_today_is_light(string language)
    {
        (double bytes, _) = await VisitAsync(language, throttled: false);
        TestContext.Current.SendDiagnosticMessage($"Page of today ({language}): {bytes / 1000:0.0} kB on the wire.");
        Assert.InRange(bytes, 1, MostBytes);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task The_page_of_today_is_painted_within_a_second_on_a_slow_line(string language)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        var paints = new List<double>();
        for (int visit = 0; visit < Visits; visit++)
        {
            paints.Add((await VisitAsync(language, throttled: true)).PaintMs);
        }

        paints.Sort();
        TestContext.Current.SendDiagnosticMessage($"Page of today ({language}), first paint: {string.Join(", ", paints.Select(paint => $"{paint:0}"))} ms.");
        Assert.InRange(paints[Visits / 2], 1, MostMs);
    }

    private async Task<(double Bytes, double PaintMs)> VisitAsync(string language, bool throttled)
    {
        await using WatchedPage page = await browser.OpenAsync(390, 844, language);
        ICDPSession devtools = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var bytes = new ConcurrentBag<double>();
        devtools.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes.Add(finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await devtools.SendAsync("Network.enable");
        if (throttled)
        {
            await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = BytesPerSecondDown, ["uploadThroughput"] = BytesPerSecondUp,
            });
            await devtools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object>(StringComparer.Ordinal) { ["rate"] = SlowerCpu });
        }

        await page.Page.GotoAsync(await AddressAsync());
        await page.SettledAsync();
        await page.Page.EvaluateAsync("() => document.fonts.ready.then(() => null)");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => document.scripts.length"));
        JsonElement? paint = await page.Page.EvaluateAsync("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
        page.IsClean();
        return (bytes.Sum(), paint!.Value.GetDouble());
    }

    private async Task<string> AddressAsync()
    {
        string list = await browser.Server.Http.GetStringAsync("/patients?q=viet", TestContext.Current.CancellationToken);
        string record = await browser.Server.Http.GetStringAsync(Record().Match(list).Groups["address"].Value, TestContext.Current.CancellationToken);
        return Treatment().Match(record).Groups["address"].Value + "/aftercare";
    }

    [GeneratedRegex("href=\"(?<address>/patients/0[^\"/]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("href=\"(?<address>/treatments/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Treatment();
}
