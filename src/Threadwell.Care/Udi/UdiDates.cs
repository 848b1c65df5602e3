using System.Globalization;
using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>Dates in device identifications.</summary>
internal static class UdiDates
{
    /// <summary>
    /// The year of two digits, by GS1 General Specifications 7.12: 51 or more above this year's two digits is the last century, 50 or more below
    /// it the next. HIBC gives no rule of its own and is read alike.
    /// </summary>
    public static int Year(int twoDigits, LocalDate today)
    {
        int century = today.Year / 100 * 100;
        int ahead = twoDigits - (today.Year % 100);
        return twoDigits + century + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
    }

    /// <summary>A day; day 0 is the last of the month where it is allowed.</summary>
    /// <returns>The day; null where there is none such.</returns>
    public static LocalDate? Day(int year, int month, int day, bool zeroIsLast = false)
    {
        if (month is < 1 or > 12 || year is < 1900 or > 2199)
        {
            return null;
        }

        int last = CalendarSystem.Iso.GetDaysInMonth(year, month);
        return day == 0 && zeroIsLast ? new LocalDate(year, month, last) : day >= 1 && day <= last ? new LocalDate(year, month, day) : null;
    }

    /// <summary>A day by its number within the year, from 1.</summary>
    /// <returns>The day; null where there is none such.</returns>
    public static LocalDate? DayOfYear(int year, int day) =>
        day >= 1 && day <= CalendarSystem.Iso.GetDaysInYear(year) ? new LocalDate(year, 1, 1).PlusDays(day - 1) : null;

    /// <summary>Digits as a number; the caller has seen that they are digits.</summary>
    public static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
