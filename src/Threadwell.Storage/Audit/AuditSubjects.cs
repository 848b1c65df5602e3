using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;

namespace Threadwell.Storage.Audit;

/// <summary>Finds whose record a changed row belongs to.</summary>
internal static class AuditSubjects
{
    public static async ValueTask<Guid?> PatientAsync(ThreadwellContext context, EntityEntry entry, bool sync, CancellationToken cancellation)
    {
        IQueryable<Guid?>? query = entry.Entity switch
        {
            StoredPlan plan => OfScan(context, plan.ScanId),
            PlanVersion version => OfPlan(context, version.PlanId),
            StoredProposals proposals => OfPlan(context, proposals.PlanId),
            StoredPrediction prediction => OfVersions(context, context.PlanVersions.Where(row => row.Id == prediction.PlanVersionId).Select(row => row.Id)),
            StoredCauses causes => OfPrediction(context, causes.PredictionId),
            _ => null,
        };
        if (query is null)
        {
            return entry.Entity is Patient patient ? patient.Id
                : entry.Metadata.FindProperty("PatientId") is { } property && (property.ClrType == typeof(Guid) || property.ClrType == typeof(Guid?)) ? (Guid?)entry.Property(property.Name).CurrentValue
                : null;
        }

        return sync ? query.FirstOrDefault() : await query.FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<Guid?> OfScan(ThreadwellContext context, Guid scan) => context.Scans.Where(row => row.Id == scan).Select(row => row.PatientId);

    private static IQueryable<Guid?> OfPlan(ThreadwellContext context, Guid plan) =>
        context.Plans.Where(row => row.Id == plan).Join(context.Scans, row => row.ScanId, scan => scan.Id, (_, scan) => scan.PatientId);

    private static IQueryable<Guid?> OfPrediction(ThreadwellContext context, Guid prediction) =>
        OfVersions(context, context.Predictions.Where(row => row.Id == prediction).Select(row => row.PlanVersionId));

    private static IQueryable<Guid?> OfVersions(ThreadwellContext context, IQueryable<Guid> versions) =>
        versions.Join(context.PlanVersions, id => id, version => version.Id, (_, version) => version.PlanId)
            .Join(context.Plans, id => id, plan => plan.Id, (_, plan) => plan.ScanId).Join(context.Scans, id => id, scan => scan.Id, (_, scan) => scan.PatientId);
}
