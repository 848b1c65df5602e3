using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Threadwell.Web.Access;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Hosting;

/// <summary>Jobs: where they stand, as a stream of events, and cancelling.</summary>
internal static class JobEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs/{id:guid}/events", IResult (Guid id, Lanes lanes, IHostApplicationLifetime lifetime, HttpContext context) =>
        {
            if (lanes.Find(id) is not { } job)
            {
                return Results.NotFound();
            }

            // A stream must not hold up the end of the program.
            var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            context.Response.RegisterForDispose(either);
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.ServerSentEvents(job.WatchAsync(either.Token));
        }).Needs(Permission.ReadRecord, RecordKind.Job);
        api.MapDelete("/jobs/{id:guid}", (Guid id, Lanes lanes) =>
        {
            if (lanes.Find(id) is not { } job)
            {
                return Results.NotFound();
            }

            job.Cancel();
            return Results.NoContent();
        }).Needs(Permission.WriteRecord, RecordKind.Job);
    }

    /// <summary>The answer to a request that started a job.</summary>
    public static IResult Started(Job job) => Results.Json(new { job = job.Id }, statusCode: StatusCodes.Status202Accepted);
}
