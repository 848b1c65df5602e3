using System.Globalization;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>The Learn page in a browser: motion while it is scrolled, none for who wants none, the slider by keyboard, and one step per screen.</summary>
public sealed class LearnTests(Browser browser)
{
    [Fact]
    public async Task A_reader_scrolls_the_story_moves_the_months_by_keyboard_and_a_doctor_shows_it_step_by_step()
    {
        await using WatchedPage page = await browser.OpenAsync(role: null);
        await page.Page.GotoAsync("/learn");

        // The thread fades as its step is scrolled through.
        double begun = await ThreadAtAsync(page, "dissolve", 0.1);
        double gone = await ThreadAtAsync(page, "dissolve", 0.95);
        Assert.True(begun > 0.9 && gone < 0.05, $"{begun} -> {gone}");
        await page.PictureAsync("learn-dissolve");

        // Any month by keyboard, and the other material.
        ILocator slider = page.Page.Locator("#month");
        await slider.FocusAsync();
        for (int month = 0; month < 12; month++)
        {
            await page.Page.Keyboard.PressAsync("ArrowRight");
        }

        Assert.StartsWith("Month 12:", await page.Page.Locator("#now").InnerTextAsync(), StringComparison.Ordinal);
        string pdo = await page.Page.Locator("#now").InnerTextAsync();
        await page.Page.GetByLabel("polycaprolactone (PCL)").CheckAsync();
        Assert.NotEqual(pdo, await page.Page.Locator("#now").InnerTextAsync());

        // One step a screen, from the step that is being read.
        await page.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await page.Page.Locator("#present").ClickAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("3 of 13", await page.Page.Locator("#place").InnerTextAsync());
        Assert.Equal(["anchor"], await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-slide]')].filter((slide) => slide.offsetHeight > 0).map((slide) => slide.dataset.step)"));

        // A step fades in: what is judged is the step, not the fading.
        await page.Page.EvaluateAsync("() => Promise.all(document.getAnimations().map((animation) => animation.finished)).then(() => null)");
        await page.AccessibleAsync("a step on the full screen");
        await page.PictureAsync("learn-presented");
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Page.EvaluateAsync<bool>("() => document.querySelector('main').hasAttribute('data-presenting')"));
        page.IsClean();
    }

    [Fact]
    public async Task Who_wants_no_motion_gets_the_same_pictures_still()
    {
        await using WatchedPage page = await browser.OpenAsync(role: null);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        await page.Page.GotoAsync("/learn");
        double before = await ThreadAtAsync(page, "dissolve", 0.1);
        Assert.Equal(before, await ThreadAtAsync(page, "dissolve", 0.95));
        Assert.Equal(6, await page.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('.learn-figure')].filter((figure) => getComputedStyle(figure).visibility === 'visible' && figure.offsetHeight > 200).length"));
        page.IsClean();
    }

    // How much of the thread is to be seen where a share of a step has passed the middle of the screen.
    private static async Task<double> ThreadAtAsync(WatchedPage page, string step, double share)
    {
        await page.Page.EvaluateAsync(
            "([step, share]) => { const box = document.getElementById(step).getBoundingClientRect(); scrollBy(0, box.top + share * box.height - innerHeight / 2); return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(null), 50)))); }",
            new object[] { step, share });
        string opacity = await page.Page.Locator($"[data-step='{step}'] .learn-thread").GetAttributeAsync("opacity") ?? "";
        return double.Parse(opacity, CultureInfo.InvariantCulture);
    }
}
