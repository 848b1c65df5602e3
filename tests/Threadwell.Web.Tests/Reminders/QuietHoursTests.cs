using NodaTime;
using NodaTime.Text;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>Quiet hours by the clinic's clocks, also in the nights in which these are put forward and back.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("21:00", "08:00", "2026-11-27T20:59", "2026-11-27T20:59")]
    [InlineData("21:00", "08:00", "2026-11-27T21:00", "2026-11-28T08:00")]
    [InlineData("21:00", "08:00", "2026-11-28T00:00", "2026-11-28T08:00")]
    [InlineData("21:00", "08:00", "2026-11-28T07:59", "2026-11-28T08:00")]
    [InlineData("21:00", "08:00", "2026-11-28T08:00", "2026-11-28T08:00")]
    [InlineData("12:00", "14:00", "2026-11-28T13:00", "2026-11-28T14:00")]
    [InlineData("12:00", "14:00", "2026-11-28T14:00", "2026-11-28T14:00")]
    [InlineData("12:00", "12:00", "2026-11-28T12:00", "2026-11-28T12:00")]
    public void A_message_in_quiet_hours_goes_when_they_end(string from, string until, string at, string expected)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];
        Instant Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value.InZoneStrictly(zone).ToInstant();
        Assert.Equal(Local(expected), new QuietHours(Time(from), Time(until)).NextAllowed(Local(at), zone));
    }

    [Fact]
    public void Where_no_hour_is_quiet_none_comes() => Assert.Null(new QuietHours(new(12, 0), new(12, 0)).NextQuiet(ReminderClinic.At(2026, 11, 28, 12), ReminderClinic.Zone));

    // Every quarter of an hour over two nights around each change of the clocks: until the answer every quarter is quiet, and the answer is not.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-10-25")]
    [InlineData("America/New_York", "2026-03-08")]
    [InlineData("America/New_York", "2026-11-01")]
    [InlineData("Australia/Lord_Howe", "2026-04-05")]
    [InlineData("Australia/Lord_Howe", "2026-10-04")]
    [InlineData("America/Santiago", "2026-09-06")]
    [InlineData("Asia/Ho_Chi_Minh", "2026-06-01")]
    public void The_answer_is_the_first_moment_that_is_not_quiet_in_every_night(string name, string day)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[name];
        Instant start = zone.AtStartOfDay(LocalDatePattern.Iso.Parse(day).Value.PlusDays(-1)).ToInstant();
        foreach ((string from, string until) in (ReadOnlySpan<(string, string)>)[("21:00", "08:00"), ("22:00", "01:30"), ("00:15", "02:30"), ("23:00", "03:00"), ("23:30", "00:30")])
        {
            var quiet = new QuietHours(Time(from), Time(until));
            for (int quarter = 0; quarter < 4 * 60; quarter++)
            {
                Instant at = start + Duration.FromMinutes(15 * quarter);
                Instant allowed = quiet.NextAllowed(at, zone);
                Assert.False(IsQuiet(allowed), $"{from}-{until} at {at.InZone(zone)} gives {allowed.InZone(zone)}, which is quiet.");
                for (Instant before = at; before < allowed; before += Duration.FromMinutes(15))
                {
                    Assert.True(IsQuiet(before), $"{from}-{until} at {at.InZone(zone)} waits until {allowed.InZone(zone)} though {before.InZone(zone)} is not quiet.");
                }

                // And the other way round: the first moment that is quiet.
                Instant next = quiet.NextQuiet(at, zone)!.Value;
                Assert.True(IsQuiet(next), $"{from}-{until} at {at.InZone(zone)} gives {next.InZone(zone)}, which is not quiet.");
                for (Instant before = at; before < next; before += Duration.FromMinutes(15))
                {
                    Assert.False(IsQuiet(before), $"{from}-{until} at {at.InZone(zone)} begins at {next.InZone(zone)} though {before.InZone(zone)} is quiet.");
                }
            }

            bool IsQuiet(Instant moment)
            {
                LocalTime time = moment.InZone(zone).TimeOfDay;
                return Time(from) < Time(until) ? time >= Time(from) && time < Time(until) : time >= Time(from) || time < Time(until);
            }
        }
    }

    private static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;
}
