using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>A question in a browser: the emergency notice while one writes, the work behind the form, the doctor's answer, what is published.</summary>
public sealed class QuestionStoryTests(Browser browser)
{
    [Theory]
    [InlineData("vi", 390, "Em bị khó thở sau khi căng chỉ", "Chỉ PDO giữ được bao lâu nếu em 45 tuổi?")]
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
        await page.Page.WaitForURLAsync("**/ask/*?done=sent");
        string own = page.Page.Url.Split('?')[0];
        await page.AccessibleAsync($"an own question {language}");
        await page.FitsAsync($"an own question {language}");

        await using WatchedPage doctor = await browser.OpenAsAsync("doctor", width, language);
        await doctor.Page.GotoAsync("/inbox");
        await doctor.Page.Locator("section[aria-labelledby='part-open'] h3 a", new PageLocatorOptions { HasText = question }).First.ClickAsync();
        await doctor.Page.WaitForURLAsync("**/inbox/*-*");
        await doctor.AccessibleAsync($"a question {language}");
        await doctor.FitsAsync($"a question {language}");
        await doctor.Page.FillAsync("#draft-text", "Chỉ tan trong sáu đến tám tháng.");
        await doctor.Page.ClickAsync("button[value='answer']");
        await doctor.Page.WaitForURLAsync("**kept=draft*");
        await doctor.Page.FillAsync("#publish-title", question);
        await doctor.Page.CheckAsync("[name='checked']");
        await doctor.Page.ClickAsync("#publish button.primary");
        await doctor.Page.WaitForURLAsync("**kept=publish*");
        await doctor.AccessibleAsync($"a published question {language}");

        await page.Page.GotoAsync(own);
        await page.Page.Locator("a[href^='/questions/']").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/questions/*-*");
        Assert.Equal(question, await page.Page.Locator("h1").InnerTextAsync());
        await page.AccessibleAsync($"an answer {language}");
        await page.FitsAsync($"an answer {language}");
        await page.PictureAsync($"answer-{language}-{width}", wholePage: true);
        page.IsClean();
        doctor.IsClean();
    }
}
