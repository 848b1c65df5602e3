using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Questions;

namespace Threadwell.Web.Demonstration;

/// <summary>What in a record is the demonstration's, and what of the clinic's own hangs on it.</summary>
/// <param name="database">The record.</param>
internal sealed class DemonstrationRows(ThreadwellContext database)
{
    /// <summary>Its accounts, and those that were made for its patients: whom they show is made up.</summary>
    public IQueryable<UserAccount> Accounts => database.Users.Where(user => user.IsDemonstration || (user.PatientId != null && PatientKeys.Contains(user.PatientId.Value)));

    /// <summary>Its patients.</summary>
    public IQueryable<Patient> Patients => database.Patients.Where(patient => patient.IsDemonstration);

    private IQueryable<Guid> AccountKeys => Accounts.Select(account => account.Id);

    private IQueryable<Guid> PatientKeys => Patients.Select(patient => patient.Id);

    private IQueryable<Facility> Facilities =>
        database.Facilities.Where(facility => facility.IsDemonstration && (facility.Name == DemonstrationClinic.FacilityName || facility.LicenceNumber == DemonstrationClinic.FacilityLicence));

    private IQueryable<Guid> FacilityKeys => Facilities.Select(facility => facility.Id);

    // Those that were linked to one of its patients, and those that one of its doctors answered: an answer of a doctor who is made up is none.
    private IQueryable<PublicQuestion> Questions =>
        database.Questions.Where(question => (question.PatientId != null && PatientKeys.Contains(question.PatientId.Value)) || (question.AnsweredBy != null && AccountKeys.Contains(question.AnsweredBy.Value)));

    private IQueryable<Guid> QuestionKeys => Questions.Select(question => question.Id);

    private IQueryable<Guid> ScanKeys => database.Scans.Where(scan => scan.PatientId != null && PatientKeys.Contains(scan.PatientId.Value)).Select(scan => scan.Id);

    private IQueryable<Guid> PlanKeys => database.Plans.Where(plan => ScanKeys.Contains(plan.ScanId)).Select(plan => plan.Id);

    private IQueryable<Guid> VersionKeys => database.PlanVersions.Where(version => PlanKeys.Contains(version.PlanId)).Select(version => version.Id);

    private IQueryable<Guid> OutlineKeys => database.PlanOutlines.Where(outline => PatientKeys.Contains(outline.PatientId)).Select(outline => outline.Id);

    /// <summary>Its predictions.</summary>
    public IQueryable<Guid> Predictions => database.Predictions.Where(prediction => VersionKeys.Contains(prediction.PlanVersionId)).Select(prediction => prediction.Id);

    /// <summary>Its searches for plans.</summary>
    public IQueryable<Guid> Searches => database.Proposals.Where(proposals => PlanKeys.Contains(proposals.PlanId)).Select(proposals => proposals.Id);

    /// <summary>Whether there is a demonstration.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> IsThereAsync(CancellationToken cancellation) =>
        await database.Users.AnyAsync(user => user.IsDemonstration, cancellation) || await Patients.AnyAsync(cancellation);

