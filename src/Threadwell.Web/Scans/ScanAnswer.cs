using Threadwell.Anatomy;
using Threadwell.Storage.Scans;
using Threadwell.Web.Text;

namespace Threadwell.Web.Scans;

/// <summary>A scan as the API tells it (<c>docs/api.md</c>).</summary>
internal sealed record ScanAnswer(
    Guid Id,
    string Name,
    ScanOrigin Origin,
    ScannedBody Body,
    string FileName,
    string Unit,
    bool UnitInferred,
    string Up,
    string Front,
    IReadOnlyList<string> Remarks,
    IReadOnlyCollection<Landmark> Landmarks,
    bool Confirmed,
    double? AgeYears,
    Sex? Sex,
    Laxity? Laxity,
    bool Smoker,
    string SurfaceVersion,
    string PictureVersion,
    DateTimeOffset CreatedAt,
    long Revision,
    int Plans)
{
    /// <summary>Tells a stored scan.</summary>
    public static ScanAnswer Of(StoredScan scan, int plans) => new(
        scan.Id,
        scan.Name,
        scan.Origin,
        scan.Body,
        scan.FileName,
        scan.Unit,
        scan.UnitInferred,
        scan.Up,
        scan.Front,
        [.. scan.Remarks.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(remark => Spoken.Say(remark))],
        ScanLibrary.LandmarksOf(scan).All,
        scan.Confirmed,
        scan.AgeYears,
        scan.Sex,
        scan.Laxity,
        scan.Smoker,
        scan.SurfaceSha256[..16],
        scan.PictureSha256[..16],
        scan.CreatedAt.ToDateTimeOffset(),
        scan.Revision,
        plans);
}

/// <summary>How a scan's file is to be read, as a page declares it.</summary>
internal sealed record ReadingChange(long Revision, string Unit, string Up, string Front);

/// <summary>What a person says of a scan.</summary>
internal sealed record ScanChange(
    long Revision, string Name, ScannedBody Body, double? AgeYears, Sex? Sex, Laxity? Laxity, bool Smoker, IReadOnlyList<Landmark> Landmarks, bool Confirmed);
