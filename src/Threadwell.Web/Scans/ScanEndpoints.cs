using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Scans;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;
using Threadwell.Web.Text;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Scans;

/// <summary>Scans: uploading, reading, confirming, and what is drawn of them.</summary>
internal static class ScanEndpoints
{
    // A landmark further off the skin than this was not meant for it, mm.
    internal const double FarthestLandmarkMm = 10;
    private const int LongestName = 120;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/scans", ListAsync).Needs(Permission.WriteRecord);
        api.MapPost("/scans", (string name, string? unit, string? up, string? front, HttpContext context, ScanUpload upload) => upload.AddAsync(name, unit, up, front, null, context))
            .Needs(Permission.WriteRecord);
        api.MapPost("/patients/{id:guid}/scans", async (Guid id, string name, string? unit, string? up, string? front, HttpContext context, ScanUpload upload, ThreadwellContext database) =>
            await database.Patients.FindAsync(id) is { } patient ? await upload.AddAsync(name, unit, up, front, patient, context) : Results.NotFound())
            .Needs(Permission.WriteRecord, RecordKind.Patient);
        api.MapGet("/scans/{id:guid}", async (Guid id, ThreadwellContext database) =>
            await database.Scans.FindAsync(id) is { } scan ? Results.Ok(ScanAnswer.Of(scan, await PlansOnAsync(id, database))) : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Scan);
        api.MapPut("/scans/{id:guid}/reading", ReadAgainAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
        api.MapPut("/scans/{id:guid}", ChangeAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
        api.MapDelete("/scans/{id:guid}", DeleteAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
        api.MapGet("/scans/{id:guid}/surface", (Guid id, ThreadwellContext database, FileStore files, HttpContext context) =>
            FileAsync(id, database, files, context, scan => (scan.SurfaceSha256, "model/gltf-binary", null))).Needs(Permission.ReadRecord, RecordKind.Scan);
        api.MapGet("/scans/{id:guid}/picture", (Guid id, ThreadwellContext database, FileStore files, HttpContext context) =>
            FileAsync(id, database, files, context, scan => (scan.PictureSha256, "image/png", null))).Needs(Permission.ReadRecord, RecordKind.Scan);
        api.MapGet("/scans/{id:guid}/file", (Guid id, ThreadwellContext database, FileStore files, HttpContext context) =>
            FileAsync(id, database, files, context, scan => (scan.FileSha256, "application/octet-stream", scan.FileName))).Needs(Permission.ReadRecord, RecordKind.Scan);
    }

    private static async Task<IResult> ListAsync(ThreadwellContext database)
    {
        List<StoredScan> scans = await database.Scans.Where(scan => scan.PatientId == null).OrderBy(scan => scan.Origin).ThenByDescending(scan => scan.CreatedAt).ThenBy(scan => scan.Name).ToListAsync();
        Dictionary<Guid, int> plans = await database.Plans.GroupBy(plan => plan.ScanId).ToDictionaryAsync(group => group.Key, group => group.Count());
        return Results.Ok(scans.Select(scan => ScanAnswer.Of(scan, plans.GetValueOrDefault(scan.Id))));
    }

    private static Task<int> PlansOnAsync(Guid scan, ThreadwellContext database) => database.Plans.CountAsync(plan => plan.ScanId == scan);

    private static async Task<IResult> ReadAgainAsync(
        Guid id, ReadingChange change, ThreadwellContext database, Lanes lanes, ScanImport import, FileStore files, IDbContextFactory<ThreadwellContext> writers)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        if (scan.Revision != change.Revision)
        {
            return Changed(scan.Revision);
        }

        if (scan.Origin == ScanOrigin.Sample || await PlansOnAsync(id, database) > 0)
        {
            throw new InvalidInputException(scan.Name, null, scan.Origin == ScanOrigin.Sample
                ? "a sample patient is read as it is; upload a scan to choose its unit and orientation."
                : "plans lie on this scan, and they would no longer fit it; upload the file again to read it in another way.");
        }

        var options = new ScanOptions { Unit = change.Unit, Up = change.Up, Front = change.Front };
        byte[] content = files.Read(scan.FileSha256);
        Job job = lanes.Scans.Add(Guid.CreateVersion7(), (progress, cancellation) =>
        {
            ScanImport.Result result = import.Read(scan.FileName, content, options, landmarks: null, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            using ThreadwellContext writer = writers.CreateDbContext();
            StoredScan stored = writer.Scans.SingleOrDefault(candidate => candidate.Id == id && candidate.Revision == change.Revision)
                ?? throw new InvalidInputException(scan.Name, null, "the scan was changed somewhere else while it was read again; open it anew and decide.");
            (stored.SurfaceSha256, stored.PictureSha256, stored.Unit, stored.Up, stored.Front) = (result.SurfaceSha256, result.PictureSha256, result.Scan.Unit, result.Scan.Up, result.Scan.Front);
            ScanUpload.Take(stored, result);
            stored.Confirmed = false;
            stored.Revision++;
            writer.SaveChanges();
            return id;
        });
        return JobEndpoints.Started(job);
    }

    private static async Task<IResult> ChangeAsync(Guid id, ScanChange change, ThreadwellContext database, ScanLibrary library)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        if (scan.Revision != change.Revision)
        {
            return Changed(scan.Revision);
        }

        if (scan.Origin == ScanOrigin.Sample)
        {
            throw new InvalidInputException(scan.Name, null, "a sample patient stays as it is; upload a scan of your own to change it.");
        }

        if (change.AgeYears is { } age && age is not (>= 18 and <= 110))
        {
            throw new InvalidInputException(scan.Name, "ageYears", "an age from 18 to 110 years is needed; under 18 nobody is treated.");
        }

        if (string.IsNullOrWhiteSpace(change.Name) || change.Name.Length > LongestName)
        {
            throw new InvalidInputException(scan.Name, "name", $"a name of 1 to {LongestName} characters is needed.");
        }

        LandmarkSet landmarks = OnSkin(change.Landmarks, library.Skin(scan), scan.Name);
        (scan.Name, scan.Body, scan.AgeYears, scan.Sex, scan.Laxity, scan.Smoker) = (change.Name.Trim(), change.Body, change.AgeYears, change.Sex, change.Laxity, change.Smoker);
        scan.LandmarksJson = change.Landmarks.Count == 0 ? "" : Encoding.UTF8.GetString(LandmarkFile.ToBytes(landmarks));
        scan.Confirmed = change.Confirmed;
        scan.UnitInferred &= !change.Confirmed;
        scan.Revision++;
        try
        {
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed(await database.Scans.AsNoTracking().Where(row => row.Id == id).Select(row => row.Revision).FirstOrDefaultAsync());
        }

        return Results.Ok(ScanAnswer.Of(scan, await PlansOnAsync(id, database)));
    }

    private static LandmarkSet OnSkin(IReadOnlyList<Landmark> given, LandmarkSkin skin, string source)
    {
        LandmarkSet known = LandmarkFile.Parse(LandmarkFile.ToBytes(new LandmarkSet(given)), source);
        for (int index = 0; index < given.Count; index++)
        {
            double distance = skin.Tree.ClosestPoint(given[index].Position).Distance;
            if (!(distance <= FarthestLandmarkMm))
            {
                throw new InvalidInputException(source, $"landmarks[{index}]", $"'{given[index].Name}' lies {distance:0.0} mm off the skin; place it on the skin.");
            }
        }

        return new LandmarkSet(known.All.Select(landmark => landmark with { Position = skin.Tree.ClosestPoint(landmark.Position).Position }));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ThreadwellContext database)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        int plans = await PlansOnAsync(id, database);
        if (plans > 0 || scan.Origin == ScanOrigin.Sample)
        {
            throw new InvalidInputException(scan.Name, null, plans > 0 ? $"{plans} plans lie on this scan; delete them first." : "a sample patient stays.");
        }

        database.Scans.Remove(scan);
        await database.SaveChangesAsync();
        return Results.NoContent();
    }

    /// <summary>The answer where somebody changed the same thing since.</summary>
    public static IResult Changed(long revision) => Results.Problem(
        Spoken.Say("This was changed somewhere else since you opened it."), statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["revision"] = revision });

    private static async Task<IResult> FileAsync(Guid id, ThreadwellContext database, FileStore files, HttpContext context, Func<StoredScan, (string Sha256, string Type, string? Download)> which)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        (string sha256, string type, string? download) = which(scan);

        // With its version in the address the answer never changes; without, the browser asks again.
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? "private, max-age=31536000, immutable" : "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{sha256}\"");
        return context.Request.GetTypedHeaders().IfNoneMatch.Contains(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(files.Read(sha256), type, download, entityTag: tag);
    }
}
