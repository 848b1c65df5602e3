using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Proposals;

/// <summary>Plans proposed for a wish: starting the search, and what it found. Following and cancelling it is any job's.</summary>
internal static class ProposalEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plans/{id:guid}/proposals", StartAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals/{search:guid}", (Guid id, Guid search, ProposalRuns runs) =>
            runs.Of(id, search) is { } found ? Results.Json(ProposalsAnswer.Of(found.Document, Language()), PlanJson.Options) : Results.NotFound()).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals/{search:guid}/pictures/{number:int}", (Guid id, Guid search, int number, ProposalRuns runs, HttpContext context) =>
        {
            if (runs.Pictures(id, search, Language()) is not { } pictures || number < 0 || number >= pictures.Count)
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "private, max-age=3600";
            return Results.Bytes(pictures[number], "image/png");
        }).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals/{search:guid}/page", (Guid id, Guid search, ProposalRuns runs, HttpContext context) =>
            runs.Of(id, search) is { } found ? PredictionEndpoints.Report(ProposalsPage.Render(found, Language()), context) : Results.NotFound()).Needs(Permission.WriteRecord, RecordKind.Plan);
    }

    private static DocumentLanguage Language() => CultureInfo.CurrentUICulture.Name == "vi" ? DocumentLanguage.Vietnamese : DocumentLanguage.English;

    private static async Task<IResult> StartAsync(Guid id, ProposalRequest request, ThreadwellContext database, ProposalRuns runs)
    {
        if (await database.Plans.FindAsync(id) is not { } stored || await database.Scans.FindAsync(stored.ScanId) is not { } scan)
        {
            return Results.NotFound();
        }

        return JobEndpoints.Started(runs.Start(stored, scan, Wish(stored, request), Language()));
    }

    /// <summary>The wish, refused before anything is started where it makes no sense for the plan.</summary>
    private static IReadOnlyList<LiftWish> Wish(StoredPlan stored, ProposalRequest request)
    {
        ThreadPlan draft = PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(stored.DraftJson), stored.Name);
        AreaIndication.CheckLaxity(draft.Patient.Laxity);
        var landmarks = new LandmarkSet(draft.Landmarks);
        if (request.Wish.Contains(null!))
        {
            throw new InvalidInputException("wish", null, "a wish is missing here.");
        }

        LiftWish[] wish = [.. request.Wish.SelectMany(wished => LiftWish.Of(wished.Landmark, wished.LiftMm, landmarks))];
        PlanProposer.CheckWish(wish);
        return wish;
    }
}
