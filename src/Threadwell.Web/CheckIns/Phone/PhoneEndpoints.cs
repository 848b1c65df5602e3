using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>The addresses of the patient's phone beside its pages: what it keeps for when there is no line, photos, and enrolment.</summary>
internal static class PhoneEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        // It stands at the root, because a worker serves addresses below its own alone; which page it serves, that page says.
        routes.MapGet("/check-in-worker.js", (ClientAssets assets, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(assets.Read(assets.Address("check-in-worker.ts")["/assets/".Length..]), "text/javascript; charset=utf-8");
        }).Needs(Permission.Anyone);
        api.MapGet("/check-ins/rulebook", (string? v, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = CheckInFacts.RulebookAddress.EndsWith($"={v}", StringComparison.Ordinal) ? Forever : "no-cache";
            return Results.Bytes(CheckInFacts.RulebookContent, "application/json");
        }).Needs(Permission.Anyone);
        CheckInPhotos.Map(api.MapGroup("/check-ins/{id:guid}/photos"));
        routes.MapPost("/enrol/use", UseAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
    }

    private static async Task<IResult> UseAsync(HttpContext context, [FromForm] string? secret, Enrolment enrolment, PublicAddress publicAddress, ThreadwellContext database)
    {
        if (await enrolment.UseAsync(secret, await EnrolledPhones.OfAsync(context, publicAddress, database)) is not { } used)
        {
            return Results.LocalRedirect("/enrol/over");
        }

        EnrolledPhones.Give(context, publicAddress, used.Secret);
        return Results.LocalRedirect($"/treatments/{used.Phone.TreatmentId}/aftercare");
    }
}
