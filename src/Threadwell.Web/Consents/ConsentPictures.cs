using System.Collections.Concurrent;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage.Files;
using Threadwell.Web.Consultation;
using Threadwell.Web.Predictions;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Consents;

/// <summary>What a picture of a consent shows.</summary>
internal enum ConsentPicture
{
    /// <summary>The threads on the scan.</summary>
    Plan,

    /// <summary>The scan with the plan at the opening month, true to scale.</summary>
    Treated,

    /// <summary>The scan without treatment at the opening month.</summary>
    Untreated,
}

/// <summary>Draws the pictures that stand in a consent and keeps them as files. The same plan and prediction give the same pixels, so a picture that is drawn again has the same hash.</summary>
internal sealed class ConsentPictures(FileStore files, ScanLibrary scans)
{
    private const double DaysPerMonth = 365.25 / 12;
    private const int Width = 560;
    private const int Height = 720;

    private readonly ConcurrentDictionary<(Guid Version, Guid? Prediction), Lazy<IReadOnlyList<(ConsentPicture Shows, string Sha256)>>> kept = new();

    /// <summary>The pictures of a subject, in the order in which they are shown; none where its plan lies on no scan.</summary>
    /// <returns>What each shows, with the hash of its PNG file.</returns>
    public IReadOnlyList<(ConsentPicture Shows, string Sha256)> Of(ConsentSubject subject)
    {
        if (subject.Version is not { } version)
        {
            return [];
        }

        (Guid, Guid?) key = (version.Id, subject.Prediction?.Id);
        IReadOnlyList<(ConsentPicture Shows, string Sha256)> pictures = kept.GetOrAdd(key, _ => new(() => Draw(subject))).Value;
        if (pictures.All(picture => files.Has(picture.Sha256)))
        {
            return pictures;
        }

        // While no consent names them, the files may be cleared away as left over.
        kept.TryRemove(key, out _);
        return kept.GetOrAdd(key, _ => new(() => Draw(subject))).Value;
    }

    private List<(ConsentPicture Shows, string Sha256)> Draw(ConsentSubject subject)
    {
        LandmarkSkin skin = scans.Skin(subject.Scan!);
        var pictures = new List<(ConsentPicture, string)> { (ConsentPicture.Plan, files.Add(MarkingPoints.Picture(skin.Mesh, subject.Threads!))) };
        if (subject.Prediction?.FieldsSha256 is { } fieldsSha256)
        {
            FieldsFile fields = FieldsFile.Read(files.Read(fieldsSha256));
            double day = DaysPerMonth * Math.Min(PatientInformation.OpeningMonth, subject.Course!.Summary.SimulatedMonths);
            pictures.Add((ConsentPicture.Treated, Picture(fields, skin.Mesh, day, treated: true)));
            pictures.Add((ConsentPicture.Untreated, Picture(fields, skin.Mesh, day, treated: false)));
        }

        return pictures;
    }

    private string Picture(FieldsFile fields, TriangleMesh scan, double day, bool treated)
    {
        // Both are framed by the scan as it is, so that they can be laid over each other.
        Vector3D[] frame = scan.Positions;
        return files.Add(SurfacePicture.Render(
            new SurfaceScene { Mesh = fields.SurfaceOn(scan, day, treated) },
            [SurfaceView.Front with { Title = null, Frame = frame }, SurfaceView.ThreeQuartersLeft with { Title = null, Frame = frame }],
            Width,
            Height));
    }
}
