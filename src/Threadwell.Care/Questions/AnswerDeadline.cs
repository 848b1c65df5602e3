using NodaTime;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Questions;

/// <summary>Until when a question is answered: within three working days; afterwards it is the head of department's.</summary>
public static class AnswerDeadline
{
    /// <summary>Working days.</summary>
    public const int WorkingDays = 3;

    // Where a clinic has not said when it is open.
    private static readonly ClinicCalendar Usual = new(
        new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday }, new HashSet<LocalDate>(), new LocalTime(17, 0));

    /// <summary>The end of three working days.</summary>
    /// <param name="arrived">When the question arrived: with its address confirmed.</param>
    /// <param name="zone">Where the clinic's days begin.</param>
    /// <param name="calendar">Its working days; null where it has said none, and Monday to Friday are taken.</param>
    public static Instant Of(Instant arrived, DateTimeZone zone, ClinicCalendar? calendar)
    {
        ArgumentNullException.ThrowIfNull(zone);
        OffsetDateTime from = arrived.InZone(zone).ToOffsetDateTime();

        // A clinic that is closed for two months answers by the usual days all the same.
        return ((calendar ?? Usual).After(from, WorkingDays) ?? Usual.After(from, WorkingDays)!.Value).ToInstant();
    }
}
