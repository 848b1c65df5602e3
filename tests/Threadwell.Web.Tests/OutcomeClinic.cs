using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>The demonstration clinic with its doctor signed in and the patient who was treated some days ago, whom nothing followed yet.</summary>
public abstract partial class OutcomeClinic : IAsyncLifetime
{
    private protected InProcessApp App { get; private set; } = null!;

    private protected HttpClient Doctor { get; set; } = null!;

    private protected StoredTreatment Treatment { get; private set; } = null!;

    private protected LocalDate Today { get; set; }

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected string Record => $"/patients/{Treatment.PatientId}";

    public async ValueTask InitializeAsync()
    {
        App = await InProcessApp.StartAsync();
        Doctor = await App.SignInAsync("doctor@demo");
        Today = App.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"]).Date;
        Treatment = await ReadAsync(database => database.Treatments.Include(row => row.Threads).Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Doctor.Dispose();
        await App.DisposeAsync();
    }

    private protected static string Typed(LocalDate day) => TreatmentClinic.Typed(day);

    private protected static Dictionary<string, string> VisitOf(LocalDate day) => new()
    {
        ["_handler"] = "visit",
        ["Form.Day"] = Typed(day),
        ["Form.Scan"] = "",
        ["Form.Doctor"] = "2",
        ["Form.Patient"] = "3",
        ["Form.Laxity[0].Grade"] = "2",
        ["Form.Readings[0].Site"] = "Left cheek",
        ["Form.Readings[0].Probe"] = "2",
        ["Form.Readings[0].R0"] = "0,34",
        ["Form.Readings[0].R2"] = "0.72",
        ["Form.Readings[0].R5"] = "0.55",
        ["Form.Readings[0].R7"] = "0.41",
        ["Form.Note"] = "",
    };

    private protected async Task<T> ReadAsync<T>(Func<ThreadwellContext, Task<T>> read)
    {
        T result = default!;
        await App.StoreAsync(async database => result = await read(database));
        return result;
    }

    private protected async Task<string> PageAsync(string address) => WebUtility.HtmlDecode(await Doctor.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));

    private protected async Task<HttpResponseMessage> SendAsync(string form, Dictionary<string, string> fields, params (string, string)[] further)
    {
        string token = await Doctor.TokenAsync(form);
        IEnumerable<KeyValuePair<string, string>> technique = fields.GetValueOrDefault("_handler") == "complication" ? [new("technique", "tooSuperficial"), new("technique", "overTension")] : [];
        using var content = new FormUrlEncodedContent(fields.Concat(technique).Concat(further.Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2))).Append(new("__RequestVerificationToken", token)));
        return await Doctor.PostAsync(new Uri(form, UriKind.Relative), content, Cancelled);
    }

    // Gives where it led to.
    private protected async Task<string> AcceptedAsync(string form, Dictionary<string, string> fields)
    {
        using HttpResponseMessage response = await SendAsync(form, fields);
        string page = response.StatusCode == HttpStatusCode.OK ? WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled)) : "";
        Assert.True(response.StatusCode == HttpStatusCode.Found, $"{response.StatusCode}: {string.Join(" | ", Problems().Matches(page).Select(match => match.Groups["problem"].Value))}");
        return LeadsTo(response);
    }

    private protected async Task<string> RefusedAsync(string form, Dictionary<string, string> fields, params (string, string)[] further)
    {
        using HttpResponseMessage response = await SendAsync(form, fields, further);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled));
    }

    private protected async Task<string> PostAsync(string page, string action, params (string, string)[] fields)
    {
        using HttpResponseMessage response = await Doctor.PostFormAsync(page, action, fields.ToDictionary(field => field.Item1, field => field.Item2));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return LeadsTo(response);
    }

    private protected static string LeadsTo(HttpResponseMessage response) => response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.OriginalString;

    [GeneratedRegex("class=\"problem[^>]*>(?<problem>[^<]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Problems();
}
