using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
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

/// <summary>Plans proposed for a wish: starting the search, and what the last one found. Following and cancelling it is any job's.</summary>
internal static class ProposalEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plans/{id:guid}/proposals", StartAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals", FindAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals/pictures/{number:int}", PictureAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/proposals/page", async (Guid id, ThreadwellContext database, ProposalRuns runs, HttpContext context) =>
            await RowAsync(database, id) is { } row && runs.Document(row) is { } document
                ? PredictionEndpoints.Report(ProposalsPage.Render(document, runs.Pictures(row, Language()), Language()), context)
                : Results.NotFound()).Needs(Permission.WriteRecord, RecordKind.Plan);
    }

    private static DocumentLanguage Language() => DocumentLanguage.Of(CultureInfo.CurrentUICulture.Name);

    private static Task<StoredProposals?> RowAsync(ThreadwellContext database, Guid plan) => database.Proposals.AsNoTracking().SingleOrDefaultAsync(row => row.PlanId == plan);

    private static async Task<IResult> FindAsync(Guid id, ThreadwellContext database, ProposalRuns runs)
    {
        StoredProposals? row = await RowAsync(database, id);
        return Results.Json(row is null ? ProposalsAnswer.None : ProposalsAnswer.Of(row, runs.IsAlive(row.Id), runs.Document(row), Language()), PlanJson.Options);
    }

    private static async Task<IResult> PictureAsync(Guid id, int number, DateTimeOffset? found, string? language, ThreadwellContext database, ProposalRuns runs, HttpContext context)
    {
        if (await RowAsync(database, id) is not { FoundAt: { } foundAt } row || (found is not null && found != foundAt.ToDateTimeOffset()))
        {
            return Results.NotFound();
        }

        IReadOnlyList<byte[]> pictures = runs.Pictures(row, language is null ? Language() : DocumentLanguage.Of(language));
        if (number < 0 || number >= pictures.Count)
        {
            return Results.NotFound();
        }

        // Only an address that says when it was found and in which language it is always shows the same.
        context.Response.Headers.CacheControl = found is null || language is null ? "no-store" : "private, max-age=3600";
        return Results.Bytes(pictures[number], "image/png");
    }

    private static async Task<IResult> StartAsync(Guid id, ProposalRequest request, ThreadwellContext database, ProposalRuns runs)
    {
        if (await database.Plans.FindAsync(id) is not { } stored)
        {
            return Results.NotFound();
        }

        return await runs.StartAsync(database, stored, Wish(stored, request)) is { } job ? JobEndpoints.Started(job) : Results.NotFound();
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
