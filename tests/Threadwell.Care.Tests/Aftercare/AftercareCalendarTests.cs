using System.Text;
using CsCheck;
using Ical.Net;
using Ical.Net.CalendarComponents;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Aftercare;
using Duration = NodaTime.Duration;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>The calendar file, read back by the library and by a strict reader of its own.</summary>
public class AftercareCalendarTests
{
    private static readonly Instant Made = Instant.FromUtc(2026, 11, 26, 4, 0);
    private static readonly Uri CheckIn = new("https://clinic.example/checkin/7f3a9c?a=1;b=2,3");

    private static readonly TreatmentFacts Ordered = Treatments.Jawline with
    {
        Allergies = [],
        Medicines = [Treatments.Paracetamol with { Dose = "1 viên; cách 6 giờ, tối đa 4 viên \\ ngày – uống sau ăn, không uống cùng rượu bia, ẩm ướt nghiêng quyển khuỷu ruộng thuở ưỡn ỷ lại" }],
    };

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public void The_file_of_any_treatment_is_strict_and_its_times_are_right_in_its_own_time_zone(string language) => Treatments.Any.Sample(
        facts =>
        {
            AftercarePlan plan = facts.Plan();
            Component calendar = CalendarReader.Read(AftercareCalendar.Write(plan, language, CheckIn, Made));
            Assert.Equal("VCALENDAR", calendar.Name);
            Assert.Equal("2.0", calendar.Line("VERSION").Value);
            Assert.NotEqual("", calendar.Line("PRODID").Value);
            Component zone = Assert.Single(calendar.All("VTIMEZONE"));
            Assert.Equal(facts.Zone.Id, zone.Line("TZID").Value);
            Assert.NotEmpty(zone.Within);
            Assert.All(zone.Within, part =>
            {
                Assert.True(part.Name is "STANDARD" or "DAYLIGHT");
                Assert.DoesNotContain('Z', part.Line("DTSTART").Value);
                _ = CalendarReader.Signed(part.Line("TZOFFSETFROM").Value);
            });

            Component[] events = [.. calendar.All("VEVENT")];
            Assert.Equal(events.Length, events.Select(made => made.Line("UID").Value).Distinct().Count());
            foreach (Component made in events)
            {
                Assert.Equal("20261126T040000Z", made.Line("DTSTAMP").Value);
                ContentLine start = made.Line("DTSTART");
                Assert.Equal("PT15M", made.Line("DURATION").Value);
                LocalDateTime local = LocalDateTime.FromDateTime(CalendarReader.Time(start.Value));
                Assert.True((local.TimeOfDay >= new LocalTime(8, 0) && local.TimeOfDay <= new LocalTime(21, 0)) || local == facts.TreatedAt.InZone(facts.Zone).LocalDateTime);
                Assert.True(facts.Medicines.Any(medicine => medicine.From is not null) || facts.Zone.AtLeniently(local).ToInstant() >= facts.TreatedAt);
                if (facts.Zone.Id == "Etc/UTC" && start.Value.EndsWith('Z'))
                {
                    Assert.Empty(start.Parameters);
                }
                else
                {
                    Assert.Equal(facts.Zone.Id, start.Parameters["TZID"]);
                    Assert.Equal(facts.Zone.AtLeniently(local).Offset.ToTimeSpan(), CalendarReader.Offset(zone, local.ToDateTimeUnspecified()));
                }

                Assert.NotEqual("", CalendarReader.Text(made.Line("SUMMARY").Value));
                Assert.Contains(facts.EmergencyPhone, CalendarReader.Text(made.Line("DESCRIPTION").Value), StringComparison.Ordinal);
                Component alarm = Assert.Single(made.All("VALARM"));
                Assert.Equal("DISPLAY", alarm.Line("ACTION").Value);
                Assert.Matches("^-?P(T0S|T0M|0D)$", alarm.Line("TRIGGER").Value);
                Assert.Equal(made.Line("SUMMARY").Value, alarm.Line("DESCRIPTION").Value);
            }
        },
        iter: 60);

    [Fact]
    public void Each_end_each_day_of_a_medicine_and_each_check_has_one_event() => Treatments.Any.Sample(
        facts =>
        {
            AftercarePlan plan = facts.Plan();
            CalendarEvent[] events = [.. Load(AftercareCalendar.Write(plan, "en", null, Made)).Events];
            AftercareItem[] ending = [.. plan.Items.Where(item => item.Kind != AftercareKind.Know && item.Until.End != AftercareEnd.Ordered && (item.Until.Ends ?? item.Until.NotBefore) is not null)];
            Assert.Equal(ending.Length + facts.Medicines.Sum(medicine => medicine.Days) + plan.Checks.Count, events.Length);
            foreach (AftercareItem item in ending)
            {
                CalendarEvent made = Assert.Single(events, made => made.Summary!.EndsWith(": " + item.Says.En, StringComparison.Ordinal));
                Instant end = (item.Until.Ends ?? item.Until.NotBefore)!.Value;
                Instant start = Instant.FromDateTimeUtc(made.Start!.AsUtc);

                // Never before the end, and within the next morning.
                Assert.InRange(start - end, Duration.Zero, Duration.FromHours(12));
            }

            foreach (AftercareCheck check in plan.Checks)
            {
                Assert.Single(events, made => made.Summary == check.Says.En && made.Start!.Date == DateOnly.FromDateTime(check.Date.ToDateTimeUnspecified()));
            }
        },
        iter: 60);

    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", 1, 0)]
    [InlineData("Europe/Paris", 6, 5)]
    public void Each_change_of_the_clocks_in_the_five_years_is_described(string zone, int standard, int daylight)
    {
        Instant treated = new LocalDateTime(2026, 11, 26, 10, 30).InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToInstant();
        Component described = Assert.Single(CalendarReader.Read(AftercareCalendar.Write(Treatments.Of(treated, zone, TreatmentArea.Neck).Plan(), "en", null, Made)).All("VTIMEZONE"));
        Assert.Equal((standard, daylight), (described.All("STANDARD").Count(), described.All("DAYLIGHT").Count()));
        if (daylight > 0)
        {
            Component summer = described.All("DAYLIGHT").First();
            Assert.Equal(("20270328T020000", "+0100", "+0200"), (summer.Line("DTSTART").Value, summer.Line("TZOFFSETFROM").Value, summer.Line("TZOFFSETTO").Value));
        }
    }

