using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Reminders.Push;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>Turning reminders on and off on a phone that is enrolled without an account.</summary>
public sealed partial class PhoneReminderTests : IAsyncLifetime
{
    // A browser's keys as it sends them.
    private const string Key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Button = "Remind me on this phone";

    private InProcessApp app = null!;
    private HttpClient desk = null!;
    private Guid treatment;
    private Guid patient;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Today => $"/treatments/{treatment}/aftercare";

    private string Push => $"/api/treatments/{treatment}/push";

    public async ValueTask InitializeAsync()
    {
        app = await InProcessApp.StartAsync();
        await app.StoreAsync(async database =>
        {
            StoredTreatment ended = await database.Treatments.Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled);
            (treatment, patient) = (ended.Id, ended.PatientId);
            (await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = patient;
        });
        desk = await app.SignInAsync("coordinator@demo");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_page_of_today_offers_reminders_on_the_patients_own_phone_alone()
    {
        using HttpClient phone = await PhoneAsync();
        string page = await phone.GetStringAsync(Today, Cancelled);
        Assert.Contains(Button, page, StringComparison.Ordinal);
        Assert.Contains(app.App.Services.GetRequiredService<VapidKey>().PublicKey, page, StringComparison.Ordinal);
        Assert.Contains("\"isEnded\":true", page, StringComparison.Ordinal);
        await AgreeAsync(phone, HttpStatusCode.NoContent);
        Assert.Contains("\"isEnded\":false", await phone.GetStringAsync(Today, Cancelled), StringComparison.Ordinal);
        await app.StoreAsync(async database =>
        {
            PushSubscription kept = await database.PushSubscriptions.SingleAsync(Cancelled);
            Assert.Equal((patient, null, (await database.EnrolledDevices.SingleAsync(Cancelled)).Id), (kept.PatientId, kept.UserId, kept.DeviceId));
        });

        // Whoever has an account chooses on its own page.
        using HttpClient herself = await app.SignInAsync("patient@demo");
        Assert.DoesNotContain(Button, await herself.GetStringAsync(Today, Cancelled), StringComparison.Ordinal);
        using HttpClient relative = await PhoneAsync(ofRelative: true);
        Assert.DoesNotContain(Button, await relative.GetStringAsync(Today, Cancelled), StringComparison.Ordinal);
        foreach (HttpClient other in (HttpClient[])[herself, desk, relative])
        {
            await AgreeAsync(other, HttpStatusCode.Forbidden);
        }

        using HttpClient stranger = app.Browser();
        await AgreeAsync(stranger, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_phone_agrees_for_itself_by_a_known_service_and_by_a_request_of_the_site()
    {
        using HttpClient phone = await PhoneAsync();
        Assert.Contains("no reminder can be sent to this phone", await AgreeAsync(phone, HttpStatusCode.UnprocessableEntity, "https://10.0.0.1/a"), StringComparison.Ordinal);
        using (HttpResponseMessage keys = await phone.PostAsJsonAsync(Push, new { address = "https://web.push.apple.com/a", publicKey = "BAAA", secret = Secret }, Cancelled))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, keys.StatusCode);
        }

        using (HttpResponseMessage elsewhere = await phone.PostAsJsonAsync($"/api/treatments/{Guid.NewGuid()}/push", new { address = "https://web.push.apple.com/a", publicKey = Key, secret = Secret }, Cancelled))
        {
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        }

        phone.DefaultRequestHeaders.Remove("X-Threadwell");
        await AgreeAsync(phone, HttpStatusCode.Forbidden);
        phone.DefaultRequestHeaders.Add("X-Threadwell", "1");

        // A new address of the same phone is in the place of the old one; the same twice is one.
        foreach (string address in (string[])["https://web.push.apple.com/a", "https://web.push.apple.com/b", "https://web.push.apple.com/b"])
        {
            await AgreeAsync(phone, HttpStatusCode.NoContent, address);
        }

        await OpenAsync("https://web.push.apple.com/b");
        using HttpClient second = await PhoneAsync();
        await EndAsync(second, "https://web.push.apple.com/b");
        await OpenAsync("https://web.push.apple.com/b");
        await EndAsync(phone, "https://web.push.apple.com/b");
        await OpenAsync();
    }

    [Fact]
    public async Task Without_consent_to_messages_the_page_says_what_is_missing_and_its_withdrawal_ends_them()
    {
        using HttpClient phone = await PhoneAsync();
        await AgreeAsync(phone, HttpStatusCode.NoContent);
        using HttpClient herself = await app.SignInAsync("patient@demo");
        List<Guid> consents = [];
        await app.StoreAsync(async database => consents = await database.Consents.Where(row => row.PatientId == patient && row.Kind == ConsentKind.Messages && row.WithdrawnAt == null).Select(row => row.Id).ToListAsync(Cancelled));
        foreach (Guid consent in consents)
        {
            (await herself.PostFormAsync("/evidence", $"/consents/{consent}/withdraw", new() { ["reason"] = "" })).Dispose();
        }

        Assert.NotEmpty(consents);
        await OpenAsync();
        string page = await phone.GetStringAsync(Today, Cancelled);
        Assert.DoesNotContain(Button, page, StringComparison.Ordinal);
        Assert.Contains("consent to messages, which is missing", page, StringComparison.Ordinal);
        Assert.Contains("there is no consent to messages", await AgreeAsync(phone, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        phone.DefaultRequestHeaders.AcceptLanguage.ParseAdd("vi");
        Assert.Contains("chưa có chấp thuận nhận tin nhắn", await AgreeAsync(phone, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await OpenAsync();
    }

    [Fact]
    public async Task A_phone_that_is_shut_at_the_desk_or_enrolled_anew_is_reminded_no_more()
    {
        using HttpClient phone = await PhoneAsync();
        using HttpClient other = await PhoneAsync();
        await AgreeAsync(phone, HttpStatusCode.NoContent);
        await AgreeAsync(other, HttpStatusCode.NoContent, "https://web.push.apple.com/other");
        Guid first = default;
        await app.StoreAsync(async database => first = (await database.PushSubscriptions.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstAsync(Cancelled)).DeviceId!.Value);
        using (HttpResponseMessage shut = await desk.PostFormAsync($"/treatments/{treatment}/enrol", $"/treatments/{treatment}/enrol", new() { ["_handler"] = "phones", ["Phone"] = first.ToString() }))
        {
            Assert.Equal(HttpStatusCode.OK, shut.StatusCode);
        }

        await OpenAsync("https://web.push.apple.com/other");
        await AgreeAsync(phone, HttpStatusCode.Unauthorized);

        // The same browser is a relative's phone from now on.
        await UseAsync(other, await LinkAsync(ofRelative: true));
        await OpenAsync();
        await AgreeAsync(other, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Pressing_the_button_is_her_choice_of_notifications_and_an_account_on_the_same_phone_takes_its_place()
    {
        using HttpClient phone = await PhoneAsync();
        await AgreeAsync(phone, HttpStatusCode.NoContent);
        await app.StoreAsync(database =>
        {
            database.ReminderChoices.Add(new ReminderChoice { PatientId = patient, Email = false, Push = false });
            return Task.CompletedTask;
        });

        // Opening the page turns nothing on again that she ended.
        Assert.Contains("\"isEnded\":true", await phone.GetStringAsync(Today, Cancelled), StringComparison.Ordinal);
        await AgreeAsync(phone, HttpStatusCode.NoContent);
        await app.StoreAsync(async database =>
        {
            ReminderChoice choice = await database.ReminderChoices.SingleAsync(row => row.PatientId == patient, Cancelled);
            Assert.Equal((false, true), (choice.Email, choice.Push));
        });
        Assert.Contains("\"isEnded\":false", await phone.GetStringAsync(Today, Cancelled), StringComparison.Ordinal);
        // Somebody of the clinic who borrows the phone ends nothing.
        (await phone.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = "doctor@demo" })).Dispose();
        using (HttpResponseMessage doctor = await phone.PostAsJsonAsync("/api/my/push", new { address = "https://web.push.apple.com/doctor", publicKey = Key, secret = Secret }, Cancelled))
        {
            Assert.Equal(HttpStatusCode.NoContent, doctor.StatusCode);
        }

        await OpenAsync("https://web.push.apple.com/a", "https://web.push.apple.com/doctor");
        await EndAsync(phone, "https://web.push.apple.com/doctor", "/api/my/push");
        (await phone.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = "patient@demo" })).Dispose();
        using HttpResponseMessage account = await phone.PostAsJsonAsync("/api/my/push", new { address = "https://web.push.apple.com/account", publicKey = Key, secret = Secret }, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, account.StatusCode);
        await OpenAsync("https://web.push.apple.com/account");
    }

    [Fact]
    public async Task The_link_of_an_appointment_tells_the_phone_no_day()
    {
        using HttpClient phone = await PhoneAsync();
        var message = new OutboxMessage
        {
            Id = Guid.NewGuid(), IdempotencyKey = "appointment", PatientId = patient, Channel = MessageChannel.Push, Template = "appointment", DueAt = Instant.FromUnixTimeSeconds(0), Urgent = false, State = MessageState.Sent,
            NextTryAt = Instant.FromUnixTimeSeconds(0), FieldsJson = "{}",
        };
        await app.StoreAsync(database =>
        {
            database.Outbox.Add(message);
            return Task.CompletedTask;
        });
        using HttpResponseMessage led = await phone.GetAsync(new Uri($"/go/{message.Id}", UriKind.Relative), Cancelled);
        string page = WebUtility.HtmlDecode(await phone.GetStringAsync(led.Headers.Location, Cancelled));
        Assert.Contains("it does not show the day and time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("stand in our message", page, StringComparison.Ordinal);
    }

    private async Task<string> AgreeAsync(HttpClient phone, HttpStatusCode expected, string address = "https://web.push.apple.com/a")
    {
        using HttpResponseMessage answer = await phone.PostAsJsonAsync(Push, new { address, publicKey = Key, secret = Secret }, Cancelled);
        Assert.Equal(expected, answer.StatusCode);
        return System.Text.Json.JsonDocument.Parse((await answer.Content.ReadAsStringAsync(Cancelled)) is { Length: > 0 } body ? body : "{}").RootElement.TryGetProperty("detail", out System.Text.Json.JsonElement detail) ? detail.GetString()! : "";
    }

    private async Task EndAsync(HttpClient phone, string address, string? at = null)
    {
        using HttpResponseMessage answer = await phone.PostAsJsonAsync((at ?? Push) + "/end", new { address }, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    // Which browsers are sent to.
    private Task OpenAsync(params string[] addresses) => app.StoreAsync(async database => Assert.Equal(addresses, (await database.PushSubscriptions.Where(row => row.EndedAt == null).OrderBy(row => row.CreatedAt).ToListAsync(Cancelled)).Select(row => row.Address)));

    private async Task<HttpClient> PhoneAsync(bool ofRelative = false)
    {
        HttpClient phone = app.Browser();
        await UseAsync(phone, await LinkAsync(ofRelative));
        return phone;
    }

    private async Task<string> LinkAsync(bool ofRelative)
    {
        string page = $"/treatments/{treatment}/enrol";
        using HttpResponseMessage made = await desk.PostFormAsync(page, page, ofRelative ? new() { ["_handler"] = "family", ["Name"] = "Trần Văn Nam", ["Consented"] = "true" } : new() { ["_handler"] = "own-phone" });
        return new Uri(Link().Match(await made.Content.ReadAsStringAsync(Cancelled)).Value).AbsolutePath;
    }

    private async Task UseAsync(HttpClient phone, string link)
    {
        using HttpResponseMessage used = await phone.PostFormAsync(link, "/enrol/use", new() { ["secret"] = link[(link.LastIndexOf('/') + 1)..] });
        Assert.Equal(Today, used.Headers.Location?.ToString());
    }

    [GeneratedRegex("https?://[^<\"]+/enrol/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
