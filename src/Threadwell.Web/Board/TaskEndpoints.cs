using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Files;
using Threadwell.Web.Access;

namespace Threadwell.Web.Board;

/// <summary>What is done with a task from its page, its pictures, and its letter.</summary>
internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        Map("acknowledge", (id, form, desk, cancellation) => desk.AcknowledgeAsync(id, Revision(form), cancellation));
        Map("not-reached", (id, form, desk, cancellation) => desk.NotReachedAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("contacted", (id, form, desk, cancellation) => desk.ContactedAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("seen", (id, form, desk, cancellation) => desk.SeenAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("note", (id, form, desk, cancellation) => desk.NoteAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("close", (id, form, desk, cancellation) => desk.CloseAsync(id, Revision(form), Text(form, "reason"), form["unseen"] == "true", Level(form), cancellation));
        Map("lower", (id, form, desk, cancellation) => desk.LowerAsync(id, Revision(form), Level(form), Text(form, "reason"), cancellation), Permission.LowerLevel);
        RouteGroupBuilder task = api.MapGroup("/tasks/{id:guid}").Needs(Permission.ActOnTasks, RecordKind.CareTask);
        task.MapGet("/photos/{photo:guid}/picture", (Guid id, Guid photo, ThreadwellContext database, FileStore files, HttpContext context) => PictureAsync(id, photo, found => found.FileSha256, database, files, context));
        task.MapGet("/photos/{photo:guid}/thumbnail", (Guid id, Guid photo, ThreadwellContext database, FileStore files, HttpContext context) => PictureAsync(id, photo, found => found.ThumbnailSha256, database, files, context));
        task.MapGet("/referral-letter", async (Guid id, string? language, TaskReferral referral, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await referral.WriteAsync(id, language, context.RequestAborted) is { } letter ? Results.File(letter.Pdf, "application/pdf", letter.FileName) : Results.NotFound();
        });

        void Map(string action, Func<Guid, IFormCollection, TaskDesk, CancellationToken, Task<string?>> change, Permission permission = Permission.ActOnTasks) =>
            routes.MapPost($"/tasks/{{id:guid}}/{action}", async (Guid id, IFormCollection form, TaskDesk desk, CancellationToken cancellation) =>
            {
                string? problem = await change(id, form, desk, cancellation);
                return Results.LocalRedirect(problem is null ? $"/tasks/{id}?kept={action}" : $"/tasks/{id}?problem={problem}#actions");
            }).Needs(permission, RecordKind.CareTask);
    }

    private static long Revision(IFormCollection form) => long.TryParse(form["revision"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long revision) ? revision : -1;

    private static string Text(IFormCollection form, string field) => form[field].ToString();

    private static TriageLevel? Level(IFormCollection form) => form["to"].ToString() switch { "green" => TriageLevel.Green, "amber" => TriageLevel.Amber, "red" => TriageLevel.Red, _ => null };

    // Pictures of the course that the task is about, and no others.
    private static async Task<IResult> PictureAsync(Guid task, Guid photo, Func<CheckInPhoto, string> which, ThreadwellContext database, FileStore files, HttpContext context)
    {
        CheckInPhoto? found = await (
            from picture in database.CheckInPhotos
            join checkIn in database.CheckIns on picture.CheckInId equals checkIn.Id
            where picture.Id == photo && database.CareTasks.Any(row => row.Id == task && row.TreatmentId == checkIn.TreatmentId)
            select picture).AsNoTracking().SingleOrDefaultAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return found is null ? Results.NotFound() : Results.Bytes(files.Read(which(found)), "image/jpeg");
    }
}
