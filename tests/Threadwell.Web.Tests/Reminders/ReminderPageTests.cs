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
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patient_chooses_ends_and_agrees()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient patient = await app.SignInAsync("patient@demo");
        string page = await patient.GetStringAsync("/my/reminders", Cancelled);
        Assert.Contains(app.App.Services.GetRequiredService<Threadwell.Web.Reminders.Push.VapidKey>().PublicKey, page, StringComparison.Ordinal);
        using (HttpResponseMessage saved = await patient.PostFormAsync("/my/reminders", "/my/reminders", new() { ["_handler"] = "reminders", ["Form.Email"] = "true", ["Form.QuietFrom"] = "22:15", ["Form.QuietUntil"] = "07:00" }))
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
        const string Key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
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

    private static async Task<ReminderChoice> ChoiceAsync(InProcessApp app)
    {
        ReminderChoice? found = null;
        await app.StoreAsync(async context => found = await context.ReminderChoices.AsNoTracking().SingleAsync(Cancelled));
        return found!;
    }
}
