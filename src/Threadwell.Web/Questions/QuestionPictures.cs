using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Questions;
using Threadwell.Web.Photos;

namespace Threadwell.Web.Questions;

/// <summary>Photos of people whom nobody knows: few, small, encoded anew, two at a time, and with their question alone.</summary>
/// <param name="files">Where they are kept.</param>
internal sealed class QuestionPictures(FileStore files) : IDisposable
{
    /// <summary>Most photos of a question.</summary>
    public const int Most = 3;

    /// <summary>Largest file, bytes.</summary>
    public const int FileBytes = 8 << 20;

    /// <summary>Largest request: the photos and some words.</summary>
    public const long RequestBytes = (Most * (long)FileBytes) + (1 << 20);

    // Twice what most phones make; decoded it takes 200 MB, so that few are read at once.
    private const long MostPixels = 50_000_000;

    private readonly SemaphoreSlim reading = new(2, 2);

    // Between a file and the row that names it nobody may find that no row does: the store keeps the same content once.
    private readonly SemaphoreSlim storing = new(1, 1);

    /// <summary>Reads a photo; nothing of it is kept yet.</summary>
    /// <param name="file">The photo.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">It is no picture that can be read, or too large.</exception>
    public async Task<EncodedPhoto> ReadAsync(IFormFile file, CancellationToken cancellation)
    {
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellation);
        await reading.WaitAsync(cancellation);
        try
        {
            // The name that the sender gave it is nothing to keep, nor to say again.
            return PhotoEncoder.Encode("photo", content.GetBuffer().AsSpan(0, (int)content.Length), MostPixels);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Keeps photos together with the rows that name them, or neither.</summary>
    /// <param name="question">The question.</param>
    /// <param name="photos">Its photos.</param>
    /// <param name="database">The record.</param>
    /// <param name="commit">Commits the rows.</param>
    public async Task KeepAsync(Guid question, IReadOnlyList<EncodedPhoto> photos, ThreadwellContext database, Func<IReadOnlyList<QuestionPhoto>, Task> commit)
    {
        var hashes = new List<string>();
        await storing.WaitAsync(CancellationToken.None);
        try
        {
            var rows = new List<QuestionPhoto>();
            foreach (EncodedPhoto photo in photos)
            {
                hashes.Add(files.Add(photo.Picture));
                hashes.Add(files.Add(photo.Thumbnail));
                rows.Add(new QuestionPhoto { Id = Guid.CreateVersion7(), QuestionId = question, FileSha256 = hashes[^2], ThumbnailSha256 = hashes[^1], Width = photo.Width, Height = photo.Height });
            }

            await commit(rows);
        }
        catch
        {
            await RemoveUnnamedAsync(database, hashes, CancellationToken.None);
            throw;
        }
        finally
        {
            storing.Release();
        }
    }

    public void Dispose()
    {
        reading.Dispose();
        storing.Dispose();
    }

    /// <summary>Answers with a picture, as a picture and nothing else.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="context">The request.</param>
    public IResult Show(string sha256, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.ContentDisposition = "inline; filename=\"photo.jpg\"";
        return Results.Bytes(files.Read(sha256), "image/jpeg");
    }

    /// <summary>Removes files that no row names any more.</summary>
    /// <param name="database">The record.</param>
    /// <param name="hashes">Their hashes.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RemoveAsync(ThreadwellContext database, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        if (hashes.Count == 0)
        {
            return;
        }

        await storing.WaitAsync(cancellation);
        try
        {
            await RemoveUnnamedAsync(database, hashes, cancellation);
        }
        finally
        {
            storing.Release();
        }
    }

    private async Task RemoveUnnamedAsync(ThreadwellContext database, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        foreach (string hash in hashes.Distinct(StringComparer.Ordinal))
        {
            // The store keeps the same content once, whoever sent it.
            bool named = await database.QuestionPhotos.AnyAsync(row => row.FileSha256 == hash || row.ThumbnailSha256 == hash, cancellation)
                || await database.Photos.AnyAsync(row => row.FileSha256 == hash || row.ThumbnailSha256 == hash, cancellation)
                || await database.CheckInPhotos.AnyAsync(row => row.FileSha256 == hash || row.ThumbnailSha256 == hash, cancellation);
            if (!named)
            {
                files.Remove(hash);
            }
        }
    }
}
