namespace Threadwell.BrowserTests;

/// <summary>Reminders on a phone that is enrolled without an account.</summary>
public sealed partial class CheckInTests
{
    // This browser reaches no push service: it agrees to one that it is told of. Whether it has is kept as a browser keeps it, beyond the page.
    private const string Agrees = """
        Notification.requestPermission = () => Promise.resolve('granted');
        const given = () => ({
          endpoint: 'https://fcm.googleapis.com/fcm/send/' + localStorage.getItem('agreed'),
          toJSON: () => ({ keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }),
          unsubscribe: () => { localStorage.removeItem('agreed'); return Promise.resolve(true); },
        });
        PushManager.prototype.getSubscription = () => Promise.resolve(localStorage.getItem('agreed') ? given() : null);
        PushManager.prototype.subscribe = () => { localStorage.setItem('agreed', crypto.randomUUID()); return Promise.resolve(given()); };
        """;

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task A_phone_turns_its_reminders_on_and_off_on_its_page_of_today(string language)
    {
        InVietnameseInShort(language);
        await using WatchedPage phone = await EnrolledAsync(language, page => page.AddInitScriptAsync(Agrees));
        string today = $"{TreatmentOf(phone)}/aftercare";
        await phone.Page.GotoAsync(today);
        await phone.Id("push-on").WaitForAsync();
        await phone.AccessibleAsync($"page of today on a phone, reminders off {language}");
        await phone.FitsAsync($"page of today on a phone, reminders off {language}");
        await phone.Id("push-on").ClickAsync();
        await phone.Id("push-off").WaitForAsync();
        Assert.Equal($"/treatments/{TreatmentOf(phone).Split('/')[2]}/aftercare", await phone.Page.EvaluateAsync<string>("async () => new URL((await navigator.serviceWorker.getRegistration()).scope).pathname"));

        // The server has it: the page, loaded anew, says so.
        await phone.Page.GotoAsync(today);
        await phone.Id("push-off").WaitForAsync();
        await phone.AccessibleAsync($"page of today on a phone, reminders on {language}");
        await phone.FitsAsync($"page of today on a phone, reminders on {language}");
        await phone.PictureAsync($"phone-reminders-{language}", wholePage: true);
        await phone.Id("push-off").ClickAsync();
        await phone.Id("push-on").WaitForAsync();
        await phone.Page.GotoAsync(today);
        await phone.Id("push-on").WaitForAsync();
        phone.IsClean();
    }
}
