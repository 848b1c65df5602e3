using NodaTime;

namespace Threadwell.Care.Triage;

/// <summary>When check-ins fall due, and which of the first week has not come.</summary>
public static class CheckInSchedule
{
    private const int FirstWeek = 7;

    /// <summary>The days on which check-ins fall due.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="treatedOn">Day of the treatment.</param>
    public static IEnumerable<(ScheduledCheckIn CheckIn, LocalDate Day)> Of(TriageRulebook rulebook, LocalDate treatedOn)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        return rulebook.Schedule.Select(item => (item, item.Months is { } months ? treatedOn.PlusMonths(months) : treatedOn.PlusDays(item.Days!.Value)));
    }

    /// <summary>The last check-in of the first week whose day is over, if no answers have come since that day began; null otherwise.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="treatedAt">When the treatment ended.</param>
    /// <param name="answeredAt">When answers were given.</param>
    /// <param name="now">Now.</param>
    public static ScheduledCheckIn? Missed(TriageRulebook rulebook, OffsetDateTime treatedAt, IEnumerable<Instant> answeredAt, Instant now)
    {
        (ScheduledCheckIn CheckIn, LocalDate Day)[] over =
            [.. Of(rulebook, treatedAt.Date).Where(due => due.CheckIn is { Days: <= FirstWeek, Call: not true } && Start(due.Day.PlusDays(1)) <= now).OrderBy(due => due.Day)];
        return over.Length == 0 || answeredAt.Any(at => at >= Start(over[^1].Day)) ? null : over[^1].CheckIn;

        Instant Start(LocalDate day) => day.AtMidnight().WithOffset(treatedAt.Offset).ToInstant();
    }
}
