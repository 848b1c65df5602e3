using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Web.Access;
using Threadwell.Web.Consents;
using Threadwell.Web.Plans;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Predictions;

/// <summary>Predictions: starting, following and cancelling a course, and everything that it gave.</summary>
internal static class PredictionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plans/{id:guid}/predictions", StartAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/predictions/{id:guid}", async (Guid id, ThreadwellContext database, PredictionRuns runs) =>
        {
            if (await database.Predictions.FindAsync(id) is not { } prediction)
            {
                return Results.NotFound();
            }

            PlanVersion version = await database.PlanVersions.SingleAsync(candidate => candidate.Id == prediction.PlanVersionId);
            return Results.Ok(runs.Answer(prediction, version));
        }).Needs(Permission.ReadRecord, RecordKind.Prediction);
        api.MapDelete("/predictions/{id:guid}", RemoveAsync).Needs(Permission.WriteRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/document", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.DocumentSha256, "application/json", "prediction.json")).Needs(Permission.ReadRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/fields", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.FieldsSha256, "application/octet-stream", "fields.bin")).Needs(Permission.ReadRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/lift.png", (Guid id, HttpContext context, ThreadwellContext database, FileStore files) =>
            FileAsync(id, context, database, files, prediction => prediction.LiftPictureSha256, "image/png", "lift.png")).Needs(Permission.ReadRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/report", ReportAsync).Needs(Permission.ReadRecord, RecordKind.Prediction);
        api.MapGet("/predictions/{id:guid}/surface.glb", SurfaceAsync).Needs(Permission.ReadRecord, RecordKind.Prediction);
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

    private static async Task<IResult> RemoveAsync(Guid id, ThreadwellContext database, PredictionRuns runs, CourseFiles kept, HttpContext context)
    {
        if (await database.Predictions.FindAsync(id) is not { } prediction)
        {
            return Results.NotFound();
        }

        if (prediction.State != PredictionState.Open)
        {
            SignedPlans.Check(await database.PlanVersions.SingleAsync(version => version.Id == prediction.PlanVersionId));
            await kept.RemoveAsync(database, [id], [], () => database.Predictions.Remove(prediction), context.RequestAborted);
        }

        runs.Cancel(id);

        return Results.NoContent();
    }

    /// <summary>The report is one page with its style, typeface and pictures inside: it alone may use that one style and inline data, and no script at all.</summary>
    private static async Task<IResult> ReportAsync(Guid id, HttpContext context, ThreadwellContext database, FileStore files)
    {
        if (await database.Predictions.FindAsync(id) is not { ReportSha256: { } sha256 })
        {
            return Results.NotFound();
        }

        string page = ReportFile.Page(files.Read(sha256), CultureInfo.CurrentUICulture.Name);
        return Report(page, context);
    }

    /// <summary>A page that is a report: shown with its own style alone, or as a file where "download" is asked for.</summary>
    public static IResult Report(string page, HttpContext context)
    {
        if (!context.Request.Query.ContainsKey("download"))
        {
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src '{StyleHash(page)}'; img-src data:; font-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
            return Results.Content(page, "text/html; charset=utf-8");
        }

        return Results.File(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", "report.html");
    }

    private static string StyleHash(string page)
    {
        const string Open = "<style>";
        int from = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        int to = page.IndexOf("</style>", from, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[from..to])));
    }

    private static async Task<IResult> SurfaceAsync(Guid id, double day, string course, ThreadwellContext database, FileStore files, ScanLibrary scans)
    {
        if (course is not ("treated" or "untreated") || !double.IsFinite(day) || day < 0)
        {
            throw new InvalidInputException("surface.glb", course is "treated" or "untreated" ? "day" : "course", "a day from 0 on and the course 'treated' or 'untreated' are needed.");
        }

        if (await database.Predictions.FindAsync(id) is not { FieldsSha256: { } sha256 } prediction)
        {
            return Results.NotFound();
        }

        Guid plan = await database.PlanVersions.Where(version => version.Id == prediction.PlanVersionId).Select(version => version.PlanId).SingleAsync();
        StoredScan scan = await database.Scans.SingleAsync(candidate => database.Plans.Any(owner => owner.Id == plan && owner.ScanId == candidate.Id));
        TriangleMesh surface = FieldsFile.Read(files.Read(sha256)).SurfaceOn(scans.Skin(scan).Mesh, day, course == "treated");
        using var stream = new MemoryStream();
        MeshWriter.WriteGlb(stream, surface, new MeshAttributes { Normals = surface.VertexNormals() });
        return Results.File(stream.ToArray(), "model/gltf-binary", string.Create(CultureInfo.InvariantCulture, $"{course}-day-{day:0}.glb"));
    }

    private static async Task<IResult> FileAsync(
        Guid id, HttpContext context, ThreadwellContext database, FileStore files, Func<StoredPrediction, string?> which, string type, string download)
    {
        if (await database.Predictions.FindAsync(id) is not { } prediction || which(prediction) is not { } sha256)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Bytes(files.Read(sha256), type, context.Request.Query.ContainsKey("download") ? download : null);
    }
}
