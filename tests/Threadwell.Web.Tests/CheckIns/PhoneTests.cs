using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Accounts;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.CheckIns;

/// <summary>Phones that are enrolled for the days after a treatment: how they come in, what they may, and how they are shut.</summary>
public sealed partial class PhoneTests : IAsyncLifetime
{
    private const string Cookie = "threadwell-phone";

    private InProcessApp app = null!;
    private HttpClient desk = null!;
    private Guid treatment;
    private Guid patient;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Enrol => $"/treatments/{treatment}/enrol";

    public async ValueTask InitializeAsync()
    {
        app = await InProcessApp.StartAsync();
        await app.StoreAsync(async database =>
        {
            StoredTreatment ended = await database.Treatments.Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled);
            (treatment, patient) = (ended.Id, ended.PatientId);
        });
        desk = await app.SignInAsync("coordinator@demo");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_link_works_once_and_looking_at_it_uses_nothing_up()
    {
        string link = await LinkAsync();
        using HttpClient preview = app.Browser();
        for (int look = 0; look < 3; look++)
        {
            Assert.Contains("Use this phone", await preview.GetStringAsync(link, Cancelled), StringComparison.Ordinal);
        }

        using HttpClient phone = app.Browser();
        Assert.Equal($"/treatments/{treatment}/aftercare", await UseAsync(phone, link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(phone, $"/treatments/{treatment}/check-in"));
        using HttpClient late = app.Browser();
        Assert.Contains("does not work any more", await late.GetStringAsync(link, Cancelled), StringComparison.Ordinal);
        Assert.Equal("/enrol/over", await PostAsync(late, link[(link.LastIndexOf('/') + 1)..]));
        await app.StoreAsync(async database =>
        {
            EnrolmentLink kept = await database.EnrolmentLinks.SingleAsync(Cancelled);
            Assert.Equal(LinkSecrets.Hash(link[(link.LastIndexOf('/') + 1)..]), kept.SecretSha256);
            Assert.NotNull(kept.UsedAt);
            Assert.Equal(1, await database.EnrolledDevices.CountAsync(Cancelled));
        });
    }

    [Fact]
    public async Task Of_many_that_use_a_link_at_once_one_comes_in()
    {
        string link = await LinkAsync();
        string secret = link[(link.LastIndexOf('/') + 1)..];
        HttpClient[] phones = [.. Enumerable.Range(0, 6).Select(_ => app.Browser())];
        string[] tokens = await Task.WhenAll(phones.Select(phone => phone.TokenAsync(link)));
        string[] led = await Task.WhenAll(phones.Zip(tokens, (phone, token) => PostAsync(phone, secret, token)));
        Assert.Equal(1, led.Count(address => address == $"/treatments/{treatment}/aftercare"));
        Assert.Equal(5, led.Count(address => address == "/enrol/over"));
        await app.StoreAsync(async database => Assert.Equal(1, await database.EnrolledDevices.CountAsync(Cancelled)));
    }

    [Fact]
    public async Task A_new_link_takes_the_older_one_back_and_each_ends_by_itself()
    {
        string older = await LinkAsync();
        string newer = await LinkAsync();
        using HttpClient phone = app.Browser();
        Assert.Contains("does not work any more", await phone.GetStringAsync(older, Cancelled), StringComparison.Ordinal);
        app.Clock.Ahead = Duration.FromMinutes(31);
        Assert.Contains("does not work any more", await phone.GetStringAsync(newer, Cancelled), StringComparison.Ordinal);
        app.Clock.Ahead = Duration.Zero;
        Assert.Equal($"/treatments/{treatment}/aftercare", await UseAsync(phone, newer));
    }

    [Fact]
    public async Task A_phone_follows_its_one_treatment_and_opens_nothing_else()
    {
        using HttpClient phone = await PhoneAsync();
        foreach (string open in (string[])[$"/treatments/{treatment}/aftercare", $"/treatments/{treatment}/check-in", $"/api/treatments/{treatment}/aftercare-sheet", $"/api/treatments/{treatment}/aftercare-calendar", $"/api/treatments/{treatment}/check-ins"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(phone, open));
        }

        // Another treatment of the same patient is as hidden as another patient's.
        Guid second = Guid.CreateVersion7();
        Guid others = default;
        await app.StoreAsync(async database =>
        {
            StoredTreatment first = await database.Treatments.AsNoTracking().SingleAsync(row => row.Id == treatment, Cancelled);
            database.Treatments.Add(new StoredTreatment { Id = second, PatientId = patient, Kind = TreatmentKind.Planned, State = TreatmentState.Ended, Day = first.Day, OperatorId = first.OperatorId, FacilityId = first.FacilityId, CreatedAt = first.CreatedAt, EndedAt = first.EndedAt });
            others = await database.Treatments.Where(row => row.PatientId != patient).Select(row => row.Id).FirstAsync(Cancelled);
        });
        foreach (Guid hidden in (Guid[])[second, others, Guid.NewGuid()])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(phone, $"/treatments/{hidden}/check-in"));
            using HttpResponseMessage sent = await SendAsync(phone, hidden, Guid.NewGuid());
            Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        }

