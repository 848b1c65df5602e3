using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Appointments;

/// <summary>Who may be booked, where, and when the places are open.</summary>
public sealed record AppointmentChoices
{
    /// <summary>Zone of the clinic.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Doctors whose account is open.</summary>
    public required IReadOnlyList<UserAccount> Doctors { get; init; }

    /// <summary>Every room of every facility; a facility without rooms is one place.</summary>
    public required IReadOnlyList<AppointmentPlace> Places { get; init; }

    /// <summary>When each facility is open.</summary>
    public required IReadOnlyDictionary<Guid, ClinicOpening> Openings { get; init; }

    /// <summary>Reads them.</summary>
    public static async Task<AppointmentChoices> ReadAsync(ThreadwellContext database, DateTimeZone zone, CancellationToken cancellation = default)
    {
        List<Facility> facilities = await database.Facilities.AsNoTracking().OrderBy(facility => facility.Name).ToListAsync(cancellation);
        List<ClinicHours> hours = await database.ClinicHours.AsNoTracking().ToListAsync(cancellation);
        List<ClinicClosure> closures = await database.ClinicClosures.AsNoTracking().ToListAsync(cancellation);
        return new AppointmentChoices
        {
            Zone = zone,
            Doctors = await database.Users.AsNoTracking().Where(user => user.Role == Role.Doctor && user.DisabledAt == null).OrderBy(user => user.FullName).ToListAsync(cancellation),
            Places = [.. facilities.SelectMany(facility => RoomsOf(facility).Select(room => new AppointmentPlace(facility.Id, facility.Name, room)))],
            Openings = facilities.ToDictionary(facility => facility.Id, facility => new ClinicOpening(zone, hours.Where(row => row.FacilityId == facility.Id), closures.Where(row => row.FacilityId == facility.Id))),
        };
    }

    /// <summary>Words of a place: its room, with the facility's name where there are several.</summary>
    public string Words(AppointmentPlace place) => Openings.Count < 2 && place.Room.Length > 0 ? place.Room : place.Room.Length == 0 ? place.FacilityName : $"{place.FacilityName} · {place.Room}";

    private static string[] RoomsOf(Facility facility) => facility.Rooms.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } rooms ? rooms : [""];
}
