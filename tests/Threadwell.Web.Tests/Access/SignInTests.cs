using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage.Accounts;
using Threadwell.Tests.Shared;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Tests.Access;

/// <summary>Own accounts over HTTP: the first administrator, signing in, second factor, invitations.</summary>
public sealed partial class SignInTests : IAsyncLifetime
{
    private const string Password = "four words in a row";

    private InProcessApp app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await InProcessApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_set_up_link_makes_one_administrator()
    {
        string token = app.App.Services.GetRequiredService<SetUpLink>().Make();
        using HttpClient browser = app.Browser();
        Assert.Equal($"/setup?token={token}&problem=password.name", await SetUpAsync(browser, token, password: "Administrator.One"));
        Assert.Equal($"/setup?token={token}&problem=password.short", await SetUpAsync(browser, token, password: "eleven char"));
        Assert.Equal("/account?need=factor", await SetUpAsync(browser, token));
        Assert.Contains("administrator.one", await browser.GetStringAsync("/account", Cancelled), StringComparison.Ordinal);

        using HttpClient second = app.Browser();
        Assert.Equal("/setup", await SetUpAsync(second, token));
        await app.StoreAsync(async database => Assert.Equal(1, await database.Users.CountAsync(user => !user.IsDemonstration, Cancelled)));
    }

    [Fact]
    public async Task A_set_up_link_works_again_where_the_account_could_not_be_saved()
    {
        string token = app.App.Services.GetRequiredService<SetUpLink>().Make();
        using HttpClient browser = app.Browser();
        await app.StoreAsync(database => database.Database.ExecuteSqlRawAsync("CREATE TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'no place'); END", Cancelled));
        using (HttpResponseMessage failed = await browser.PostFormAsync($"/setup?token={token}", "/setup/make", new() { ["token"] = token, ["name"] = "administrator.one", ["fullName"] = "One", ["password"] = Password }))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        await app.StoreAsync(database => database.Database.ExecuteSqlRawAsync("DROP TRIGGER full", Cancelled));
        Assert.Equal("/account?need=factor", await SetUpAsync(browser, token));
    }

