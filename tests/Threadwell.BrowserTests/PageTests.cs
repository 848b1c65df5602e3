using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>How soon a page is there, and what it does when the world round it changes.</summary>
public sealed class PageTests(Browser browser)
{
    private const double FirstPictureSeconds = 2;
    private const double SecondStartSeconds = 5;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // What is timed has the machine for itself: the short tests run other projects beside this one.
    private static bool IsLong => Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";

    [Fact]
    public async Task The_head_is_there_within_two_seconds()
    {
        Assert.SkipUnless(IsLong, "long");
        string plan = await PlanAsync();
        await using WatchedPage page = await browser.OpenAsync();

        // Once, so that the server has answered its first request; each visit is measured from an empty browser cache.
        await page.Page.GotoAsync("/practice");
        long began = Stopwatch.GetTimestamp();
        await page.Page.GotoAsync($"/plans/{plan}", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await ReadyAsync(page);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"Seconds to the first picture of the plan page: {seconds:0.00}");
        Assert.True(seconds < FirstPictureSeconds, $"{seconds:0.00} s to the first picture; less than {FirstPictureSeconds} s is wanted.");
    }

    [Fact]
    public async Task Two_windows_on_one_plan_do_not_overwrite_each_other()
    {
        string plan = await PlanAsync();
        await using WatchedPage first = await browser.OpenAsync();
        WatchedPage second = await first.SecondWindowAsync();
        await first.Page.GotoAsync($"/plans/{plan}");
        await second.Page.GotoAsync($"/plans/{plan}");
        await ReadyAsync(first);
        await ReadyAsync(second);
        await SetDepthAsync(first, "3.5");
        await first.Page.GetByText("Saved", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await SetDepthAsync(second, "5");
        await second.Button("Keep mine as a copy").WaitForAsync();
        await second.PictureAsync("conflict");
        await second.Button("Load the other version").ClickAsync();
        await second.Page.Locator("tr[data-thread='L1']").GetByText("3.5", new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
    }

    [Fact]
    public async Task A_page_goes_on_after_the_server_was_restarted_under_it()
    {
        Assert.SkipUnless(IsLong, "long");
        using ServerProcess server = await ServerProcess.StartAsync();
        await using WatchedPage page = await browser.OpenAsync(server: server);
        await StoryTests.MakePlanAsync(page, "Sample A", "Restart");
        await ReadyAsync(page);
        page.MayBeAway = true;
        await server.EndAsync();
        await SetDepthAsync(page, "3.5");
        await page.Page.GetByText("Not saved: the server does not answer").First.WaitForAsync();
        await server.StartAgainAsync();
        Console.WriteLine($"Seconds to ready on a second start: {server.StartTime.TotalSeconds:0.00}");
        Assert.True(server.StartTime.TotalSeconds < SecondStartSeconds, $"{server.StartTime.TotalSeconds:0.00} s to ready; less than {SecondStartSeconds} s is wanted.");
        await page.Page.GetByText("Saved", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await page.RefinedAsync();
        JsonElement plan = (await server.GetAsync("/api/plans"))[0];
        JsonElement draft = (await server.GetAsync($"/api/plans/{plan.GetProperty("id").GetString()}")).GetProperty("draft");
        Assert.Equal(3.5, draft.GetProperty("threads")[0].GetProperty("depthMm").GetDouble());
    }

    [Fact]
    public async Task Without_WebGL_the_list_does_everything()
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        await using IBrowser flat = await browser.LaunchAsync("--disable-gpu", "--disable-3d-apis");
        await using WatchedPage page = await browser.OpenAsync(other: flat);
        string plan = await PlanAsync();
        await page.Page.GotoAsync($"/plans/{plan}");
        await page.Page.GetByText("This browser cannot draw in three dimensions").First.WaitForAsync();
        await page.Page.Locator("#scene img").WaitForAsync();
        await SetDepthAsync(page, "3.5");
        await page.Page.Locator("tr[data-thread='L1']").GetByText("3.5", new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
        await page.AccessibleAsync("plan without WebGL");
        await page.PictureAsync("plan-flat");
    }

    private static Task ReadyAsync(WatchedPage page) => page.Page.Locator("#scene[data-ready='true']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    private static async Task SetDepthAsync(WatchedPage page, string depth)
    {
        await page.Id("thread-L1").ClickAsync();
        await page.Id("f-depthMm").FillAsync(depth);
        await page.Id("f-depthMm").PressAsync("Enter");
    }

    private async Task<string> PlanAsync()
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        ServerProcess server = browser.Server!;
        (string id, _) = await server.AddPlanAsync(await server.SampleAsync());
        return id;
    }
}
