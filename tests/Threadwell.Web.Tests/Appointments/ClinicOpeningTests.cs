using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.Appointments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Appointments;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Appointments;

/// <summary>When a facility is open, and the form in which it says so.</summary>
public sealed class ClinicOpeningTests
{
    private const string Facility = TreatmentClinic.Facility;

    private static readonly DateTimeZone Hanoi = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Monday to Friday 8 to 12 and 13:30 to 17:30, Saturday 8 to 12; closed on Monday 30 November 2026.
    private static ClinicOpening Opening(DateTimeZone zone) => new(
        zone,
        [
            .. Enumerable.Range(1, 6).Select(day => Hours(day, new(8, 0), new(12, 0))),
            .. Enumerable.Range(1, 5).Select(day => Hours(day, new(13, 30), new(17, 30))),
        ],
        [new ClinicClosure { Id = Guid.NewGuid(), FacilityId = Guid.Empty, Day = new LocalDate(2026, 11, 30), Why = "Staff day" }]);

    [Theory]
    [InlineData(27, 7, 59, false)]
    [InlineData(27, 8, 0, true)]
    [InlineData(27, 11, 59, true)]
    [InlineData(27, 12, 0, false)]
    [InlineData(27, 13, 30, true)]
    [InlineData(27, 17, 30, false)]
    [InlineData(28, 9, 0, true)]
    [InlineData(28, 14, 0, false)]
    [InlineData(29, 9, 0, false)]
    [InlineData(30, 9, 0, false)]
    public void Open_from_the_minute_it_opens_until_the_minute_it_closes(int day, int hour, int minute, bool open) => Assert.Equal(open, Opening(Hanoi).IsOpenAt(At(Hanoi, day, hour, minute)));

    [Fact]
    public void The_next_opening_passes_over_breaks_weekends_and_closed_days()
    {
        ClinicOpening opening = Opening(Hanoi);
        Assert.Equal(At(Hanoi, 27, 9, 0), opening.NextOpening(At(Hanoi, 27, 9, 0)));
        Assert.Equal(At(Hanoi, 27, 13, 30), opening.NextOpening(At(Hanoi, 27, 12, 15)));
        Assert.Equal(At(Hanoi, 28, 8, 0), opening.NextOpening(At(Hanoi, 27, 18, 0)));
        Assert.Equal(At(Hanoi, 30, 8, 0) + Duration.FromDays(1), opening.NextOpening(At(Hanoi, 28, 12, 0)));
        Assert.Null(new ClinicOpening(Hanoi, [], []).NextOpening(At(Hanoi, 27, 9, 0)));
    }

    [Fact]
    public void An_appointment_fits_into_one_span_and_not_over_the_break()
    {
        ClinicOpening opening = Opening(Hanoi);
        Assert.True(opening.IsOpenThroughout(At(Hanoi, 27, 11, 30), At(Hanoi, 27, 12, 0)));
        Assert.False(opening.IsOpenThroughout(At(Hanoi, 27, 11, 30), At(Hanoi, 27, 12, 1)));
        Assert.False(opening.IsOpenThroughout(At(Hanoi, 27, 11, 0), At(Hanoi, 27, 14, 0)));
        Assert.False(opening.IsOpenThroughout(At(Hanoi, 27, 16, 0), At(Hanoi, 28, 9, 0)));
    }

    [Fact]
    public void Opening_hours_are_local_where_the_clocks_change()
    {
        // Paris: 28 March 2027 is a Sunday on which the hour from 2 to 3 is missing.
        DateTimeZone paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        ClinicOpening opening = new(paris, [Hours(6, new(8, 0), new(12, 0)), Hours(7, new(2, 30), new(12, 0)), Hours(1, new(8, 0), new(12, 0))], []);
        Assert.True(opening.IsOpenAt(Instant.FromUtc(2027, 3, 27, 7, 0)));
        Assert.False(opening.IsOpenAt(Instant.FromUtc(2027, 3, 29, 5, 59)));
        Assert.True(opening.IsOpenAt(Instant.FromUtc(2027, 3, 29, 6, 0)));

        // An opening within the missing hour comes as much later as the hour is long.
        Assert.Equal(Instant.FromUtc(2027, 3, 28, 1, 30), opening.NextOpening(Instant.FromUtc(2027, 3, 27, 11, 0)));
    }

