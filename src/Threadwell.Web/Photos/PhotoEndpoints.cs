using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Photos;
using Threadwell.Web.Access;

namespace Threadwell.Web.Photos;

/// <summary>The pictures of a record's photos.</summary>
internal static class PhotoEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/photos/{id:guid}/picture", (Guid id, ThreadwellContext database, FileStore files, HttpContext context) => PictureAsync(id, photo => photo.FileSha256, database, files, context))
            .Needs(Permission.ReadRecord, RecordKind.Photo);
        api.MapGet("/photos/{id:guid}/thumbnail", (Guid id, ThreadwellContext database, FileStore files, HttpContext context) => PictureAsync(id, photo => photo.ThumbnailSha256, database, files, context))
            .Needs(Permission.ReadRecord, RecordKind.Photo);
    }

    private static async Task<IResult> PictureAsync(Guid id, Func<StoredPhoto, string> which, ThreadwellContext database, FileStore files, HttpContext context)
    {
        if (await database.Photos.FindAsync(id) is not { } photo)
        {
            return Results.NotFound();
        }

        // A shared computer keeps no faces.
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(files.Read(which(photo)), "image/jpeg");
    }
}