        // For anything else whoever holds it has to sign in.
        foreach (string shut in (string[])["/", "/my", "/my/family", $"/patients/{patient}", $"/treatments/{treatment}", $"/treatments/{treatment}/check-ins", Enrol, "/account"])
        {
            using HttpResponseMessage answer = await phone.GetAsync(new Uri(shut, UriKind.Relative), Cancelled);
            Assert.StartsWith("/sign-in?", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(phone, $"/api/treatments/{treatment}/thread-card"));
    }

    [Fact]
    public async Task A_phone_that_is_shut_is_told_so_and_sends_nothing_more()
    {
        using HttpClient phone = await PhoneAsync();
        using HttpClient other = await PhoneAsync();
        await app.StoreAsync(async database => Assert.Equal(2, await database.EnrolledDevices.CountAsync(row => row.RevokedAt == null, Cancelled)));
        string list = await desk.GetStringAsync(Enrol, Cancelled);
        string first = Phone().Match(list).Groups["phone"].Value;
        await FormAsync(desk, Enrol, new() { ["_handler"] = "phones", ["Phone"] = first });
        using HttpResponseMessage page = await phone.GetAsync(new Uri($"/treatments/{treatment}/check-in", UriKind.Relative), Cancelled);
        Assert.Equal("/phone-shut", page.Headers.Location?.ToString());
        Assert.Contains("has been shut", await phone.GetStringAsync("/phone-shut", Cancelled), StringComparison.Ordinal);
        using HttpResponseMessage sent = await SendAsync(phone, treatment, Guid.NewGuid());
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);

