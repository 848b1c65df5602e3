using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;
using Threadwell.Web.Hosting;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Scans;

/// <summary>Takes in a scan file, for a patient's record or for practice.</summary>
/// <param name="lanes">Where it is read.</param>
/// <param name="import">Reads it.</param>
/// <param name="files">Keeps it.</param>
/// <param name="database">Lists it.</param>
/// <param name="clock">Dates it.</param>
internal sealed class ScanUpload(Lanes lanes, ScanImport import, FileStore files, IDbContextFactory<ThreadwellContext> database, IClock clock)
{
    private const int LongestName = 120;

    /// <summary>Reads a request's body as a scan.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="unit">Declared unit; null to infer it.</param>
    /// <param name="up">Axis that points up; null for +y.</param>
    /// <param name="front">Axis that points to the front; null for +z.</param>
    /// <param name="patient">Whose it is; null for practice.</param>
    /// <param name="context">The request.</param>
    /// <param name="stored">Called with the scan's key once it is stored; null for nothing.</param>
    /// <returns>The job's answer.</returns>
    /// <exception cref="InvalidInputException">The name is no scan's, or the file is too large.</exception>
    public async Task<IResult> AddAsync(string name, string? unit, string? up, string? front, Patient? patient, HttpContext context, Action<Guid>? stored = null)
    {
        string fileName = CheckedName(name);
        byte[] content = await ReadBodyAsync(context, fileName);
        var options = new ScanOptions { Unit = unit, Up = up ?? "+y", Front = front ?? "+z" };
        Instant now = clock.GetCurrentInstant();
        double? age = patient is null ? null : Forms.ClinicDates.Age(patient.BirthDate, now.InUtc().Date);
        Job job = lanes.Scans.Add(Guid.CreateVersion7(), (progress, cancellation) =>
        {
            ScanImport.Result result = import.Read(fileName, content, options, landmarks: null, progress, cancellation);
            var scan = new StoredScan
            {
                Id = Guid.CreateVersion7(),
                PatientId = patient?.Id,
                Name = Path.GetFileNameWithoutExtension(fileName),
                Origin = ScanOrigin.Uploaded,
                Body = ScannedBody.Head,
                FileName = fileName,
                FileSha256 = files.Add(content),
                SurfaceSha256 = result.SurfaceSha256,
                PictureSha256 = result.PictureSha256,
                Unit = result.Scan.Unit,
                Up = result.Scan.Up,
                Front = result.Scan.Front,
                AgeYears = age,
                Sex = patient?.Sex,
                CreatedAt = now,
            };
            Take(scan, result);
            cancellation.ThrowIfCancellationRequested();
            using ThreadwellContext writer = database.CreateDbContext();
            writer.Scans.Add(scan);
            writer.SaveChanges();
            stored?.Invoke(scan.Id);
            return scan.Id;
        });
        return JobEndpoints.Started(job);
    }

    /// <summary>Notes on a scan what reading its file gave.</summary>
    public static void Take(StoredScan scan, ScanImport.Result result)
    {
        scan.UnitInferred = result.Scan.UnitInferred;
        scan.Remarks = string.Join('\n', result.Remarks.Select(remark => remark.ReplaceLineEndings(" ")));
        scan.LandmarksJson = result.Landmarks is null ? "" : Encoding.UTF8.GetString(LandmarkFile.ToBytes(result.Landmarks));
    }

    private static string CheckedName(string name)
    {
        string fileName = Path.GetFileName(name.Replace('\\', '/')).Trim();
        bool plain = fileName.Length is > 0 and <= LongestName && !fileName.Any(char.IsControl);
        return plain && MeshReader.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant())
            ? fileName
            : throw new InvalidInputException("name", null, $"'{name}' is no scan that can be read; choose a file that ends in {string.Join(", ", MeshReader.Extensions)}.");
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context, string fileName)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MeshLimits.FileBytes;
        if (context.Request.ContentLength > MeshLimits.FileBytes)
        {
            throw new InvalidInputException(fileName, null, $"the file has {context.Request.ContentLength >> 20} MiB; at most {MeshLimits.FileBytes >> 20} MiB are read. Reduce the scan first.");
        }

        using var content = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return content.ToArray();
    }
}
