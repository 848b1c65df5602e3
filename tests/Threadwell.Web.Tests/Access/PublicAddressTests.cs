using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Accounts;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Tests.Access;

/// <summary>Behind a proxy: what is believed of it, what is turned away, and what cookies, links and passkeys are bound to.</summary>
public sealed class PublicAddressTests(PublicAddressTests.Proxy proxy) : IClassFixture<PublicAddressTests.Proxy>
{
    private const string Public = "https://clinic.example";
    private const string Name = "clinic.example";
    private const string Client = "203.0.113.7";
    private const string Password = "four words in a row";

    private readonly InProcessApp app = proxy.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Name, "203.0.113.7", "https", null, 200)]
    [InlineData(Name + ":443", "203.0.113.7", "https", null, 200)]
    [InlineData("CLINIC.example", "203.0.113.7", "https", null, 200)]
    [InlineData(Name, "203.0.113.7", "https", "evil.example", 200)]
    [InlineData("evil.example", "203.0.113.7", "https", null, 400)]
    [InlineData("evil.example", "203.0.113.7", "https", Name, 400)]
    [InlineData("clinic.example.evil.example", "203.0.113.7", "https", null, 400)]
    [InlineData("evil.example", null, null, null, 400)]
    [InlineData(Name, null, null, null, 400)]
    [InlineData(Name, null, "https", null, 400)]
    [InlineData(Name, "203.0.113.7", null, null, 400)]
    [InlineData(Name, "203.0.113.7", "http", null, 400)]
    [InlineData(Name, "no address", "https", null, 400)]
    [InlineData("127.0.0.1", "203.0.113.7", "https", null, 400)]
    [InlineData("127.0.0.1", null, null, Name, 400)]
    [InlineData("127.0.0.1", null, null, null, 200)]
    [InlineData("localhost", null, null, null, 200)]
    public async Task Only_the_public_name_through_the_proxy_and_this_machine_itself_are_served(string host, string? forwardedFor, string? scheme, string? forwardedHost, int status)
    {
        using HttpClient browser = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = host } };
        Add(request.Headers, forwardedFor, scheme, forwardedHost);
        using HttpResponseMessage response = await browser.SendAsync(request, Cancelled);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task The_clients_address_is_the_last_one_that_the_proxy_names()
    {
        await AddPatientAccountAsync("patient.one");
        using HttpClient browser = Proxied($"198.51.100.1, {Client}");
        using (HttpResponseMessage signedIn = await PostAsync(browser, "/sign-in/password", new() { ["name"] = "patient.one", ["password"] = Password }))
        {
            Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        }

        await app.StoreAsync(async database =>
        {
            Guid user = (await database.Users.SingleAsync(user => user.UserName == "patient.one", Cancelled)).Id;
            Assert.Equal(Client, (await database.Sessions.SingleAsync(session => session.UserId == user, Cancelled)).Address);
        });
    }

    [Fact]
    public async Task Attempts_count_for_each_client_and_not_for_the_proxy()
    {
        Assert.Equal(HttpStatusCode.Found, await AttemptAsync("2001:db8::1", AccountLimits.PerAddress));

        // The same network is the same client; another one is another.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AttemptAsync("2001:db8::2", 1));
        Assert.Equal(HttpStatusCode.Found, await AttemptAsync(Client, 1));
    }

    [Fact]
    public async Task Every_cookie_is_bound_to_the_host_and_to_TLS_and_every_answer_asks_for_TLS()
    {
        await AddPatientAccountAsync("patient.two");
        using HttpClient browser = Proxied(Client);
        using HttpResponseMessage page = await browser.GetAsync("/sign-in", Cancelled);
        using HttpResponseMessage fault = await browser.GetAsync("/api/no-such-thing", Cancelled);
        using HttpResponseMessage signedIn = await PostAsync(browser, "/sign-in/password", new() { ["name"] = "patient.two", ["password"] = Password });
        using HttpResponseMessage language = await PostAsync(browser, "/settings/language", new() { ["language"] = "vi", ["back"] = "/" });
        Assert.All([page, fault, signedIn, language], answer => Assert.StartsWith("max-age=", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal));
        string[] cookies = [.. new[] { page, signedIn, language }.SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set) ? set : [])];
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-threadwell=", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-threadwell-form=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task An_answer_to_this_machine_itself_asks_for_no_TLS()
    {
        using HttpClient browser = app.Browser();
        using HttpResponseMessage response = await browser.GetAsync("/sign-in", Cancelled);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_demonstration_opens_to_nobody()
    {
        foreach (HttpClient browser in (HttpClient[])[Proxied(Client), Proxied("127.0.0.1"), app.Browser(keepsCookies: false)])
        {
            using (browser)
            {
                Assert.DoesNotContain("doctor@demo", await browser.GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);
                using HttpResponseMessage refused = await PostAsync(browser, "/sign-in/demonstration", new() { ["account"] = "doctor@demo" });
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            }
        }
    }

    [Fact]
    public async Task A_session_of_the_demonstration_that_was_begun_at_this_machine_does_not_go_on_under_a_public_address()
    {
        await using InProcessApp own = await InProcessApp.StartAsync();
        string session;
        using (HttpClient browser = own.Browser(keepsCookies: false))
        {
            using HttpResponseMessage signedIn = await PostAsync(browser, "/sign-in/demonstration", new() { ["account"] = "doctor@demo" });
            session = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("threadwell=", StringComparison.Ordinal)).Split(';')[0];
        }

        await own.RestartAsync(() => Task.CompletedTask);
        Assert.Equal(HttpStatusCode.OK, await PatientsAsync(own.Browser(keepsCookies: false), session));
        await own.RestartAsync(() => Task.CompletedTask, Public);
        Assert.Equal(HttpStatusCode.Found, await PatientsAsync(Proxied(own, Client), $"__Host-{session}"));
    }

    [Fact]
    public async Task Passkeys_are_those_of_the_public_name()
    {
        using HttpClient browser = Proxied(Client);
        using HttpResponseMessage response = await browser.PostAsync("/api/sign-in/passkey/options", content: null, Cancelled);
        Assert.Equal(Name, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancelled)).GetProperty("rpId").GetString());
        IdentityPasskeyOptions options = app.App.Services.GetRequiredService<IOptions<IdentityPasskeyOptions>>().Value;
        foreach ((string origin, bool inFrame, bool isOurs) in ((string, bool, bool)[])[(Public, false, true), (Public, true, false), ("http://clinic.example", false, false), ("https://clinic.example:8443", false, false), ("https://evil.example", false, false)])
        {
            Assert.Equal(isOurs, await options.ValidateOrigin!(new PasskeyOriginValidationContext { HttpContext = new DefaultHttpContext(), Origin = origin, CrossOrigin = inFrame }));
        }
    }

    [Fact]
    public void Links_that_are_handed_on_lead_to_the_public_address() =>
        Assert.StartsWith($"{Public}/invitation?token=", LinkCard.Address(new DefaultHttpContext { RequestServices = app.App.Services }, "secret"), StringComparison.Ordinal);

    [Fact]
    public void The_set_up_link_is_told_under_the_public_address() => Assert.Contains(app.Told, line => line.Contains($" {Public}/setup?token=", StringComparison.Ordinal));

    [Theory]
    [InlineData("127.0.0.1", true, "203.0.113.7")]
    [InlineData("::1", true, "203.0.113.7")]
    [InlineData("::ffff:127.0.0.1", true, "203.0.113.7")]
    [InlineData("192.168.1.9", true, "192.168.1.9")]
    [InlineData("127.0.0.1", false, "127.0.0.1")]
    public async Task Only_a_proxy_on_this_machine_is_believed_and_only_where_one_is_expected(string peer, bool expected, string seen)
    {
        var builder = new ApplicationBuilder(app.App.Services);
        Arrival.Use(builder, new PublicAddress(expected ? new Uri(Public) : null));
        builder.Run(_ => Task.CompletedTask);
        var context = new DefaultHttpContext { RequestServices = app.App.Services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Connection.LocalIpAddress = IPAddress.Loopback;
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-For"] = Client;
        context.Request.Headers["X-Forwarded-Proto"] = "https";
        context.Request.Host = new HostString("localhost");
        await builder.Build()(context);
        Assert.Equal(IPAddress.Parse(seen), context.Connection.RemoteIpAddress);
        Assert.Equal(seen == Client, context.Request.IsHttps);
        Assert.False(Arrival.Of(context).IsDirect);
    }

    private static void Add(System.Net.Http.Headers.HttpRequestHeaders headers, string? forwardedFor, string? scheme, string? forwardedHost)
    {
        foreach ((string name, string? value) in ((string, string?)[])[("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", scheme), ("X-Forwarded-Host", forwardedHost)])
        {
            if (value is not null)
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // Sends a form of the sign-in page; the test carries the cookies itself, for the connection to the app is plain.
    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string action, Dictionary<string, string> fields)
    {
        using HttpResponseMessage page = await browser.GetAsync("/sign-in", Cancelled);
        string form = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        string text = await page.Content.ReadAsStringAsync(Cancelled);
        const string Before = "__RequestVerificationToken\" value=\"";
        string token = text[(text.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Split('"')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token))) };
        request.Headers.Add("Cookie", form);
        return await browser.SendAsync(request, Cancelled);
    }

    private static async Task<HttpStatusCode> PatientsAsync(HttpClient browser, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/patients") { Headers = { { "Cookie", cookie } } };
        using HttpResponseMessage response = await browser.SendAsync(request, Cancelled);
        browser.Dispose();
        return response.StatusCode;
    }

    private HttpClient Proxied(string forwardedFor) => Proxied(app, forwardedFor);

    private static HttpClient Proxied(InProcessApp app, string forwardedFor)
    {
        HttpClient browser = app.Browser(keepsCookies: false);
        browser.DefaultRequestHeaders.Host = Name;
        Add(browser.DefaultRequestHeaders, forwardedFor, "https", forwardedHost: null);
        return browser;
    }

    private async Task<HttpStatusCode> AttemptAsync(string client, int times)
    {
        using HttpClient browser = Proxied(client);
        HttpStatusCode last = default;
        for (int attempt = 0; attempt < times; attempt++)
        {
            using HttpResponseMessage response = await PostAsync(browser, "/sign-in/password", new() { ["name"] = $"name{attempt}", ["password"] = "x" });
            last = response.StatusCode;
        }

        return last;
    }

    private Task AddPatientAccountAsync(string name) => app.StoreAsync(async database =>
    {
        Guid?[] taken = await database.Users.Select(user => user.PatientId).ToArrayAsync(Cancelled);
        Guid patient = (await database.Patients.Select(row => row.Id).ToListAsync(Cancelled)).First(id => !taken.Contains(id));
        UserAccount account = AccountNames.NewAccount(name, "Somebody", Role.Patient, patient, app.Clock.GetCurrentInstant());
        account.PasswordHash = new PasswordHasher<UserAccount>().HashPassword(account, Password);
        database.Users.Add(account);
    });

    /// <summary>The app behind a proxy.</summary>
    public sealed class Proxy : IAsyncLifetime
    {
        internal InProcessApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await InProcessApp.StartAsync(publicAddress: Public);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
