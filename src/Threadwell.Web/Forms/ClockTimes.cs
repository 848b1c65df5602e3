using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Threadwell.Web.Forms;

/// <summary>Times of the day as people type and read them.</summary>
internal static class ClockTimes
{
    private static readonly LocalTimePattern[] Typed = [LocalTimePattern.CreateWithInvariantCulture("H:mm"), LocalTimePattern.CreateWithInvariantCulture("H'h'mm"), LocalTimePattern.CreateWithInvariantCulture("H'h'"), LocalTimePattern.CreateWithInvariantCulture("%H")];

    /// <summary>A time as it is typed: "08:00".</summary>
    public static string ToType(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Reads a time that was typed: "8:00", "08:00", "8h30", "8h" or "8".</summary>
    /// <returns>The time, or null where the text is none.</returns>
    public static LocalTime? Read(string? text)
    {
        foreach (LocalTimePattern pattern in Typed)
        {
            if (pattern.Parse((text ?? "").Trim().Replace('H', 'h')).TryGetValue(default, out LocalTime time))
            {
                return time;
            }
        }

        return null;
    }
}