    [Fact]
    public void Deadlines_are_counted_by_its_working_days_and_its_earliest_closing()
    {
        ClinicCalendar calendar = Opening(Hanoi).Calendar()!;
        Assert.Equal(6, calendar.WorkingDays.Count);
        Assert.Equal(new LocalTime(12, 0), calendar.ClosesAt);
        OffsetDateTime due = calendar.After(At(Hanoi, 28, 10, 0).InZone(Hanoi).ToOffsetDateTime(), 1)!.Value;
        Assert.Equal(new LocalDateTime(2026, 12, 1, 10, 0), due.LocalDateTime);
        Assert.Null(new ClinicOpening(Hanoi, [], []).Calendar());
    }

    [Fact]
    public async Task An_administrator_keeps_hours_and_closed_days_and_is_told_what_is_wrong_at_the_field()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient administrator = await app.SignInAsync("administrator@demo");
        string address = $"/clinic/facilities/{Facility}";
        long revision = await RevisionAsync(administrator, address);
        Dictionary<string, string> form = Form(revision, "8:00-12:00, 11h30-17h", "12:00-8:00", "mornings", "16/02/2026-10/02/2026 Tết\nTết");
        string refused = System.Net.WebUtility.HtmlDecode(await PostAsync(administrator, address, form));
        Assert.Contains("“11h30-17h” overlaps another span of the day.", refused, StringComparison.Ordinal);
        Assert.Contains("“12:00-8:00” ends before it begins.", refused, StringComparison.Ordinal);
        Assert.Contains("“mornings” is no span of hours.", refused, StringComparison.Ordinal);
        Assert.Contains("ends before it begins. Write the first day first.", refused, StringComparison.Ordinal);
        Assert.Contains("id=\"hours-1-problem\"", refused, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"hours-1-problem hours-hint\"", refused, StringComparison.Ordinal);

        form = Form(revision, "8:00-12:00, 13h30-17h", "8-12", "", "16/2/2026 - 22/2/2026 Tết Nguyên đán\n2026-09-02 Quốc khánh");
        await PostAsync(administrator, address, form);
        string kept = System.Net.WebUtility.HtmlDecode(await administrator.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));
        Assert.Contains("value=\"08:00-12:00, 13:30-17:00\"", kept, StringComparison.Ordinal);
        Assert.Contains("16/02/2026-22/02/2026 Tết Nguyên đán\n02/09/2026 Quốc khánh", kept, StringComparison.Ordinal);

        // Whoever read the page before is told, and writes nothing over.
        form["Form.Days[0]"] = "9:00-10:00";
        Assert.Contains("role=\"alert\"", await PostAsync(administrator, address, form), StringComparison.Ordinal);
        Assert.Contains("value=\"08:00-12:00, 13:30-17:00\"", await administrator.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Form(long revision, string monday, string tuesday, string wednesday, string closed) => new()
    {
        ["_handler"] = "hours",
        ["Form.Revision"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Form.Days[0]"] = monday,
        ["Form.Days[1]"] = tuesday,
        ["Form.Days[2]"] = wednesday,
        ["Form.Closed"] = closed,
    };

    private static async Task<long> RevisionAsync(HttpClient browser, string address) => long.Parse(
        (await browser.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled)).Split("Form.Revision\" value=\"")[^1].Split('"')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> PostAsync(HttpClient browser, string address, Dictionary<string, string> form)
    {
        using HttpResponseMessage answer = await browser.PostFormAsync(address, address, form);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private static ClinicHours Hours(int weekday, LocalTime opens, LocalTime closes) => new() { Id = Guid.NewGuid(), FacilityId = Guid.Empty, Weekday = weekday, Opens = opens, Closes = closes };

    private static Instant At(DateTimeZone zone, int day, int hour, int minute) => zone.AtStrictly(new LocalDateTime(2026, 11, day, hour, minute)).ToInstant();
}
