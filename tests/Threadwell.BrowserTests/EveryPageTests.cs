using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Threadwell.Web.Hosting;

namespace Threadwell.BrowserTests;

/// <summary>
/// Every page that the program has, found from the program itself: accessible (WCAG 2.2 AA), within its width, without a console error and without a request to
/// another host, in both languages, on a phone and on a desktop, light and dark. A page without an example here fails.
/// </summary>
public sealed partial class EveryPageTests(Browser browser)
{
    private const int Phone = 360;
    private const int Desktop = 1280;

    // Pattern of the page -> who opens it, and where. "@Mai" is the record of the patient found by that name; "PAGE > /start" is the first link on that page that begins so.
    private static readonly Dictionary<string, (string? Role, string Where)> Examples = new(StringComparer.Ordinal)
    {
        ["/patients"] = ("doctor", "/patients"),
        ["/patients/new"] = ("coordinator", "/patients/new"),
        ["/patients/{Id:guid}"] = ("doctor", "@kim"),
        ["/patients/{Id:guid}/edit"] = ("coordinator", "@mai/edit"),
        ["/patients/{Id:guid}/photos"] = ("coordinator", "@mai/photos"),
        ["/patients/{Id:guid}/scans"] = ("doctor", "@mai/scans"),
        ["/patients/{Id:guid}/outline"] = ("doctor", "@hong/outline"),
        ["/patients/{Id:guid}/assess"] = ("patient", "/my > /patients/"),
        ["/patients/{Id:guid}/consultation"] = ("doctor", "@thuy/consultation"),
        ["/patients/{Id:guid}/consent"] = ("doctor", "@mai/consent"),
        ["/patients/{Id:guid}/treat"] = ("doctor", "@hanh/treat"),
        ["/assessments/{Id:guid}"] = ("doctor", "@nga > /assessments/"),
        ["/consents/{Id:guid}"] = ("doctor", "@hanh > /consents/"),
        ["/treatments/{Id:guid}"] = ("doctor", "@viet > /treatments/"),
        ["/treatments/{Id:guid}/marking"] = ("doctor", "@hanh > /treatments/ + /marking"),
        ["/treatments/{Id:guid}/aftercare"] = ("doctor", "@viet > /treatments/ + /aftercare"),
        ["/calendar"] = ("coordinator", "/calendar"),
        ["/calendar/new"] = ("coordinator", "@mai > /calendar/new"),
        ["/calendar/{Id:guid}"] = ("doctor", "@nga > /calendar/0"),
        ["/account/feed"] = ("doctor", "/account/feed"),
        ["/board"] = ("doctor", "/board"),
        ["/tasks/{Id:guid}"] = ("doctor", "/board > /tasks/"),
        ["/cards"] = ("coordinator", "/cards"),
        ["/cards/{Id}"] = ("coordinator", "/cards > /cards/"),
        ["/treatments/{Id:guid}/check-in"] = ("doctor", "@viet > /treatments/ + /check-in"),
        ["/treatments/{Id:guid}/check-ins"] = ("doctor", "@viet > /treatments/ + /check-ins"),
        ["/treatments/{Id:guid}/enrol"] = ("coordinator", "@viet > /treatments/ + /enrol"),
        ["/enrol/{Secret}"] = (null, "/enrol/over"),
        ["/phone-shut"] = (null, "/phone-shut"),
        ["/patients/{Id:guid}/complications/new"] = ("doctor", "@kim/complications/new"),
        ["/complications/{Id:guid}"] = ("coordinator", "@kim > /complications/"),
        ["/complications/{Id:guid}/edit"] = ("doctor", "@kim > /complications/ + /edit"),
        ["/patients/{Id:guid}/removals/new"] = ("doctor", "@kim/removals/new"),
        ["/removals/{Id:guid}"] = ("doctor", "@kim > /removals/"),
        ["/patients/{Id:guid}/events"] = ("doctor", "@kim/events"),
        ["/treatments/{Id:guid}/visits/new"] = ("doctor", "@viet > /treatments/ + /visits/new"),
        ["/treatments/{Id:guid}/outcome"] = ("doctor", "@kim > /treatments/ + /outcome"),
        ["/visits/{Id:guid}"] = ("doctor", "@kim > /visits/"),
        ["/visits/{Id:guid}/edit"] = ("doctor", "@kim > /visits/ + /edit"),
        ["/visits/{Id:guid}/marks"] = ("doctor", "@kim > /visits/ + /marks"),
        ["/treatments/{Id:guid}/aftercare-orders"] = ("doctor", "@viet > /treatments/ + /aftercare-orders"),
        ["/rules/aftercare"] = ("doctor", "/rules/aftercare"),
        ["/ask"] = (null, "/ask"),
        ["/ask/sent"] = (null, "/ask/sent?by=mail"),
        ["/questions"] = (null, "/questions"),
        ["/questions/{Address}"] = (null, "/questions > /questions/"),
        ["/inbox"] = ("doctor", "/inbox"),
        ["/inbox/{Id:guid}"] = ("doctor", "/inbox > /inbox/0"),
        ["/inbox/templates"] = ("doctor", "/inbox/templates"),
        ["/clinic/aftercare"] = ("administrator", "/clinic/aftercare"),
        ["/clinic/demonstration"] = ("administrator", "/clinic/demonstration"),
        ["/my"] = ("patient", "/my"),
        ["/my/family"] = ("patient", "/my/family"),
        ["/my/reminders"] = ("patient", "/my/reminders"),
        ["/reminders/stop"] = (null, "/reminders/stop"),
        ["/reminders/appointment"] = (null, "/reminders/appointment"),
        ["/reminders/question"] = (null, "/reminders/question"),
        ["/patients/{Id:guid}/messages"] = ("coordinator", "@viet/messages"),
        ["/clinic/messages"] = ("administrator", "/clinic/messages"),
        ["/practice"] = ("doctor", "/practice"),
        ["/scans/{id:guid}"] = ("doctor", "@mai/scans > /scans/"),
        ["/plans/{Id:guid}"] = ("doctor", "@mai > /plans/"),
        ["/compare"] = ("doctor", "/compare"),
        ["/on-call"] = ("coordinator", "/on-call"),
        ["/recall"] = ("coordinator", "/recall?lot=DEMO-26A"),
        ["/registry"] = ("doctor", "/registry"),
        ["/rules"] = ("doctor", "/rules"),
        ["/clinic"] = ("administrator", "/clinic"),
        ["/clinic/accounts"] = ("administrator", "/clinic/accounts"),
        ["/clinic/audit"] = ("administrator", "/clinic/audit"),
        ["/clinic/facilities"] = ("administrator", "/clinic/facilities"),
        ["/clinic/facilities/new"] = ("administrator", "/clinic/facilities/new"),
        ["/clinic/facilities/{Id:guid}"] = ("administrator", "/clinic/facilities > /clinic/facilities/de"),
        ["/clinic/staff"] = ("administrator", "/clinic/staff"),
        ["/clinic/staff/{User:guid}/licence"] = ("administrator", "/clinic/staff > /clinic/staff/"),
        ["/clinic/licences/{Id:guid}"] = ("administrator", "/clinic/staff > /clinic/licences/"),
        ["/clinic/on-call"] = ("administrator", "/clinic/on-call"),
        ["/clinic/products"] = ("administrator", "/clinic/products"),
        ["/clinic/products/new"] = ("administrator", "/clinic/products/new"),
        ["/clinic/products/{Id:guid}"] = ("administrator", "/clinic/products > /clinic/products/0"),
        ["/clinic/rules"] = ("administrator", "/clinic/rules"),
        ["/clinic/rules/{RuleId}"] = ("administrator", "/clinic/rules > /clinic/rules/"),
        ["/account"] = ("administrator", "/account"),
        ["/learn"] = (null, "/learn"),
        ["/evidence"] = (null, "/evidence"),
        ["/evidence/{id}"] = (null, "/evidence/E-139"),
        ["/sign-in"] = (null, "/sign-in"),
        ["/sign-in/again"] = ("doctor", "/sign-in/again"),
        ["/setup"] = (null, "/setup"),
        ["/invitation"] = (null, "/invitation"),
        ["/patients/{Id:guid}/account"] = ("coordinator", "@mai/account"),
        ["/not-found"] = (null, "/no-such-page"),
        ["/fault"] = (null, "/fault"),
    };

