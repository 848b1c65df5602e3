using System.Text.Json;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>The path of a patient as a doctor and as the patient walk it: consultation, assessment, photos, plan, explanation, consent, and what was treated.</summary>
public sealed class ClinicStoryTests(Browser browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_doctor_opens_a_record_assesses_accepts_and_adds_photos()
    {
        await using WatchedPage page = await browser.OpenAsync();
        await page.Page.GotoAsync("/");
        await page.Page.GetByText("New patient", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Full name").FillAsync("Tôn Nữ Bích Ngọc");
        await page.Page.GetByLabel("Date of birth").FillAsync("5/6/1979");
        await page.Page.GetByLabel("female", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.Page.GetByText("Open the record").ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Tôn Nữ Bích Ngọc" }).WaitForAsync();
        await page.Page.Locator(".next-step").ClickAsync();
        await AnswerAsync(page);
        await page.PictureAsync("assessment");
        await page.AccessibleAsync("assessment of the story");
        await page.Page.Locator("form[action$='/accept'] button").ClickAsync();
        await page.Page.Locator("[data-state='next']").GetByText("Photos").WaitForAsync();
        await page.Page.Locator(".next-step").ClickAsync();
        byte[] picture = await browser.Server.Http.GetByteArrayAsync("/api/scans/5a000000-0000-7000-8000-000000000001/picture", Cancelled);
        foreach (string view in (string[])["Front", "ObliqueLeft", "ObliqueRight", "ProfileLeft", "ProfileRight"])
        {
            await page.Page.Locator($"input[name='{view}']").SetInputFilesAsync(new FilePayload { Name = view + ".png", MimeType = "image/png", Buffer = picture });
        }

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add", Exact = true }).ClickAsync();
        await page.Page.GetByText("All standard views are there.").WaitForAsync();
        await page.Page.GetByText("Back to the record").ClickAsync();
        await page.Page.Locator("[data-state='next']").GetByText("Plan").WaitForAsync();
        await page.PictureAsync("record");
        page.IsClean();
    }

    [Fact]
    public async Task A_plan_on_her_scan_is_predicted_explained_and_signed_in_front_of_the_doctor()
    {
        await using WatchedPage page = await browser.OpenAsync();
        string record = await RecordAsync(page.Page, "thuy");
        await page.Page.GotoAsync(record + "/scans");
        await page.Page.Locator("[data-do='plan']").First.ClickAsync();
        await page.Id("new-plan-name").FillAsync("Jawline of the story");
        await page.Page.Locator("#new-plan button[type='submit']").ClickAsync();
        await page.Page.ReachesAsync("**/plans/*");
        string plan = new Uri(page.Page.Url).AbsolutePath;
        (int status, JsonElement started) = await browser.Server.SendAsync(HttpMethod.Post, $"/api{plan}/predictions", new { months = 1 });
        Assert.Equal(202, status);
        Assert.Equal("done", (await browser.Server.FollowAsync(started.GetProperty("job").GetString()!)).GetProperty("state").GetString());

        await AskWhatDecidesAsync(page, $"/predictions/{started.GetProperty("job").GetString()}/causes");
        await page.Page.GotoAsync(record);
        await page.Page.Locator("[data-state='next']").GetByText("Explain").WaitForAsync();
        await page.Page.Locator(".next-step").ClickAsync();
        await page.Page.ReachesAsync("**/consultation");
        await page.SettledAsync();
        await page.AccessibleAsync("consultation");
        await page.PictureAsync("consultation");

        await SignAsync(page, record, "Bùi Thị Thuỷ");
        string pdf = await page.Page.Locator("a[href$='/pdf']").First.GetAttributeAsync("href") ?? "";
        byte[] document = await browser.Server.Http.GetByteArrayAsync(pdf, Cancelled);
        Assert.Equal("%PDF"u8.ToArray(), document[..4]);
        await page.Page.GotoAsync(record);
        await page.Page.Locator("[data-state='next']").GetByText("Treat").WaitForAsync();

        // What was signed stays as it is.
        (status, _) = await browser.Server.SendAsync(HttpMethod.Delete, $"/api{plan}");
        Assert.Equal(422, status);
        page.IsClean();
    }

    /// <summary>Asked for, followed, and stopped: computing it takes minutes.</summary>
    private static async Task AskWhatDecidesAsync(WatchedPage page, string address)
    {
        await page.Page.GotoAsync(address);
        await page.AccessibleAsync("what decides, before it is asked for");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Compute what decides" }).ClickAsync();
        await page.Page.Locator("#causes-progress").WaitForAsync();
        await page.AccessibleAsync("what decides, while it is computed");
        await page.Id("causes-cancel").ClickAsync();
        await page.Page.GetByText("It was stopped before it had found anything.").WaitForAsync();
        await page.FitsAsync("what decides");
        await page.PictureAsync("causes");
    }

    [Fact]
    public async Task A_patient_reads_and_signs_on_her_own_account_and_sees_no_other_record()
    {
        await using WatchedPage page = await browser.OpenAsync(390, 844, "vi", role: "patient");
        await page.Page.GotoAsync("/");
        Assert.EndsWith("/my", page.Page.Url, StringComparison.Ordinal);
        await page.PictureAsync("my");
        string own = await page.Page.Locator("a[href$='/consent']").First.GetAttributeAsync("href") ?? "";
        await SignAsync(page, own[..own.LastIndexOf('/')], "Trần Thị Mai");
        await page.PictureAsync("consent-signed");
        await page.AccessibleAsync("a signed consent");
        page.MayBeAway = true;
        IResponse? refused = await page.Page.GotoAsync("/patients");
        Assert.Equal(403, refused!.Status);
    }

    [Fact]
    public async Task What_was_treated_has_a_thread_card_and_is_found_by_its_lot()
    {
        await using WatchedPage page = await browser.OpenAsync();
        string record = await RecordAsync(page.Page, "viet");
        string treatment = await page.Page.Locator(".record-timeline a[href^='/treatments/']").First.GetAttributeAsync("href") ?? "";
        await page.Page.GotoAsync(treatment);
        await page.SettledAsync();
        await page.PictureAsync("treatment");
        await page.AccessibleAsync("a signed treatment");
        byte[] card = await browser.Server.Http.GetByteArrayAsync($"/api{treatment}/thread-card", Cancelled);
        Assert.Equal("%PDF"u8.ToArray(), card[..4]);
        await page.Page.GotoAsync("/recall?lot=demo%2026a");
        await page.Page.Locator($"a[href='{record}']").First.WaitForAsync();
        await page.PictureAsync("recall");
        page.IsClean();
    }

    [Fact]
    public async Task A_booked_treatment_says_what_keeps_it_from_starting()
    {
        await using WatchedPage page = await browser.OpenAsync(390);
        await RecordAsync(page.Page, "hanh");
        string treatment = await page.Page.Locator(".record-timeline a[href^='/treatments/']").First.GetAttributeAsync("href") ?? "";
        await page.Page.GotoAsync(treatment);
        await page.SettledAsync();
        await page.Page.GetByText("Cannot start").First.WaitForAsync();
        await page.FitsAsync("a treatment that is prepared");
        await page.PictureAsync("prepare");
        page.IsClean();
    }

    private static async Task<string> RecordAsync(IPage page, string name)
    {
        await page.GotoAsync($"/patients?q={name}");
        string record = await page.Locator(".patient-list h2 a").First.GetAttributeAsync("href") ?? "";
        await page.GotoAsync(record);
        return record;
    }

    // Answers what is asked, page by page: the jawline, mild to moderate, and no to everything that could stand against it.
    private static async Task AnswerAsync(WatchedPage page)
    {
        for (int step = 0; step < 5 && page.Page.Url.EndsWith("/assess", StringComparison.Ordinal); step++)
        {
            await page.Page.EvaluateAsync("""
                () => {
                  const wanted = ['jawline', 'moderate', 'normal', 'some', 'type4', 'no', 'never'];
                  for (const question of document.querySelectorAll('fieldset.question')) {
                    const options = [...question.querySelectorAll('input[type=radio], input[type=checkbox]')];
                    if (options.some((option) => option.checked)) continue;
                    const value = wanted.find((word) => options.some((option) => option.value === word));
                    const option = options.find((candidate) => candidate.value === value);
                    if (option) option.checked = true;
                  }
                }
                """);
            await page.Page.Locator("main form button[type='submit']").First.ClickAsync();
            await page.SettledAsync();
        }

        await page.Page.ReachesAsync("**/assessments/*");
    }

    private static async Task SignAsync(WatchedPage page, string record, string name)
    {
        await page.Page.GotoAsync(record + "/consent");
        ILocator decisions = page.Page.Locator(".consent-decision");
        for (int index = 0; index < await decisions.CountAsync(); index++)
        {
            await decisions.Nth(index).Locator($"input[value='{(index < 2 ? "yes" : "no")}']").CheckAsync();
        }

        await page.Page.Locator("input[name='Form.Signature'][value='typed']").CheckAsync();
        await page.Id("name").FillAsync(name);
        await page.Page.Locator("#sign button[type='submit']").ClickAsync();
        await page.Page.ReachesAsync("**/consents/*");
    }
}
