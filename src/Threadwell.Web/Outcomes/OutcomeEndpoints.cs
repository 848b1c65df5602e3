using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Plans.Files;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Access;
using Threadwell.Web.Predictions;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Outcomes;

/// <summary>What is done on the pages of outcomes beside their own forms, and what was measured at a visit.</summary>
internal static class OutcomeEndpoints
{
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        MapStrike<Complication>(routes, "/complications").Needs(Permission.WriteRecord, RecordKind.Complication);
        MapStrike<ThreadRemoval>(routes, "/removals").Needs(Permission.WriteRecord, RecordKind.Removal);
        MapStrike<FollowUpVisit>(routes, "/visits").Needs(Permission.WriteRecord, RecordKind.Visit);
        routes.MapPost("/removals/{id:guid}/culture", CultureAsync).Needs(Permission.WriteRecord, RecordKind.Removal);
        routes.MapPost("/visits/{id:guid}/measure", MeasureAsync).Needs(Permission.WriteRecord, RecordKind.Visit);
        routes.MapGet("/visits/{id:guid}/report", ReportAsync).Needs(Permission.ReadRecord, RecordKind.Visit);
        api.MapPost("/visits/{id:guid}/scans", UploadAsync).Needs(Permission.WriteRecord, RecordKind.Visit);
        api.MapGet("/visits/{id:guid}/measurement", async (Guid id, ThreadwellContext database, FileStore files) => await FindAsync(id, database, files) is { } measured
            ? Results.Bytes(PlanJson.ToBytes(measured.Document), "application/json", "measurement.json")
            : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Visit);
        api.MapGet("/visits/{id:guid}/change.png", async (Guid id, string? language, ThreadwellContext database, FileStore files) => await FindAsync(id, database, files) is { } measured
            ? Results.Bytes(measured.Picture(language ?? CultureInfo.CurrentUICulture.Name), "image/png")
            : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Visit);
    }

    private static async Task<VisitMeasurement?> FindAsync(Guid id, ThreadwellContext database, FileStore files) =>
        await database.FollowUpVisits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is { } visit ? VisitMeasurement.Of(visit, files) : null;

    // Nothing is deleted: what was entered by mistake stays, struck out, with the reason.
    private static RouteHandlerBuilder MapStrike<T>(IEndpointRouteBuilder routes, string folder)
        where T : class, IStruckOut => routes.MapPost(folder + "/{id:guid}/strike", async (Guid id, [FromForm] string? reason, [FromForm] long revision, ThreadwellContext database, IClock clock) =>
        {
            if (await database.Set<T>().SingleOrDefaultAsync(row => row.Id == id) is not { } row)
            {
                return Results.NotFound();
            }

            string why = (reason ?? "").Trim();
            string address = $"{folder}/{id}";
            if (why.Length is 0 or > LongestReason)
            {
                return Results.LocalRedirect(address + "?refused=reason");
            }

            if (row.StruckAt is not null || row.Revision != revision)
            {
                return Results.LocalRedirect(address + "?refused=changed");
            }

            (row.StruckAt, row.StruckReason) = (clock.GetCurrentInstant(), why);
            row.Revision++;
            return await SaveAsync(database, address);
        });

    private static async Task<IResult> CultureAsync(Guid id, [FromForm] string? culture, [FromForm] long revision, ThreadwellContext database)
    {
        if (await database.ThreadRemovals.SingleOrDefaultAsync(row => row.Id == id) is not { } removal)
        {
            return Results.NotFound();
        }

        if (removal.StruckAt is not null || removal.Revision != revision)
        {
            return Results.LocalRedirect($"/removals/{id}?refused=changed");
        }

        removal.Culture = (culture ?? "").Trim();
        removal.Revision++;
        return await SaveAsync(database, $"/removals/{id}");
    }

    private static async Task<IResult> SaveAsync(ThreadwellContext database, string address)
    {
        try
        {
            await database.SaveChangesAsync();
            return Results.LocalRedirect(address);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Results.LocalRedirect(address + "?refused=changed");
        }
    }

    // The antiforgery check reads the form's token, so the form itself is taken although it holds nothing else.
    private static async Task<IResult> MeasureAsync(Guid id, IFormCollection form, ThreadwellContext database, VisitMeasuring measuring)
    {
        _ = form;
        if (await database.FollowUpVisits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is not { } visit)
        {
            return Results.NotFound();
        }

        if (visit.StruckAt is not null)
        {
            return Results.LocalRedirect($"/visits/{id}?refused=changed");
        }

        measuring.Start(id);
        return Results.LocalRedirect($"/visits/{id}#measured");
    }

    private static async Task<IResult> UploadAsync(Guid id, string name, string? unit, string? up, string? front, HttpContext context, ScanUpload upload, VisitMeasuring measuring, ThreadwellContext database)
    {
        // What was struck out takes no scan any more.
        if (await database.FollowUpVisits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.StruckAt == null) is not { } visit)
        {
            return Results.NotFound();
        }

        return await upload.AddAsync(name, unit, up, front, await database.Patients.AsNoTracking().SingleAsync(row => row.Id == visit.PatientId), context, scan => measuring.Take(id, scan));
    }

    private static async Task<IResult> ReportAsync(Guid id, HttpContext context, ThreadwellContext database, FileStore files)
    {
        if (await FindAsync(id, database, files) is not { } measured)
        {
            return Results.NotFound();
        }

        string language = CultureInfo.CurrentUICulture.Name;
        return PredictionEndpoints.Report(FollowUpPage.Render(measured.Document, measured.Picture(language), DocumentLanguage.Of(language)), context);
    }
}
