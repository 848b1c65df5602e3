using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Web.Forms;
using Threadwell.Web.Pages;
using Threadwell.Web.Text;

namespace Threadwell.Web.Appointments;

/// <summary>Days, times and kinds of appointments in words.</summary>
internal static class AppointmentWords
{
    /// <summary>A day with its weekday: "Friday, 27 Nov 2026".</summary>
    public static string Day(IStringLocalizer<AppointmentText> text, LocalDate day) => $"{text["day." + (int)day.DayOfWeek]}, {ClinicDates.ToRead(day)}";

    /// <summary>A day of a week that is named above it: "Friday 27 Nov".</summary>
    public static string ShortDay(IStringLocalizer<AppointmentText> text, LocalDate day) =>
        $"{text["day." + (int)day.DayOfWeek]} {day.ToString(CultureInfo.CurrentUICulture.Name == "vi" ? "dd/MM" : "d MMM", CultureInfo.InvariantCulture)}";

    /// <summary>A span of time: "09:00–09:30".</summary>
    public static string Span(LocalDateTime from, LocalDateTime until) => $"{ClockTimes.ToType(from.TimeOfDay)}–{ClockTimes.ToType(until.TimeOfDay)}";

    /// <summary>Day and span of an appointment.</summary>
    public static string When(IStringLocalizer<AppointmentText> text, Appointment appointment, DateTimeZone zone) =>
        $"{Day(text, appointment.StartsAt.InZone(zone).Date)}, {Span(appointment.StartsAt.InZone(zone).LocalDateTime, appointment.EndsAt.InZone(zone).LocalDateTime)}";

    /// <summary>What it is for.</summary>
    public static string Kind(IStringLocalizer<AppointmentText> text, AppointmentKind kind) => text["kind." + PageWords.Of(kind)];

    /// <summary>What became of it.</summary>
    public static string State(IStringLocalizer<AppointmentText> text, AppointmentState state) => text["state." + PageWords.Of(state)];
}
