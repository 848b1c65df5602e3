using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Outcomes;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Appointments;

/// <summary>A visit of the schedule that is due and not booked.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="Patient">Her name.</param>
/// <param name="TreatmentId">The treatment that it follows.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Due">Its day.</param>
/// <param name="Suggested">The free time nearest to it with the doctor who treated; null where there is none within two weeks.</param>
public sealed record DueVisit(Guid PatientId, string Patient, Guid TreatmentId, ScheduledVisit Visit, LocalDate Due, FreeTime? Suggested);

/// <summary>Finds the visits after treatments (M14) that are due and neither booked nor done. Where a patient was treated again, the last treatment's visits count.</summary>
internal static class DueVisits
{
    /// <summary>So many days before its day a visit is offered.</summary>
    public const int DaysAhead = 28;

    /// <summary>So many days after its day a visit still stands in the clinic's list; in the record it stands until the next one's time.</summary>
    public const int DaysLate = 30;

    private const int DaysOff = 14;
    private const int MostListed = 30;

    /// <summary>Those of a patient.</summary>
    public static async Task<IReadOnlyList<DueVisit>> OfPatientAsync(ThreadwellContext database, AppointmentChoices choices, Guid patient, Instant now, CancellationToken cancellation)
    {
        StoredTreatment? last = await database.Treatments.AsNoTracking().Where(row => row.PatientId == patient && row.Kind == TreatmentKind.Planned && row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstOrDefaultAsync(cancellation);
        return last is null ? [] : await OfAsync(database, choices, [last], now, cancellation);
    }

    /// <summary>Those of the whole clinic that are due about now, the earliest first; a list that would be too long ends.</summary>
    public static async Task<IReadOnlyList<DueVisit>> OfClinicAsync(ThreadwellContext database, AppointmentChoices choices, Instant now, CancellationToken cancellation)
    {
        LocalDate today = now.InZone(choices.Zone).Date;
        var treatments = new List<StoredTreatment>();
        foreach (ScheduledVisit visit in FollowUpSchedule.Visits)
        {
            // A range of days of treatment by the index; months differ in length, hence the days to spare, which are sorted out below.
            LocalDate from = today.PlusDays(-DaysLate - 4) - visit.After;
            LocalDate until = today.PlusDays(DaysAhead + 4) - visit.After;
            treatments.AddRange(await database.Treatments.AsNoTracking()
                .Where(row => row.Day >= from && row.Day <= until && row.Kind == TreatmentKind.Planned && row.State == TreatmentState.Ended
                    && !database.Treatments.Any(later => later.PatientId == row.PatientId && later.Day > row.Day && later.Kind == TreatmentKind.Planned && later.State == TreatmentState.Ended)
                    && !database.Appointments.Any(booked => booked.TreatmentId == row.Id && booked.ScheduledId == visit.Id && booked.State != AppointmentState.Cancelled && booked.State != AppointmentState.NoShow))
                .OrderBy(row => row.Day).Take(MostListed).ToListAsync(cancellation));
        }

        LocalDate oldest = today.PlusDays(-DaysLate);
        return [.. (await OfAsync(database, choices, [.. treatments.DistinctBy(row => row.Id)], now, cancellation)).Where(visit => visit.Due >= oldest).OrderBy(visit => visit.Due).Take(MostListed)];
    }

    /// <summary>Visits of the schedule that took place or are booked: each by its treatment and its name. What was struck out, called off or not come to is none.</summary>
    /// <param name="database">The record.</param>
    /// <param name="treatments">Keys of the treatments.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlySet<(Guid Treatment, string Scheduled)>> StandingAsync(ThreadwellContext database, IReadOnlyList<Guid> treatments, CancellationToken cancellation)
    {
        var seen = await database.FollowUpVisits.Where(row => treatments.Contains(row.TreatmentId) && row.ScheduledId != "" && row.StruckAt == null).Select(row => new { row.TreatmentId, row.ScheduledId }).ToListAsync(cancellation);
        var booked = await database.Appointments.Where(row => row.TreatmentId != null && treatments.Contains(row.TreatmentId.Value) && row.ScheduledId != "" && row.State != AppointmentState.Cancelled && row.State != AppointmentState.NoShow)
            .Select(row => new { TreatmentId = row.TreatmentId!.Value, row.ScheduledId }).ToListAsync(cancellation);
        return seen.Concat(booked).Select(row => (row.TreatmentId, row.ScheduledId)).ToHashSet();
    }

    private static async Task<IReadOnlyList<DueVisit>> OfAsync(ThreadwellContext database, AppointmentChoices choices, IReadOnlyList<StoredTreatment> treatments, Instant now, CancellationToken cancellation)
    {
        LocalDate today = now.InZone(choices.Zone).Date;
        List<Guid> keys = [.. treatments.Select(row => row.Id)];
        List<Guid> patients = [.. treatments.Select(row => row.PatientId).Distinct()];
        Dictionary<Guid, string> names = await database.Patients.Where(row => patients.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.FullName, cancellation);
        IReadOnlySet<Guid> gone = await LostPatients.AmongAsync(database, patients, choices.Zone, cancellation);
        IReadOnlySet<(Guid, string)> seen = await StandingAsync(database, keys, cancellation);
        var due = treatments.Where(row => !gone.Contains(row.PatientId))
            .SelectMany(row => Open(row.Day, today).Where(visit => !seen.Contains((row.Id, visit.Id))).Select(visit => (Treatment: row, Visit: visit, Due: visit.DueOn(row.Day))))
            .OrderBy(row => row.Due).ToList();
        if (due.Count == 0)
        {
            return [];
        }

        Instant end = now + Duration.FromDays(DaysAhead + DaysOff + 2);
        var free = new FreeTimes(choices, await Taken.WithinAsync(database, now, end, cancellation), now);
        int minutes = AppointmentDurations.Usual(AppointmentKind.FollowUp);
        return [.. due.Select(row => new DueVisit(row.Treatment.PatientId, names[row.Treatment.PatientId], row.Treatment.Id, row.Visit, row.Due, free.Near(row.Due, DaysOff, minutes, row.Treatment.OperatorId, row.Treatment.PatientId)))];
    }

    // From the visit whose time it is now to those that are near.
    private static IEnumerable<ScheduledVisit> Open(LocalDate treated, LocalDate today)
    {
        ScheduledVisit? current = FollowUpSchedule.Next(treated, [], today);
        return current is null ? [] : FollowUpSchedule.Visits.SkipWhile(visit => visit != current).TakeWhile(visit => visit.DueOn(treated) <= today.PlusDays(DaysAhead));
    }
}