    [Fact]
    public async Task A_set_up_link_runs_out_after_a_day()
    {
        string token = app.App.Services.GetRequiredService<SetUpLink>().Make();
        app.Clock.Ahead = Duration.FromHours(25);
        using HttpClient browser = app.Browser();
        Assert.Equal("/setup", await SetUpAsync(browser, token));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account_and_a_name_that_is_none_is_answered_alike()
    {
        await AddAsync("doctor.one", Role.Doctor);
        using HttpClient browser = app.Browser();
        for (int attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("/sign-in?problem=wrong&back=%2F", await PasswordAsync(browser, "doctor.one", "a wrong password"));
        }

        Assert.Equal("/sign-in?problem=wrong&back=%2F", await PasswordAsync(browser, "doctor.one", Password));
        Assert.Equal("/sign-in?problem=wrong&back=%2F", await PasswordAsync(browser, "nobody.here", Password));
        await app.StoreAsync(async database =>
        {
            UserAccount account = await database.Users.SingleAsync(user => user.UserName == "doctor.one", Cancelled);
            DateTimeOffset now = app.Clock.GetCurrentInstant().ToDateTimeOffset();
            Assert.InRange(account.LockoutEnd!.Value, now.AddMinutes(13), now.AddMinutes(16));
            account.LockoutEnd = now.AddMinutes(-1);
        });
        Assert.Equal("/", await PasswordAsync(browser, "doctor.one", Password));
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_are_turned_away_in_words()
    {
        using HttpClient browser = app.Browser();
        string token = await browser.TokenAsync("/sign-in");
        for (int attempt = 0; attempt < AccountLimits.PerAddress; attempt++)
        {
            using HttpResponseMessage early = await SendAsync(browser, "/sign-in/password", token, new() { ["name"] = $"name{attempt}", ["password"] = "x" });
            Assert.Equal(HttpStatusCode.Found, early.StatusCode);
        }

        using HttpResponseMessage late = await SendAsync(browser, "/sign-in/password", token, new() { ["name"] = "name", ["password"] = "x" });
        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.Contains("Too many attempts", await late.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        (await app.SignInAsync("doctor@demo")).Dispose();
    }

    [Fact]
    public async Task A_password_alone_shows_staff_no_record_and_a_code_opens_the_door_once()
    {
        await AddAsync("doctor.one", Role.Doctor);
        using HttpClient browser = app.Browser();
        Assert.Equal("/", await PasswordAsync(browser, "doctor.one", Password));
        using (HttpResponseMessage refused = await browser.GetAsync("/patients", Cancelled))
        {
            Assert.Equal("/account?need=factor", refused.Headers.Location?.OriginalString);
        }

        (string key, string[] recovery) = await TurnCodesOnAsync(browser);
        Assert.Equal(10, recovery.Length);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/patients", Cancelled)).StatusCode);

        // The code that was used to turn them on is not taken again; the next one is.
        app.Clock.Ahead += Duration.FromSeconds(30);
        using HttpClient second = app.Browser();
        Assert.Equal("/sign-in/code?back=%2F", await PasswordAsync(second, "doctor.one", Password));
        using (HttpResponseMessage half = await second.GetAsync("/patients", Cancelled))
        {
            Assert.StartsWith("/sign-in?back=", half.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }

        string code = TimeCodes.At(key, app.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 30);
        Assert.Equal("/", await CodeAsync(second, code));
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/patients", Cancelled)).StatusCode);

        using HttpClient third = app.Browser();
        await PasswordAsync(third, "doctor.one", Password);
        Assert.Equal("/sign-in/code?problem=code&back=%2F", await CodeAsync(third, code));
        Assert.Equal("/", await CodeAsync(third, recovery[3]));

        using HttpClient fourth = app.Browser();
        await PasswordAsync(fourth, "doctor.one", Password);
        Assert.Equal("/sign-in/code?problem=code&back=%2F", await CodeAsync(fourth, recovery[3]));

        // Five minutes later a change asks for a proof anew.
        app.Clock.Ahead += Duration.FromMinutes(6);
        using (HttpResponseMessage stale = await second.PostFormAsync("/account", "/account/password", new() { ["password"] = "another four words here" }))
        {
            Assert.Equal("/sign-in/again?back=%2Faccount", stale.Headers.Location?.OriginalString);
        }

        using (HttpResponseMessage proved = await second.PostFormAsync("/sign-in/again", "/sign-in/again/prove", new()
        {
            ["password"] = Password, ["code"] = TimeCodes.At(key, app.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 30), ["back"] = "/account",
        }))
        {
            Assert.Equal("/account", proved.Headers.Location?.OriginalString);
        }

        using HttpResponseMessage changed = await second.PostFormAsync("/account", "/account/password", new() { ["present"] = Password, ["password"] = "another four words here" });
        Assert.Equal("/account?done=password", changed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/patients", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await third.GetAsync("/patients", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_password_is_changed_by_whoever_knows_it_and_guesses_lock_the_account()
    {
        await AddAsync("doctor.two", Role.Doctor);
        using HttpClient browser = app.Browser();
        Assert.Equal("/", await PasswordAsync(browser, "doctor.two", Password));
        for (int attempt = 0; attempt < 5; attempt++)
        {
            using HttpResponseMessage guessed = await browser.PostFormAsync("/account", "/account/password", new() { ["present"] = "not this one", ["password"] = "another four words here" });
            Assert.Equal("/account?problem=password.present", guessed.Headers.Location?.OriginalString);
        }

        Assert.Contains("present password is not right", await browser.GetStringAsync("/account?problem=password.present", Cancelled), StringComparison.Ordinal);
        using (HttpResponseMessage locked = await browser.PostFormAsync("/account", "/account/password", new() { ["present"] = Password, ["password"] = "another four words here" }))
        {
            Assert.Equal("/account?problem=password.present", locked.Headers.Location?.OriginalString);
        }

        await app.StoreAsync(async database => Assert.NotNull((await database.Users.SingleAsync(user => user.UserName == "doctor.two", Cancelled)).LockoutEnd));
    }

    [Fact]
    public async Task An_invitation_opens_one_account_once_and_a_shut_account_is_out_at_once()
    {
        using HttpClient administrator = await app.SignInAsync("administrator@demo");
        string page = await PostPageAsync(administrator, "/clinic/accounts", new() { ["_handler"] = "invite", ["Form.FullName"] = "Lan Anh", ["Form.Name"] = "lan.anh", ["Form.Role"] = "Coordinator" });
        string token = LinkOf(page);

        using HttpClient browser = app.Browser();
        Assert.Equal("/account?need=factor", await AcceptAsync(browser, token, "lan.anh"));
        using HttpClient second = app.Browser();
        Assert.Equal("/invitation", await AcceptAsync(second, token, "lan.anh"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancelled)).StatusCode);

        Guid id = Guid.Empty;
        await app.StoreAsync(async database => id = (await database.Users.SingleAsync(user => user.UserName == "lan.anh", Cancelled)).Id);
        using (HttpResponseMessage shut = await administrator.PostFormAsync("/clinic/accounts", $"/clinic/accounts/{id}/shut", []))
        {
            Assert.Equal("/clinic/accounts", shut.Headers.Location?.OriginalString);
        }

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancelled)).StatusCode);
        Assert.Equal("/sign-in?problem=wrong&back=%2F", await PasswordAsync(second, "lan.anh", Password));
    }

    [Fact]
    public async Task A_patients_invitation_opens_her_record_and_no_other()
    {
        Guid[] patients = [];
        await app.StoreAsync(async database =>
        {
            Guid?[] taken = await database.Users.Select(user => user.PatientId).ToArrayAsync(Cancelled);
            patients = [.. (await database.Patients.Select(patient => patient.Id).ToListAsync(Cancelled)).Where(id => !taken.Contains(id)).Take(2)];
        });
        using HttpClient coordinator = await app.SignInAsync("coordinator@demo");
        string token = LinkOf(await PostPageAsync(coordinator, $"/patients/{patients[0]}/account", new() { ["_handler"] = "own", ["Name"] = "patient.one" }));
        string other = LinkOf(await PostPageAsync(coordinator, $"/patients/{patients[1]}/account", new() { ["_handler"] = "own", ["Name"] = "patient.two" }));

        // The account of one link with the secret of another opens nothing.
        using HttpClient browser = app.Browser();
        Assert.Equal("/invitation", await AcceptAsync(browser, $"{token.Split('.')[0]}.{other.Split('.')[1]}", "patient.one"));
        Assert.Equal("/", await AcceptAsync(browser, token, "patient.one"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/patients/{patients[0]}/assess", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/patients/{patients[1]}/assess", Cancelled)).StatusCode);
        await app.StoreAsync(async database => Assert.Equal(patients[0], (await database.Users.SingleAsync(user => user.UserName == "patient.one", Cancelled)).PatientId));
    }

    // What RFC 6238 publishes (appendix B, SHA-1, its last six digits).
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, TimeCodes.At("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    private static async Task<string?> SetUpAsync(HttpClient browser, string token, string password = Password) =>
        await FollowAsync(browser, "/setup/make", new() { ["token"] = token, ["fullName"] = "Administrator One", ["name"] = "administrator.one", ["password"] = password });

    private static Task<string?> PasswordAsync(HttpClient browser, string name, string password) => FollowAsync(browser, "/sign-in/password", new() { ["name"] = name, ["password"] = password });

    private static Task<string?> CodeAsync(HttpClient browser, string code) => FollowAsync(browser, "/sign-in/code/check", new() { ["code"] = code });

    private static Task<string?> AcceptAsync(HttpClient browser, string token, string name) => FollowAsync(browser, "/invitation/accept", new() { ["token"] = token, ["name"] = name, ["password"] = Password });

    private static async Task<string?> FollowAsync(HttpClient browser, string action, Dictionary<string, string> fields)
    {
        using HttpResponseMessage response = await browser.PostFormAsync("/sign-in", action, fields);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location?.OriginalString;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string action, string token, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token)));
        return await browser.PostAsync(action, content, Cancelled);
    }

    private static async Task<string> PostPageAsync(HttpClient browser, string page, Dictionary<string, string> fields)
    {
        using HttpResponseMessage response = await browser.PostFormAsync(page, page, fields);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancelled);
    }

    private async Task<(string Key, string[] Recovery)> TurnCodesOnAsync(HttpClient browser)
    {
        string key = Key().Match(await browser.GetStringAsync("/account/codes", Cancelled)).Groups["key"].Value;
        string page = await PostPageAsync(browser, "/account/codes", new() { ["_handler"] = "codes", ["Code"] = TimeCodes.At(key, app.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 30) });
        return (key, [.. Recovery().Matches(page).Select(match => match.Groups["code"].Value)]);
    }

    private Task AddAsync(string name, Role role) => app.StoreAsync(database =>
    {
        UserAccount account = AccountNames.NewAccount(name, "Somebody", role, patientId: null, app.Clock.GetCurrentInstant());
        account.PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<UserAccount>().HashPassword(account, Password);
        database.Users.Add(account);
        return Task.CompletedTask;
    });

    private static string LinkOf(string page) => Link().Match(page).Groups["token"].Value;

    [GeneratedRegex("id=\"codes-key\">(?<key>[A-Z2-7]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recovery();

    [GeneratedRegex("/invitation\\?token=(?<token>[^<\"]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
