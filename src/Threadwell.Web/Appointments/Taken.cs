using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;

namespace Threadwell.Web.Appointments;

/// <summary>Time that an appointment takes of a doctor, a room and a patient.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Doctor">The doctor.</param>
/// <param name="Facility">The facility.</param>
/// <param name="Room">The room; empty where there is none.</param>
/// <param name="Patient">The patient.</param>
internal sealed record Taken(Guid Id, Instant From, Instant Until, Guid Doctor, Guid Facility, string Room, Guid Patient)
{
    /// <summary>What is taken within a time; what was called off, or to which nobody came, takes none.</summary>
    /// <param name="database">The record.</param>
    /// <param name="from">From when.</param>
    /// <param name="until">Until when.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<Taken>> WithinAsync(ThreadwellContext database, Instant from, Instant until, CancellationToken cancellation = default)
    {
        // An appointment that began earlier may still run; none is longer than this.
        Instant earliest = from - Duration.FromMinutes(AppointmentDurations.Longest);
        return await database.Appointments.AsNoTracking()
            .Where(row => row.StartsAt < until && row.StartsAt > earliest && row.EndsAt > from && row.State != AppointmentState.Cancelled && row.State != AppointmentState.NoShow)
            .Select(row => new Taken(row.Id, row.StartsAt, row.EndsAt, row.DoctorId, row.FacilityId, row.Room, row.PatientId))
            .ToListAsync(cancellation);
    }

    /// <summary>Whether it shares time with a span; one may begin in the minute in which the other ends.</summary>
    public bool Overlaps(Instant from, Instant until) => From < until && from < Until;

    /// <summary>Whether it takes a place; a facility without rooms can take any number.</summary>
    public bool Takes(AppointmentPlace place) => place.Room.Length > 0 && Facility == place.Facility && Room == place.Room;
}
