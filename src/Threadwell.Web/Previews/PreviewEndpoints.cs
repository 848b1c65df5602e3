using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Anatomy;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Web.Access;
using Threadwell.Web.Plans;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Previews;

/// <summary>Lift while planning.</summary>
internal static class PreviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/scans/{id:guid}/preview", AskAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
        api.MapGet("/previews/{mesh:guid}/carrier", (Guid mesh, PreviewSessions sessions, HttpContext context) =>
        {
            if (sessions.Carrier(mesh) is not { } carrier)
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
            return Results.Bytes(carrier, "application/octet-stream");
        }).Needs(Permission.WriteRecord, RecordKind.Preview, key: "mesh");
    }

    private static async Task<IResult> AskAsync(Guid id, PreviewRequest request, ThreadwellContext database, ScanLibrary library, PreviewSessions sessions, HttpContext context)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        ThreadPlan plan = request.Plan with { Scan = ScanLibrary.Reference(scan) };
        PreviewSessions.Session session = sessions.For(scan, plan);
        session.Coarse.Prepare(plan, () => sessions.Surface(scan), scan.Name);
        PreviewTissue tissue = request.Refine ? session.Full : session.Coarse;
        if (session.Coarse.IsReady)
        {
            // The full tissue is prepared behind the coarse one, so that it is there when the hand lets go.
            session.Full.Prepare(plan, () => sessions.Surface(scan), scan.Name);
        }

        if (!tissue.IsReady)
        {
            return Results.Json(new { fraction = tissue.Fraction }, statusCode: StatusCodes.Status202Accepted);
        }

        if (!request.Refine)
        {
            sessions.Touch();
        }

        IReadOnlyList<DangerZoneWarning> zones = PlanEndpoints.Warnings(plan, library.Zones(library.Skin(scan)));
        try
        {
            (Guid mesh, PreviewResult result) = await tissue.UpdateAsync(plan, context.RequestAborted);
            return Results.Ok(PreviewAnswer.Of(mesh, request.Refine, result, zones));
        }
        catch (PreviewException error)
        {
            return Results.Ok(PreviewAnswer.Failed(error.Message, request.Refine, zones));
        }
    }
}
