using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Pages;

/// <summary>Scans and plans, of a patient or for practice.</summary>
internal sealed class HomeContent(ThreadwellContext database, PredictionRuns runs)
{
    /// <summary>All scans: samples first by name, then the newest.</summary>
    public IReadOnlyList<HomeScan> Scans { get; private set; } = [];

    /// <summary>All plans, the one changed last first.</summary>
    public IReadOnlyList<HomePlan> Plans { get; private set; } = [];

    /// <summary>Reads them.</summary>
    /// <param name="patient">The patient whose they are; null for samples and practice scans.</param>
    public async Task LoadAsync(Guid? patient)
    {
        List<StoredScan> scans = await database.Scans.AsNoTracking().Where(scan => scan.PatientId == patient).ToListAsync();
        List<Guid> scanKeys = [.. scans.Select(scan => scan.Id)];
        List<StoredPlan> plans = await database.Plans.AsNoTracking().Where(plan => scanKeys.Contains(plan.ScanId)).Include(plan => plan.Versions).OrderByDescending(plan => plan.ChangedAt).ToListAsync();
        List<Guid> versionKeys = [.. plans.SelectMany(plan => plan.Versions).Select(version => version.Id)];
        List<StoredPrediction> predictions = await database.Predictions.AsNoTracking().Where(prediction => versionKeys.Contains(prediction.PlanVersionId)).ToListAsync();
        ILookup<Guid, StoredPrediction> byVersion = predictions.ToLookup(prediction => prediction.PlanVersionId);
        Scans = [.. scans.OrderBy(scan => scan.Origin).ThenBy(scan => scan.Origin == ScanOrigin.Sample ? scan.Name : "", StringComparer.Ordinal).ThenByDescending(scan => scan.CreatedAt).Select(scan => new HomeScan(scan, plans.Count(plan => plan.ScanId == scan.Id)))];
        Plans = [.. plans.Select(plan => new HomePlan(
            plan.Id,
            plan.Name,
            scans.Single(scan => scan.Id == plan.ScanId),
            PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(plan.DraftJson), plan.Name),
            plan.ChangedAt,
            Newest(plan, byVersion)))];
    }

    private HomeCourse? Newest(StoredPlan plan, ILookup<Guid, StoredPrediction> byVersion)
    {
        (PlanVersion Version, StoredPrediction Prediction)? newest = plan.Versions
            .SelectMany(version => byVersion[version.Id].Select(prediction => ((PlanVersion, StoredPrediction)?)(version, prediction)))
            .MaxBy(pair => pair!.Value.Item2.CreatedAt);
        return newest is { } pair ? new(pair.Prediction.Id, pair.Prediction.State, runs.Answer(pair.Prediction, pair.Version).Fraction, pair.Prediction.Months) : null;
    }
}