        // The other one goes on.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, $"/treatments/{treatment}/check-in"));
    }

    [Fact]
    public async Task A_relative_tells_as_family_until_the_patient_takes_it_back()
    {
        await JoinPatientAsync();
        using HttpClient herself = await app.SignInAsync("patient@demo");
        const string Page = "/my/family";
        string refused = await FormAsync(herself, Page, new() { ["_handler"] = "family", ["Name"] = "Trần Văn Nam", ["Relation"] = "con trai" });
        Assert.Contains("Without the patient", refused, StringComparison.Ordinal);
        string allowed = await FormAsync(herself, Page, new() { ["_handler"] = "family", ["Name"] = "Trần Văn Nam", ["Relation"] = "con trai", ["Consented"] = "true" });
        string link = Link().Match(allowed).Value;
        Assert.NotEqual("", link);
        app.Clock.Ahead = Duration.FromHours(23);
        using HttpClient phone = app.Browser();
        await UseAsync(phone, new Uri(link).AbsolutePath);
        app.Clock.Ahead = Duration.Zero;
        Guid checkIn = Guid.NewGuid();
        using (HttpResponseMessage sent = await SendAsync(phone, treatment, checkIn))
        {
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        Guid family = default;
        await app.StoreAsync(async database =>
        {
            StoredCheckIn told = await database.CheckIns.SingleAsync(row => row.Id == checkIn, Cancelled);
            Assert.Equal(CheckInTeller.Family, told.Teller);
            Assert.Null(told.ByUserId);
            Assert.NotNull(told.DeviceId);
            FamilyAccess access = await database.FamilyAccess.SingleAsync(row => row.PatientId == patient && row.RevokedAt == null, Cancelled);
            Assert.Equal("Trần Văn Nam", access.Name);
            Assert.Equal((await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).Id, access.ConsentedOn);
            family = access.Id;
        });
        await FormAsync(herself, Page, new() { ["_handler"] = "phones", ["Relative"] = family.ToString() });
        using HttpResponseMessage after = await phone.GetAsync(new Uri($"/treatments/{treatment}/aftercare", UriKind.Relative), Cancelled);
        Assert.Equal("/phone-shut", after.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_relatives_phone_judges_by_earlier_answers_and_does_not_hold_the_words_beside_them()
    {
        await JoinPatientAsync();
        using HttpClient hers = await PhoneAsync();
        using HttpClient herself = await app.SignInAsync("patient@demo");
        string link = Link().Match(await FormAsync(herself, "/my/family", new() { ["_handler"] = "family", ["Name"] = "Trần Văn Nam", ["Consented"] = "true" })).Value;
        using HttpClient relatives = app.Browser();
        await UseAsync(relatives, new Uri(link).AbsolutePath);
        foreach ((HttpClient from, string words) in ((HttpClient, string)[])[(hers, "Not for my son"), (desk, "The clinic noted this")])
        {
            using HttpResponseMessage sent = await SendAsync(from, treatment, new { id = Guid.NewGuid(), answers = new { thread = (string[])["out"], note = words }, rulebookVersion = 1 });
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        foreach (string address in (string[])[$"/api/treatments/{treatment}/check-ins", $"/treatments/{treatment}/check-in"])
        {
            string own = await hers.GetStringAsync(address, Cancelled);
            Assert.Contains("Not for my son", own, StringComparison.Ordinal);
            Assert.Contains("The clinic noted this", own, StringComparison.Ordinal);
            string theirs = await relatives.GetStringAsync(address, Cancelled);
            Assert.DoesNotContain("Not for my son", theirs, StringComparison.Ordinal);
            Assert.DoesNotContain("The clinic noted this", theirs, StringComparison.Ordinal);
            Assert.Contains("\"answers\":{\"thread\":[\"out\"]}", theirs, StringComparison.Ordinal);
        }

        // What is half answered on one phone is told apart by who answers.
        Guid relative = default;
        await app.StoreAsync(async database => relative = (await database.FamilyAccess.SingleAsync(row => row.PatientId == patient && row.RevokedAt == null, Cancelled)).Id);
        foreach ((HttpClient asks, string teller) in ((HttpClient, string)[])[(hers, "patient"), (herself, "patient"), (relatives, relative.ToString()), (desk, "clinic")])
        {
            Assert.Contains($"\"teller\":\"{teller}\"", await asks.GetStringAsync($"/treatments/{treatment}/check-in", Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_told_is_read_in_words_of_ones_own_language()
    {
        using HttpClient phone = await PhoneAsync();
        (await SendAsync(phone, treatment, new { id = Guid.NewGuid(), answers = new { feverish = "unknown", temperatureTaken = "yes", temperature = 38.5, painLeft = "unknown", thread = (string[])["out"] }, rulebookVersion = 1 })).Dispose();
        desk.DefaultRequestHeaders.AcceptLanguage.ParseAdd("vi");
        string past = await desk.GetStringAsync($"/treatments/{treatment}/check-ins", Cancelled);
        Assert.DoesNotContain("unknown", past, StringComparison.Ordinal);
        Assert.Contains("không biết", past, StringComparison.Ordinal);
        Assert.Contains("38,5 °C", past, StringComparison.Ordinal);
        Assert.Contains("data-level=\"red\"", past, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Her_own_phone_tells_as_the_patient_and_the_same_answers_twice_are_one()
    {
        using HttpClient phone = await PhoneAsync();
        Guid checkIn = Guid.NewGuid();
        for (int time = 0; time < 2; time++)
        {
            using HttpResponseMessage sent = await SendAsync(phone, treatment, checkIn);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            JsonElement answer = await sent.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
            Assert.Equal("red", answer.GetProperty("standing").GetString());
        }

        await app.StoreAsync(async database => Assert.Equal(CheckInTeller.Patient, (await database.CheckIns.SingleAsync(row => row.Id == checkIn, Cancelled)).Teller));
        string past = await desk.GetStringAsync($"/treatments/{treatment}/check-ins", Cancelled);
        Assert.Contains("A thread comes out of the skin.", past, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_encoded_anew_and_kept_once()
    {
        using HttpClient phone = await PhoneAsync();
        Guid checkIn = Guid.NewGuid();
        (await SendAsync(phone, treatment, checkIn)).Dispose();
        Guid photo = Guid.NewGuid();
        byte[] content = PatientTests.Exif(PatientTests.PortraitOf(60, 40), orientation: 6);
        for (int time = 0; time < 2; time++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await AddPhotoAsync(phone, checkIn, photo, "spot", content));
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await AddPhotoAsync(phone, checkIn, Guid.NewGuid(), "passport", content));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await AddPhotoAsync(phone, checkIn, Guid.NewGuid(), "spot", "<svg/>"u8.ToArray()));
        Assert.Equal(HttpStatusCode.NotFound, await AddPhotoAsync(phone, Guid.NewGuid(), Guid.NewGuid(), "spot", content));
        await app.StoreAsync(async database =>
        {
            CheckInPhoto kept = await database.CheckInPhotos.SingleAsync(row => row.CheckInId == checkIn, Cancelled);
            Assert.Equal((photo, "spot", 40, 60), (kept.Id, kept.View, kept.Width, kept.Height));
        });
        byte[] shown = await desk.GetByteArrayAsync($"/api/check-ins/{checkIn}/photos/{photo}", Cancelled);
        string text = System.Text.Encoding.Latin1.GetString(shown);
        Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret place", text, StringComparison.Ordinal);

        // The phone that sent it does not get it back.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(phone, $"/api/check-ins/{checkIn}/photos/{photo}"));
    }

    [Fact]
    public async Task A_patient_who_signs_out_leaves_nothing_in_the_browser()
    {
        await JoinPatientAsync();
        using HttpClient herself = await app.SignInAsync("patient@demo");
        using (HttpResponseMessage left = await herself.PostFormAsync("/evidence", "/sign-out", []))
        {
            Assert.Equal("\"storage\"", left.Headers.GetValues("Clear-Site-Data").Single());
            Assert.Equal("/sign-in?left=true", left.Headers.Location?.ToString());
        }

        // A phone that is enrolled keeps the one treatment: the page clears the rest.
        using HttpClient phone = await PhoneAsync();
        using (HttpResponseMessage signedIn = await phone.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = "patient@demo" }))
        {
            Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        }

        using HttpResponseMessage again = await phone.PostFormAsync("/evidence", "/sign-out", []);
        Assert.False(again.Headers.Contains("Clear-Site-Data"));
        Assert.Contains($"data-kept=\"{treatment}\" data-teller=\"patient\"", await phone.GetStringAsync("/sign-in?left=true", Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(phone, $"/treatments/{treatment}/check-in"));
        using HttpResponseMessage staff = await desk.PostFormAsync("/evidence", "/sign-out", []);
        Assert.False(staff.Headers.Contains("Clear-Site-Data"));
    }

    [Fact]
    public async Task The_cookie_is_bound_to_the_site_and_no_phone_of_the_demonstration_works_under_a_public_address()
    {
        string link = await LinkAsync();
        using HttpClient phone = app.Browser(keepsCookies: false);
        string secret = link[(link.LastIndexOf('/') + 1)..];
        using var page = await phone.GetAsync(new Uri(link, UriKind.Relative), Cancelled);
        string token = TokenOf().Match(await page.Content.ReadAsStringAsync(Cancelled)).Groups["token"].Value;
        string form = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var use = new HttpRequestMessage(HttpMethod.Post, "/enrol/use") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = secret, ["__RequestVerificationToken"] = token }) };
        use.Headers.Add("Cookie", form);
        using HttpResponseMessage used = await phone.SendAsync(use, Cancelled);
        string cookie = used.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        string kept = cookie.Split(';')[0][(Cookie.Length + 1)..];
        await app.StoreAsync(async database => Assert.Equal(LinkSecrets.Hash(kept), (await database.EnrolledDevices.SingleAsync(Cancelled)).SecretSha256));
        await app.RestartAsync(() => Task.CompletedTask, "https://clinic.example");
        using HttpClient outside = app.Browser(keepsCookies: false);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/treatments/{treatment}/check-in") { Headers = { Host = "clinic.example" } };
        asked.Headers.Add("Cookie", $"__Host-{Cookie}={kept}");
        asked.Headers.Add("X-Forwarded-For", "203.0.113.7");
        asked.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage refused = await outside.SendAsync(asked, Cancelled);
        Assert.StartsWith("/sign-in?", refused.Headers.Location?.ToString(), StringComparison.Ordinal);

        // A patient of the clinic's own goes on, and the cookie is renewed over TLS alone.
        await app.StoreAsync(async database => database.Entry(await database.Patients.SingleAsync(row => row.Id == patient, Cancelled)).Property(row => row.IsDemonstration).CurrentValue = false);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/treatments/{treatment}/check-in") { Headers = { Host = "clinic.example" } };
        again.Headers.Add("Cookie", $"__Host-{Cookie}={kept}");
        again.Headers.Add("X-Forwarded-For", "203.0.113.7");
        again.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage open = await outside.SendAsync(again, Cancelled);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        string renewed = open.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith($"__Host-{Cookie}", StringComparison.Ordinal));
        Assert.Contains("; secure", renewed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", renewed, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", renewed, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_phone_does_is_in_the_audit_trail_under_its_own_key()
    {
        using HttpClient phone = await PhoneAsync();
        await StatusAsync(phone, $"/treatments/{treatment}/check-in");
        await app.StoreAsync(async database =>
        {
            string device = (await database.EnrolledDevices.SingleAsync(Cancelled)).Id.ToString();
            Assert.Contains(await database.AuditEntries.Where(entry => entry.UserId == device).ToListAsync(Cancelled), entry => entry.Action == "Read" && entry.PatientId == patient.ToString());
        });
    }

    [Fact]
    public async Task Hours_and_numbers_stand_before_the_first_question()
    {
        await app.StoreAsync(async database =>
        {
            Guid facility = await database.Treatments.Where(row => row.Id == treatment).Select(row => row.FacilityId).SingleAsync(Cancelled);
            database.ClinicHours.RemoveRange(await database.ClinicHours.Where(row => row.FacilityId == facility).ToListAsync(Cancelled));
        });
        string none = await desk.GetStringAsync($"/treatments/{treatment}/check-in", Cancelled);
        Assert.Contains("on its working days", none, StringComparison.Ordinal);
        await app.StoreAsync(async database =>
        {
            Guid facility = await database.Treatments.Where(row => row.Id == treatment).Select(row => row.FacilityId).SingleAsync(Cancelled);
            database.ClinicHours.AddRange(Enumerable.Range(1, 6).Select(day => new Storage.Appointments.ClinicHours { Id = Guid.CreateVersion7(), FacilityId = facility, Weekday = day, Opens = new LocalTime(8, 0), Closes = new LocalTime(day == 6 ? 12 : 17, 0) }));
        });
        string page = await desk.GetStringAsync($"/treatments/{treatment}/check-in", Cancelled);
        int hours = page.IndexOf("Monday to Friday 08:00–17:00; Saturday 08:00–12:00", StringComparison.Ordinal);
        Assert.InRange(hours, 1, page.IndexOf("id=\"check-in\"", StringComparison.Ordinal));
        Assert.Contains("href=\"tel:115\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_phone_keeps_is_there_to_be_kept()
    {
        using HttpClient phone = await PhoneAsync();
        string page = await phone.GetStringAsync($"/treatments/{treatment}/check-in", Cancelled);
        string rulebook = Regex.Match(page, "\"rulebook\":\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["address"].Value;
        using HttpResponseMessage rules = await phone.GetAsync(new Uri(rulebook, UriKind.Relative), Cancelled);
        Assert.Contains("immutable", rules.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        JsonElement file = await rules.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.False(file.GetProperty("rules")[0].TryGetProperty("cards", out _));
        using HttpResponseMessage worker = await phone.GetAsync(new Uri("/check-in-worker.js", UriKind.Relative), Cancelled);
        Assert.Equal("text/javascript", worker.Content.Headers.ContentType?.MediaType);
        string script = await worker.Content.ReadAsStringAsync(Cancelled);
        string[] files = [.. Asset().Matches(script).Select(asset => asset.Value).Distinct()];
        Assert.Contains(files, asset => asset.StartsWith("/assets/check-in-", StringComparison.Ordinal));
        Assert.Contains(files, asset => asset.EndsWith(".css", StringComparison.Ordinal));
        foreach (string asset in files)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(phone, asset));
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient phone, Guid treatment, Guid id) =>
        SendAsync(phone, treatment, new { id, scheduledId = "", answeredAt = (string?)null, answers = new { thread = (string[])["out"] }, phoneLevel = "red", rulebookVersion = 1 });

    private static Task<HttpResponseMessage> SendAsync(HttpClient phone, Guid treatment, object message) => phone.PostAsJsonAsync($"/api/treatments/{treatment}/check-ins", message, Cancelled);

    private static async Task<HttpStatusCode> AddPhotoAsync(HttpClient phone, Guid checkIn, Guid photo, string view, byte[] content)
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using HttpResponseMessage answer = await phone.PostAsync(new Uri($"/api/check-ins/{checkIn}/photos/{photo}?view={view}", UriKind.Relative), body, Cancelled);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancelled);
        return answer.StatusCode;
    }

    private static async Task<string> UseAsync(HttpClient phone, string link) => await PostAsync(phone, link[(link.LastIndexOf('/') + 1)..], await phone.TokenAsync(link));

    private static async Task<string> PostAsync(HttpClient phone, string secret, string token = "")
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = secret, ["__RequestVerificationToken"] = token.Length > 0 ? token : await phone.TokenAsync("/sign-in") });
        using HttpResponseMessage answer = await phone.PostAsync(new Uri("/enrol/use", UriKind.Relative), content, Cancelled);
        return answer.Headers.Location?.ToString() ?? answer.StatusCode.ToString();
    }

    private static async Task<string> FormAsync(HttpClient client, string page, Dictionary<string, string> fields)
    {
        using HttpResponseMessage answer = await client.PostFormAsync(page, page, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private async Task<string> LinkAsync()
    {
        string page = await FormAsync(desk, Enrol, new() { ["_handler"] = "own-phone" });
        Assert.Contains("class=\"qr\"", page, StringComparison.Ordinal);
        return new Uri(Link().Match(page).Value).AbsolutePath;
    }

    private async Task<HttpClient> PhoneAsync()
    {
        HttpClient phone = app.Browser();
        Assert.Equal($"/treatments/{treatment}/aftercare", await UseAsync(phone, await LinkAsync()));
        return phone;
    }

    private Task JoinPatientAsync() => app.StoreAsync(async database => (await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = patient);

    [GeneratedRegex("https?://[^<\"]+/enrol/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"Phone\" value=\"(?<phone>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex("/assets/[A-Za-z0-9._-]+", RegexOptions.None, 1000)]
    private static partial Regex Asset();

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenOf();
}
