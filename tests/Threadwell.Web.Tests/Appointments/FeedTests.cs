using System.Net;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Tests.Aftercare;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Tests.Shared;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Appointments;

/// <summary>The feed of a doctor's appointments, a patient's own file, and the pages of the calendar, in the demonstration clinic.</summary>
public sealed class FeedTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_is_read_by_its_secret_names_no_patient_and_ends_when_it_is_renewed()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        using HttpClient program = app.Browser(keepsCookies: false);
        string address = await MakeAsync(doctor);
        using HttpResponseMessage answer = await program.GetAsync(new Uri(address), Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        byte[] file = await answer.Content.ReadAsByteArrayAsync(Cancelled);
        Component calendar = CalendarReader.Read(file);
        Component[] events = [.. calendar.All("VEVENT")];
        Assert.NotEmpty(events);
        Assert.All(events, made =>
        {
            Assert.EndsWith("Z", made.Line("DTSTART").Value, StringComparison.Ordinal);
            Assert.Matches(@"^Appointment, record \d+$", CalendarReader.Text(made.Line("SUMMARY").Value));
            Assert.DoesNotContain(made.Lines, line => line.Name is "DESCRIPTION" or "LOCATION" or "ATTENDEE");
        });

        // No word of a name, a kind, a note or a room leaves the clinic.
        string whole = Encoding.UTF8.GetString(file).Replace("\r\n ", "", StringComparison.Ordinal);
        await app.StoreAsync(async context =>
        {
            foreach (string name in await context.Patients.Select(row => row.FullName).ToListAsync(Cancelled))
            {
                Assert.DoesNotContain(name, whole, StringComparison.OrdinalIgnoreCase);
            }
        });
        Assert.DoesNotContain("Phòng", whole, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onsultation", whole, StringComparison.OrdinalIgnoreCase);

        // The same is not sent twice.
        string mark = answer.Headers.ETag!.Tag;
        using (var again = new HttpRequestMessage(HttpMethod.Get, address))
        {
            again.Headers.IfNoneMatch.ParseAdd(mark);
            using HttpResponseMessage unchanged = await program.SendAsync(again, Cancelled);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Assert.Equal(mark, unchanged.Headers.ETag!.Tag);
        }

        // Moved and called off, an event keeps its UID, and its SEQUENCE grows.
        Appointment first = null!;
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            first = await context.Appointments.Where(row => row.State == AppointmentState.Booked && row.StartsAt > now).OrderBy(row => row.StartsAt).FirstAsync(Cancelled);
            (first.StartsAt, first.EndsAt, first.Revision, first.State) = (first.StartsAt + Duration.FromMinutes(30), first.EndsAt + Duration.FromMinutes(30), 2, AppointmentState.Cancelled);
        });
        byte[] after = await program.GetByteArrayAsync(new Uri(address), Cancelled);
        CalendarEvent moved = Assert.Single(Calendar.Load(Encoding.UTF8.GetString(after))!.Events, made => made.Uid == $"{first.Id}@threadwell");
        Assert.Equal((2, "CANCELLED"), (moved.Sequence, moved.Status));
        Assert.Equal(first.StartsAt.ToDateTimeUtc(), moved.Start!.AsUtc);
        Assert.Equal(first.EndsAt.ToDateTimeUtc(), moved.End!.AsUtc);
        Assert.Equal(events.Length, CalendarReader.Read(after).All("VEVENT").Count());

        // Reading is written down; a new address ends the old one, and shutting ends that.
        await app.StoreAsync(async context => Assert.Equal(2, await context.AuditEntries.CountAsync(row => row.RecordKind == nameof(CalendarFeed) && row.Action == "Read", Cancelled)));
        string renewed = await MakeAsync(doctor);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(program, address));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, renewed));
        using HttpResponseMessage shut = await doctor.PostFormAsync("/account/feed", "/account/feed", new() { ["_handler"] = "shut" });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(program, renewed));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(program, $"{app.Address}feeds/{new string('A', 43)}.ics"));

        // Whoever asks too often waits, whatever is asked for.
        HttpStatusCode last = HttpStatusCode.OK;
        for (int index = 0; index < 80 && last != HttpStatusCode.TooManyRequests; index++)
        {
            last = await StatusAsync(program, $"{app.Address}feeds/{index}.ics");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task A_patient_sees_her_next_appointment_and_takes_it_into_her_own_calendar()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient patient = await app.SignInAsync("patient@demo");
        string page = await patient.GetStringAsync(new Uri("/my", UriKind.Relative), Cancelled);
        string file = "/api/appointments/" + page.Split("/api/appointments/")[1].Split('"')[0];
        Component made = Assert.Single(CalendarReader.Read(await patient.GetByteArrayAsync(new Uri(file, UriKind.Relative), Cancelled)).All("VEVENT"));
        Assert.StartsWith("Appointment: ", CalendarReader.Text(made.Line("SUMMARY").Value), StringComparison.Ordinal);
        Assert.Single(made.All("VALARM"));
        Assert.Equal("CONFIRMED", made.Line("STATUS").Value);
    }

    [Fact]
    public async Task A_coordinator_sees_the_appointments_of_the_day_on_her_first_page()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();

        // Whatever the day of the test, the clinic's may be one on which it is closed: so on the day of its next appointment.
        Appointment next = null!;
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            next = await context.Appointments.Where(row => row.State == AppointmentState.Booked && row.StartsAt > now).OrderBy(row => row.StartsAt).FirstAsync(Cancelled);
            app.Clock.Ahead = next.StartsAt - Duration.FromMinutes(1) - now;
        });
        using HttpClient coordinator = await app.SignInAsync("coordinator@demo");
        Assert.Contains($"/calendar/{next.Id}\"", await coordinator.GetStringAsync(new Uri("/patients", UriKind.Relative), Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_books_on_the_page_is_told_at_the_field_and_follows_a_no_show_to_its_letter()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient coordinator = await app.SignInAsync("coordinator@demo");
        string found = await coordinator.GetStringAsync(new Uri("/calendar/new?q=lan&at=2026-01-01T09:00", UriKind.Relative), Cancelled);
        string form = WebUtility.HtmlDecode(found.Split("<a href=\"/calendar/new?patient=")[1].Split('"')[0]);
        string address = "/calendar/new?patient=" + form;
        LocalDate day = TreatmentClinic.Today.PlusDays(8);
        day = day.DayOfWeek == IsoDayOfWeek.Sunday ? day.PlusDays(1) : day;
        Dictionary<string, string> fields = new()
        {
            ["_handler"] = "appointment",
            ["Form.Kind"] = "Consultation",
            ["Form.Day"] = TreatmentClinic.Typed(day),
            ["Form.Time"] = "6:00",
            ["Form.Doctor"] = TreatmentClinic.Doctor,
            ["Form.Place"] = $"{TreatmentClinic.Facility}|Phòng thủ thuật 1",
        };
        using (HttpResponseMessage refused = await coordinator.PostFormAsync(address, address, fields))
        {
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            string page = await refused.Content.ReadAsStringAsync(Cancelled);
            Assert.Contains("id=\"form-time-problem\"", page, StringComparison.Ordinal);
            Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
        }

        fields["Form.Time"] = "9:00";
        using (HttpResponseMessage booked = await coordinator.PostFormAsync(address, address, fields))
        {
            Assert.Equal(HttpStatusCode.Found, booked.StatusCode);
            string own = await coordinator.GetStringAsync(booked.Headers.Location, Cancelled);
            Assert.Contains("role=\"status\"", own, StringComparison.Ordinal);
        }

        // Twice more nobody answers; then the letter is there, in both languages, and not before.
        Guid missed = Guid.Empty;
        await app.StoreAsync(async context => missed = await context.Appointments.Where(row => row.State == AppointmentState.NoShow).Select(row => row.Id).SingleAsync(Cancelled));
        string shown = $"/calendar/{missed}";
        Assert.DoesNotContain("no-show-letter", await coordinator.GetStringAsync(new Uri(shown, UriKind.Relative), Cancelled), StringComparison.Ordinal);
        foreach (string step in (string[])["notReached", "notReached"])
        {
            using HttpResponseMessage noted = await coordinator.PostFormAsync(shown, $"{shown}/no-show", new() { ["step"] = step, ["note"] = "No answer" });
            Assert.Equal($"{shown}#no-show", noted.Headers.Location!.OriginalString);
        }

        Assert.Contains("no-show-letter?language=vi", await coordinator.GetStringAsync(new Uri(shown, UriKind.Relative), Cancelled), StringComparison.Ordinal);
        byte[] letter = await coordinator.GetByteArrayAsync(new Uri($"/api/appointments/{missed}/no-show-letter?language=vi", UriKind.Relative), Cancelled);
        Assert.Equal("%PDF"u8.ToArray(), letter[..4]);
        await app.StoreAsync(async context => Assert.Equal(CareTaskState.Acknowledged, await context.CareTasks.Where(row => row.Kind == CareTaskKind.NoShow).Select(row => row.State).SingleAsync(Cancelled)));
    }

    private static async Task<string> MakeAsync(HttpClient doctor)
    {
        using HttpResponseMessage made = await doctor.PostFormAsync("/account/feed", "/account/feed", new() { ["_handler"] = "make" });
        string page = await made.Content.ReadAsStringAsync(Cancelled);
        string address = page.Split("readonly value=\"")[1].Split('"')[0];
        Assert.Equal(43, address.Split("/feeds/")[1].Split('.')[0].Length);
        return address;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient program, string address)
    {
        using HttpResponseMessage answer = await program.GetAsync(new Uri(address), Cancelled);
        return answer.StatusCode;
    }
}
