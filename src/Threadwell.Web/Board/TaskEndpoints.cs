using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Care.Triage;
using Threadwell.Web.Access;

namespace Threadwell.Web.Board;

/// <summary>What is done with a task from its page, and its letter.</summary>
internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        Map("acknowledge", (id, form, desk, cancellation) => desk.AcknowledgeAsync(id, Revision(form), cancellation));
        Map("not-reached", (id, form, desk, cancellation) => desk.NotReachedAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("contacted", (id, form, desk, cancellation) => desk.ContactedAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("seen", (id, form, desk, cancellation) => desk.SeenAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("note", (id, form, desk, cancellation) => desk.NoteAsync(id, Revision(form), Text(form, "note"), cancellation));
        Map("close", (id, form, desk, cancellation) => desk.CloseAsync(id, Revision(form), Text(form, "reason"), form["unseen"] == "true", Level(form), Newest(form), cancellation));
        Map("lower", (id, form, desk, cancellation) => desk.LowerAsync(id, Revision(form), Level(form), Newest(form), Text(form, "reason"), cancellation), Permission.LowerLevel);
        api.MapGet("/tasks/{id:guid}/referral-letter", async (Guid id, string? language, TaskReferral referral, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await referral.WriteAsync(id, language, context.RequestAborted) is { } letter ? Results.File(letter.Pdf, "application/pdf", letter.FileName) : Results.NotFound();
        }).Needs(Permission.ActOnTasks, RecordKind.CareTask);

        void Map(string action, Func<Guid, IFormCollection, TaskDesk, CancellationToken, Task<string?>> change, Permission permission = Permission.ActOnTasks) =>
            routes.MapPost($"/tasks/{{id:guid}}/{action}", async (Guid id, IFormCollection form, TaskDesk desk, ReturnedWords returned, CurrentUser user, CancellationToken cancellation) =>
            {
                string? problem = await change(id, form, desk, cancellation);
                if (problem is not null)
                {
                    returned.Keep(user.UserId!.Value, id, action, Text(form, "note") + Text(form, "reason"));
                }

                return Results.LocalRedirect(problem is null ? $"/tasks/{id}?kept={action}" : $"/tasks/{id}?problem={problem}&form={action}#actions");
            }).Needs(permission, RecordKind.CareTask);
    }

    private static long Revision(IFormCollection form) => long.TryParse(form["revision"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long revision) ? revision : -1;

    private static string Text(IFormCollection form, string field) => form[field].ToString();

    private static TriageLevel? Level(IFormCollection form) => form["to"].ToString() switch { "green" => TriageLevel.Green, "amber" => TriageLevel.Amber, "red" => TriageLevel.Red, _ => null };

    private static Guid? Newest(IFormCollection form) => Guid.TryParse(form["newest"].ToString(), out Guid newest) ? newest : null;
}
