using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage.Reminders;
using Threadwell.Tests.Shared;
using Threadwell.Web.Reminders;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>The pages of reminders: choosing, ending messages without signing in, agreeing to pushes.</summary>
public sealed class ReminderPageTests
{
    // A browser's keys as it sends them.
    private const string Key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patient_chooses_ends_and_agrees()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient patient = await app.SignInAsync("patient@demo");
        string page = await patient.GetStringAsync("/my/reminders", Cancelled);
        Assert.Contains(app.App.Services.GetRequiredService<Threadwell.Web.Reminders.Push.VapidKey>().PublicKey, page, StringComparison.Ordinal);
        using (HttpResponseMessage saved = await patient.PostFormAsync("/my/reminders", "/my/reminders", new() { ["_handler"] = "reminders", ["Form.Email"] = "true", ["Form.QuietFrom"] = "22:15", ["Form.QuietUntil"] = "7h" }))
        {
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        ReminderChoice choice = await ChoiceAsync(app);
        Assert.Equal((true, false, new LocalTime(22, 15), new LocalTime(7, 0)), (choice.Email, choice.Push, choice.QuietFrom, choice.QuietUntil));
        using (HttpResponseMessage wrong = await patient.PostFormAsync("/my/reminders", "/my/reminders", new() { ["_handler"] = "reminders", ["Form.Email"] = "true", ["Form.QuietFrom"] = "9 pm", ["Form.QuietUntil"] = "07:00" }))
        {
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
            Assert.Contains("Give a time like 21:00.", await wrong.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        // A stranger with the link of a message.
        using HttpClient stranger = app.Browser();
        string token = app.App.Services.GetRequiredService<StopLinks>().Make(choice.PatientId);
        string stop = $"/reminders/stop?token={Uri.EscapeDataString(token)}";
        using (HttpResponseMessage ended = await stranger.PostFormAsync(stop, "/reminders/stop/now", new() { ["token"] = token }))
        {
            Assert.Equal("/reminders/stop?done=yes", ended.Headers.Location!.ToString());
        }

        Assert.Equal((false, false), ((await ChoiceAsync(app)).Email, (await ChoiceAsync(app)).Push));
        using (HttpResponseMessage forged = await stranger.PostFormAsync(stop, "/reminders/stop/now", new() { ["token"] = token[..^4] + "AAAA" }))
        {
            Assert.Equal("/reminders/stop", forged.Headers.Location!.ToString());
        }

        // Agreeing: a known push service and whole keys.
        foreach ((string address, string key, HttpStatusCode status) in ((string, string, HttpStatusCode)[])
            [("https://web.push.apple.com/a", Key, HttpStatusCode.NoContent), ("https://web.push.apple.com/a", Key, HttpStatusCode.NoContent), ("https://10.0.0.1/a", Key, HttpStatusCode.UnprocessableEntity), ("https://web.push.apple.com/b", "BAAA", HttpStatusCode.UnprocessableEntity)])
        {
            using HttpResponseMessage answer = await patient.PostAsync("/api/my/push", System.Net.Http.Json.JsonContent.Create(new { address, publicKey = key, secret = Secret }), Cancelled);
            Assert.Equal(status, answer.StatusCode);
        }

        using (HttpResponseMessage end = await patient.PostAsync("/api/my/push/end", System.Net.Http.Json.JsonContent.Create(new { address = "https://web.push.apple.com/a" }), Cancelled))
        {
            Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        }

        await app.StoreAsync(async context => Assert.NotNull((await context.PushSubscriptions.SingleAsync(Cancelled)).EndedAt));
    }

    [Theory]
    [InlineData(MessageKinds.Appointment, "/reminders/appointment", "/my")]
    [InlineData(MessageKinds.CheckIn, "/reminders/question", "/treatments/7d0f6a52-8b5e-4b0d-9a53-1f6f0f1c2a33/check-in")]
    public async Task The_link_of_a_message_says_what_to_do_where_nobody_is_signed_in(string template, string words, string target)
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        var message = new OutboxMessage
        {
            Id = Guid.NewGuid(), IdempotencyKey = template, Channel = MessageChannel.Email, Template = template, DueAt = Instant.FromUnixTimeSeconds(0), Urgent = false, State = MessageState.Sent,
            NextTryAt = Instant.FromUnixTimeSeconds(0), FieldsJson = """{"treatment": "7d0f6a52-8b5e-4b0d-9a53-1f6f0f1c2a33"}""",
        };
        string phone = "";
        await app.StoreAsync(async context =>
        {
            context.Outbox.Add(message);
            phone = (await context.ClinicSettings.SingleAsync(Cancelled)).Phone;
        });
        Assert.NotEmpty(phone);
        using HttpClient stranger = app.Browser();
        using (HttpResponseMessage led = await stranger.GetAsync($"/go/{message.Id}", Cancelled))
        {
            Assert.Equal($"{words}?message={message.Id}", led.Headers.Location!.ToString());
        }

        string page = System.Net.WebUtility.HtmlDecode(await stranger.GetStringAsync($"{words}?message={message.Id}", Cancelled));
        Assert.Contains(phone, page, StringComparison.Ordinal);
        Assert.Contains($"/sign-in?back={Uri.EscapeDataString($"/go/{message.Id}")}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/go/", await stranger.GetStringAsync($"{words}?message=//evil.example", Cancelled), StringComparison.Ordinal);

        // Once signed in, it leads on.
        using HttpClient patient = await app.SignInAsync("patient@demo");
        using HttpResponseMessage home = await patient.GetAsync($"/go/{message.Id}", Cancelled);
        Assert.Equal(target, home.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_account_has_ten_browsers_at_most_and_the_oldest_ends()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient patient = await app.SignInAsync("patient@demo");
        using HttpClient stranger = app.Browser();
        var agreed = new { address = "https://web.push.apple.com/0", publicKey = Key, secret = Secret };
        using (HttpResponseMessage refused = await stranger.PostAsync("/api/my/push", System.Net.Http.Json.JsonContent.Create(agreed), Cancelled))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        for (int browser = 0; browser < 12; browser++)
        {
            app.Clock.Ahead = Duration.FromMinutes(browser);
            using HttpResponseMessage answer = await patient.PostAsync("/api/my/push", System.Net.Http.Json.JsonContent.Create(agreed with { address = $"https://web.push.apple.com/{browser}" }), Cancelled);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await app.StoreAsync(async context => Assert.Equal(
            Enumerable.Range(0, 12).Select(browser => browser < 2),
            (await context.PushSubscriptions.OrderBy(row => row.CreatedAt).ToListAsync(Cancelled)).Select(row => row.EndedAt is not null)));

        // Nobody ends another's.
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        using (HttpResponseMessage end = await doctor.PostAsync("/api/my/push/end", System.Net.Http.Json.JsonContent.Create(new { address = "https://web.push.apple.com/11" }), Cancelled))
        {
            Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        }

        await app.StoreAsync(async context => Assert.Equal(10, await context.PushSubscriptions.CountAsync(row => row.EndedAt == null, Cancelled)));
    }

    private static async Task<ReminderChoice> ChoiceAsync(InProcessApp app)
    {
        ReminderChoice? found = null;
        await app.StoreAsync(async context => found = await context.ReminderChoices.AsNoTracking().SingleAsync(Cancelled));
        return found!;
    }
}
