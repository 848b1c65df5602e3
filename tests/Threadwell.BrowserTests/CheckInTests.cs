using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkiaSharp;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>A patient's phone: enrolled at the desk, with a line and without one, by thumb and by keyboard.</summary>
public sealed partial class CheckInTests(Browser browser)
{
    private const int Phone = 390;

    // What a first visit loads over a bad line: page, questions, script, style and typefaces.
    private const int LargestVisitBytes = 400_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // The steps are the same in both languages: in short they are walked in the one whose words take more room.
    private static void InVietnameseInShort(string language) => Assert.SkipUnless(language == "vi" || Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");

    [Fact]
    public async Task A_phone_is_enrolled_at_the_desk_by_its_own_press_and_the_link_works_once()
    {
        string treatment = await TreatmentAsync();
        await using WatchedPage desk = await browser.OpenAsync(role: "coordinator");
        await desk.Page.GotoAsync($"{treatment}/enrol");
        await desk.Button("Make a link").ClickAsync();
        await desk.Page.Locator("svg.qr").WaitForAsync();
        await desk.AccessibleAsync("enrolment with a link");
        await desk.PictureAsync("enrol-desk", wholePage: true);
        string link = await desk.Id("link").InnerTextAsync();
        await using WatchedPage phone = await browser.OpenAsync(Phone, 844, role: null);
        await phone.Page.GotoAsync(link);
        await phone.AccessibleAsync("an open link");
        await phone.PictureAsync("enrol-phone", wholePage: true);
        await phone.Button("Use this phone").ClickAsync();
        await phone.Page.ReachesAsync($"**{treatment}/aftercare");
        await phone.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "How is it going?" }).ClickAsync();
        await phone.Page.ReachesAsync($"**{treatment}/check-in");
        await ReadyAsync(phone);
        await using WatchedPage second = await browser.OpenAsync(Phone, 844, role: null);
        await second.Page.GotoAsync(link);
        await second.Page.GetByText("This link does not work any more").WaitForAsync();
        phone.IsClean();
        second.IsClean();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task All_is_well_in_a_few_presses_and_the_level_is_there_at_once(string language)
    {
        InVietnameseInShort(language);
        await using WatchedPage phone = await EnrolledAsync(language);
        Assert.True(await phone.Page.Locator("#opening a[href='tel:115']").First.IsVisibleAsync());
        await phone.AccessibleAsync($"check-in, safety {language}");
        await phone.FitsAsync($"check-in, safety {language}");
        await phone.PictureAsync($"check-in-safety-{language}", wholePage: true);
        await phone.Id("none").ClickAsync();
        await phone.PictureAsync($"check-in-more-{language}", wholePage: true);
        await WellAsync(phone);
        await phone.AccessibleAsync($"check-in, more {language}");
        await phone.FitsAsync($"check-in, more {language}");
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-these='green']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await phone.AccessibleAsync($"check-in, result {language}");
        await phone.PictureAsync($"check-in-green-{language}", wholePage: true);
        phone.IsClean();
    }

    [Fact]
    public async Task An_emergency_is_said_before_the_rest_is_filled_in()
    {
        await using WatchedPage phone = await EnrolledAsync();
        await phone.Id("sign-eyes").ClickAsync();
        await phone.Id("q-eyes-visionLoss").CheckAsync();
        ILocator urgent = phone.Page.Locator("#urgent[data-level='emergency']");
        await urgent.WaitForAsync();
        Assert.Equal("tel:115", await urgent.Locator("a.call").GetAttributeAsync("href"));
        await phone.AccessibleAsync("check-in, emergency on the way");
        await phone.PictureAsync("check-in-urgent");
        await phone.Id("send-now").ClickAsync();
        await phone.Page.Locator(".level[data-level='emergency']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await phone.PictureAsync("check-in-emergency", wholePage: true);
        await phone.AccessibleAsync("check-in, emergency");

        // It stands: later answers that are well lower nothing.
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Id("none").ClickAsync();
        await WellAsync(phone);
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-level='emergency'] .stands").WaitForAsync();
        phone.IsClean();
    }

    [Fact]
    public async Task Skipping_is_no_no_and_is_asked_again()
    {
        await using WatchedPage phone = await EnrolledAsync();
        await phone.Id("skip").ClickAsync();
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".open-questions").WaitForAsync();
        await phone.AccessibleAsync("check-in, open questions");
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-these='amber']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await phone.PictureAsync("check-in-amber", wholePage: true);
        await phone.Id("again").ClickAsync();
        await phone.Page.Locator(".signs").WaitForAsync();
        phone.IsClean();
    }

    [Fact]
    public async Task Without_a_line_the_page_opens_answers_at_once_and_sends_once_when_the_line_is_back()
    {
        await using WatchedPage phone = await EnrolledAsync();
        string treatment = TreatmentOf(phone);
        await KeptPageAsync(phone);
        phone.MayBeAway = true;
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Id("sign-thread").ClickAsync();
        await phone.Id("q-thread-out").CheckAsync();
        await phone.Page.Locator("#urgent[data-level='red']").WaitForAsync();
        await phone.Id("none").ClickAsync();
        await WellAsync(phone);
        await phone.Page.SetInputFilesAsync("#photo-spot", new FilePayload { Name = "spot.jpg", MimeType = "image/jpeg", Buffer = Photo(3000, 2000) });
        await phone.Page.Locator("label[data-taken] img").WaitForAsync();
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-these='red']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='waits']").WaitForAsync();
        await phone.AccessibleAsync("check-in, waits");
        await phone.PictureAsync("check-in-waits", wholePage: true);

        // Closing the page loses nothing.
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Page.Locator("#status[data-state='waits']").WaitForAsync();
        JsonElement before = await HistoryAsync(treatment);
        await phone.Page.Context.SetOfflineAsync(false);
        await phone.Page.WaitForFunctionAsync("() => document.querySelector('#status').hidden || document.querySelector('#status').dataset.state === 'sent'");
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        JsonElement after = await HistoryAsync(treatment);
        Assert.Equal(before.GetProperty("checkIns").GetArrayLength() + 1, after.GetProperty("checkIns").GetArrayLength());
        Assert.Equal("red", after.GetProperty("checkIns")[after.GetProperty("checkIns").GetArrayLength() - 1].GetProperty("level").GetString());
        Assert.True(after.GetProperty("standing").GetString() is "red" or "emergency");
        string page = await browser.Server.Http.GetStringAsync($"{treatment}/check-ins", Cancelled);
        Match photo = PhotoAddress().Match(page);
        Assert.True(photo.Success);
        using SKBitmap kept = SKBitmap.Decode(await browser.Server.Http.GetByteArrayAsync(photo.Value, Cancelled));
        Assert.Equal((2048, 1365), (kept.Width, kept.Height));
        Assert.Equal(0, await phone.Page.EvaluateAsync<int>(WaitingCount));
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using WatchedPage phone = await EnrolledAsync();
        IKeyboard keys = phone.Page.Keyboard;
        await phone.Id("sign-lump").FocusAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await phone.Page.Locator("#urgent[data-level='red']").WaitForAsync();
        Assert.Equal("q-lump-soft", await FocusedAsync(phone));
        await keys.PressAsync("Space");
        await keys.PressAsync("Shift+Tab");
        Assert.Equal("sign-lump", await FocusedAsync(phone));
        await keys.PressAsync("Enter");
        await TabToAsync(phone, "none");
        await keys.PressAsync("Enter");
        Assert.Equal("step-title", await FocusedAsync(phone));
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        Assert.Equal("q-painLeft-0", await FocusedAsync(phone));
        await keys.PressAsync("ArrowRight");
        Assert.Equal("q-painLeft-1", await FocusedAsync(phone));
        Assert.True(await phone.Id("q-painLeft-1").IsCheckedAsync());

        // The buttons that answer a group go with it: the keyboard is led on to what is open.
        await TabToAsync(phone, "none-skin");
        await keys.PressAsync("Enter");
        Assert.Equal("q-temperatureTaken-no", await FocusedAsync(phone));
        await TabToAsync(phone, "none-shape");
        await keys.PressAsync("Enter");
        Assert.Equal("q-mouthFingers-three", await FocusedAsync(phone));
        await TabToAsync(phone, "finish");
        await keys.PressAsync("Enter");
        Assert.Equal("open-title", await FocusedAsync(phone));
        phone.IsClean();
    }

    [Fact]
    public async Task A_slip_in_the_temperature_and_a_second_press_keep_no_red_from_the_clinic()
    {
        await using WatchedPage phone = await EnrolledAsync();
        string treatment = TreatmentOf(phone);
        int before = (await HistoryAsync(treatment)).GetProperty("checkIns").GetArrayLength();
        await phone.Id("sign-fluid").ClickAsync();
        await phone.Id("q-fluid-pus").CheckAsync();
        await phone.Id("none").ClickAsync();
        await phone.Id("q-temperatureTaken-yes").CheckAsync();
        await phone.Id("q-temperature").FillAsync("385");
        await phone.Id("q-temperature").BlurAsync();
        await phone.Page.Locator("#p-temperature[data-wrong]").WaitForAsync();
        await phone.AccessibleAsync("check-in, a slip");
        await phone.PictureAsync("check-in-slip", wholePage: true);
        await phone.Page.EvaluateAsync("() => { const button = document.getElementById('send-now'); button.click(); button.click(); }");
        await phone.Page.Locator(".level[data-these='red']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        JsonElement told = (await HistoryAsync(treatment)).GetProperty("checkIns");
        Assert.Equal(before + 1, told.GetArrayLength());
        Assert.Equal("red", told[before].GetProperty("level").GetString());
        Assert.False(told[before].GetProperty("answers").TryGetProperty("temperature", out _));
        phone.IsClean();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task What_the_clinic_refuses_is_to_be_told_by_telephone_and_stands_when_it_was(string language)
    {
        InVietnameseInShort(language);

        // The server takes what this page sends: here it stands for one that does not, and no worker sends behind it. Nothing is shown to stand from before.
        await using WatchedPage phone = await EnrolledAsync(language, async page =>
        {
            await page.AddInitScriptAsync("""
                navigator.serviceWorker.register = () => Promise.reject(new Error('none'));
                const real = window.fetch;
                window.fetch = (address, init) => (init?.method === 'POST' ? Promise.resolve(Response.json({ detail: 'It cannot be read.' }, { status: 422, headers: { 'Content-Type': 'application/problem+json' } })) : real(address, init));
                """);
            await page.RouteAsync("**/check-in", async route =>
            {
                IAPIResponse answer = await route.FetchAsync();
                await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = Standing().Replace(await answer.TextAsync(), "\"standing\":null") });
            });
        });
        await phone.Id("sign-thread").ClickAsync();
        await phone.Id("q-thread-out").CheckAsync();
        await phone.Id("send-now").ClickAsync();
        await phone.Page.Locator("#status[data-state='refused']").WaitForAsync();
        await phone.Page.Locator(".level[data-level='red'] .unheard").WaitForAsync();
        Assert.Equal(1, await phone.Page.Locator(".level .call").CountAsync());
        Assert.DoesNotMatch("within 2 hours|trong vòng 2 giờ", await phone.Page.Locator(".level").InnerTextAsync());
        await phone.AccessibleAsync($"check-in, refused {language}");
        await phone.FitsAsync($"check-in, refused {language}");
        await phone.PictureAsync($"check-in-refused-{language}", wholePage: true);
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Page.Locator("#status[data-state='refused']").WaitForAsync();
        await phone.Id("clinic-told").ClickAsync();
        await phone.Page.Locator("#status[hidden]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        // One press lowers nothing: milder answers are shown beside what stands.
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        Assert.True(await phone.Page.Locator("#status").IsHiddenAsync());
        await phone.Id("skip").ClickAsync();
        await phone.Id("finish").ClickAsync();
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-level='red']").WaitForAsync();
        phone.IsClean();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task A_photo_that_the_clinic_refuses_is_told_until_it_was_read(string language)
    {
        InVietnameseInShort(language);
        await using WatchedPage phone = await EnrolledAsync(language, page => page.AddInitScriptAsync("""
            navigator.serviceWorker.register = () => Promise.reject(new Error('none'));
            const real = window.fetch;
            window.fetch = (address, init) => (String(address).includes('/photos/') ? Promise.resolve(Response.json({ detail: 'No picture.' }, { status: 422, headers: { 'Content-Type': 'application/problem+json' } })) : real(address, init));
            """));
        await phone.Id("none").ClickAsync();
        await WellAsync(phone);
        await phone.Page.SetInputFilesAsync("#photo-spot", new FilePayload { Name = "spot.jpg", MimeType = "image/jpeg", Buffer = Photo(300, 200) });
        await phone.Page.Locator("label[data-taken] img").WaitForAsync();
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator("#status[data-state='photoRefused'] #photos-read").WaitForAsync();
        Assert.Contains("No picture.", await phone.Id("status").InnerTextAsync(), StringComparison.Ordinal);
        await phone.AccessibleAsync($"check-in, a photo refused {language}");
        await phone.FitsAsync($"check-in, a photo refused {language}");
        await phone.PictureAsync($"check-in-photo-refused-{language}", wholePage: true);
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Page.Locator("#status[data-state='photoRefused']").WaitForAsync();
        await phone.Id("photos-read").ClickAsync();
        await phone.Page.Locator("#status[hidden]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await phone.Page.EvaluateAsync<int>(WaitingCount));
        phone.IsClean();
    }

    [Fact]
    public async Task A_phone_whose_kept_answers_cannot_be_read_says_that_they_may_be_graver()
    {
        await using WatchedPage phone = await EnrolledAsync(before: page => page.AddInitScriptAsync("""
            IDBFactory.prototype.open = () => { throw new DOMException('It is broken.', 'UnknownError'); };
            """));
        await phone.Page.Locator("#status[data-state='unread']").WaitForAsync();
        await phone.AccessibleAsync("check-in, unread");
        await phone.PictureAsync("check-in-unread", wholePage: true);
        phone.IsClean();
    }

    [Fact]
    public async Task Where_the_phone_keeps_nothing_the_level_is_shown_and_the_answers_go()
    {
        await using WatchedPage phone = await EnrolledAsync(before: page => page.AddInitScriptAsync("""
            IDBObjectStore.prototype.put = () => { throw new DOMException('It is full.', 'QuotaExceededError'); };
            """));
        string treatment = TreatmentOf(phone);
        int before = (await HistoryAsync(treatment)).GetProperty("checkIns").GetArrayLength();
        phone.MayBeAway = true;
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Id("sign-fluid").ClickAsync();
        await phone.Id("q-fluid-pus").CheckAsync();
        await phone.Id("send-now").ClickAsync();
        await phone.Page.Locator(".level[data-these='red']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='waits']").WaitForAsync();
        Assert.Contains("keep this page open", await phone.Id("status").InnerTextAsync(), StringComparison.Ordinal);
        await phone.PictureAsync("check-in-keeps-nothing", wholePage: true);
        await phone.Page.Context.SetOfflineAsync(false);
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        Assert.Equal(before + 1, (await HistoryAsync(treatment)).GetProperty("checkIns").GetArrayLength());
        phone.IsClean();
    }

    [Fact]
    public async Task Without_the_questions_the_numbers_to_call_stand_in_their_place()
    {
        await using WatchedPage phone = await EnrolledAsync(isReady: false, before: page => page.AddInitScriptAsync("""
            navigator.serviceWorker.register = () => Promise.reject(new Error('none'));
            const real = window.fetch;
            window.fetch = (address, init) => (String(address).includes('/rulebook') ? Promise.resolve(new Response('', { status: 502 })) : real(address, init));
            """));
        await phone.Page.Locator("#check-in a[href='tel:115']").WaitForAsync();
        Assert.Contains("could not be loaded", await phone.Id("check-in").InnerTextAsync(), StringComparison.Ordinal);
        await phone.AccessibleAsync("check-in without questions");
        await phone.PictureAsync("check-in-unloaded", wholePage: true);
        phone.IsClean();
    }

    [Fact]
    public async Task A_first_visit_is_light_and_its_targets_are_large()
    {
        await using WatchedPage phone = await EnrolledAsync();
        long bytes = await phone.Page.EvaluateAsync<long>("() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + (entry.decodedBodySize ?? 0), 0)");
        Console.WriteLine($"Bytes of a first visit to a check-in: {bytes}");
        Assert.True(bytes < LargestVisitBytes, $"{bytes} bytes; less than {LargestVisitBytes} are wanted.");
        await phone.Id("sign-eyes").ClickAsync();
        string[] small = await phone.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main button, main a.button, main label.option')].filter((one) => one.offsetParent !== null).filter((one) => { const box = one.getBoundingClientRect(); return box.height < 44 || box.width < 44; }).map((one) => one.outerHTML.slice(0, 80))
            """);
        Assert.Empty(small);
        await phone.Id("q-eyes-none").ClickAsync();
        await phone.Id("none").ClickAsync();
        string[] more = await phone.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main button, main label.option, main label.photo-tile')].filter((one) => { const box = one.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9; }).map((one) => one.outerHTML.slice(0, 80))
            """);
        Assert.Empty(more);
    }

    private const string WaitingCount = """
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('threadwell-check-ins', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction(['check-ins', 'photos']);
            const checkIns = reading.objectStore('check-ins').getAll();
            const photos = reading.objectStore('photos').count();
            reading.oncomplete = () => resolve(checkIns.result.filter((one) => !one.sent).length + photos.result);
          };
        })
        """;

    private async Task<WatchedPage> EnrolledAsync(string language = "en", Func<IPage, Task>? before = null, bool isReady = true)
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        string treatment = await TreatmentAsync();
        using HttpClient desk = await browser.Server.SignInAsync("coordinator");
        using HttpResponseMessage made = await desk.PostFormAsync($"{treatment}/enrol", $"{treatment}/enrol", new() { ["_handler"] = "own-phone" });
        string link = Link().Match(await made.Content.ReadAsStringAsync(Cancelled)).Value;
        WatchedPage phone = await browser.OpenAsync(Phone, 844, language, role: null);
        await phone.Page.GotoAsync(link);
        await phone.Page.Locator("form[action='/enrol/use'] button").ClickAsync();
        await phone.Page.ReachesAsync($"**{treatment}/aftercare");
        if (before is not null)
        {
            await before(phone.Page);
        }

        await phone.Page.GotoAsync($"{treatment}/check-in");
        if (isReady)
        {
            await ReadyAsync(phone);
        }

        return phone;
    }

    // Until the worker has the page and would answer for it without a line.
    private static Task KeptPageAsync(WatchedPage phone) =>
        phone.UntilAsync<bool>("async () => (await (await caches.open('check-in-pages')).keys()).length > 0 && navigator.serviceWorker.controller !== null", isKept => isKept);

    private static Task ReadyAsync(WatchedPage phone) => phone.Page.Locator("#check-in[data-ready='true'] .signs").WaitForAsync();

    // All other questions of the second screen, answered as on a good day.
    internal static async Task WellAsync(WatchedPage phone)
    {
        await phone.Id("q-painLeft-0").CheckAsync();
        await phone.Id("q-painRight-0").CheckAsync();
        await phone.Id("none-skin").ClickAsync();
        await phone.Id("q-temperatureTaken-no").CheckAsync();
        await phone.Id("q-feverish-no").CheckAsync();
        await phone.Id("q-painkiller-no").CheckAsync();
        await phone.Id("q-pharmacy-none").CheckAsync();
        await phone.Id("q-mouthFingers-three").CheckAsync();
        await phone.Id("none-shape").ClickAsync();
    }

    private static Task<string> FocusedAsync(WatchedPage phone) => phone.Page.EvaluateAsync<string>("() => document.activeElement?.id ?? ''");

    private static async Task TabToAsync(WatchedPage phone, string id)
    {
        for (int step = 0; step < 120; step++)
        {
            if (await FocusedAsync(phone) == id)
            {
                return;
            }

            await phone.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {id}.");
    }

    private static byte[] Photo(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.BurlyWood);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    // All tests follow one treatment. A level that was shown stands, so each asks what its own answers come to, and not what stands.
    private async Task<string> TreatmentAsync()
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        string list = await browser.Server.Http.GetStringAsync("/patients?q=viet", Cancelled);
        string record = await browser.Server.Http.GetStringAsync(Record().Match(list).Groups["address"].Value, Cancelled);
        return Treatment().Match(record).Groups["address"].Value;
    }

    private static string TreatmentOf(WatchedPage phone) => new Uri(phone.Page.Url).AbsolutePath.Replace("/check-in", "", StringComparison.Ordinal);

    private async Task<JsonElement> HistoryAsync(string treatment) => await browser.Server.GetAsync($"/api{treatment}/check-ins");

    [GeneratedRegex("href=\"(?<address>/patients/0[^\"/]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("href=\"(?<address>/treatments/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Treatment();

    [GeneratedRegex("https?://[^<\"]+/enrol/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("\"standing\":\"[a-z]+\"", RegexOptions.None, 1000)]
    private static partial Regex Standing();

    [GeneratedRegex("/api/check-ins/[0-9a-f-]{36}/photos/[0-9a-f-]{36}(?=\")", RegexOptions.None, 1000)]
    private static partial Regex PhotoAddress();
}
