using System.Security.Cryptography;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Threadwell.Care.Rules;
using Duration = Ical.Net.DataTypes.Duration;

namespace Threadwell.Care.Aftercare;

/// <summary>
/// The aftercare as a calendar file (iCalendar, RFC 5545) with an alarm for each event: the end of each rule, each day of each medicine, each check. An event keeps its UID when the aftercare
/// is made again, so that a calendar moves it instead of doubling it.
/// </summary>
public static class AftercareCalendar
{
    private const int EventMinutes = 15;

    // An alarm wakes nobody: what ends at night is told in the morning. A convention of the file, no number of medicine.
    private static readonly LocalTime Morning = new(8, 0);
    private static readonly LocalTime Evening = new(21, 0);

    /// <summary>Writes the file, UTF-8; the same aftercare, language and time give the same bytes.</summary>
    /// <param name="plan">The aftercare.</param>
    /// <param name="language">Two-letter language ("en", "vi").</param>
    /// <param name="checkIn">Web address at which check-ins are answered; null where there is none.</param>
    /// <param name="madeAt">When the file is made.</param>
    public static byte[] Write(AftercarePlan plan, string language, Uri? checkIn, Instant madeAt)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DateTimeZone zone = AftercareZone.Of(plan);
        var events = new List<Entry>();
        foreach (AftercareItem item in plan.Items)
        {
            events.AddRange(item.Until.End == AftercareEnd.Ordered ? Doses(item, zone) : Ends(item, zone));
        }

        events.AddRange(plan.Checks.Select(check => new Entry(Key(check.Rule, check.Date), check.Date + Morning, check.Says, check.Why, checkIn)));
        events.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : string.CompareOrdinal(a.Key, b.Key));

        var calendar = new Calendar { ProductId = "-//Threadwell//Aftercare//EN", Method = "PUBLISH" };
        calendar.AddTimeZone(Zone(zone, events[0].Start, events[^1].Start));
        foreach (Entry entry in events)
        {
            calendar.Events.Add(Event(entry, plan, zone, language, madeAt));
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("A calendar gave no text."));
    }

    // What is only to be known has no end that a patient waits for.
    private static IEnumerable<Entry> Ends(AftercareItem item, DateTimeZone zone)
    {
        if (item.Kind == AftercareKind.Know || (item.Until.Ends ?? item.Until.NotBefore) is not { } instant)
        {
            return [];
        }

        Wording says = item.Until.Ends is not null
            ? new($"This rule is over: {item.Says.En}", $"Đã hết thời hạn: {item.Says.Vi}")
            : new($"This rule is over once the entries have closed: {item.Says.En}", $"Hết thời hạn khi các điểm vào đã liền: {item.Says.Vi}");
        LocalDateTime local = instant.InZone(zone).LocalDateTime;
        LocalDateTime start = local.TimeOfDay < Morning ? local.Date + Morning : local.TimeOfDay > Evening ? local.Date.PlusDays(1) + Morning : local;
        return [new Entry(item.Id, start, says, item.Why, null)];
    }

    private static IEnumerable<Entry> Doses(AftercareItem item, DateTimeZone zone)
    {
        LocalDateTime first = item.From.InZone(zone).LocalDateTime;
        for (LocalDate day = first.Date; day <= item.Until.Day; day = day.PlusDays(1))
        {
            // Not before the treatment on its own day.
            yield return new Entry(Key(item.Id, day), LocalDateTime.Max(day + Morning, first), item.Says, item.Why, null);
        }
    }

    private static string Key(string id, LocalDate day) => $"{id} {LocalDatePattern.Iso.Format(day)}";

    private static CalendarEvent Event(Entry entry, AftercarePlan plan, DateTimeZone zone, string language, Instant madeAt)
    {
        string says = entry.Says.In(language);
        string call = new Wording($"Urgent: {plan.EmergencyPhone}. Ambulance: {plan.Ambulance}", $"Khẩn cấp: {plan.EmergencyPhone}. Cấp cứu: {plan.Ambulance}").In(language);
        var made = new CalendarEvent
        {
            Uid = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{plan.Treatment}\n{entry.Key}")).AsSpan(0, 16))}@threadwell",
            DtStamp = new CalDateTime(madeAt.ToDateTimeUtc(), "UTC", hasTime: true),
            Start = new CalDateTime(zone.AtLeniently(entry.Start).ToDateTimeUnspecified(), zone.Id, hasTime: true),
            Duration = Duration.FromMinutes(EventMinutes),
            Summary = says,
            Description = $"{entry.Why.In(language)}\n{call}",
            Class = "PRIVATE",
            Transparency = TransparencyType.Transparent,
            Url = entry.Address,
        };
        made.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = says, Trigger = new Trigger(Duration.Zero) });
        return made;
    }

    // Each change of the clocks in the years of the events, as the time zone database has it: no rule that would have to hold for ever.
    private static VTimeZone Zone(DateTimeZone zone, LocalDateTime first, LocalDateTime last)
    {
        var described = new VTimeZone(zone.Id);
        Instant from = zone.AtLeniently(first).ToInstant();
        foreach (ZoneInterval interval in zone.GetZoneIntervals(from, zone.AtLeniently(last.PlusDays(1)).ToInstant()))
        {
            Offset before = interval.HasStart ? zone.GetUtcOffset(interval.Start - NodaTime.Duration.Epsilon) : interval.WallOffset;
            LocalDateTime start = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
            described.Children.Add(new VTimeZoneInfo(interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT")
            {
                Start = new CalDateTime(start.ToDateTimeUnspecified(), hasTime: true),
                OffsetFrom = new UtcOffset(before.ToTimeSpan()),
                OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
                TimeZoneName = interval.Name,
            });
        }

        return described;
    }

    private sealed record Entry(string Key, LocalDateTime Start, Wording Says, Wording Why, Uri? Address);
}
