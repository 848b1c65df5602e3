using System.Net;
using System.Text.RegularExpressions;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>
/// Every page that a role can walk to is drawn on PostgreSQL. There a query truly takes time, and a page is drawn while it waits, too: one that shows what it has not read yet, or whose parts ask
/// while it does, breaks there and not on the embedded database, which answers at once.
/// </summary>
public partial class PageWalkTests
{
    private const int Steps = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_breaks_where_the_database_takes_its_time()
    {
        // In short SlowDatabaseTests walk the same pages, on the embedded database made slow.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        string folder = Directory.CreateTempSubdirectory("threadwell-walk-").FullName;
        await using (TestDatabase database = await TestDatabase.PostgreSqlAsync())
        {
            using ServerProcess server = await ServerProcess.StartAsync(folder, "--database", database.Connection!);
            foreach (string role in (string[])["doctor", "coordinator", "administrator", "patient"])
            {
                using HttpClient browser = await server.SignInAsync(role);
                Assert.True(await WalkAsync(browser, role) >= Steps, $"The {role} found hardly a page.");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> WalkAsync(HttpClient browser, string role)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { "/" };
        List<string> reached = ["/"];
        for (int step = 0; step < Steps; step++)
        {
            var next = new List<string>();
            foreach (string address in reached)
            {
                using HttpResponseMessage answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancelled);
                Assert.True((int)answer.StatusCode < 500, $"{role}: {address} gives {(int)answer.StatusCode}.");
                if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                {
                    next.AddRange(Link().Matches(await answer.Content.ReadAsStringAsync(Cancelled)).Select(link => WebUtility.HtmlDecode(link.Groups["address"].Value)).Where(seen.Add));
                }
            }

            reached = next;
        }

        return seen.Count;
    }

    [GeneratedRegex("href=\"(?<address>/(?!assets/|api/)[^\"#]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
