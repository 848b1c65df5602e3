using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Web.Hosting;
using Threadwell.Web.Previews;

namespace Threadwell.Web.Access;

/// <summary>Finds whose a record is: one lookup for each kind.</summary>
internal sealed class RecordOwners(ThreadwellContext database, Lanes lanes, PreviewSessions previews)
{
    /// <summary>The record's patient.</summary>
    /// <param name="kind">What the key names.</param>
    /// <param name="key">The key.</param>
    public async Task<RecordOwner> FindAsync(RecordKind kind, Guid key) => kind switch
    {
        RecordKind.Patient => await FirstAsync(database.Patients.Where(patient => patient.Id == key).Select(patient => (Guid?)patient.Id)),
        RecordKind.Scan => await FirstAsync(database.Scans.Where(scan => scan.Id == key).Select(scan => scan.PatientId)),
        RecordKind.Plan => await FirstAsync(database.Plans.Where(plan => plan.Id == key).Join(database.Scans, plan => plan.ScanId, scan => scan.Id, (_, scan) => scan.PatientId)),
        RecordKind.Outline => await FirstAsync(database.PlanOutlines.Where(outline => outline.Id == key).Select(outline => (Guid?)outline.PatientId)),
        RecordKind.Prediction => await FirstAsync(database.Predictions.Where(prediction => prediction.Id == key)
            .Join(database.PlanVersions, prediction => prediction.PlanVersionId, version => version.Id, (_, version) => version.PlanId)
            .Join(database.Plans, id => id, plan => plan.Id, (_, plan) => plan.ScanId)
            .Join(database.Scans, id => id, scan => scan.Id, (_, scan) => scan.PatientId)),
        RecordKind.Photo => await FirstAsync(database.Photos.Where(photo => photo.Id == key).Select(photo => (Guid?)photo.PatientId)),
        RecordKind.Assessment => await FirstAsync(database.Assessments.Where(assessment => assessment.Id == key).Select(assessment => (Guid?)assessment.PatientId)),
        RecordKind.Consent => await FirstAsync(database.Consents.Where(consent => consent.Id == key).Select(consent => (Guid?)consent.PatientId)),
        RecordKind.CareTask => await FirstAsync(database.CareTasks.Where(task => task.Id == key).Select(task => (Guid?)task.PatientId)),
        RecordKind.Treatment => await FirstAsync(database.Treatments.Where(treatment => treatment.Id == key).Select(treatment => (Guid?)treatment.PatientId)) with { TreatmentId = key },
        RecordKind.CheckIn => (await database.CheckIns.Where(checkIn => checkIn.Id == key).Select(checkIn => new { checkIn.PatientId, checkIn.TreatmentId }).ToListAsync()) is [var checkIn, ..]
            ? new(Exists: true, checkIn.PatientId, checkIn.TreatmentId)
            : RecordOwner.Missing,
        RecordKind.Appointment => await FirstAsync(database.Appointments.Where(appointment => appointment.Id == key).Select(appointment => (Guid?)appointment.PatientId)),
        RecordKind.Complication => await FirstAsync(database.Complications.Where(complication => complication.Id == key).Select(complication => (Guid?)complication.PatientId)),
        RecordKind.Removal => await FirstAsync(database.ThreadRemovals.Where(removal => removal.Id == key).Select(removal => (Guid?)removal.PatientId)),
        RecordKind.Visit => await FirstAsync(database.FollowUpVisits.Where(visit => visit.Id == key).Select(visit => (Guid?)visit.PatientId)),
        RecordKind.Question => await FirstAsync(database.Questions.Where(question => question.Id == key).Select(question => question.PatientId)),
        RecordKind.Preview => Nobodys(previews.Carrier(key) is not null),

        // The job of a course has the key of its prediction, that of a measurement the key of its visit, those of causes and of a search for plans their rows'; any other reads a scan that is nobody's until it is stored.
        RecordKind.Job => await FindAsync(RecordKind.Prediction, key) is { Exists: true } course ? course
            : await FindAsync(RecordKind.Visit, key) is { Exists: true } visit ? visit
            : (await database.Causes.Where(causes => causes.Id == key).Select(causes => causes.PredictionId).ToListAsync()) is [var prediction, ..] ? await FindAsync(RecordKind.Prediction, prediction)
            : (await database.Proposals.Where(proposals => proposals.Id == key).Select(proposals => proposals.PlanId).ToListAsync()) is [var plan, ..] ? await FindAsync(RecordKind.Plan, plan)
            : Nobodys(lanes.Find(key) is not null),
        _ => RecordOwner.Missing,
    };

    private static async Task<RecordOwner> FirstAsync(IQueryable<Guid?> patients) => await patients.ToListAsync() is [var patient, ..] ? new(Exists: true, patient) : RecordOwner.Missing;

    private static RecordOwner Nobodys(bool exists) => new(exists, null);
}
