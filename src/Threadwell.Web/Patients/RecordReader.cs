using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Patients;

/// <summary>Reads what the paths of some patients follow from: a fixed number of queries, each by an index, however many patients.</summary>
internal static class RecordReader
{
    /// <summary>The facts of some patients.</summary>
    /// <param name="database">The record.</param>
    /// <param name="patients">Their keys; a page of a list.</param>
    /// <param name="zone">Where days begin.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyDictionary<Guid, RecordFacts>> FactsAsync(ThreadwellContext database, IReadOnlyList<Guid> patients, DateTimeZone zone, CancellationToken cancellation)
    {
        var assessments = await database.Assessments.Where(row => patients.Contains(row.PatientId))
            .Select(row => new { row.Id, row.PatientId, row.Outcome, row.NotBefore, row.AcceptedAt, row.CreatedAt }).ToListAsync(cancellation);
        var views = await database.Photos.Where(row => patients.Contains(row.PatientId) && row.View != PhotoView.Other)
            .Select(row => new { row.PatientId, row.View }).Distinct().ToListAsync(cancellation);
        var scans = await database.Scans.Where(row => row.PatientId != null && patients.Contains(row.PatientId.Value))
            .Select(row => new { row.Id, PatientId = row.PatientId!.Value, row.Confirmed, row.CreatedAt }).ToListAsync(cancellation);
        List<Guid> scanKeys = [.. scans.Select(scan => scan.Id)];
        var plans = await database.Plans.Where(row => scanKeys.Contains(row.ScanId)).Select(row => new { row.Id, row.ScanId, row.ChangedAt }).ToListAsync(cancellation);
        List<Guid> planKeys = [.. plans.Select(plan => plan.Id)];
        var versions = await database.PlanVersions.Where(row => planKeys.Contains(row.PlanId)).Select(row => new { row.Id, row.PlanId, row.Number }).ToListAsync(cancellation);
        List<Guid> versionKeys = [.. versions.Select(version => version.Id)];
        var predictions = await database.Predictions.Where(row => versionKeys.Contains(row.PlanVersionId) && row.State == PredictionState.Done)
            .Select(row => new { row.Id, row.PlanVersionId, row.CreatedAt }).ToListAsync(cancellation);
        var outlines = await database.PlanOutlines.Where(row => patients.Contains(row.PatientId)).Select(row => new { row.Id, row.PatientId, row.Number }).ToListAsync(cancellation);
        var consents = await database.Consents.Where(row => patients.Contains(row.PatientId) && row.Kind == ConsentKind.Treatment && row.WithdrawnAt == null)
            .Select(row => new { row.PatientId, row.PlanVersionId, row.OutlineId }).ToListAsync(cancellation);
        var treatments = await database.Treatments.Where(row => patients.Contains(row.PatientId) && row.Kind == TreatmentKind.Planned && row.State != TreatmentState.Cancelled)
            .Select(row => new { row.Id, row.PatientId, row.State, row.Day, row.CreatedAt }).ToListAsync(cancellation);
        var visits = await database.FollowUpVisits.Where(row => patients.Contains(row.PatientId) && row.ScheduledId != "" && row.StruckAt == null).Select(row => new { row.TreatmentId, row.ScheduledId }).ToListAsync(cancellation);
        IReadOnlySet<Guid> lost = await LostPatients.AmongAsync(database, patients, zone, cancellation);

        return patients.ToDictionary(patient => patient, patient =>
        {
            var assessment = assessments.Where(row => row.PatientId == patient).MaxBy(row => row.CreatedAt);
            HashSet<Guid> own = [.. scans.Where(scan => scan.PatientId == patient).Select(scan => scan.Id)];
            var plan = plans.Where(row => own.Contains(row.ScanId)).MaxBy(row => row.ChangedAt);
            var newest = versions.Where(row => row.PlanId == plan?.Id).MaxBy(row => row.Number);
            HashSet<Guid> kept = [.. versions.Where(row => row.PlanId == plan?.Id).Select(row => row.Id)];
            var outline = outlines.Where(row => row.PatientId == patient).MaxBy(row => row.Number);
            var treatment = treatments.Where(row => row.PatientId == patient).MaxBy(row => row.CreatedAt);
            return new RecordFacts
            {
                PatientId = patient,
                Assessment = assessment is null ? null : new AssessmentFacts(
                    assessment.Id, assessment.Outcome, AssessmentOutcomes.MayProceed(assessment.Outcome), assessment.NotBefore, assessment.AcceptedAt is not null, assessment.CreatedAt.InZone(zone).Date),
                StandardViews = views.Count(view => view.PatientId == patient),
                UnconfirmedScan = scans.Where(scan => scan.PatientId == patient && !scan.Confirmed).MaxBy(scan => scan.CreatedAt)?.Id,
                Plan = plan?.Id,
                Outline = outline?.Id,
                Prediction = predictions.Where(row => kept.Contains(row.PlanVersionId)).MaxBy(row => row.CreatedAt)?.Id,
                Consented = consents.Any(consent => consent.PatientId == patient
                    && ((newest is not null && consent.PlanVersionId == newest.Id) || (plan is null && outline is not null && consent.OutlineId == outline.Id))),
                Treatment = treatment is null ? null : new TreatmentFacts(treatment.Id, treatment.State, treatment.Day),
                Visits = [.. visits.Where(visit => visit.TreatmentId == treatment?.Id).Select(visit => visit.ScheduledId)],
                IsLost = lost.Contains(patient),
            };
        });
    }
}