    // Opened and looked at with what they need: a finished course (ClinicStoryTests), an account of one's own (AccountTests), a question's private link (QuestionStoryTests).
    private static readonly string[] Elsewhere = ["/predictions/{Id:guid}/consultation", "/predictions/{Id:guid}/causes", "/sign-in/code", "/account/codes", "/ask/{Secret}"];

    public static TheoryData<string, string, int> Views
    {
        get
        {
            var views = new TheoryData<string, string, int>();
            bool all = Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";
            int number = 0;
            foreach (string pattern in Patterns().Where(Examples.ContainsKey))
            {
                // In short every page is seen once, every other one in the other language and width; in long each in all four.
                (string Language, int Width)[] once = number++ % 2 == 0 ? [("vi", Phone)] : [("en", Desktop)];
                foreach ((string language, int width) in all ? [("en", Desktop), ("vi", Phone), ("en", Phone), ("vi", Desktop)] : once)
                {
                    views.Add(pattern, language, width);
                }
            }

            return views;
        }
    }

    [Fact]
    public void Every_page_has_an_example() => Assert.All(Patterns(), pattern => Assert.True(Examples.ContainsKey(pattern) || Elsewhere.Contains(pattern), $"{pattern} has no example."));

    [Fact]
    public void Every_example_is_a_page() => Assert.Empty(Examples.Keys.Concat(Elsewhere).Except(Patterns(), StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_is_accessible_and_fits(string pattern, string language, int width)
    {
        (string? role, string where) = Examples[pattern];
        await using WatchedPage page = await browser.OpenAsAsync(role, width, language);
        await page.Page.GotoAsync(await AddressAsync(role, where));
        await page.SettledAsync();
        Assert.Equal(language, await page.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.DoesNotMatch(@"\[[a-z]+(\.[A-Za-z-]+)+\]", await page.Page.Locator("body").InnerTextAsync());
        await page.AccessibleAsync($"{pattern} {language} {width}");
        await page.FitsAsync($"{pattern} {language} {width}");
        await page.PictureAsync($"page{NotWord().Replace(pattern, "-")}-{language}-{width}");
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.ColoursAreAccessibleAsync($"{pattern} {language} {width} dark");
        await page.PictureAsync($"page{NotWord().Replace(pattern, "-")}-{language}-{width}-dark");
        if (pattern != "/not-found")
        {
            page.IsClean();
        }
    }

    // Follows an example's steps by the pages' own links, without a browser.
    private async Task<string> AddressAsync(string? role, string where)
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        using HttpClient client = role is null ? browser.Server.Stranger() : await browser.Server.SignInAsync(role);
        string[] parts = where.Split(" + ");
        string[] steps = parts[0].Split(" > ");
        string address = steps[0].StartsWith('@') ? await RecordAsync(client, steps[0][1..]) : steps[0];
        foreach (string start in steps.Skip(1))
        {
            address = await LinkAsync(client, address, start);
        }

        return address + (parts.Length > 1 ? parts[1] : "");
    }

    private static async Task<string> RecordAsync(HttpClient client, string name)
    {
        string[] parts = name.Split('/', 2);
        string record = await LinkAsync(client, $"/patients?q={parts[0]}", "/patients/0");
        return parts.Length > 1 ? $"{record}/{parts[1]}" : record;
    }

    // The first link of a page's own part that begins so.
    private static async Task<string> LinkAsync(HttpClient client, string address, string start)
    {
        string page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        string main = page[page.IndexOf("<main", StringComparison.Ordinal)..];

        // A link to the thing itself before one to a page of it.
        Match link = Regex.Match(main, $"<a[^>]* href=\"({Regex.Escape(start)}[^\"/?#]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        link = link.Success ? link : Regex.Match(main, $"<a[^>]* href=\"({Regex.Escape(start)}[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(link.Success, $"{address} has no link that begins with {start}.");
        return System.Net.WebUtility.HtmlDecode(link.Groups[1].Value);
    }

    private static string[] Patterns() =>
        [.. typeof(ServeOptions).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false)).Select(route => ((RouteAttribute)route).Template).Order(StringComparer.Ordinal)];

    [GeneratedRegex("\\W+", RegexOptions.None, 1000)]
    private static partial Regex NotWord();
}
