using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Threadwell.Storage.Appointments;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Appointments;

/// <summary>An appointment as it was typed.</summary>
public sealed class AppointmentForm
{
    private static readonly LocalDateTimePattern AddressPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>What for.</summary>
    public string? Kind { get; set; }

    /// <summary>The day.</summary>
    public string? Day { get; set; }

    /// <summary>When it begins.</summary>
    public string? Time { get; set; }

    /// <summary>How long, minutes.</summary>
    public string? Minutes { get; set; }

    /// <summary>Key of the doctor.</summary>
    public string? Doctor { get; set; }

    /// <summary>Facility and room, as <see cref="AppointmentPlace.Value"/> writes them.</summary>
    public string? Place { get; set; }

    /// <summary>Key of the treatment that it is for or follows.</summary>
    public string? Treatment { get; set; }

    /// <summary>Visit of the schedule.</summary>
    public string? Scheduled { get; set; }

    /// <summary>A note of the clinic.</summary>
    public string? Note { get; set; }

    /// <summary>Revision that was read.</summary>
    public long Revision { get; set; }

    /// <summary>What it is for; a consultation where nothing else is chosen.</summary>
    public AppointmentKind KindChosen => Enum.TryParse(Kind, out AppointmentKind kind) && Enum.IsDefined(kind) ? kind : AppointmentKind.Consultation;

    /// <summary>The form of an appointment.</summary>
    public static AppointmentForm Of(Appointment appointment, DateTimeZone zone)
    {
        LocalDateTime start = appointment.StartsAt.InZone(zone).LocalDateTime;
        return new AppointmentForm
        {
            Kind = appointment.Kind.ToString(),
            Day = ClinicDates.ToType(start.Date),
            Time = ClockTimes.ToType(start.TimeOfDay),
            Minutes = ((int)(appointment.EndsAt - appointment.StartsAt).TotalMinutes).ToString(CultureInfo.InvariantCulture),
            Doctor = appointment.DoctorId.ToString(),
            Place = new AppointmentPlace(appointment.FacilityId, "", appointment.Room).Value,
            Treatment = appointment.TreatmentId?.ToString(),
            Scheduled = appointment.ScheduledId,
            Note = appointment.Note,
            Revision = appointment.Revision,
        };
    }

    /// <summary>A local time as an address holds it.</summary>
    public static string ToAddress(LocalDateTime time) => AddressPattern.Format(time);

    /// <summary>A local time of an address; null where it is none.</summary>
    public static LocalDateTime? FromAddress(string? text) => AddressPattern.Parse(text ?? "").TryGetValue(default, out LocalDateTime time) ? time : null;
}

/// <summary>Where an appointment can be.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="FacilityName">Its name.</param>
/// <param name="Room">The room; empty where the facility names none.</param>
public sealed record AppointmentPlace(Guid Facility, string FacilityName, string Room)
{
    /// <summary>Its value in a form.</summary>
    public string Value => $"{Facility}|{Room}";
}
