using Threadwell.Geometry;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Scans;
using Threadwell.Web.Photos;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Demonstration;

/// <summary>The faces of the demonstration: scans and "photos" of the sample patients, in the standard views.</summary>
/// <param name="library">The samples' surfaces.</param>
/// <param name="files">Keeps the pictures.</param>
internal sealed class DemonstrationFaces(ScanLibrary library, FileStore files)
{
    private const int Width = 480;
    private const int Height = 600;
    private const double ObliqueDegrees = 42;
    private const double ProfileDegrees = 90;

    private static readonly (PhotoView View, double Azimuth)[] Views =
    [
        (PhotoView.Front, 0),
        (PhotoView.ObliqueLeft, ObliqueDegrees),
        (PhotoView.ObliqueRight, -ObliqueDegrees),
        (PhotoView.ProfileLeft, ProfileDegrees),
        (PhotoView.ProfileRight, -ProfileDegrees),
    ];

    /// <summary>A picture of a sample from every standard view, kept in the store.</summary>
    public IReadOnlyList<(PhotoView View, string Picture, string Thumbnail)> Photos(StoredScan sample)
    {
        TriangleMesh mesh = library.Skin(sample).Mesh;
        var scene = new SurfaceScene { Mesh = mesh };
        var photos = new (PhotoView View, string Picture, string Thumbnail)[Views.Length];
        Parallel.For(0, Views.Length, index =>
        {
            (PhotoView view, double azimuth) = Views[index];
            EncodedPhoto encoded = PhotoEncoder.Encode($"{view}.png", SurfacePicture.Render(scene, [new SurfaceView(Title: null, azimuth)], Width, Height));
            photos[index] = (view, files.Add(encoded.Picture), files.Add(encoded.Thumbnail));
        });
        return photos;
    }

    /// <summary>Adds pictures to a patient's record.</summary>
    public static void AddPhotos(ThreadwellContext database, Guid patient, IReadOnlyList<(PhotoView View, string Picture, string Thumbnail)> photos, NodaTime.LocalDate day, NodaTime.Instant at, Guid by) =>
        database.Photos.AddRange(photos.Select(photo => new StoredPhoto
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            FileSha256 = photo.Picture,
            ThumbnailSha256 = photo.Thumbnail,
            View = photo.View,
            TakenOn = day,
            Width = Width,
            Height = Height,
            AddedBy = by,
            CreatedAt = at,
        }));

    /// <summary>A sample's scan as a patient's own.</summary>
    public static StoredScan ScanOf(StoredScan sample, Guid patient, double ageYears, Anatomy.Sex sex, NodaTime.Instant at) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        Name = "Scan",
        Origin = ScanOrigin.Uploaded,
        Body = sample.Body,
        FileName = sample.FileName,
        FileSha256 = sample.FileSha256,
        SurfaceSha256 = sample.SurfaceSha256,
        PictureSha256 = sample.PictureSha256,
        Unit = sample.Unit,
        Up = sample.Up,
        Front = sample.Front,
        LandmarksJson = sample.LandmarksJson,
        Confirmed = true,
        AgeYears = ageYears,
        Sex = sex,
        Laxity = sample.Laxity,
        CreatedAt = at,
    };
}
