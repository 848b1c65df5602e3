using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Accounts;
using Threadwell.Tests.Shared;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Tests.Access;

/// <summary>The clinic's own sign-on, against a real issuer.</summary>
public sealed class SignOnTests : IAsyncLifetime
{
    private const string Password = "four words in a row";

    private TestIssuer issuer = null!;
    private InProcessApp app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        app = await InProcessApp.StartAsync(prepare: folder => SignOnFileTests.Write(folder, $$"""
            { "name": "Hospital account", "issuer": "{{issuer.Address}}", "clientId": "{{TestIssuer.Client}}", "clientSecret": "{{TestIssuer.Secret}}" }
            """));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_is_let_in_before_an_account_is_joined_and_its_owner_is_afterwards()
    {
        await AddAsync("doctor.one");
        using HttpClient stranger = app.Browser();
        Assert.Contains("Sign in with Hospital account", await stranger.GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);
        Assert.Equal("/sign-in?problem=sign-on.unknown", await WalkAsync(stranger, "/sign-in/sign-on?back=%2Faccount"));

        using HttpClient own = app.Browser();
        Assert.Equal("/account", await PostAsync(own, "/sign-in", "/sign-in/password", ("name", "doctor.one"), ("password", Password), ("back", "/account")));
        Assert.Equal("/account?done=sign-on.joined", await WalkAsync(own, "/account/sign-on"));
        Assert.Contains("is joined to Hospital account", await own.GetStringAsync("/account", Cancelled), StringComparison.Ordinal);

        using HttpClient later = app.Browser();
        Assert.Equal("/evidence", await WalkAsync(later, "/sign-in/sign-on?back=%2Fevidence"));
        Assert.Contains("doctor.one", await later.GetStringAsync("/account", Cancelled), StringComparison.Ordinal);

        // A password proves as much there as here: the record stays shut until a second factor is proved.
        using (HttpResponseMessage record = await later.GetAsync("/patients", Cancelled))
        {
            Assert.Equal("/account?need=factor", record.Headers.Location?.ToString());
        }

        issuer.Methods = ["pwd", "mfa"];
        using HttpClient proved = app.Browser();
        Assert.Equal("/patients", await WalkAsync(proved, "/sign-in/sign-on?back=%2Fpatients"));
        using HttpResponseMessage patients = await proved.GetAsync("/patients", Cancelled);
        Assert.Equal(HttpStatusCode.OK, patients.StatusCode);
    }

    [Fact]
    public async Task Another_person_of_the_issuer_does_not_come_in_and_one_identity_opens_one_account()
    {
        await JoinAsync("doctor.one");
        await AddAsync("doctor.two");
        using HttpClient two = app.Browser();
        await PostAsync(two, "/sign-in", "/sign-in/password", ("name", "doctor.two"), ("password", Password));
        Assert.Equal("/account?problem=sign-on.taken", await WalkAsync(two, "/account/sign-on"));
        issuer.Subject = "nurse-8";
        using HttpClient other = app.Browser();
        Assert.Equal("/sign-in?problem=sign-on.unknown", await WalkAsync(other, "/sign-in/sign-on"));
    }

    [Fact]
    public async Task A_shut_account_stays_shut_and_a_changed_answer_counts_for_nothing()
    {
        await JoinAsync("doctor.one");
        using HttpClient browser = app.Browser();
        using (HttpResponseMessage forged = await browser.GetAsync("/sign-in/sign-on/answer?code=abc&state=def", Cancelled))
        {
            Assert.Equal("/sign-in?problem=sign-on", forged.Headers.Location?.ToString());
        }

        // The answer belongs to the browser that asked.
        using HttpClient asks = app.Browser();
        string answer = await AnswerAsync(asks, "/sign-in/sign-on");
        using (HttpResponseMessage stolen = await browser.GetAsync(answer, Cancelled))
        {
            Assert.Equal("/sign-in?problem=sign-on", stolen.Headers.Location?.ToString());
        }

        await app.StoreAsync(async database => (await database.Users.SingleAsync(user => !user.IsDemonstration, Cancelled)).DisabledAt = Instant.FromUtc(2026, 1, 1, 0, 0));
        Assert.Equal("/sign-in?problem=sign-on.unknown", await WalkAsync(browser, "/sign-in/sign-on"));
    }

