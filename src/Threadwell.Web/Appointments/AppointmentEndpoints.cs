using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Reports.Documents;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Forms;
using Threadwell.Web.Patients;
using Threadwell.Web.Text;

namespace Threadwell.Web.Appointments;

/// <summary>What the pages of appointments post, and their papers.</summary>
internal static class AppointmentEndpoints
{
    private const int RemindHoursBefore = 24;

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        routes.MapPost("/calendar/follow-up", BookFollowUpAsync).Needs(Permission.Schedule);
        routes.MapPost("/calendar/{id:guid}/state", CloseAsync).Needs(Permission.Schedule, RecordKind.Appointment);
        routes.MapPost("/calendar/{id:guid}/no-show", NoShowAsync).Needs(Permission.Schedule, RecordKind.Appointment);
        api.MapGet("/appointments/{id:guid}/calendar", CalendarAsync).Needs(Permission.ReadOwnDocuments, RecordKind.Appointment);
        api.MapGet("/appointments/{id:guid}/no-show-letter", LetterAsync).Needs(Permission.ReadRecord, RecordKind.Appointment);
    }

    // One click books what was offered; where the time was taken or the visit booked meanwhile, the form says so.
    private static async Task<IResult> BookFollowUpAsync(
        [FromForm] Guid treatment, [FromForm] string? scheduled, [FromForm] string? at, [FromForm] string? doctor, [FromForm] string? place, AppointmentDesk desk, ThreadwellContext database, HttpContext context)
    {
        if (await database.Treatments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == treatment) is not { } found || AppointmentForm.FromAddress(at) is not { } start)
        {
            return Results.LocalRedirect("/calendar");
        }

        var form = new AppointmentForm
        {
            Kind = nameof(AppointmentKind.FollowUp),
            Day = ClinicDates.ToType(start.Date),
            Time = ClockTimes.ToType(start.TimeOfDay),
            Doctor = doctor,
            Place = place,
            Treatment = treatment.ToString(),
            Scheduled = scheduled,
        };
        var problems = new FieldProblems();
        return await desk.BookAsync(found.PatientId, form, problems, context.RequestAborted) is { } booked
            ? Results.LocalRedirect($"/calendar/{booked}?done=booked")
            : Results.LocalRedirect($"/calendar/new?patient={found.PatientId}&kind=FollowUp&treatment={treatment}&scheduled={Uri.EscapeDataString(scheduled ?? "")}&problem={(problems["Form.Treatment"] is null ? "taken" : "visit")}");
    }

    private static async Task<IResult> CloseAsync(Guid id, [FromForm] string? state, [FromForm] long revision, AppointmentDesk desk, CurrentUser user, HttpContext context)
    {
        string? problem = Enum.TryParse(state, out AppointmentState chosen) && Enum.IsDefined(chosen) ? await desk.CloseAsync(id, chosen, revision, user.UserId!.Value, context.RequestAborted) : "state";
        return Results.LocalRedirect($"/calendar/{id}{(problem is null ? "" : $"?problem={problem}")}");
    }

    private static async Task<IResult> NoShowAsync(Guid id, [FromForm] string? step, [FromForm] string? note, ThreadwellContext database, ClinicTime time, AppointmentDesk desk, CurrentUser user, HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        LocalDate today = await time.TodayAsync(cancellation);
        string words = (note ?? "").Trim();
        if (words.Length > AppointmentDesk.LongestNote || await database.Appointments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } appointment
            || await NoShowTasks.FindAsync(database, appointment, cancellation) is not { } found || !NoShowTasks.Note(database, found, step ?? "", words, user.UserId!.Value, desk.Now, today))
        {
            return Results.LocalRedirect($"/calendar/{id}?problem=state");
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Results.LocalRedirect($"/calendar/{id}?problem=changed");
        }

        return Results.LocalRedirect($"/calendar/{id}#no-show");
    }

    private static async Task<IResult> CalendarAsync(Guid id, ThreadwellContext database, ClinicTime time, IStringLocalizer<AppointmentText> text, HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        if (await database.Appointments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } appointment)
        {
            return Results.NotFound();
        }

        (ClinicSettings settings, Facility facility) = await PlaceAsync(database, appointment, cancellation);
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        string day = appointment.StartsAt.InZone(zone).Date.ToString("uuuuMMdd", CultureInfo.InvariantCulture);
        byte[] file = AppointmentCalendar.Write(
            [appointment],
            _ => new EventWords(text["ics.event", facility.Name], string.Join(", ", ((string[])[facility.Name, facility.Address]).Where(part => part.Length > 0)), text["ics.call", settings.Phone], null),
            RemindHoursBefore);
        return Results.File(file, "text/calendar; charset=utf-8", $"appointment-{day}.ics");
    }

    private static async Task<IResult> LetterAsync(Guid id, string? language, ThreadwellContext database, ClinicTime time, AppointmentDesk desk, CurrentUser user, HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        if (await database.Appointments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.State == AppointmentState.NoShow, cancellation) is not { } appointment)
        {
            return Results.NotFound();
        }

        (ClinicSettings settings, Facility facility) = await PlaceAsync(database, appointment, cancellation);
        Patient patient = await database.Patients.AsNoTracking().SingleAsync(row => row.Id == appointment.PatientId, cancellation);
        bool treated = await database.Treatments.AnyAsync(row => row.PatientId == patient.Id && row.State == TreatmentState.Ended, cancellation);
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        var facts = new DocumentFacts(
            DocumentLanguage.Of(language ?? patient.Language),
            new ClinicDetails(settings.Name, facility.Address, settings.Phone, facility.LicenceNumber),
            desk.Now.InZone(zone).ToOffsetDateTime(),
            patient.IsDemonstration);
        byte[] pdf = NoShowLetter.Write(new NoShowContent(
            facts, new PersonDetails(patient.FullName, patient.BirthDate, patient.Number.ToString(CultureInfo.InvariantCulture)), patient.Address, appointment.StartsAt.InZone(zone).LocalDateTime, treated, settings.EmergencyHospital, user.Name));
        return Results.File(pdf, "application/pdf", $"letter-{patient.Number}-{facts.Language.Name}.pdf");
    }

    private static async Task<(ClinicSettings Settings, Facility Facility)> PlaceAsync(ThreadwellContext database, Appointment appointment, CancellationToken cancellation) => (
        await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings(),
        await database.Facilities.AsNoTracking().SingleAsync(row => row.Id == appointment.FacilityId, cancellation));
}
