using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Threadwell.Web.Forms;

/// <summary>Dates as people type and read them: day first, 24 hours.</summary>
internal static class ClinicDates
{
    private static readonly LocalDatePattern[] Typed =
    [
        LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu"),
        LocalDatePattern.CreateWithInvariantCulture("d-M-uuuu"),
        LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu"),
        LocalDatePattern.Iso,
    ];

    /// <summary>Reads a date that was typed: "31/12/1980", also with dots or dashes, or "1980-12-31".</summary>
    /// <returns>The date, or null where the text is none.</returns>
    public static LocalDate? Read(string? text)
    {
        foreach (LocalDatePattern pattern in Typed)
        {
            if (pattern.Parse(text?.Trim() ?? "").TryGetValue(default, out LocalDate date))
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>A date as it is typed.</summary>
    public static string ToType(LocalDate date) => date.ToString("dd/MM/uuuu", CultureInfo.InvariantCulture);

    /// <summary>A date as it is read on a page of the current language.</summary>
    public static string ToRead(LocalDate date) => date.ToDateOnly().ToString(CultureInfo.CurrentCulture);

    /// <summary>Whole years from a birth date to a day.</summary>
    public static int Age(LocalDate birth, LocalDate day) => (int)Period.Between(birth, day, PeriodUnits.Years).Years;
}
