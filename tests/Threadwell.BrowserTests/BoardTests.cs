using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>The board as it stands open on a desk.</summary>
public sealed class BoardTests(Browser browser)
{
    // A little more than the board's own beat, milliseconds.
    private const long Beat = 16_000;

    [Fact]
    public async Task A_board_that_cannot_be_drawn_again_says_since_when_and_takes_it_back()
    {
        await using WatchedPage desk = await browser.OpenAsync(role: "coordinator");
        await desk.Page.Clock.InstallAsync();
        await desk.Page.GotoAsync("/board");
        ILocator line = desk.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "Not up to date since" });

        // It has been drawn again, and says nothing.
        string first = (await desk.Id("board").GetAttributeAsync("data-at"))!;
        await desk.Page.Clock.RunForAsync(Beat);
        await desk.Page.Locator($"#board:not([data-at='{first}'])").WaitForAsync();
        Assert.Equal(0, await line.CountAsync());
        string drawn = (await desk.Id("board").GetAttributeAsync("data-at"))![11..16];
        desk.MayBeAway = true;
        await desk.Page.Context.SetOfflineAsync(true);
        await desk.Page.Clock.RunForAsync(Beat);
        await line.WaitForAsync();
        Assert.Contains(drawn, await line.InnerTextAsync(), StringComparison.Ordinal);
        await desk.AccessibleAsync("a board that is not up to date");
        await desk.PictureAsync("board-stale");
        await desk.Page.Context.SetOfflineAsync(false);
        await desk.Page.Clock.RunForAsync(Beat);
        await line.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.False(await desk.Id("board-stale").IsVisibleAsync());
        desk.IsClean();
    }
}
