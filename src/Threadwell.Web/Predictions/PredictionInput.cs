using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
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
    /// <exception cref="OperationCanceledException">The prediction went, with its plan or alone, while whoever asks waited.</exception>
    public static PredictionInput Load(ThreadwellContext database, Guid id)
    {
        // One query: between two of them the plan may go.
        var read = (
            from prediction in database.Predictions.AsNoTracking()
            where prediction.Id == id
            join version in database.PlanVersions on prediction.PlanVersionId equals version.Id
            join plan in database.Plans on version.PlanId equals plan.Id
            join scan in database.Scans on plan.ScanId equals scan.Id
            select new { prediction.Months, version.PlanJson, plan.Name, Scan = scan }).SingleOrDefault() ?? throw new OperationCanceledException();
        return new PredictionInput(PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(read.PlanJson), read.Name), read.Scan, read.Months);
    }
}
