using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage.Files;
using Threadwell.Web.Access;
using Threadwell.Web.Consents;

namespace Threadwell.Web.Consultation;

/// <summary>What the moving face of a consultation needs: what a patient may see of her own prediction, and nothing where the clinic shows none.</summary>
internal static class ConsultationEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder shown = api.MapGroup("/predictions/{id:guid}/consultation").Needs(Permission.ReadOwnDocuments, RecordKind.Prediction);
        shown.MapGet("/document", (Guid id, ConsentSubjects subjects, FileStore files) =>
            ShownAsync(id, subjects, subject => Results.Bytes(files.Read(subject.Prediction!.DocumentSha256!), "application/json")));
        shown.MapGet("/fields", (Guid id, ConsentSubjects subjects, FileStore files) =>
            ShownAsync(id, subjects, subject => Results.Bytes(files.Read(subject.Prediction!.FieldsSha256!), "application/octet-stream")));
        shown.MapGet("/plan", (Guid id, ConsentSubjects subjects) =>
            ShownAsync(id, subjects, subject => Results.Bytes(Encoding.UTF8.GetBytes(subject.Version!.PlanJson), "application/json")));
        shown.MapGet("/surface", (Guid id, ConsentSubjects subjects, FileStore files) =>
            ShownAsync(id, subjects, subject => Results.Bytes(files.Read(subject.Scan!.SurfaceSha256), "model/gltf-binary")));
        shown.MapGet("/pictures/{number:int}", (Guid id, int number, ConsentSubjects subjects, ConsentPictures pictures, FileStore files) =>
            ShownAsync(id, subjects, subject => pictures.Of(subject) is var drawn && number >= 0 && number < drawn.Count ? Results.Bytes(files.Read(drawn[number].Sha256), "image/png") : Results.NotFound()));
    }

    private static async Task<IResult> ShownAsync(Guid id, ConsentSubjects subjects, Func<ConsentSubject, IResult> answer) =>
        await subjects.OfPredictionAsync(id) is { Prediction.FieldsSha256: not null } subject ? answer(subject) : Results.NotFound();
}
