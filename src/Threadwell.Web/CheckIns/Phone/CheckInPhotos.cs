using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Files;
using Threadwell.Web.Access;
using Threadwell.Web.Photos;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>Photos of a check-in: taken in encoded anew, each once by the key that the phone gave it, and shown.</summary>
internal static class CheckInPhotos
{
    /// <summary>Most photos of one check-in.</summary>
    public const int Most = 12;

    // The phone makes them smaller than this; a picture of another program may be larger.
    private const int FileBytes = 8 << 20;

    private const string Source = "photo";

    public static void Map(IEndpointRouteBuilder photos)
    {
        photos.MapPost("/{photo:guid}", AddAsync).Needs(Permission.CheckIn, RecordKind.CheckIn);
        photos.MapGet("/{photo:guid}", (Guid id, Guid photo, ThreadwellContext database, FileStore files, HttpContext context) => ShowAsync(id, photo, row => row.FileSha256, database, files, context))
            .Needs(Permission.ReadOwnDocuments, RecordKind.CheckIn);
        photos.MapGet("/{photo:guid}/thumbnail", (Guid id, Guid photo, ThreadwellContext database, FileStore files, HttpContext context) => ShowAsync(id, photo, row => row.ThumbnailSha256, database, files, context))
            .Needs(Permission.ReadOwnDocuments, RecordKind.CheckIn);
    }

    private static async Task<IResult> AddAsync(Guid id, Guid photo, string? view, HttpContext context, ThreadwellContext database, FileStore files, IClock clock)
    {
        if (TriageFile.Shipped.Photos.All(known => known.Id != view))
        {
            throw new InvalidInputException(Source, "view", $"there is no such view; known are {string.Join(", ", TriageFile.Shipped.Photos.Select(known => known.Id))}.");
        }

        if (await database.CheckInPhotos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == photo, context.RequestAborted) is { } there)
        {
            return Again(there, id);
        }

        StoredCheckIn checkIn = await database.CheckIns.AsNoTracking().SingleAsync(row => row.Id == id, context.RequestAborted);
        if (await database.CheckInPhotos.CountAsync(row => row.CheckInId == id, context.RequestAborted) >= Most)
        {
            throw new InvalidInputException(Source, null, $"a check-in takes at most {Most} photos.");
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = FileBytes;
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        EncodedPhoto encoded = PhotoEncoder.Encode(Source, content.ToArray());
        database.CheckInPhotos.Add(new CheckInPhoto
        {
            Id = photo,
            CheckInId = id,
            PatientId = checkIn.PatientId,
            View = view!,
            FileSha256 = files.Add(encoded.Picture),
            ThumbnailSha256 = files.Add(encoded.Thumbnail),
            Width = encoded.Width,
            Height = encoded.Height,
            ArrivedAt = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds()),
        });
        try
        {
            await database.SaveChangesAsync(context.RequestAborted);
        }
        catch (DbUpdateException)
        {
            // The same one on another line may have been quicker.
            database.ChangeTracker.Clear();
            if (await database.CheckInPhotos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == photo, context.RequestAborted) is not { } quicker)
            {
                throw;
            }

            return Again(quicker, id);
        }

        return Results.NoContent();
    }

    private static IResult Again(CheckInPhoto there, Guid checkIn) => there.CheckInId == checkIn ? Results.NoContent() : Results.Conflict();

    private static async Task<IResult> ShowAsync(Guid id, Guid photo, Func<CheckInPhoto, string> which, ThreadwellContext database, FileStore files, HttpContext context)
    {
        if (await database.CheckInPhotos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == photo && row.CheckInId == id, context.RequestAborted) is not { } found)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(files.Read(which(found)), "image/jpeg");
    }
}
