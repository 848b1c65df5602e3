using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Access;

namespace Threadwell.Web.Predictions;

/// <summary>What decides the result of a prediction: asking for it, and its file.</summary>
internal static class CauseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        routes.MapPost("/predictions/{id:guid}/causes/start", StartAsync).Needs(Permission.WriteRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/causes", async (Guid id, ThreadwellContext database, FileStore files) =>
            await database.Causes.AsNoTracking().SingleOrDefaultAsync(row => row.PredictionId == id) is { DocumentSha256: { } sha256 }
                ? Results.Bytes(files.Read(sha256), "application/json", "causes.json")
                : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Prediction);
    }

    // The antiforgery check reads the form's token, so the form itself is taken although it holds nothing else.
    private static async Task<IResult> StartAsync(Guid id, IFormCollection form, ThreadwellContext database, CauseRuns runs)
    {
        _ = form;
        if (!await database.Predictions.AnyAsync(row => row.Id == id && row.State == PredictionState.Done))
        {
            return Results.NotFound();
        }

        await runs.StartAsync(database, id);
        return Results.LocalRedirect($"/predictions/{id}/causes");
    }
}
