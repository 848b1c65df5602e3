using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Web.Access;
using Threadwell.Web.Board;

namespace Threadwell.Web.Questions;

/// <summary>What doctors do with a question from its page, and its photos.</summary>
internal static class InboxEndpoints
{
    /// <summary>Where questions are answered.</summary>
    public const string Inbox = "/inbox";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map("claim", (id, form, desks) => desks.Answers.ClaimAsync(id, Revision(form, "revision"), desks.Cancellation));
        Map("release", (id, form, desks) => desks.Answers.ReleaseAsync(id, Revision(form, "revision"), desks.Cancellation));
        Map("draft", (id, form, desks) => desks.Answers.WriteAsync(id, Revision(form, "revision"), form["draft"].ToString(), form["then"].ToString(), Guid.TryParse(form["template"], out Guid template) ? template : null, desks.Cancellation));
        Map("close", (id, form, desks) => desks.Answers.CloseAsync(id, Revision(form, "revision"), form["reason"].ToString(), desks.Cancellation));
        Map("link", (id, form, desks) => desks.Answers.LinkAsync(id, Revision(form, "revision"), form["number"].ToString(), desks.Cancellation));
        Map("unlink", (id, form, desks) => desks.Answers.UnlinkAsync(id, Revision(form, "revision"), form["sure"] == "true", desks.Cancellation));
        Map("publish", (id, form, desks) => desks.Publishing.PublishAsync(id, PublishingForm.Read(form), desks.Cancellation));
        Map("review", (id, form, desks) => desks.Publishing.ReviewAsync(id, Revision(form, "published"), desks.Cancellation));
        Map("withdraw", (id, form, desks) => desks.Publishing.WithdrawAsync(id, Revision(form, "published"), desks.Cancellation));
        Map("erase", EraseAsync);
        routes.MapGet($"{Inbox}/{{id:guid}}/photos/{{photo:guid}}", (Guid id, Guid photo, ThreadwellContext database, QuestionPictures pictures, HttpContext context) => ShowAsync(id, photo, row => row.FileSha256, database, pictures, context))
            .Needs(Permission.AnswerQuestions, RecordKind.Question);
        routes.MapGet($"{Inbox}/{{id:guid}}/photos/{{photo:guid}}/thumbnail", (Guid id, Guid photo, ThreadwellContext database, QuestionPictures pictures, HttpContext context) => ShowAsync(id, photo, row => row.ThumbnailSha256, database, pictures, context))
            .Needs(Permission.AnswerQuestions, RecordKind.Question);

        void Map(string action, Func<Guid, IFormCollection, Desks, Task<string?>> change) =>
            routes.MapPost($"{Inbox}/{{id:guid}}/{action}", async (Guid id, IFormCollection form, ThreadwellContext database, AnswerDesk answers, PublishingDesk publishing, QuestionErasure erasure, ReturnedWords returned, CurrentUser user, HttpContext context) =>
            {
                string? problem = await change(id, form, new Desks(database, answers, publishing, erasure, context.RequestAborted));
                if (problem is not null)
                {
                    returned.Keep(user.UserId!.Value, id, action, action == "publish" ? PublishingForm.Read(form).ToFields() : [form["draft"].ToString() + form["reason"]]);
                }

                return Results.LocalRedirect(problem is null ? $"{Inbox}/{id}?kept={action}" : $"{Inbox}/{id}?problem={problem}&form={action}#{action}");
            }).Needs(Permission.AnswerQuestions, RecordKind.Question);
    }

    private static async Task<string?> EraseAsync(Guid id, IFormCollection form, Desks desks)
    {
        if (form["sure"] != "true")
        {
            return "sure";
        }

        PublicQuestion question = await desks.Database.Questions.SingleAsync(row => row.Id == id, desks.Cancellation);
        if (question.Revision != Revision(form, "revision") || question.State is QuestionState.Unconfirmed or QuestionState.Erased)
        {
            return AnswerDesk.Changed;
        }

        try
        {
            await desks.Erasure.RunAsync(question, question.PatientId, desks.Cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return AnswerDesk.Changed;
        }
    }

    private static long Revision(IFormCollection form, string field) => long.TryParse(form[field].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long revision) ? revision : -1;

    private static async Task<IResult> ShowAsync(Guid id, Guid photo, Func<QuestionPhoto, string> which, ThreadwellContext database, QuestionPictures pictures, HttpContext context) =>
        await database.QuestionPhotos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == photo && row.QuestionId == id && database.Questions.Any(question => question.Id == id && question.State != QuestionState.Unconfirmed), context.RequestAborted) is { } found ? pictures.Show(which(found), context) : Results.NotFound();

    private sealed record Desks(ThreadwellContext Database, AnswerDesk Answers, PublishingDesk Publishing, QuestionErasure Erasure, CancellationToken Cancellation);
}