    /// <summary>Every row of it, each once.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<object>> AllAsync(CancellationToken cancellation)
    {
        var rows = new List<object>();
        await AddAsync(database.AnswerCorrections.Where(correction => database.PublishedAnswers.Any(answer => answer.Id == correction.AnswerId && QuestionKeys.Contains(answer.QuestionId))));
        await AddAsync(database.PublishedAnswers.Where(answer => QuestionKeys.Contains(answer.QuestionId)));
        await AddAsync(database.QuestionEvents.Where(happened => QuestionKeys.Contains(happened.QuestionId)));
        await AddAsync(database.QuestionPhotos.Where(photo => QuestionKeys.Contains(photo.QuestionId)));
        await AddAsync(Questions);
        await AddAsync(database.CareTaskEvents.Where(happened => PatientKeys.Contains(happened.PatientId)));
        await AddAsync(database.CareTasks.Where(task => PatientKeys.Contains(task.PatientId)));
        await AddAsync(database.LoweredStandings.Where(lowered => PatientKeys.Contains(lowered.PatientId)));
        await AddAsync(database.CheckInPhotos.Where(photo => PatientKeys.Contains(photo.PatientId)));
        await AddAsync(database.CheckIns.Where(checkIn => PatientKeys.Contains(checkIn.PatientId)));
        await AddAsync(database.EnrolledDevices.Where(phone => PatientKeys.Contains(phone.PatientId)));
        await AddAsync(database.EnrolmentLinks.Where(link => PatientKeys.Contains(link.PatientId)));
        await AddAsync(database.FamilyAccess.Where(family => PatientKeys.Contains(family.PatientId)));
        await AddAsync(database.LifeEvents.Where(happened => PatientKeys.Contains(happened.PatientId)));
        await AddAsync(database.Appointments.Where(appointment => PatientKeys.Contains(appointment.PatientId)));
        await AddAsync(database.ClinicHours.Where(hours => FacilityKeys.Contains(hours.FacilityId)));
        await AddAsync(database.ClinicClosures.Where(closure => FacilityKeys.Contains(closure.FacilityId)));
        await AddAsync(database.CalendarFeeds.Where(feed => AccountKeys.Contains(feed.UserId)));
        await AddAsync(database.Outbox.Where(message => (message.PatientId != null && PatientKeys.Contains(message.PatientId.Value)) || (message.UserId != null && AccountKeys.Contains(message.UserId.Value))));
        await AddAsync(database.PushSubscriptions.Where(browser => (browser.PatientId != null && PatientKeys.Contains(browser.PatientId.Value)) || (browser.UserId != null && AccountKeys.Contains(browser.UserId.Value))));
        await AddAsync(database.ReminderChoices.Where(choice => PatientKeys.Contains(choice.PatientId)));
        await AddAsync(database.ThreadRemovals.Where(removal => PatientKeys.Contains(removal.PatientId)));
        await AddAsync(database.Complications.Where(complication => PatientKeys.Contains(complication.PatientId)));
        await AddAsync(database.FollowUpVisits.Where(visit => PatientKeys.Contains(visit.PatientId)));
        await AddAsync(database.AftercareOrders.Where(orders => PatientKeys.Contains(orders.PatientId)));
        await AddAsync(database.ImplantedThreads.Where(thread => PatientKeys.Contains(thread.PatientId)));
        await AddAsync(database.Treatments.Where(treatment => PatientKeys.Contains(treatment.PatientId)));
        await AddAsync(database.Consents.Where(consent => PatientKeys.Contains(consent.PatientId)));
        await AddAsync(database.Assessments.Where(assessment => PatientKeys.Contains(assessment.PatientId)));
        await AddAsync(database.PlanOutlines.Where(outline => PatientKeys.Contains(outline.PatientId)));
        await AddAsync(database.Causes.Where(causes => Predictions.Contains(causes.PredictionId)));
        await AddAsync(database.Predictions.Where(prediction => VersionKeys.Contains(prediction.PlanVersionId)));
        await AddAsync(database.Proposals.Where(proposals => PlanKeys.Contains(proposals.PlanId)));
        await AddAsync(database.PlanVersions.Where(version => PlanKeys.Contains(version.PlanId)));
        await AddAsync(database.Plans.Where(plan => ScanKeys.Contains(plan.ScanId)));
        await AddAsync(database.Scans.Where(scan => scan.PatientId != null && PatientKeys.Contains(scan.PatientId.Value)));
        await AddAsync(database.Photos.Where(photo => PatientKeys.Contains(photo.PatientId)));
        await AddAsync(database.StaffLicences.Where(licence => AccountKeys.Contains(licence.UserId)));
        await AddAsync(database.OnCallTurns.Where(turn => AccountKeys.Contains(turn.UserId)));
        await AddAsync(database.Sessions.Where(session => AccountKeys.Contains(session.UserId)));
        await AddAsync(database.Set<UserToken>().Where(token => AccountKeys.Contains(token.UserId)));
        await AddAsync(database.Set<IdentityUserPasskey<Guid>>().Where(passkey => AccountKeys.Contains(passkey.UserId)));
        await AddAsync(database.Set<IdentityUserLogin<Guid>>().Where(login => AccountKeys.Contains(login.UserId)));
        await AddAsync(Accounts);
        await AddAsync(database.PatientWords.Where(word => PatientKeys.Contains(word.PatientId)));
        await AddAsync(Patients);
        await AddAsync(Facilities);

        // An example that a thread of the clinic's own was recorded under stays, marked as one.
        await AddAsync(database.Products.Where(product => product.IsExample && !database.ImplantedThreads.Any(thread => thread.ProductId == product.Id && !PatientKeys.Contains(thread.PatientId))));
        return rows;

        async Task AddAsync<T>(IQueryable<T> query)
            where T : class => rows.AddRange(await query.ToListAsync(cancellation));
    }

