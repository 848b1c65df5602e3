using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Threadwell.Reports;
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

            string language = CultureInfo.CurrentUICulture.Name;

            // A stream must not hold up the end of the program.
            var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            context.Response.RegisterForDispose(either);
            context.Response.Headers.CacheControl = "no-store";

            // A proxy that gathers an answer before it passes it on (nginx) would hold the events back.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(job.WatchAsync(either.Token).Select(status => Said(status, language)));
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

    private static JobStatus Said(JobStatus status, string language) => status with
    {
        Step = EngineText.Say(status.Step, language).Text,
        Problem = status.Problem is null ? null : EngineText.Say(status.Problem, language).Text,
        Place = status.Place is null ? null : EngineText.Say(status.Place, language).Text,
    };

    /// <summary>The answer to a request that started a job.</summary>
    public static IResult Started(Job job) => Results.Json(new { job = job.Id }, statusCode: StatusCodes.Status202Accepted);
}
