using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;

namespace Threadwell.Web.Appointments;

/// <summary>A span of a day in which a facility is open.</summary>
/// <param name="Opens">When it opens.</param>
/// <param name="Closes">When it closes, on the same day.</param>
public readonly record struct OpenSpan(LocalTime Opens, LocalTime Closes);

/// <summary>When a facility is open: its hours by weekday, less the days on which it is closed all the same. Times are the clinic's, also where the clocks change.</summary>
public sealed class ClinicOpening
{
    // Longer than any holiday; beyond it no opening is sought.
    private const int LongestClosed = 60;

    private readonly DateTimeZone zone;
    private readonly ILookup<IsoDayOfWeek, OpenSpan> spans;
    private readonly Dictionary<LocalDate, string> closed;

    /// <summary>Makes it from its rows.</summary>
    /// <param name="zone">Zone of the clinic.</param>
    /// <param name="hours">Hours by weekday.</param>
    /// <param name="closures">Closed days.</param>
    public ClinicOpening(DateTimeZone zone, IEnumerable<ClinicHours> hours, IEnumerable<ClinicClosure> closures)
    {
        this.zone = zone;
        spans = hours.OrderBy(row => row.Opens).ToLookup(row => (IsoDayOfWeek)row.Weekday, row => new OpenSpan(row.Opens, row.Closes));
        closed = closures.ToDictionary(row => row.Day, row => row.Why);
    }

    /// <summary>Reads a facility's hours.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">Zone of the clinic.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ClinicOpening> ReadAsync(ThreadwellContext database, DateTimeZone zone, Guid facility, CancellationToken cancellation = default) => new(
        zone,
        await database.ClinicHours.AsNoTracking().Where(row => row.FacilityId == facility).ToListAsync(cancellation),
        await database.ClinicClosures.AsNoTracking().Where(row => row.FacilityId == facility).ToListAsync(cancellation));

    /// <summary>Whether the clinic has said when it is open; without hours nothing is known, and it counts as closed.</summary>
    public bool IsKnown => spans.Count > 0;

    /// <summary>The spans in which it is open on a day, the earliest first; none on a closed day.</summary>
    public IReadOnlyList<OpenSpan> On(LocalDate day) => closed.ContainsKey(day) ? [] : [.. spans[day.DayOfWeek]];

    /// <summary>Why it is closed on a day although its weekday is open, or "" where no reason is kept; null where no closure stands.</summary>
    public string? ClosureOn(LocalDate day) => closed.GetValueOrDefault(day);

    /// <summary>Whether it is open at an instant; at the minute in which it closes it is closed.</summary>
    public bool IsOpenAt(Instant instant)
    {
        LocalDateTime local = instant.InZone(zone).LocalDateTime;
        return On(local.Date).Any(span => span.Opens <= local.TimeOfDay && local.TimeOfDay < span.Closes);
    }

    /// <summary>Whether it is open from one instant to another without a break.</summary>
    public bool IsOpenThroughout(Instant from, Instant until)
    {
        LocalDateTime start = from.InZone(zone).LocalDateTime;
        LocalDateTime end = until.InZone(zone).LocalDateTime;
        return start.Date == end.Date && On(start.Date).Any(span => span.Opens <= start.TimeOfDay && end.TimeOfDay <= span.Closes);
    }

    /// <summary>The instant itself where it is open then, else when it opens next; null where it does not open within two months.</summary>
    public Instant? NextOpening(Instant from)
    {
        if (IsOpenAt(from))
        {
            return from;
        }

        LocalDate today = from.InZone(zone).Date;
        for (int step = 0; step <= LongestClosed; step++)
        {
            LocalDate day = today.PlusDays(step);
            foreach (OpenSpan span in On(day))
            {
                Instant opens = zone.AtLeniently(day + span.Opens).ToInstant();
                if (opens > from)
                {
                    return opens;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// What deadlines in working days are counted by; null where no hours are known. Where days close at different times, the earliest of them holds for all: a deadline never falls
    /// after the clinic has gone home.
    /// </summary>
    public ClinicCalendar? Calendar() => !IsKnown
        ? null
        : new ClinicCalendar(
            spans.Select(day => day.Key).ToHashSet(),
            closed.Keys.ToHashSet(),
            spans.Select(day => day.Max(span => span.Closes)).Min());
}
