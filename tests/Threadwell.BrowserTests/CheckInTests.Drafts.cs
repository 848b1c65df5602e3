using Microsoft.Playwright;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>What is half answered on the phone: a page that is closed, or loaded anew, goes on where it was left.</summary>
public sealed partial class CheckInTests
{
    private const string Drafts = """
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('threadwell-check-in-drafts', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction(['drafts', 'photos']);
            const drafts = reading.objectStore('drafts').getAll();
            const photos = reading.objectStore('photos').count();
            reading.oncomplete = () => resolve(drafts.result.map((one) => `${one.teller === 'patient' ? 'patient' : 'relative'} ${Object.keys(one.answers).sort().join(' ')} ${one.typed.temperature ?? ''} ${photos.result}`.replace(/ +/g, ' ')));
          };
        })
        """;

    private const string DraftPhotos = """
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('threadwell-check-in-drafts', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction('photos').objectStore('photos').count();
            counting.onsuccess = () => resolve(counting.result);
          };
        })
        """;

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task A_half_filled_check_in_is_gone_on_with_where_it_was_left(string language)
    {
        InVietnameseInShort(language);
        await using WatchedPage phone = await EnrolledAsync(language);
        await phone.Id("sign-lump").ClickAsync();
        await phone.Id("q-lump-none").ClickAsync();
        await phone.Id("sign-eyes").ClickAsync();
        await DraftsAsync(phone, "patient lump 0");
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        await phone.Page.Locator(".notice.draft").WaitForAsync();
        Assert.Matches("\\d\\d:\\d\\d", await phone.Page.Locator(".notice.draft").InnerTextAsync());
        await phone.AccessibleAsync($"check-in, a draft {language}");
        await phone.FitsAsync($"check-in, a draft {language}");
        await phone.PictureAsync($"check-in-draft-{language}", wholePage: true);

        // A picture that was pressed is still open: the others' button makes no "none" of it.
        await phone.Id("none").ClickAsync();
        Assert.Equal("q-eyes-visionLoss", await FocusedAsync(phone));
        await phone.Id("q-eyes-none").ClickAsync();
        await phone.Id("none").ClickAsync();
        Assert.Equal(0, await phone.Page.Locator(".notice.draft").CountAsync());
        await phone.Id("q-painLeft-3").CheckAsync();
        await phone.Id("q-temperatureTaken-yes").CheckAsync();
        await phone.Id("q-temperature").FillAsync("36,");
        await phone.Page.SetInputFilesAsync("#photo-spot", new FilePayload { Name = "spot.jpg", MimeType = "image/jpeg", Buffer = Photo(300, 200) });
        await phone.Page.Locator("label[data-taken] img").WaitForAsync();
        await phone.UntilAsync<string[]>(Drafts, drafts => drafts is [var one] && one.Contains("painLeft", StringComparison.Ordinal) && one.EndsWith("36, 1", StringComparison.Ordinal));

        // Closed and opened again, without a line, too.
        await KeptPageAsync(phone);
        phone.MayBeAway = true;
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();
        await phone.Page.Locator("#check-in[data-ready='true'] #draft-go-on").WaitForAsync();
        Assert.True(await phone.Id("q-painLeft-3").IsCheckedAsync());
        Assert.Equal("36,", await phone.Id("q-temperature").InputValueAsync());
        Assert.Equal(1, await phone.Page.Locator("label[data-taken] img").CountAsync());
        await phone.AccessibleAsync($"check-in, a draft of the second screen {language}");
        await phone.FitsAsync($"check-in, a draft of the second screen {language}");
        await phone.PictureAsync($"check-in-draft-more-{language}", wholePage: true);
        await phone.Page.Context.SetOfflineAsync(false);
        await phone.Id("draft-go-on").ClickAsync();
        Assert.Equal("step-title", await FocusedAsync(phone));
        await WellAsync(phone);
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator(".level[data-these='green']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await DraftsAsync(phone);
        await phone.Page.ReloadAsync();
        await ReadyAsync(phone);
        Assert.Equal(0, await phone.Page.Locator(".notice.draft").CountAsync());
        phone.IsClean();
    }

    [Fact]
    public async Task Starting_anew_leaves_nothing_of_a_draft()
    {
        await using WatchedPage phone = await EnrolledAsync();
        await phone.Id("none").ClickAsync();
        await phone.Id("q-painLeft-0").CheckAsync();
        await phone.UntilAsync<string[]>(Drafts, drafts => drafts is [var one] && one.Contains("painLeft", StringComparison.Ordinal));
        await phone.Page.ReloadAsync();
        await phone.Id("draft-anew").ClickAsync();
        await phone.Page.Locator(".signs").WaitForAsync();
        Assert.Equal(0, await phone.Page.Locator(".notice.draft, .sign[data-state='none']").CountAsync());
        await DraftsAsync(phone);
        await phone.Id("none").ClickAsync();
        Assert.False(await phone.Id("q-painLeft-0").IsCheckedAsync());
        phone.IsClean();
    }

    [Fact]
    public async Task A_draft_that_came_to_red_shows_it_at_once_and_is_not_thrown_away_by_a_press()
    {
        await using WatchedPage phone = await EnrolledAsync();
        await phone.Id("sign-fluid").ClickAsync();
        await phone.Id("q-fluid-pus").CheckAsync();
        await phone.Page.Locator("#urgent[data-level='red']").WaitForAsync();
        await DraftsAsync(phone, "patient fluid 0");
        await phone.Page.ReloadAsync();
        await phone.Page.Locator("#check-in[data-ready='true'] .notice.draft").WaitForAsync();
        Assert.True(await phone.Page.Locator("#urgent[data-level='red'] .call").IsVisibleAsync());
        Assert.Equal(0, await phone.Id("draft-anew").CountAsync());
        await phone.AccessibleAsync("check-in, a draft that is red");
        await phone.PictureAsync("check-in-draft-red", wholePage: true);
        await phone.Id("send-now").ClickAsync();
        await phone.Page.Locator(".level[data-these='red']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await DraftsAsync(phone);
        phone.IsClean();
    }

    [Fact]
    public async Task A_photo_that_is_still_made_small_goes_after_answers_that_were_sent_meanwhile()
    {
        await using WatchedPage phone = await EnrolledAsync(before: page => page.AddInitScriptAsync("""
            const real = window.createImageBitmap;
            window.createImageBitmap = async (...picture) => {
              await new Promise((resolve) => { window.goOn = resolve; });
              return real(...picture);
            };
            """));
        string treatment = TreatmentOf(phone);
        int before = await PhotosAsync(treatment);
        await SendWhileMadeSmallAsync(Photo(300, 200));
        await DraftsAsync(phone);
        Assert.Equal(before, await PhotosAsync(treatment));
        await phone.Page.EvaluateAsync("() => window.goOn()");
        for (int tries = 0; await PhotosAsync(treatment) == before; tries++)
        {
            Assert.True(tries < 200, "The photo did not arrive.");
            await Task.Delay(50, Cancelled);
        }

        Assert.Equal(before + 1, await PhotosAsync(treatment));
        Assert.Equal(0, await phone.Page.EvaluateAsync<int>(DraftPhotos));
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();

        // What turns out to be no picture is said beside the result.
        await phone.Id("report").ClickAsync();
        await SendWhileMadeSmallAsync("no picture"u8.ToArray());
        await phone.Page.EvaluateAsync("() => window.goOn()");
        await phone.Page.Locator(".level[data-these='red'] ~ .problem").WaitForAsync();
        await phone.AccessibleAsync("check-in, a photo that cannot be read after the answers went");
        Assert.Equal(0, await phone.Page.EvaluateAsync<int>(WaitingCount));
        phone.IsClean();

        async Task SendWhileMadeSmallAsync(byte[] picture)
        {
            await phone.Id("sign-fluid").ClickAsync();
            await phone.Id("q-fluid-pus").CheckAsync();
            await phone.Id("none").ClickAsync();
            await phone.Page.EvaluateAsync("() => { delete window.goOn; }");
            await phone.Page.SetInputFilesAsync("#photo-spot", new FilePayload { Name = "spot.jpg", MimeType = "image/jpeg", Buffer = picture });
            await phone.Page.WaitForFunctionAsync("() => 'goOn' in window");
            await phone.Id("send-now").ClickAsync();
            await phone.Page.Locator(".level[data-these='red']").WaitForAsync();
            await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        }
    }

    [Fact]
    public async Task A_relative_s_draft_is_not_shown_to_the_patient_nor_hers_to_the_relative()
    {
        string treatment = await TreatmentAsync();
        using HttpClient desk = await browser.Server!.SignInAsync("coordinator");
        using HttpResponseMessage made = await desk.PostFormAsync($"{treatment}/enrol", $"{treatment}/enrol", new() { ["_handler"] = "family", ["Name"] = "A relative", ["Relation"] = "sister", ["Consented"] = "true" });
        string link = Link().Match(await made.Content.ReadAsStringAsync(Cancelled)).Value;
        await using WatchedPage phone = await EnrolledAsync();
        await phone.Id("sign-lump").ClickAsync();
        await phone.Id("q-lump-none").ClickAsync();
        await DraftsAsync(phone, "patient lump 0");

        // The same phone, enrolled for the relative.
        await phone.Page.GotoAsync(link);
        await phone.Page.Locator("form[action='/enrol/use'] button").ClickAsync();
        await phone.Page.ReachesAsync($"**{treatment}/aftercare");
        await phone.Page.GotoAsync($"{treatment}/check-in");
        await ReadyAsync(phone);
        Assert.Equal(0, await phone.Page.Locator(".notice.draft, .sign[data-state]").CountAsync());
        await phone.Id("sign-face").ClickAsync();
        await phone.Id("q-face-none").ClickAsync();
        await DraftsAsync(phone, "patient lump 0", "relative face 0");
        await phone.Page.ReloadAsync();
        await phone.Page.Locator(".notice.draft").WaitForAsync();
        Assert.Equal(1, await phone.Page.Locator(".sign[data-state='none']").CountAsync());
        phone.IsClean();
    }

    private async Task<int> PhotosAsync(string treatment) => PhotoAddress().Count(await browser.Server.Http.GetStringAsync($"{treatment}/check-ins", Cancelled));

    private static Task DraftsAsync(WatchedPage phone, params string[] wanted) => phone.UntilAsync<string[]>(Drafts, drafts => drafts.Order(StringComparer.Ordinal).SequenceEqual(wanted));
}