    /// <summary>The first thing of the clinic's own that hangs on the demonstration ("treatments"), and how many of it there are; null where nothing does.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(string What, int Count)?> HeldByAsync(CancellationToken cancellation)
    {
        foreach ((string what, IQueryable<Guid> patients) in Holders())
        {
            int count = await patients.Where(patient => !PatientKeys.Contains(patient)).CountAsync(cancellation);
            if (count > 0)
            {
                return (what, count);
            }
        }

        return null;
    }

    // What refers to the demonstration's clinic, staff or plans, each by the patient whose it is.
    private IEnumerable<(string What, IQueryable<Guid> Patients)> Holders()
    {
        yield return ("treatments", database.Treatments.Where(treatment => FacilityKeys.Contains(treatment.FacilityId)).Select(treatment => treatment.PatientId));
        yield return ("treatments", database.Treatments
            .Where(treatment => AccountKeys.Contains(treatment.OperatorId)
                || (treatment.SignedBy != null && AccountKeys.Contains(treatment.SignedBy.Value)) || (treatment.OverrideBy != null && AccountKeys.Contains(treatment.OverrideBy.Value)))
            .Select(treatment => treatment.PatientId));
        yield return ("treatments", database.Treatments
            .Where(treatment => (treatment.PlanVersionId != null && VersionKeys.Contains(treatment.PlanVersionId.Value)) || (treatment.OutlineId != null && OutlineKeys.Contains(treatment.OutlineId.Value)))
            .Select(treatment => treatment.PatientId));
        yield return ("appointments", database.Appointments.Where(appointment => FacilityKeys.Contains(appointment.FacilityId) || AccountKeys.Contains(appointment.DoctorId)).Select(appointment => appointment.PatientId));
        yield return ("consents", database.Consents
            .Where(consent => (consent.PlanVersionId != null && VersionKeys.Contains(consent.PlanVersionId.Value)) || (consent.OutlineId != null && OutlineKeys.Contains(consent.OutlineId.Value)))
            .Select(consent => consent.PatientId));
        yield return ("consents", database.Consents
            .Where(consent => AccountKeys.Contains(consent.SignedOn) || (consent.WithdrawnBy != null && AccountKeys.Contains(consent.WithdrawnBy.Value))).Select(consent => consent.PatientId));
        yield return ("assessments", database.Assessments
            .Where(assessment => AccountKeys.Contains(assessment.ByUserId) || (assessment.AcceptedBy != null && AccountKeys.Contains(assessment.AcceptedBy.Value))).Select(assessment => assessment.PatientId));
        yield return ("plans", database.PlanOutlines.Where(outline => AccountKeys.Contains(outline.ByUserId)).Select(outline => outline.PatientId));
        yield return ("photos", database.Photos.Where(photo => AccountKeys.Contains(photo.AddedBy)).Select(photo => photo.PatientId));
        yield return ("check-ins", database.CheckIns.Where(checkIn => checkIn.ByUserId != null && AccountKeys.Contains(checkIn.ByUserId.Value)).Select(checkIn => checkIn.PatientId));
        yield return ("tasks", database.CareTasks.Where(task => task.OwnerId != null && AccountKeys.Contains(task.OwnerId.Value)).Select(task => task.PatientId));
        yield return ("tasks", database.CareTaskEvents.Where(happened => happened.ByUserId != null && AccountKeys.Contains(happened.ByUserId.Value)).Select(happened => happened.PatientId));
        yield return ("tasks", database.LoweredStandings.Where(lowered => AccountKeys.Contains(lowered.ByUserId)).Select(lowered => lowered.PatientId));
        yield return ("complications", database.Complications.Where(complication => AccountKeys.Contains(complication.RecordedBy)).Select(complication => complication.PatientId));
        yield return ("removals", database.ThreadRemovals.Where(removal => AccountKeys.Contains(removal.DoctorId)).Select(removal => removal.PatientId));
        yield return ("visits", database.FollowUpVisits.Where(visit => AccountKeys.Contains(visit.DoctorId)).Select(visit => visit.PatientId));
        yield return ("events", database.LifeEvents.Where(life => AccountKeys.Contains(life.RecordedBy)).Select(life => life.PatientId));
        yield return ("threads", database.ImplantedThreads
            .Where(thread => database.Treatments.Any(treatment => treatment.Id == thread.TreatmentId && PatientKeys.Contains(treatment.PatientId))).Select(thread => thread.PatientId));
    }
}
