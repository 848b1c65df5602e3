using NodaTime;

namespace Threadwell.Care.Triage;

/// <summary>When a clinic answers: its working days and when they end.</summary>
/// <param name="WorkingDays">Days of the week.</param>
/// <param name="Closed">Days on which it is closed all the same.</param>
/// <param name="ClosesAt">When a working day ends.</param>
public sealed record ClinicCalendar(IReadOnlySet<IsoDayOfWeek> WorkingDays, IReadOnlySet<LocalDate> Closed, LocalTime ClosesAt)
{
    // Longer than any holiday; beyond it no working day is sought.
    private const int LongestClosed = 60;

    /// <summary>The end of so many working days: the same time of day, at the latest when the clinic closes, on the working day so many further; null where none comes within two months.</summary>
    /// <param name="from">From when.</param>
    /// <param name="days">How many working days, from 1.</param>
    public OffsetDateTime? After(OffsetDateTime from, int days)
    {
        LocalDate day = from.Date;
        int left = days;
        for (int step = 0; step < LongestClosed; step++)
        {
            day = day.PlusDays(1);
            if (WorkingDays.Contains(day.DayOfWeek) && !Closed.Contains(day) && --left == 0)
            {
                return (day + LocalTime.Min(from.TimeOfDay, ClosesAt)).WithOffset(from.Offset);
            }
        }

        return null;
    }
}
