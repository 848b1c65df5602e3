using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;
using Threadwell.Web.Text;

namespace Threadwell.Web.Questions;

/// <summary>Published answers for programs: an Atom feed (RFC 4287), a map of the site, and what of it search engines may read.</summary>
internal static class AnswerFeeds
{
    /// <summary>Address of the feed.</summary>
    public const string Feed = "/questions/feed.atom";

    private const int MostEntries = 50;

    // As many as a map of a site may name.
    private const int MostPlaces = 50_000;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Places = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Feed, FeedAsync).Needs(Permission.Anyone);
        routes.MapGet("/sitemap.xml", SiteMapAsync).Needs(Permission.Anyone);
        routes.MapGet("/robots.txt", (HttpContext context, PublicAddress address) => Results.Text(
            $"User-agent: *\nAllow: /questions\nAllow: /ask$\nAllow: /learn$\nAllow: /evidence\nAllow: /assets/\nAllow: /icon.svg\nDisallow: /\nSitemap: {address.OriginOr(context.Request)}/sitemap.xml\n", "text/plain; charset=utf-8")).Needs(Permission.Anyone);
    }

    private static async Task<IResult> FeedAsync(HttpContext context, ThreadwellContext database, PublicAddress address, IStringLocalizer<QuestionText> text, IClock clock)
    {
        string origin = address.OriginOr(context.Request);
        List<PublishedAnswer> newest = await database.PublishedAnswers.AsNoTracking().Where(row => row.WithdrawnAt == null).OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id).Take(MostEntries).ToListAsync(context.RequestAborted);
        IReadOnlySet<Guid> madeUp = await MadeUpDoctors.ReadAsync(database, context.RequestAborted);
        Instant updated = newest.Select(row => row.ChangedAt).DefaultIfEmpty(clock.GetCurrentInstant()).Max();
        var feed = new XElement(
            Atom + "feed",
            new XAttribute(XNamespace.Xml + "lang", CultureInfo.CurrentUICulture.Name),
            new XElement(Atom + "id", $"{origin}/questions"),
            new XElement(Atom + "title", text["answers"].Value),
            new XElement(Atom + "updated", At(updated)),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/atom+xml"), new XAttribute("href", origin + Feed)),
            new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("type", "text/html"), new XAttribute("href", $"{origin}/questions")),
            newest.Select(row => new XElement(
                Atom + "entry",
                new XAttribute(XNamespace.Xml + "lang", row.Language),

                // It stays where a corrected title gives it another address.
                new XElement(Atom + "id", string.Create(CultureInfo.InvariantCulture, $"{origin}/questions/{row.Id}")),
                new XElement(Atom + "title", row.Title),
                new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("type", "text/html"), new XAttribute("href", Of(origin, row.Id, row.Slug))),
                new XElement(Atom + "published", At(row.PublishedAt)),
                new XElement(Atom + "updated", At(row.ChangedAt)),
                new XElement(Atom + "author", new XElement(Atom + "name", madeUp.Contains(row.DoctorId) ? $"{row.DoctorName} · {text["demonstration"]}" : row.DoctorName)),
                new XElement(Atom + "category", new XAttribute("term", row.Topic), new XAttribute("label", text["topic." + row.Topic].Value)),
                new XElement(Atom + "summary", row.Question),
                new XElement(Atom + "content", row.Answer))));
        return Xml(feed, "application/atom+xml; charset=utf-8");
    }

    private static async Task<IResult> SiteMapAsync(HttpContext context, ThreadwellContext database, PublicAddress address)
    {
        string origin = address.OriginOr(context.Request);
        string[] pages = ["/questions", "/ask", "/learn", "/evidence"];
        var answers = await database.PublishedAnswers.Where(row => row.WithdrawnAt == null).OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id).Select(row => new { row.Id, row.Slug, row.ChangedAt }).Take(MostPlaces - pages.Length).ToListAsync(context.RequestAborted);
        return Xml(new XElement(
            Places + "urlset",
            pages.Select(page => new XElement(Places + "url", new XElement(Places + "loc", origin + page))),
            answers.Select(row => new XElement(Places + "url", new XElement(Places + "loc", Of(origin, row.Id, row.Slug)), new XElement(Places + "lastmod", At(row.ChangedAt))))), "application/xml; charset=utf-8");
    }

    private static string Of(string origin, int number, string slug) => string.Create(CultureInfo.InvariantCulture, $"{origin}/questions/{number}-{slug}");

    private static string At(Instant at) => InstantPattern.General.Format(Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds()));

    private static IResult Xml(XElement root, string type) => Results.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting), type);
}
