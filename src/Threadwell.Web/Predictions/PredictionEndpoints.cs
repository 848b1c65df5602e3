using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Plans;

namespace Threadwell.Web.Predictions;

/// <summary>Predictions: starting, following and cancelling a course, and everything that it gave.</summary>
internal static class PredictionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plans/{id:guid}/predictions", StartAsync);
        api.MapGet("/predictions/{id:guid}", async (Guid id, ThreadwellContext database, PredictionRuns runs) =>
        {
            if (await database.Predictions.FindAsync(id) is not { } prediction)
            {
                return Results.NotFound();
            }

            PlanVersion version = await database.PlanVersions.SingleAsync(candidate => candidate.Id == prediction.PlanVersionId);
            return Results.Ok(runs.Answer(prediction, version));
        });
        api.MapDelete("/predictions/{id:guid}", RemoveAsync);
        api.MapGet("/predictions/{id:guid}/document", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.DocumentSha256, "application/json", "prediction.json"));
        api.MapGet("/predictions/{id:guid}/fields", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.FieldsSha256, "application/octet-stream", "fields.bin"));
        api.MapGet("/predictions/{id:guid}/lift.png", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.LiftPictureSha256, "image/png", "lift.png"));
    }

    private static async Task<IResult> StartAsync(Guid id, NewPrediction request, ThreadwellContext database, PredictionRuns runs, IClock clock)
    {
        if (await PlanEndpoints.FindAsync(id, database) is not { } plan)
        {
            return Results.NotFound();
        }

        // Refuses a length that cannot be simulated before anything is kept.
        _ = CourseTimes.Days(request.Months);
        Instant now = clock.GetCurrentInstant();
        PlanVersion version = PlanEndpoints.Keep(plan, "", now);
        StoredPrediction? open = await database.Predictions.FirstOrDefaultAsync(candidate => candidate.PlanVersionId == version.Id && candidate.State == PredictionState.Open && candidate.Months == request.Months);
        if (open is null)
        {
            open = new StoredPrediction { Id = Guid.CreateVersion7(), PlanVersionId = version.Id, Months = request.Months, CreatedAt = now };
            database.Predictions.Add(open);
            await database.SaveChangesAsync();
            runs.Start(open.Id);
        }

        return Results.Json(new { job = open.Id, prediction = runs.Answer(open, version) }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> RemoveAsync(Guid id, ThreadwellContext database, PredictionRuns runs)
    {
        if (await database.Predictions.FindAsync(id) is not { } prediction)
        {
            return Results.NotFound();
        }

        if (prediction.State == PredictionState.Open)
        {
            runs.Cancel(id);
        }
        else
        {
            database.Predictions.Remove(prediction);
            await database.SaveChangesAsync();
        }

        return Results.NoContent();
    }

    private static async Task<IResult> FileAsync(
        Guid id, HttpContext context, ThreadwellContext database, FileStore files, Func<StoredPrediction, string?> which, string type, string download)
    {
        if (await database.Predictions.FindAsync(id) is not { } prediction || which(prediction) is not { } sha256)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.File(files.PathOf(sha256), type, context.Request.Query.ContainsKey("download") ? download : null);
    }
}
