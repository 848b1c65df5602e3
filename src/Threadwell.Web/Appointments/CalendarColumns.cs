using NodaTime;

namespace Threadwell.Web.Appointments;

/// <summary>The columns of a day: its doctors or its rooms. Whoever or whatever can be booked no more, and has appointments still, follows at the end, so that none of these is invisible.</summary>
/// <param name="choices">Who and where.</param>
/// <param name="free">What is free.</param>
/// <param name="day">The day.</param>
/// <param name="standing">The appointments of the day.</param>
internal sealed class CalendarColumns(AppointmentChoices choices, FreeTimes free, LocalDate day, IReadOnlyList<CalendarEntry> standing)
{
    /// <summary>A column for each doctor.</summary>
    /// <param name="doctor">This one alone; null for all.</param>
    /// <param name="place">Where time is free; null for anywhere.</param>
    public IReadOnlyList<CalendarColumn> ByDoctor(Guid? doctor, AppointmentPlace? place) =>
    [
        .. choices.Doctors.Where(one => doctor is null || one.Id == doctor)
            .Select(one => new CalendarColumn(day, one.FullName, true, [.. standing.Where(entry => entry.Row.DoctorId == one.Id)], start => free.At(start, FreeTimes.Step, one.Id, place))),
        .. standing.Where(entry => choices.Doctors.All(one => one.Id != entry.Row.DoctorId)).GroupBy(entry => entry.Row.DoctorId)
            .Select(own => new CalendarColumn(day, own.First().Doctor, true, [.. own], _ => null)),
    ];

    /// <summary>A column for each room.</summary>
    /// <param name="doctor">Whose time is free; null for anybody's.</param>
    /// <param name="place">This one alone; null for all.</param>
    public IReadOnlyList<CalendarColumn> ByRoom(Guid? doctor, AppointmentPlace? place) =>
    [
        .. choices.Places.Where(one => place is null || one == place)
            .Select(one => new CalendarColumn(day, choices.Words(one), one.Room.Length > 0, [.. standing.Where(entry => In(entry, one))], start => free.At(start, FreeTimes.Step, doctor, one))),
        .. standing.Where(entry => !choices.Places.Any(one => In(entry, one))).GroupBy(entry => new AppointmentPlace(entry.Row.FacilityId, NameOf(entry.Row.FacilityId), entry.Row.Room))
            .Select(own => new CalendarColumn(day, choices.Words(own.Key), own.Key.Room.Length > 0, [.. own], _ => null)),
    ];

    private string NameOf(Guid facility) => choices.Places.FirstOrDefault(one => one.Facility == facility)?.FacilityName ?? "";

    private static bool In(CalendarEntry entry, AppointmentPlace place) => entry.Row.FacilityId == place.Facility && entry.Row.Room == place.Room;
}
