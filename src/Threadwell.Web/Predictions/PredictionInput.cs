using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;

namespace Threadwell.Web.Predictions;

/// <summary>What a stored prediction is computed from.</summary>
/// <param name="Plan">The version of the plan.</param>
/// <param name="Scan">The scan of that plan.</param>
/// <param name="Months">Length of the course, months.</param>
internal sealed record PredictionInput(ThreadPlan Plan, StoredScan Scan, double Months)
{
    /// <summary>Reads it.</summary>
    /// <param name="database">The record.</param>
    /// <param name="id">Key of the prediction.</param>
    public static PredictionInput Load(ThreadwellContext database, Guid id)
    {
        StoredPrediction prediction = database.Predictions.AsNoTracking().Single(candidate => candidate.Id == id);
        PlanVersion version = database.PlanVersions.AsNoTracking().Single(candidate => candidate.Id == prediction.PlanVersionId);
        StoredPlan plan = database.Plans.AsNoTracking().Single(candidate => candidate.Id == version.PlanId);
        StoredScan scan = database.Scans.AsNoTracking().Single(candidate => candidate.Id == plan.ScanId);
        return new PredictionInput(PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), plan.Name), scan, prediction.Months);
    }
}
