using SkiaSharp;
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
    private const int Width = 400;
    private const int Height = 500;
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
        // All views in one picture, cut up afterwards: the light on the face is found once.
        byte[] strip = SurfacePicture.Render(new SurfaceScene { Mesh = library.Skin(sample).Mesh }, [.. Views.Select(view => new SurfaceView(Title: null, view.Azimuth))], Width, Height);
        using SKBitmap whole = SKBitmap.Decode(strip);
        var photos = new List<(PhotoView View, string Picture, string Thumbnail)>();
        for (int index = 0; index < Views.Length; index++)
        {
            using var part = new SKBitmap();
            whole.ExtractSubset(part, new SKRectI(index * Width, 0, (index + 1) * Width, Height));
            using SKData png = part.Encode(SKEncodedImageFormat.Png, 100);
            EncodedPhoto encoded = PhotoEncoder.Encode("photo.png", png.AsSpan());
            photos.Add((Views[index].View, files.Add(encoded.Picture), files.Add(encoded.Thumbnail)));
        }

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
