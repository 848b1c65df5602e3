using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Questions;

/// <summary>What somebody does with her own question, by its private link.</summary>
internal static class QuestionEndpoints
{
    /// <summary>What private links begin with.</summary>
    public const string Own = "/ask";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "confirm", async (question, _, services) =>
        {
            if (question.State == QuestionState.Unconfirmed)
            {
                AskDesk desk = services.Desk;
                Instant now = services.Clock.GetCurrentInstant();
                services.Database.QuestionEvents.Add(await desk.OpenAsync(question, now, services.Cancellation));
                question.Revision++;
                await services.Database.SaveChangesAsync(services.Cancellation);
            }

            return "?done=confirmed";
        });
        Map(routes, "publishing", async (question, form, services) =>
        {
            bool may = form["may"] == "true";
            if (question.MayPublish != may)
            {
                question.MayPublish = may;
                question.Revision++;
                Instant now = services.Clock.GetCurrentInstant();
                services.Database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = now, What = may ? "Consent" : "NoConsent" });

                // Without her consent nothing of it is read any more, from this moment.
                if (!may && await services.Database.PublishedAnswers.SingleOrDefaultAsync(row => row.QuestionId == question.Id && row.WithdrawnAt == null, services.Cancellation) is { } published)
                {
                    (published.WithdrawnAt, published.ChangedAt) = (now, now);
                    published.Revision++;
                }

                await services.Database.SaveChangesAsync(services.Cancellation);
            }

            return "?done=publishing";
        });
        Map(routes, "erase", async (question, form, services) =>
        {
            if (form["sure"] != "true")
            {
                return "?done=unsure#erase";
            }

            await services.Erasure.RunAsync(question, question.PatientId, services.Cancellation);
            return null;
        });
    }

    private static void Map(IEndpointRouteBuilder routes, string action, Func<PublicQuestion, IFormCollection, Parts, Task<string?>> change) =>
        routes.MapPost($"{Own}/{{secret}}/{action}", async (string secret, IFormCollection form, ThreadwellContext database, AskDesk desk, QuestionErasure erasure, IClock clock, HttpContext context) =>
        {
            if (await FindAsync(database, secret, context.RequestAborted) is not { } question)
            {
                return Results.NotFound();
            }

            try
            {
                return Results.LocalRedirect(await change(question, form, new Parts(database, desk, erasure, clock, context.RequestAborted)) is { } query ? $"{Own}/{secret}{query}" : $"{Own}/sent?by=erased");
            }
            catch (DbUpdateConcurrencyException)
            {
                return Results.LocalRedirect($"{Own}/{secret}?done=changed");
            }
        }).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Sending);

    /// <summary>The question of a private link, tracked; null where there is none.</summary>
    /// <param name="database">The record.</param>
    /// <param name="secret">The link's secret.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PublicQuestion?> FindAsync(ThreadwellContext database, string? secret, CancellationToken cancellation)
    {
        string hash = LinkSecrets.Hash(secret ?? "");
        return await database.Questions.SingleOrDefaultAsync(row => row.LinkSha256 == hash && row.State != QuestionState.Erased, cancellation);
    }

    private sealed record Parts(ThreadwellContext Database, AskDesk Desk, QuestionErasure Erasure, IClock Clock, CancellationToken Cancellation);
}
