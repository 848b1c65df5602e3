using System.Text.Json;
using Microsoft.Playwright;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>A doctor asks for plans, leaves, and finds them at the plan when she comes back.</summary>
public sealed class ProposalStoryTests(Browser browser)
{
    [Fact]
    public async Task What_was_found_is_there_when_the_doctor_comes_back_and_one_of_it_is_chosen()
    {
        await using WatchedPage page = await browser.OpenAsync();
        ServerProcess server = browser.Server;
        string id = await OpenBrowAsync(page);

        // She asks and leaves at once.
        await page.Id("propose").ClickAsync();
        await page.Page.Locator("#propose-card progress").WaitForAsync();
        await page.Page.GotoAsync("/practice");

        // Another window follows the search that is under way, and shows what it finds.
        await using WatchedPage phone = await browser.OpenAsync(390, 844, "vi");
        await phone.Page.GotoAsync($"/plans/{id}");
        await phone.Page.Locator("#propose-card[open] progress:visible, #propose-show:visible").First.WaitForAsync();
        await phone.Id("propose-show").WaitForAsync(new LocatorWaitForOptions { Timeout = 300_000 });
        if (await phone.Id("proposals").IsVisibleAsync())
        {
            await phone.PictureAsync("proposals-phone-dialog");
            await phone.Id("proposals-close").ClickAsync();
        }

        // Back at the plan it is there, with its pictures, on both.
        await page.Page.GotoAsync($"/plans/{id}");
        await phone.Page.ReloadAsync();
        foreach ((WatchedPage shown, string name) in new[] { (page, "proposals-wide"), (phone, "proposals-phone") })
        {
            await shown.Page.Locator("#propose-card[open] #propose-show").ScrollIntoViewIfNeededAsync();
            await shown.SettledAsync();
            Assert.InRange(await shown.Page.Locator("#propose-show img").CountAsync(), 1, 3);
            Assert.True(await shown.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('#propose-show img')].every((image) => image.complete && image.naturalWidth === 640)"));
            await shown.FitsAsync(name);
            await shown.AccessibleAsync(name);
            await shown.PictureAsync(name);
            await shown.Id("propose-show").ClickAsync();
            await shown.Id("proposals-title").WaitForAsync();
            await shown.SettledAsync();
            Assert.Equal(0, await shown.Id("proposals").EvaluateAsync<int>("(dialog) => dialog.scrollWidth - dialog.clientWidth"));
            await shown.Page.Locator("#proposals .proposal-numbers > div").Nth(5).ScrollIntoViewIfNeededAsync();
            await shown.PictureAsync(name + "-dialog");
        }

        // One is chosen; another, once the patient of the plan was changed, is refused.
        await page.Id("use-0").ClickAsync();
        await Assertions.Expect(page.Id("proposals")).ToBeHiddenAsync();
        await Assertions.Expect(page.Id("said")).ToContainTextAsync("threads are the plan now");
        JsonElement found = (await server.GetAsync($"/api/plans/{id}/proposals")).GetProperty("found").GetProperty("proposals")[0].GetProperty("plan").GetProperty("threads");
        JsonElement stored = default;
        await PageAddress.UntilAsync(
            async () => JsonElement.DeepEquals(found, (stored = await server.GetAsync($"/api/plans/{id}")).GetProperty("draft").GetProperty("threads")), () => $"The plan still has {stored.GetProperty("draft").GetProperty("threads")}");
        Dictionary<string, JsonElement> older = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stored.GetProperty("draft"))!;
        older["patient"] = JsonSerializer.SerializeToElement(new { ageYears = 53, sex = "female", laxity = "moderate", smoker = false });
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = stored.GetProperty("revision").GetInt64(), name = "Brow", draft = older })).Status);
        await page.Page.ReloadAsync();
        await page.Id("propose-show").ClickAsync();
        await page.Id("use-0").ClickAsync();
        await Assertions.Expect(page.Id("propose-problem")).ToContainTextAsync("propose anew");
        page.IsClean();
        phone.IsClean();
    }

    [Fact]
    public async Task A_search_that_another_window_started_is_followed_also_when_its_stream_is_lost()
    {
        await using WatchedPage page = await browser.OpenAsync();
        ServerProcess server = browser.Server;
        string id = await OpenBrowAsync(page);

        // Meanwhile somebody else asks; the first stream that this window opens is refused.
        string job = (await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/proposals", new { wish = new[] { new { landmark = "brow-peak", liftMm = 1 } } })).Body.GetProperty("job").GetString()!;
        var refused = new TaskCompletionSource();
        await page.Page.RouteAsync(
            "**/api/jobs/*/events",
            async route =>
            {
                await route.FulfillAsync(new RouteFulfillOptions { Status = 404 });
                refused.TrySetResult();
            },
            new PageRouteOptions { Times = 1 });
        await page.Page.RunAndWaitForRequestAsync(
            async () =>
            {
                await page.Id("propose").ClickAsync();
                await refused.Task;
                await Assertions.Expect(page.Id("propose-problem")).ToContainTextAsync("being searched for already");
            },
            request => refused.Task.IsCompleted && request.Url.EndsWith($"/api/jobs/{job}/events", StringComparison.Ordinal));
        await Assertions.Expect(page.Page.Locator("#propose-card progress")).ToBeVisibleAsync();
        await Assertions.Expect(page.Id("proposals")).ToBeHiddenAsync();

        // It ends it for both, once the solve that is under way is through.
        await page.Id("propose-cancel").ClickAsync();
        await Assertions.Expect(page.Id("said")).ToContainTextAsync("The search was cancelled.", new LocatorAssertionsToContainTextOptions { Timeout = 90_000 });
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/api/plans/{id}/proposals")).GetProperty("job").ValueKind);
        await Assertions.Expect(page.Id("propose")).ToBeEnabledAsync();
    }

    // A standard plan of the brow, its wish of a millimetre filled in.
    private async Task<string> OpenBrowAsync(WatchedPage page)
    {
        (string id, _) = await browser.Server.AddPlanAsync(await browser.Server.SampleAsync(), "Brow", "brow");
        await page.Page.GotoAsync($"/plans/{id}");
        await page.Page.Locator("#propose-card > summary").ClickAsync();
        await page.Id("wish-brow-peak").FillAsync("1");
        return id;
    }
}
