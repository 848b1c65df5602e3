using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>The menu of a doctor, which has the most pages: one row on a usual screen, and every page of it reached by keys.</summary>
public sealed class MenuTests(Browser browser)
{
    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task A_doctors_menu_is_one_row_and_its_last_pages_are_reached_by_keys(string language)
    {
        await using WatchedPage page = await browser.OpenAsync(language: language);
        await page.Page.GotoAsync("/on-call");
        await page.SettledAsync();
        Assert.Single(await RowsAsync(page, "header.site > *"));
        Assert.Single(await RowsAsync(page, "nav.site > *"));
        await page.PictureAsync($"menu-{language}");

        // Told where one is, also where the page's own link is folded away.
        ILocator more = page.Page.Locator(".nav-more summary");
        Assert.Equal("true", await more.GetAttributeAsync("aria-current"));
        ILocator last = page.Page.Locator(".nav-more a").Last;
        Assert.False(await last.IsVisibleAsync());
        await more.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.True(await last.IsVisibleAsync());
        await page.AccessibleAsync($"the menu, open, {language}");
        await page.PictureAsync($"menu-open-{language}");
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("/on-call", await page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.ReachesAsync("**/recall");

        await page.Page.SetViewportSizeAsync(390, 844);
        await more.ClickAsync();
        await page.FitsAsync($"the menu, open, {language}");
        Assert.True((await page.Page.Locator(".nav-more div").BoundingBoxAsync())!.X >= 0);
        await page.AccessibleAsync($"the narrow menu, open, {language}");
        await page.PictureAsync($"menu-narrow-{language}");
        await page.Page.GotoAsync("/patients");
        Assert.Null(await more.GetAttributeAsync("aria-current"));
        page.IsClean();
    }

    // Middles of what stands beside each other, a row each, in tens of pixels.
    private static Task<int[]> RowsAsync(WatchedPage page, string selector) => page.Page.EvaluateAsync<int[]>(
        "(selector) => [...new Set([...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect()).map((box) => Math.round((box.top + box.bottom) / 20)))]", selector);
}
