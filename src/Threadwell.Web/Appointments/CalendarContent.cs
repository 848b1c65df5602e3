using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Appointments;

/// <summary>A treatment that is booked for a day and has no hour.</summary>
/// <param name="Treatment">The treatment.</param>
/// <param name="Patient">Name of the patient.</param>
internal sealed record Unscheduled(StoredTreatment Treatment, string Patient);

/// <summary>What a calendar reads: a fixed number of queries, each by an index.</summary>
internal static class CalendarContent
{
    private const int MostUnscheduled = 30;

    /// <summary>The appointments of some days with the names in them, the earliest first.</summary>
    /// <param name="database">The record.</param>
    /// <param name="choices">The clinic's doctors and zone.</param>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day, itself included.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<CalendarEntry>> EntriesAsync(ThreadwellContext database, AppointmentChoices choices, LocalDate from, LocalDate until, CancellationToken cancellation)
    {
        Instant first = choices.Zone.AtStartOfDay(from).ToInstant();
        Instant last = choices.Zone.AtStartOfDay(until.PlusDays(1)).ToInstant();
        List<Appointment> rows = await database.Appointments.AsNoTracking().Where(row => row.StartsAt >= first && row.StartsAt < last && row.State != AppointmentState.Cancelled).OrderBy(row => row.StartsAt).ToListAsync(cancellation);
        List<Guid> patients = [.. rows.Select(row => row.PatientId).Distinct()];
        Dictionary<Guid, string> names = await database.Patients.Where(row => patients.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.FullName, cancellation);
        List<Guid> staff = [.. rows.Select(row => row.DoctorId).Distinct()];
        Dictionary<Guid, string> doctors = await database.Users.Where(user => staff.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.FullName, cancellation);
        return [.. rows.Select(row => new CalendarEntry(row, names[row.PatientId], doctors.GetValueOrDefault(row.DoctorId, ""), row.StartsAt.InZone(choices.Zone).LocalDateTime, row.EndsAt.InZone(choices.Zone).LocalDateTime))];
    }

    /// <summary>Treatments to come that have a day and no appointment, the next first.</summary>
    public static async Task<IReadOnlyList<Unscheduled>> UnscheduledAsync(ThreadwellContext database, LocalDate today, CancellationToken cancellation)
    {
        var rows = await database.Treatments.AsNoTracking()
            .Where(row => row.Day >= today && row.State == TreatmentState.Preparing
                && !database.Appointments.Any(other => other.TreatmentId == row.Id && other.Kind == AppointmentKind.Treatment && (other.State == AppointmentState.Booked || other.State == AppointmentState.Arrived)))
            .OrderBy(row => row.Day).Take(MostUnscheduled)
            .Join(database.Patients, row => row.PatientId, patient => patient.Id, (row, patient) => new { Treatment = row, patient.FullName }).ToListAsync(cancellation);
        return [.. rows.OrderBy(row => row.Treatment.Day).Select(row => new Unscheduled(row.Treatment, row.FullName))];
    }
}
