using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Scans;

namespace Threadwell.Web.Scans;

/// <summary>Stored scans as surfaces to compute on. The few used last are kept, because cleaning one takes a second.</summary>
/// <param name="database">Where scans are listed.</param>
/// <param name="files">Where their files are.</param>
/// <param name="import">Makes the samples.</param>
/// <param name="clock">Dates them.</param>
internal sealed class ScanLibrary(IDbContextFactory<ThreadwellContext> database, FileStore files, ScanImport import, IClock clock)
{
    private const int KeptSurfaces = 4;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, Lazy<LandmarkSkin> Skin)> kept = [];
    private readonly ConditionalWeakTable<LandmarkSkin, IReadOnlyList<DangerZone>> zones = [];

    /// <summary>The scan's surface with its landmarks, read from the scan's own file as a prediction reads it.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read any more.</exception>
    public LandmarkSkin Skin(StoredScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        string key = $"{scan.Id} {scan.Revision}";
        Lazy<LandmarkSkin> skin;
        lock (gate)
        {
            LinkedListNode<(string Key, Lazy<LandmarkSkin> Skin)>? node = kept.First;
            while (node is not null && node.Value.Key != key)
            {
                node = node.Next;
            }

            if (node is null)
            {
                node = new((key, new Lazy<LandmarkSkin>(() => new LandmarkSkin(Surface(scan, Reading(scan)), LandmarksOf(scan)))));
            }
            else
            {
                kept.Remove(node);
            }

            kept.AddFirst(node);
            if (kept.Count > KeptSurfaces)
            {
                kept.RemoveLast();
            }

            skin = node.Value.Skin;
        }

        return skin.Value;
    }

    /// <summary>
    /// The scan's surface as it was measured, its noise not smoothed: for holding it against another one (<see cref="ScanOptions.SmoothsNoise"/>).
    /// </summary>
    /// <exception cref="InvalidInputException">The file cannot be read any more.</exception>
    public TriangleMesh AsMeasured(StoredScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return Surface(scan, Reading(scan) with { SmoothsNoise = false });
    }

    /// <summary>The danger zones of a surface, found once: every preview asks for them.</summary>
    public IReadOnlyList<DangerZone> Zones(LandmarkSkin skin) => zones.GetValue(skin, DangerZones.For);

    /// <summary>Landmarks of a scan; none while none are known.</summary>
    public static LandmarkSet LandmarksOf(StoredScan scan) =>
        scan.LandmarksJson.Length == 0 ? new LandmarkSet([]) : LandmarkFile.Parse(Encoding.UTF8.GetBytes(scan.LandmarksJson), scan.Name);

    /// <summary>How a plan names the scan.</summary>
    public static ScanReference Reference(StoredScan scan) =>
        new() { Path = scan.FileName, Sha256 = scan.FileSha256, Unit = scan.Unit, Up = scan.Up, Front = scan.Front };

    /// <summary>How the scan's file is to be read.</summary>
    public static ScanOptions Reading(StoredScan scan) => new() { Unit = scan.Unit, Up = scan.Up, Front = scan.Front };

    /// <summary>Makes the sample patients that are not there yet.</summary>
    public async Task AddSamplesAsync(Action<string> tell, CancellationToken cancellation)
    {
        await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
        List<Guid> there = await context.Scans.Where(scan => scan.Origin == ScanOrigin.Sample).Select(scan => scan.Id).ToListAsync(cancellation);
        var missing = SamplePatients.All.Where(sample => !there.Contains(sample.Id)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        tell("First start: making the sample patients…");
        StoredScan[] made = await Task.WhenAll(missing.Select(sample => Task.Run(() => import.Sample(sample.Id, sample.Name, sample.Traits, clock.GetCurrentInstant(), cancellation), cancellation)));
        context.Scans.AddRange(made);
        await context.SaveChangesAsync(cancellation);
    }

    private TriangleMesh Surface(StoredScan scan, ScanOptions options) =>
        ScanReader.FromRaw(MeshReader.Parse(scan.FileName, Path.GetExtension(scan.FileName).ToLowerInvariant(), files.Read(scan.FileSha256)), options).Mesh;
}
