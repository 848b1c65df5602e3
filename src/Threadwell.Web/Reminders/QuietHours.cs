using NodaTime;
using NodaTime.TimeZones;

namespace Threadwell.Web.Reminders;

/// <summary>The hours in which a patient is not disturbed, by the clinic's clocks.</summary>
/// <param name="From">When they begin.</param>
/// <param name="Until">When they end; on the next day where it is no later than the beginning.</param>
internal readonly record struct QuietHours(LocalTime From, LocalTime Until)
{
    /// <summary>The first moment from <paramref name="at"/> on that is not quiet. Where both times are the same, no hour is quiet.</summary>
    /// <param name="at">A moment.</param>
    /// <param name="zone">The clinic's zone, whose clocks may be put forward or back.</param>
    public Instant NextAllowed(Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        LocalDateTime local = at.InZone(zone).LocalDateTime;
        if (!Contains(local.TimeOfDay))
        {
            return at;
        }

        LocalDate day = From < Until || local.TimeOfDay < Until ? local.Date : local.Date.PlusDays(1);
        ZoneLocalMapping ends = zone.MapLocal(day + Until);
        return ends.Count switch
        {
            // The clocks jump over the end: quiet is over once they have.
            0 => ends.LateInterval.Start,

            // The clocks show the end twice: the first time, unless that is past.
            2 when ends.First().ToInstant() <= at => ends.Last().ToInstant(),
            _ => ends.First().ToInstant(),
        };
    }

    /// <summary>The first moment from <paramref name="at"/> on that is quiet; null where no hour is.</summary>
    /// <param name="at">A moment.</param>
    /// <param name="zone">The clinic's zone, whose clocks may be put forward or back.</param>
    public Instant? NextQuiet(Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (From == Until)
        {
            return null;
        }

        // From one change of the clocks to the next they run evenly; a change may itself lead into quiet hours.
        while (true)
        {
            LocalDateTime local = at.InZone(zone).LocalDateTime;
            if (Contains(local.TimeOfDay))
            {
                return at;
            }

            ZoneInterval even = zone.GetZoneInterval(at);
            LocalDate day = local.TimeOfDay < From ? local.Date : local.Date.PlusDays(1);
            Instant begins = (day + From).WithOffset(even.WallOffset).ToInstant();
            if (!even.HasEnd || begins < even.End)
            {
                return begins;
            }

            at = even.End;
        }
    }

    private bool Contains(LocalTime time) => From < Until ? time >= From && time < Until : From != Until && (time >= From || time < Until);
}
