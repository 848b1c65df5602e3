using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Photos;

namespace Threadwell.Web.Photos;

/// <summary>Takes photos into a record.</summary>
/// <param name="database">Where they are listed.</param>
/// <param name="files">Where they are kept.</param>
/// <param name="clock">Dates them.</param>
internal sealed class PhotoKeeper(ThreadwellContext database, FileStore files, IClock clock)
{
    /// <summary>Adds photos, all or none.</summary>
    /// <param name="patient">Whose they are.</param>
    /// <param name="photos">Name, bytes and view of each.</param>
    /// <param name="takenOn">Day on which they were taken.</param>
    /// <param name="note">What is noted of them.</param>
    /// <param name="by">Who adds them.</param>
    /// <param name="cancellation">Ends it before anything is kept.</param>
    /// <exception cref="InvalidInputException">One of them cannot be read.</exception>
    public async Task AddAsync(Guid patient, IReadOnlyList<(string Name, byte[] Content, PhotoView View)> photos, LocalDate takenOn, string note, Guid by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(photos);
        Instant now = clock.GetCurrentInstant();
        foreach ((string name, byte[] content, PhotoView view) in photos)
        {
            EncodedPhoto encoded = PhotoEncoder.Encode(name, content);
            database.Photos.Add(new StoredPhoto
            {
                Id = Guid.CreateVersion7(),
                PatientId = patient,
                FileSha256 = files.Add(encoded.Picture),
                ThumbnailSha256 = files.Add(encoded.Thumbnail),
                View = view,
                TakenOn = takenOn,
                Width = encoded.Width,
                Height = encoded.Height,
                Note = note,
                AddedBy = by,
                CreatedAt = now,
            });
        }

        await database.SaveChangesAsync(cancellation);
    }
}
