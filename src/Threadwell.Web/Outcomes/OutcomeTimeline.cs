using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Forms;
using Threadwell.Web.Patients;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>Visits, complications, removals and events of a life on a record's timeline. They stand at the day they happened; among that day's, where they were recorded.</summary>
internal static class OutcomeTimeline
{
    /// <summary>Adds them.</summary>
    public static async Task AddAsync(List<TimelineEntry> entries, ThreadwellContext database, IStringLocalizer<OutcomeText> text, Guid patient, DateTimeZone zone, CancellationToken cancellation)
    {
        foreach (var visit in await database.FollowUpVisits.Where(row => row.PatientId == patient).Select(row => new { row.Id, row.Day, row.ScheduledId, row.DoctorImprovement, row.StruckAt, row.CreatedAt }).ToListAsync(cancellation))
        {
            string title = visit.ScheduledId.Length > 0 ? text["event.visit.at", OutcomeWords.Scheduled(visit.ScheduledId)] : text["event.visit"];
            string? detail = visit.StruckAt is not null ? text["struck"] : visit.DoctorImprovement is null ? null : OutcomeWords.Improvement(visit.DoctorImprovement);
            entries.Add(new TimelineEntry(At(visit.Day, visit.CreatedAt), visit.StruckAt is null ? "visit" : "struck", title, detail, $"/visits/{visit.Id}"));
        }

        foreach (var complication in await database.Complications.Where(row => row.PatientId == patient)
            .Select(row => new { row.Id, row.Onset, row.Kind, row.Severity, row.Outcome, row.EndedOn, row.StruckAt, row.CreatedAt }).ToListAsync(cancellation))
        {
            string what = text["event.complication", text["kind." + complication.Kind].Value];
            string detail = complication.StruckAt is not null ? text["struck"] : $"{text["severity." + complication.Severity]} · {text["ended." + complication.Outcome]}{(complication.EndedOn is { } ended ? $", {ClinicDates.ToRead(ended)}" : "")}";
            entries.Add(new TimelineEntry(At(complication.Onset, complication.CreatedAt), complication.StruckAt is null ? "complication" : "struck", what, detail, $"/complications/{complication.Id}"));
        }

        foreach (var removal in await database.ThreadRemovals.Where(row => row.PatientId == patient).Select(row => new { row.Id, row.Day, row.Extent, row.StruckAt, row.CreatedAt }).ToListAsync(cancellation))
        {
            string? detail = removal.StruckAt is null ? null : text["struck"].Value;
            entries.Add(new TimelineEntry(At(removal.Day, removal.CreatedAt), removal.StruckAt is null ? "removal" : "struck", text["event.removal", text["extent." + removal.Extent].Value], detail, $"/removals/{removal.Id}"));
        }

        foreach (LifeEvent life in await database.LifeEvents.AsNoTracking().Where(row => row.PatientId == patient && row.StruckAt == null).ToListAsync(cancellation))
        {
            entries.Add(new TimelineEntry(At(life.Day, life.CreatedAt), "life", LifeEventWords.Title(life, text), life.Note.Length > 0 ? life.Note : null, null));
        }

        Instant At(LocalDate day, Instant recorded) => recorded.InZone(zone).Date == day ? recorded : day.AtStartOfDayInZone(zone).ToInstant();
    }
}
