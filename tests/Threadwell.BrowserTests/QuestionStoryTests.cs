using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>A question in a browser: the emergency notice while one writes, the work behind the form, the doctor's answer, what is published.</summary>
public sealed class QuestionStoryTests(Browser browser)
{
    private static readonly (string Emergency, string Question) InVietnamese = ("Em bị khó thở sau khi căng chỉ", "Chỉ PDO giữ được bao lâu nếu em 45 tuổi?");
    private static readonly (string Emergency, string Question) InEnglish = ("I cannot breathe since the thread lift", "How long do PDO threads hold at the age of 45?");

    // In short once; in long in each language at each width.
    public static TheoryData<string, int, string, string> Askers
    {
        get
        {
            var askers = new TheoryData<string, int, string, string>();
            bool all = Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";
            foreach ((string language, int width) in all ? [("vi", 390), ("en", 1280), ("vi", 1280), ("en", 390)] : ((string, int)[])[("vi", 390)])
            {
                (string emergency, string question) = language == "vi" ? InVietnamese : InEnglish;
                askers.Add(language, width, emergency, $"{question} ({width})");
            }

            return askers;
        }
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public async Task A_question_is_asked_answered_and_published(string language, int width, string emergency, string question)
    {
        await using WatchedPage page = await browser.OpenAsAsync(null, width, language);
        await page.Page.GotoAsync("/ask");
        await page.Page.SelectOptionAsync("[name='Form.Topic']", "results");
        await page.Page.SelectOptionAsync("[name='Form.AgeBand']", "40-49");
        await page.Page.FillAsync("[name='Form.Text']", emergency);
        await page.Page.WaitForSelectorAsync("#gate[data-level='emergency'] a[href='tel:115']");
        await page.AccessibleAsync($"an emergency {language}");
        await page.Page.FillAsync("[name='Form.Text']", question);
        await page.Page.WaitForSelectorAsync("#gate", new PageWaitForSelectorOptions { State = WaitForSelectorState.Hidden });
        await page.Page.CheckAsync("[name='Form.MayPublish']");
        await page.Page.FocusAsync("main button.primary");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.ReachesAsync("**/ask/*?done=sent");
        string own = page.Page.Url.Split('?')[0];
        await page.AccessibleAsync($"an own question {language}");
        await page.FitsAsync($"an own question {language}");

        await using WatchedPage doctor = await browser.OpenAsAsync("doctor", width, language);
        await doctor.Page.GotoAsync("/inbox");
        await doctor.Page.Locator("section[aria-labelledby='part-open'] h3 a", new PageLocatorOptions { HasText = question }).First.ClickAsync();
        await doctor.Page.ReachesAsync("**/inbox/*-*");
        await doctor.AccessibleAsync($"a question {language}");
        await doctor.FitsAsync($"a question {language}");
        await doctor.Page.FillAsync("#draft-text", "Chỉ tan trong sáu đến tám tháng.");
        await doctor.Page.ClickAsync("button[value='answer']");
        await doctor.Page.ReachesAsync("**kept=draft*");
        await doctor.Page.FillAsync("#publish-title", question);
        await doctor.Page.CheckAsync("[name='checked']");
        await doctor.Page.ClickAsync("#publish button.primary");
        await doctor.Page.ReachesAsync("**kept=publish*");
        await doctor.AccessibleAsync($"a published question {language}");

        await page.Page.GotoAsync(own);
        await page.Page.Locator("a[href^='/questions/']").First.ClickAsync();
        await page.Page.ReachesAsync("**/questions/*-*");
        Assert.Equal(question, await page.Page.Locator("h1").InnerTextAsync());
        await page.AccessibleAsync($"an answer {language}");
        await page.FitsAsync($"an answer {language}");
        await page.PictureAsync($"answer-{language}-{width}", wholePage: true);
        page.IsClean();
        doctor.IsClean();
    }

    [Fact]
    public async Task Who_stopped_the_sending_and_goes_on_writing_can_send_it()
    {
        await using WatchedPage page = await browser.OpenAsAsync(null, 390, "en");
        await page.Page.GotoAsync("/ask");
        await page.Page.SelectOptionAsync("[name='Form.Topic']", "results");
        await page.Page.SelectOptionAsync("[name='Form.AgeBand']", "40-49");
        await page.Page.FillAsync("[name='Form.Text']", InEnglish.Question);

        // The first sending leads nowhere, as where the browser was made to stop: the page stays, and no script is told.
        var first = new TaskCompletionSource();
        int sent = 0;
        await page.Page.RouteAsync("**/ask", async route =>
        {
            if (route.Request.Method == "POST" && ++sent == 1)
            {
                await route.AbortAsync("aborted");
                first.SetResult();
                return;
            }

            await route.ContinueAsync();
        });
        await page.Page.FocusAsync("main button.primary");
        await page.Page.Keyboard.PressAsync("Enter");
        await first.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await page.Page.Locator("[name='Form.Text']").PressSequentiallyAsync(" Or less?");
        await page.Page.FocusAsync("main button.primary");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.ReachesAsync("**/ask/*?done=sent");
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task Without_script_the_form_says_what_to_do_and_keeps_what_was_written()
    {
        await using WatchedPage opened = await browser.OpenAsAsync(null, 390, "en");
        await using IBrowserContext context = await opened.Page.Context.Browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = browser.Server.Address, JavaScriptEnabled = false, Locale = "en-GB", ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("/ask");
        Assert.Contains("Scripts are off in this browser", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await page.Locator("#gate").IsVisibleAsync());
        await page.SelectOptionAsync("[name='Form.Topic']", "results");
        await page.SelectOptionAsync("[name='Form.AgeBand']", "40-49");
        await page.FillAsync("[name='Form.Text']", InEnglish.Emergency);
        await page.ClickAsync("main button.primary");

        // No script looks while one writes: the server's answer shows the notice and sends nothing.
        await page.Locator("#gate a[href='tel:115']").WaitForAsync();
        Assert.Equal(InEnglish.Emergency, await page.InputValueAsync("[name='Form.Text']"));
        await page.FillAsync("[name='Form.Text']", InEnglish.Question);
        await page.ClickAsync("main button.primary");
        await page.Locator("main .problem[role='alert']").First.WaitForAsync();
        Assert.EndsWith("/ask", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(InEnglish.Question, await page.InputValueAsync("[name='Form.Text']"));
        Assert.Equal("40-49", await page.InputValueAsync("[name='Form.AgeBand']"));
    }
}
