using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Outcomes;
using Threadwell.Web.Text;

namespace Threadwell.Web.Patients;

/// <summary>Something that happened in a record.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind, a word for the style and the mark beside it.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">More of it; null for nothing.</param>
/// <param name="Address">Where it is seen whole; null for nowhere.</param>
internal sealed record TimelineEntry(Instant At, string Kind, string Title, string? Detail, string? Address);

/// <summary>The record as a timeline, the newest first.</summary>
/// <param name="database">The record.</param>
/// <param name="text">Words.</param>
/// <param name="outcomes">Words of what followed a treatment.</param>
internal sealed class Timeline(ThreadwellContext database, IStringLocalizer<PatientText> text, IStringLocalizer<OutcomeText> outcomes)
{
    /// <summary>Everything that happened in a patient's record.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(Patient patient, DateTimeZone zone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var entries = new List<TimelineEntry> { new(patient.CreatedAt, "opened", text["event.opened"], null, null) };
        await AddAssessmentsAsync(entries, patient.Id, cancellation);
        await AddPhotosAsync(entries, patient.Id, zone, cancellation);
        await AddPlansAsync(entries, patient.Id, cancellation);
        await AddConsentsAsync(entries, patient.Id, cancellation);
        await AddTreatmentsAsync(entries, patient.Id, cancellation);
        await AddQuestionsAsync(entries, patient.Id, cancellation);
        await OutcomeTimeline.AddAsync(entries, database, outcomes, patient.Id, zone, cancellation);
        return [.. entries.OrderByDescending(entry => entry.At)];
    }

    private async Task AddAssessmentsAsync(List<TimelineEntry> entries, Guid patient, CancellationToken cancellation)
    {
        foreach (var row in await database.Assessments.Where(row => row.PatientId == patient).Select(row => new { row.Id, row.Outcome, row.AcceptedAt, row.CreatedAt }).ToListAsync(cancellation))
        {
            string title = text["event.assessment"];
            string detail = text["outcome." + row.Outcome].Value + (row.AcceptedAt is null ? $". {text["event.assessment.waits"]}" : "");
            entries.Add(new TimelineEntry(row.CreatedAt, "assessment", title, detail, $"/assessments/{row.Id}"));
        }
    }

    private async Task AddPhotosAsync(List<TimelineEntry> entries, Guid patient, DateTimeZone zone, CancellationToken cancellation)
    {
        var photos = await database.Photos.Where(row => row.PatientId == patient).Select(row => new { row.TakenOn, row.CreatedAt }).ToListAsync(cancellation);
        foreach (var day in photos.GroupBy(photo => photo.TakenOn))
        {
            // Photos stand at the day they were taken; among that day's events, when they were added.
            Instant added = day.Max(photo => photo.CreatedAt);
            Instant at = added.InZone(zone).Date == day.Key ? added : day.Key.AtStartOfDayInZone(zone).ToInstant();
            entries.Add(new TimelineEntry(at, "photos", day.Count() == 1 ? text["event.photo"] : text["event.photos", day.Count()], null, $"/patients/{patient}/photos"));
        }
    }

    private async Task AddPlansAsync(List<TimelineEntry> entries, Guid patient, CancellationToken cancellation)
    {
        foreach (var scan in await database.Scans.Where(row => row.PatientId == patient).Select(row => new { row.Id, row.Name, row.Confirmed, row.CreatedAt }).ToListAsync(cancellation))
        {
            entries.Add(new TimelineEntry(scan.CreatedAt, "scan", text["event.scan", scan.Name], scan.Confirmed ? null : text["event.scan.unconfirmed"].Value, $"/scans/{scan.Id}"));
        }

        foreach (var outline in await database.PlanOutlines.Where(row => row.PatientId == patient).Select(row => new { row.Number, row.CreatedAt }).ToListAsync(cancellation))
        {
            entries.Add(new TimelineEntry(outline.CreatedAt, "plan", text["event.outline", outline.Number], null, $"/patients/{patient}/outline"));
        }

        var plans = await (from plan in database.Plans
                           join scan in database.Scans on plan.ScanId equals scan.Id
                           where scan.PatientId == patient
                           select new { plan.Id, plan.Name, plan.CreatedAt }).ToListAsync(cancellation);
        List<Guid> keys = [.. plans.Select(plan => plan.Id)];
        entries.AddRange(plans.Select(plan => new TimelineEntry(plan.CreatedAt, "plan", text["event.plan", plan.Name], null, $"/plans/{plan.Id}")));
        var versions = await database.PlanVersions.Where(row => keys.Contains(row.PlanId)).Select(row => new { row.Id, row.PlanId, row.Number }).ToListAsync(cancellation);
        List<Guid> versionKeys = [.. versions.Select(version => version.Id)];
        foreach (var prediction in await database.Predictions.Where(row => versionKeys.Contains(row.PlanVersionId) && row.State == PredictionState.Done)
            .Select(row => new { row.PlanVersionId, row.EndedAt, row.CreatedAt }).ToListAsync(cancellation))
        {
            var version = versions.Single(candidate => candidate.Id == prediction.PlanVersionId);
            string name = plans.Single(plan => plan.Id == version.PlanId).Name;
            entries.Add(new TimelineEntry(prediction.EndedAt ?? prediction.CreatedAt, "prediction", text["event.prediction", name, version.Number], null, $"/plans/{version.PlanId}#years"));
        }
    }

    private async Task AddConsentsAsync(List<TimelineEntry> entries, Guid patient, CancellationToken cancellation)
    {
        foreach (var consent in await database.Consents.Where(row => row.PatientId == patient).Select(row => new { row.Id, row.Kind, row.SignedAt, row.WithdrawnAt }).ToListAsync(cancellation))
        {
            string kind = text["consent." + consent.Kind];
            entries.Add(new TimelineEntry(consent.SignedAt, "consent", text["event.consent", kind], null, $"/consents/{consent.Id}"));
            if (consent.WithdrawnAt is { } withdrawn)
            {
                entries.Add(new TimelineEntry(withdrawn, "withdrawn", text["event.withdrawn", kind], null, $"/consents/{consent.Id}"));
            }
        }
    }

    private async Task AddQuestionsAsync(List<TimelineEntry> entries, Guid patient, CancellationToken cancellation)
    {
        foreach (var question in await database.Questions.Where(row => row.PatientId == patient).Select(row => new { row.Id, LinkedAt = row.LinkedAt!.Value }).ToListAsync(cancellation))
        {
            entries.Add(new TimelineEntry(question.LinkedAt, "question", text["event.question"], null, $"/inbox/{question.Id}"));
        }
    }

    private async Task AddTreatmentsAsync(List<TimelineEntry> entries, Guid patient, CancellationToken cancellation)
    {
        var treatments = await database.Treatments.Where(row => row.PatientId == patient)
            .Select(row => new { row.Id, row.Kind, row.State, row.Day, row.CreatedAt, row.StartedAt, row.EndedAt, Threads = row.Threads.Count(thread => thread.StruckAt == null) }).ToListAsync(cancellation);
        foreach (var treatment in treatments)
        {
            string address = $"/treatments/{treatment.Id}";
            string kind = text["treatment." + treatment.Kind];
            entries.Add(treatment.State switch
            {
                TreatmentState.Ended => new TimelineEntry(treatment.EndedAt ?? treatment.CreatedAt, "treated", text["event.treated", kind], treatment.Threads == 0 ? null : text["event.treated.threads", treatment.Threads].Value, address),
                TreatmentState.Started => new TimelineEntry(treatment.StartedAt ?? treatment.CreatedAt, "treated", text["event.started", kind], null, address),
                TreatmentState.Cancelled => new TimelineEntry(treatment.CreatedAt, "withdrawn", text["event.cancelled", kind], null, address),
                _ => new TimelineEntry(treatment.CreatedAt, "booked", text["event.booked", kind, ClinicDates.ToRead(treatment.Day)], null, address),
            });
        }
    }
}