    [Fact]
    public async Task Proving_anew_makes_the_issuer_ask_again_and_ending_the_joining_shuts_the_way()
    {
        using HttpClient own = await JoinAsync("doctor.one");
        Assert.Equal("/account", await WalkAsync(own, "/sign-in/sign-on?again=true&back=%2Faccount"));
        Assert.Equal("login", issuer.Prompt);
        Assert.Equal("/account?done=sign-on.removed", await PostAsync(own, "/account", "/account/sign-on/remove"));
        using HttpClient later = app.Browser();
        Assert.Equal("/sign-in?problem=sign-on.unknown", await WalkAsync(later, "/sign-in/sign-on"));
        Assert.Null(issuer.Prompt);
    }

    [Fact]
    public async Task Behind_a_proxy_the_issuer_sends_back_to_the_public_address_and_its_cookies_are_bound_to_it()
    {
        await using InProcessApp proxied = await InProcessApp.StartAsync(publicAddress: "https://clinic.example", prepare: folder => SignOnFileTests.Write(folder, $$"""
            { "name": "Hospital account", "issuer": "{{issuer.Address}}", "clientId": "{{TestIssuer.Client}}", "clientSecret": "{{TestIssuer.Secret}}" }
            """));
        using HttpClient browser = proxied.Browser(keepsCookies: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in/sign-on") { Headers = { Host = "clinic.example" } };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage leave = await browser.SendAsync(request, Cancelled);
        Assert.Contains("redirect_uri=https%3A%2F%2Fclinic.example%2Fsign-in%2Fsign-on%2Fanswer", leave.Headers.Location!.OriginalString, StringComparison.Ordinal);
        string[] cookies = [.. leave.Headers.GetValues("Set-Cookie")];
        Assert.Equal(2, cookies.Length);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-threadwell-sign-on-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    private async Task<HttpClient> JoinAsync(string name)
    {
        await AddAsync(name);
        HttpClient browser = app.Browser();
        await PostAsync(browser, "/sign-in", "/sign-in/password", ("name", name), ("password", Password));
        Assert.Equal("/account?done=sign-on.joined", await WalkAsync(browser, "/account/sign-on"));
        return browser;
    }

    // To the issuer and back, as a browser goes; gives the page at the end.
    private async Task<string> WalkAsync(HttpClient browser, string address)
    {
        string answer = await AnswerAsync(browser, address);
        using HttpResponseMessage back = await browser.GetAsync(answer, Cancelled);
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        using HttpResponseMessage done = await browser.GetAsync(back.Headers.Location, Cancelled);
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        return done.Headers.Location!.ToString();
    }

    private async Task<string> AnswerAsync(HttpClient browser, string address)
    {
        using HttpResponseMessage leave = await browser.GetAsync(address, Cancelled);
        Assert.Equal(HttpStatusCode.Found, leave.StatusCode);
        Assert.StartsWith(issuer.Address, leave.Headers.Location!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage asked = await browser.GetAsync(leave.Headers.Location, Cancelled);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        return asked.Headers.Location!.ToString();
    }

    private static async Task<string> PostAsync(HttpClient browser, string page, string address, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage response = await browser.PostFormAsync(page, address, fields.ToDictionary(field => field.Name, field => field.Value));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    private async Task AddAsync(string name)
    {
        UserAccount user = AccountNames.NewAccount(name, "Dr. One", Role.Doctor, patientId: null, app.Clock.GetCurrentInstant());
        user.PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<UserAccount>().HashPassword(user, Password);
        await app.StoreAsync(database =>
        {
            database.Users.Add(user);
            return Task.CompletedTask;
        });
    }
}
