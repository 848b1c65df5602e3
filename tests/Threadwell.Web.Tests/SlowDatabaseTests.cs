using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Questions;
using Threadwell.Web.Accounts;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>
/// Every page is drawn once on a database that takes its time for each command. A page is drawn while it waits, too: one that shows what it has not read yet, or whose parts ask over the same
/// connection meanwhile, breaks here each time, and not by luck of timing.
/// </summary>
public sealed partial class SlowDatabaseTests
{
    // The same page of another record shows nothing new, except where its state differs.
    private const int MostOfOneForm = 2;

    private static readonly string[] Roles = ["doctor", "coordinator", "administrator", "patient"];

    // Of a course that is written down, with what decides its result.
    private static readonly Guid Course = new("0a000000-0000-7000-8000-00000000ca5e");

    // Pages that no other page leads to, with what they are asked for.
    private static readonly string[] Unlinked =
        ["/fault", "/not-found", "/sign-in", "/sign-in/again", "/sign-in/code", "/setup", "/invitation", "/account", "/account/codes", "/practice", "/compare", "/evidence", "/evidence/E-139", "/on-call", "/recall?lot=DEMO-26A", "/reminders/stop", "/reminders/appointment", "/reminders/question", "/enrol/over", "/phone-shut", "/ask/sent", "/ask/slow", "/inbox", "/inbox?part=done", $"/predictions/{Course}/causes"];

    // What a page needs that the demonstration does not have, and which tests draw it then: a course that is done (ClinicStoryTests), a visit with a scan (VisitMeasuringTests).
    private static readonly string[] Elsewhere = ["/predictions/{Id:guid}/consultation", "/visits/{Id:guid}/marks"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_shows_what_it_has_not_read_yet()
    {
        var slow = new SlowCommands();
        await using InProcessApp app = await InProcessApp.StartAsync(services => services.ConfigureDbContext<ThreadwellContext>(context => context.AddInterceptors(slow)));
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            var asked = new PublicQuestion
            {
                Id = Guid.CreateVersion7(), LinkSha256 = LinkSecrets.Hash("slow"), Link = "slow", Language = "en", Topic = "results", AgeBand = "40-49", Text = "How long does it last?", State = QuestionState.Answered, MayPublish = true,
                CreatedAt = now, OpenedAt = now, Answer = "Some months.", AnsweredBy = Guid.NewGuid(), AnsweredByName = "BS. Mẫu", AnsweredLicence = "1", AnsweredAt = now,
            };
            context.Add(asked);
            FileStore files = app.App.Services.GetRequiredService<FileStore>();
            context.Add(new StoredPrediction
            {
                Id = Course, PlanVersionId = await context.PlanVersions.OrderBy(version => version.Id).Select(version => version.Id).FirstAsync(Cancelled), Months = 12, State = PredictionState.Done,
                DocumentSha256 = files.Add(PlanJson.ToBytes(MadeCauses.Prediction)), CreatedAt = now,
            });
            context.Add(new StoredCauses { Id = Guid.CreateVersion7(), PredictionId = Course, State = PredictionState.Done, DocumentSha256 = files.Add(PlanJson.ToBytes(MadeCauses.Of(asked: 208, samples: 120))), CreatedAt = now });
        });

        // The page is there to be drawn.
        using (HttpClient doctor = await app.SignInAsync("doctor@demo"))
        {
            Assert.Contains("causes-what-if", await doctor.GetStringAsync(new Uri($"/predictions/{Course}/causes", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        }

        HashSet<string> drawn = new(StringComparer.Ordinal);
        List<string> broken = [];
        foreach (string role in Roles)
        {
            using HttpClient browser = await app.SignInAsync($"{role}@demo");
            slow.IsSlow = true;
            await WalkAsync(app, browser, role, drawn, broken);
            slow.IsSlow = false;
        }

        using (HttpClient stranger = app.Browser())
        {
            slow.IsSlow = true;
            await WalkAsync(app, stranger, "stranger", drawn, broken);
            slow.IsSlow = false;
        }

        Assert.Empty(broken);
        Assert.True(slow.Count > 1000, $"Only {slow.Count} commands were slowed down.");
        string[] pages =
        [
            .. ((IEndpointRouteBuilder)app.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && !Elsewhere.Contains(endpoint.RoutePattern.RawText)).Select(endpoint => endpoint.DisplayName!),
        ];
        Assert.Empty(pages.Except(drawn, StringComparer.Ordinal));
    }

    private static async Task WalkAsync(InProcessApp app, HttpClient browser, string role, HashSet<string> drawn, List<string> broken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = new Queue<string>(["/", .. Unlinked.Where(seen.Add)]);
        app.Executed.Take();
        while (left.TryDequeue(out string? address))
        {
            string form = Keys().Replace(address, "*");
            if (forms.GetValueOrDefault(form) == MostOfOneForm)
            {
                continue;
            }

            forms[form] = forms.GetValueOrDefault(form) + 1;
            using HttpResponseMessage answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancelled);
            drawn.UnionWith(app.Executed.Take());
            if ((int)answer.StatusCode >= 500)
            {
                broken.Add($"{role}: {address} gives {(int)answer.StatusCode}");
            }

            if (answer.Headers.Location is { IsAbsoluteUri: false } on && seen.Add(on.OriginalString))
            {
                left.Enqueue(on.OriginalString);
            }

            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                foreach (string link in Link().Matches(await answer.Content.ReadAsStringAsync(Cancelled)).Select(link => WebUtility.HtmlDecode(link.Groups["address"].Value)).Where(seen.Add))
                {
                    left.Enqueue(link);
                }
            }
        }
    }

    [GeneratedRegex("href=\"(?<address>/(?!assets/|api/)[^\"#]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|(?<==)[^&]*|(?<=/evidence/)[^?]*|(?<=/clinic/rules/)[^?]*", RegexOptions.None, 1000)]
    private static partial Regex Keys();

    /// <summary>Lets every command wait a moment before it runs, as over a network.</summary>
    private sealed class SlowCommands : DbCommandInterceptor
    {
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(3);
        private int count;

        public bool IsSlow { get; set; }

        public int Count => count;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await WaitAsync(cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            await WaitAsync(cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await WaitAsync(cancellationToken);
            return result;
        }

        private async Task WaitAsync(CancellationToken cancellation)
        {
            if (IsSlow)
            {
                Interlocked.Increment(ref count);
                await Task.Delay(Moment, cancellation);
            }
        }
    }
}
