using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage.Files;
using Threadwell.Storage.Scans;

namespace Threadwell.Web.Scans;

/// <summary>Turns a scan file into what is stored of it: the surface for display, a picture, what was repaired, and the landmarks that are seen.</summary>
/// <param name="files">Receives the files.</param>
internal sealed class ScanImport(FileStore files)
{
    private const int PictureWidth = 360;
    private const int PictureHeight = 440;

    /// <summary>What reading a file gave.</summary>
    /// <param name="Scan">The surface, cleaned.</param>
    /// <param name="SurfaceSha256">It as a GLB file in the store.</param>
    /// <param name="PictureSha256">Its picture in the store.</param>
    /// <param name="Remarks">What was assumed and repaired, and why no landmarks were found where none were.</param>
    /// <param name="Landmarks">Landmarks, or null where they cannot be seen.</param>
    public sealed record Result(Scan Scan, string SurfaceSha256, string PictureSha256, IReadOnlyList<string> Remarks, LandmarkSet? Landmarks);

    /// <summary>Reads a file.</summary>
    /// <param name="fileName">Name with its extension.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="options">Declared unit and axes.</param>
    /// <param name="landmarks">Landmarks where they are known; null to find those of a head.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it; files that were stored by then are harmless.</param>
    /// <exception cref="InvalidInputException">The file cannot be used.</exception>
    public Result Read(string fileName, byte[] content, ScanOptions options, LandmarkSet? landmarks, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new CourseProgress(0.05, "Reading the file"));
        RawMesh raw = MeshReader.Parse(fileName, Path.GetExtension(fileName).ToLowerInvariant(), content);
        cancellation.ThrowIfCancellationRequested();
        progress.Report(new CourseProgress(0.2, "Repairing the surface"));
        Scan scan = ScanReader.FromRaw(raw, options);
        cancellation.ThrowIfCancellationRequested();
        var remarks = new List<string>(scan.Remarks);
        if (landmarks is null)
        {
            progress.Report(new CourseProgress(0.55, "Looking for landmarks"));
            landmarks = Find(scan.Mesh, fileName, remarks);
            cancellation.ThrowIfCancellationRequested();
        }

        progress.Report(new CourseProgress(0.8, "Drawing the picture"));
        string surface = StoreSurface(scan.Mesh);
        string picture = files.Add(SurfacePicture.Render(new SurfaceScene { Mesh = scan.Mesh }, [SurfaceView.ThreeQuartersLeft with { Title = null }], PictureWidth, PictureHeight));
        return new Result(scan, surface, picture, remarks, landmarks);
    }

    /// <summary>A virtual patient as a stored scan.</summary>
    public StoredScan Sample(Guid id, string name, VirtualPatientTraits traits, NodaTime.Instant now, CancellationToken cancellation)
    {
        const string FileName = "scan.glb";
        VirtualPatient patient = VirtualPatient.Create(traits);
        byte[] content = GlbOf(patient.Scan);
        Result result = Read(FileName, content, new ScanOptions(), patient.Landmarks, new Progress<CourseProgress>(), cancellation);
        return new StoredScan
        {
            Id = id,
            Name = name,
            Origin = ScanOrigin.Sample,
            Body = traits.Body == VirtualBody.Head ? ScannedBody.Head : ScannedBody.Torso,
            FileName = FileName,
            FileSha256 = files.Add(content),
            SurfaceSha256 = result.SurfaceSha256,
            PictureSha256 = result.PictureSha256,
            Unit = result.Scan.Unit,
            Up = result.Scan.Up,
            Front = result.Scan.Front,
            LandmarksJson = System.Text.Encoding.UTF8.GetString(LandmarkFile.ToBytes(patient.Landmarks)),
            Confirmed = true,
            AgeYears = traits.AgeYears,
            Sex = traits.Sex,
            Laxity = traits.Laxity,
            CreatedAt = now,
        };
    }

    private static LandmarkSet? Find(TriangleMesh mesh, string fileName, List<string> remarks)
    {
        try
        {
            return LandmarkDetector.Detect(mesh, fileName);
        }
        catch (InvalidInputException unclear)
        {
            // A torso, or a face that is not clear enough: a person places them.
            remarks.Add(unclear.Place is null ? unclear.Problem : $"{unclear.Place}: {unclear.Problem}");
            return null;
        }
    }

    private string StoreSurface(TriangleMesh mesh) => files.Add(GlbOf(mesh));

    private static byte[] GlbOf(TriangleMesh mesh)
    {
        using var stream = new MemoryStream();
        MeshWriter.WriteGlb(stream, mesh, new MeshAttributes { Normals = mesh.VertexNormals() });
        return stream.ToArray();
    }
}
