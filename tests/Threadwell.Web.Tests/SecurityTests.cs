using System.Net;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

public sealed class SecurityTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/api/scans")]
    public async Task Every_answer_forbids_foreign_and_inline_content(string address)
    {
        using HttpResponseMessage response = await server.Http.GetAsync(address, TestContext.Current.CancellationToken);
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/evidence")]
    public async Task A_page_carries_no_inline_style_and_no_inline_script(string address)
    {
        string page = await server.Http.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*(src=|application/json|application/ld\\+json))", page);
    }

    [Fact]
    public async Task A_change_from_another_site_is_turned_away()
    {
        using var foreign = new HttpClient { BaseAddress = new Uri(server.Address) };
        using HttpResponseMessage response = await foreign.DeleteAsync($"/api/plans/{Guid.NewGuid()}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_foreign_name_for_this_machine_is_turned_away()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scans") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_public_address_forwarded_headers_change_nothing_but_close_the_demonstration()
    {
        using HttpClient browser = server.Stranger();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "clinic.example");
        using HttpResponseMessage page = await browser.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        using HttpResponseMessage refused = await browser.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = "doctor@demo" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task A_setting_never_leads_to_another_site(string back)
    {
        using HttpClient browser = server.Stranger();
        using HttpResponseMessage response = await browser.PostFormAsync("/sign-in", "/settings/language", new() { ["language"] = "vi", ["back"] = back });
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_is_turned_away()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["language"] = "vi", ["back"] = "/" });
        using HttpResponseMessage response = await server.Http.PostAsync("/settings/language", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Signing_out_by_the_form_ends_the_session_for_good()
    {
        using HttpClient browser = server.Stranger();
        using HttpResponseMessage signedIn = await browser.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = "doctor@demo" });
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/scans", TestContext.Current.CancellationToken)).StatusCode);
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("threadwell=", StringComparison.Ordinal)).Split(';')[0];
        browser.DefaultRequestHeaders.Remove("X-Threadwell");
        using HttpResponseMessage signedOut = await browser.PostFormAsync("/evidence", "/sign-out", []);
        Assert.Equal("/sign-in", signedOut.Headers.Location?.OriginalString);

        // Also for somebody who kept the cookie.
        using var kept = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(server.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scans") { Headers = { { "Cookie", cookie } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await kept.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/API/plans/00000000-0000-0000-0000-000000000001")]
    [InlineData("/api/plans/00000000-0000-0000-0000-000000000001/")]
    [InlineData("/%61pi/plans/00000000-0000-0000-0000-000000000001")]
    public async Task A_change_needs_its_header_however_its_address_is_written(string address)
    {
        using HttpClient doctor = await server.SignInAsync("doctor");
        doctor.DefaultRequestHeaders.Remove("X-Threadwell");
        Assert.Equal(HttpStatusCode.Forbidden, (await doctor.DeleteAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }
}