    [Fact]
    public void The_library_reads_back_what_was_meant()
    {
        Calendar calendar = Load(AftercareCalendar.Write(Ordered.Plan(), "vi", CheckIn, Made));
        CalendarEvent heat = Assert.Single(calendar.Events, made => made.Summary!.Contains("xông hơi", StringComparison.Ordinal));
        Assert.Equal("Đã hết thời hạn: Không xông hơi, tắm hơi, nước nóng hay nhiệt độ cao", heat.Summary);
        Assert.Equal(new DateTime(2026, 12, 18, 1, 0, 0, DateTimeKind.Utc), heat.Start!.AsUtc);
        Assert.Equal("Asia/Ho_Chi_Minh", heat.Start.TzId);
        Alarm alarm = Assert.Single(heat.Alarms);
        Assert.Equal(Ical.Net.DataTypes.Duration.Zero, alarm.Trigger!.Duration);

        CalendarEvent[] doses = [.. calendar.Events.Where(made => made.Summary!.StartsWith("Paracetamol 500 mg: ", StringComparison.Ordinal))];
        Assert.Equal(["26 10:30", "27 08:00", "28 08:00"], doses.Select(dose => dose.Start!.Value.ToString("dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(doses, dose => Assert.Equal($"Paracetamol 500 mg: {Ordered.Medicines[0].Dose}", dose.Summary));

        CalendarEvent makeUp = Assert.Single(calendar.Events, made => made.Summary!.Contains("trang điểm", StringComparison.Ordinal));
        Assert.StartsWith("Hết thời hạn khi các điểm vào đã liền: ", makeUp.Summary, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2026, 11, 28, 3, 30, 0, DateTimeKind.Utc), makeUp.Start!.AsUtc);
        Assert.All(calendar.Events.Where(made => made.Url is not null), made => Assert.Equal(CheckIn, made.Url));
        Assert.Equal(Ordered.Plan().Checks.Count, calendar.Events.Count(made => made.Url is not null));
    }

    [Fact]
    public void An_event_keeps_its_uid_when_the_aftercare_is_made_again()
    {
        Dictionary<string, string> Uids(TreatmentFacts facts, string language) => Load(AftercareCalendar.Write(facts.Plan(), language, null, Made + Duration.FromDays(3))).Events
            .ToDictionary(made => made.Uid!, made => made.Summary!, StringComparer.Ordinal);
        Dictionary<string, string> first = Uids(Ordered, "en");
        Assert.Equal(first, Uids(Ordered with { Durations = new Dictionary<string, int> { ["heat"] = 28, ["exercise"] = 21 } }, "en"));
        Assert.Equal(first.Keys.Order(StringComparer.Ordinal), Uids(Ordered, "vi").Keys.Order(StringComparer.Ordinal));
        Assert.Empty(first.Keys.Intersect(Uids(Ordered with { Treatment = "T-2" }, "en").Keys));
    }

    [Fact]
    public void The_same_aftercare_is_the_same_bytes() =>
        Assert.Equal(AftercareCalendar.Write(Ordered.Plan(), "vi", CheckIn, Made), AftercareCalendar.Write(Ordered.Plan(), "vi", CheckIn, Made));

    [Fact]
    public void The_strict_reader_refuses_what_is_not_strict()
    {
        string good = Encoding.UTF8.GetString(AftercareCalendar.Write(Ordered.Plan(), "vi", CheckIn, Made));
        _ = CalendarReader.Read(Encoding.UTF8.GetBytes(good));
        foreach (string bad in new[]
        {
            good.Replace("\r\n", "\n", StringComparison.Ordinal),
            good.Replace("\r\n ", "", StringComparison.Ordinal),
            good.Replace("END:VALARM\r\n", "", StringComparison.Ordinal),
            good + "X",
            good.Replace("VERSION:2.0", "VERSION 2.0", StringComparison.Ordinal),
        })
        {
            Assert.ThrowsAny<Exception>(() => CalendarReader.Read(Encoding.UTF8.GetBytes(bad)));
        }

        Assert.ThrowsAny<Exception>(() => CalendarReader.Text("a, b"));
        Assert.ThrowsAny<Exception>(() => CalendarReader.Text("a\\b"));
        Assert.Equal("a, b; c\\d\ne", CalendarReader.Text("a\\, b\\; c\\\\d\\ne"));
    }

    private static Calendar Load(byte[] file) => Calendar.Load(Encoding.UTF8.GetString(file))!;
}
