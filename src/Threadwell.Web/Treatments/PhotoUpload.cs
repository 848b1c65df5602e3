using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Threadwell.Geometry;
using Threadwell.Storage.Photos;
using Threadwell.Web.Photos;

namespace Threadwell.Web.Treatments;

/// <summary>A standard photo of the day, sent from the page of the treatment: the body is the picture itself.</summary>
internal static class PhotoUpload
{
    public static void Map(IEndpointRouteBuilder treatment) => treatment.MapPost("/photos", AddAsync);

    private static async Task<IResult> AddAsync(Guid id, PhotoView view, HttpContext context, TreatmentDesk desk, PhotoKeeper keeper)
    {
        if (await desk.FindAsync(id) is not { } found)
        {
            return Results.NotFound();
        }

        var refusals = new Refusals();
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = PhotoEncoder.FileBytes;
        if (context.Request.ContentLength > PhotoEncoder.FileBytes)
        {
            refusals.Add($"view-{view}", desk.Text["photo.large", PhotoEncoder.FileBytes >> 20]);
            return refusals.Result();
        }

        using var content = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        try
        {
            await keeper.AddAsync(found.Patient.Id, [(view.ToString(), content.ToArray(), view)], found.Today, "", desk.User.UserId!.Value, context.RequestAborted);
        }
        catch (InvalidInputException refused)
        {
            refusals.Add($"view-{view}", desk.Text["photo.unreadable", refused.Problem]);
            return refusals.Result();
        }

        desk.Database.ChangeTracker.Clear();
        return await desk.AnswerAsync(id);
    }
}
