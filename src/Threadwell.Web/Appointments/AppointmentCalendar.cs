using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Threadwell.Storage.Appointments;
using Duration = Ical.Net.DataTypes.Duration;

namespace Threadwell.Web.Appointments;

/// <summary>What an event says of an appointment beside its time.</summary>
/// <param name="Summary">What it is.</param>
/// <param name="Location">Where; empty for nothing.</param>
/// <param name="Description">More of it; empty for nothing.</param>
/// <param name="Url">Where it is seen whole; null for nowhere.</param>
internal sealed record EventWords(string Summary, string Location, string Description, Uri? Url);

/// <summary>
/// Appointments as iCalendar (RFC 5545). An event keeps its UID for ever, its SEQUENCE is the appointment's revision, so that a calendar moves it and never doubles it; times are universal, and
/// so right in every zone and over every change of the clocks. The same appointments give the same bytes.
/// </summary>
internal static class AppointmentCalendar
{
    /// <summary>Writes a calendar, UTF-8.</summary>
    /// <param name="appointments">The appointments.</param>
    /// <param name="words">What is said of each.</param>
    /// <param name="remindHoursBefore">Hours before each at which a calendar reminds; null for no reminder.</param>
    public static byte[] Write(IEnumerable<Appointment> appointments, Func<Appointment, EventWords> words, int? remindHoursBefore)
    {
        var calendar = new Calendar { ProductId = "-//Threadwell//Appointments//EN", Method = "PUBLISH" };
        foreach (Appointment appointment in appointments)
        {
            EventWords says = words(appointment);
            var made = new CalendarEvent
            {
                Uid = $"{appointment.Id}@threadwell",
                Sequence = (int)appointment.Revision,
                DtStamp = Utc(appointment.ChangedAt),
                Start = Utc(appointment.StartsAt),
                End = Utc(appointment.EndsAt),
                Summary = says.Summary,
                Status = appointment.State == AppointmentState.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
                Class = "PRIVATE",
                Url = says.Url,
            };
            if (says.Location.Length > 0)
            {
                made.Location = says.Location;
            }

            if (says.Description.Length > 0)
            {
                made.Description = says.Description;
            }

            if (remindHoursBefore is { } hours && appointment.State == AppointmentState.Booked)
            {
                made.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = says.Summary, Trigger = new Trigger(Duration.FromHours(-hours)) });
            }

            calendar.Events.Add(made);
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("A calendar gave no text."));
    }

    private static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc(), "UTC", hasTime: true);
}
