using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Appointments;

/// <summary>A facility's opening hours and closed days as they were typed: a line a weekday ("08:00-12:00, 13:30-17:30"), a line a closed day or stretch of days ("16/02/2026-22/02/2026 Tết").</summary>
internal sealed class HoursForm
{
    /// <summary>Days that one line of closed days may span.</summary>
    private const int LongestClosure = 60;

    private const int LongestReason = 200;

    /// <summary>Hours of each weekday, Monday first.</summary>
    public List<string?> Days { get; set; } = [];

    /// <summary>Closed days.</summary>
    public string? Closed { get; set; }

    /// <summary>Revision of the facility that was read.</summary>
    public long Revision { get; set; }

    /// <summary>The form of what is kept.</summary>
    /// <param name="hours">Hours.</param>
    /// <param name="closures">Closed days.</param>
    /// <param name="revision">Revision of the facility.</param>
    public static HoursForm Of(IReadOnlyCollection<ClinicHours> hours, IEnumerable<ClinicClosure> closures, long revision) => new()
    {
        Days = [.. Enumerable.Range(1, 7).Select(weekday => string.Join(", ", hours.Where(row => row.Weekday == weekday).OrderBy(row => row.Opens).Select(row => $"{ClockTimes.ToType(row.Opens)}-{ClockTimes.ToType(row.Closes)}")))],
        Closed = string.Join('\n', Stretches(closures).Select(stretch =>
            $"{ClinicDates.ToType(stretch.From)}{(stretch.Until == stretch.From ? "" : $"-{ClinicDates.ToType(stretch.Until)}")} {stretch.Why}".TrimEnd())),
        Revision = revision,
    };

    /// <summary>Reads what was typed.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    /// <returns>The rows that the facility is to have; null where something is wrong.</returns>
    public (IReadOnlyList<ClinicHours> Hours, IReadOnlyList<ClinicClosure> Closures)? Read(Guid facility, FieldProblems problems, IStringLocalizer<AppointmentText> text)
    {
        var hours = new List<ClinicHours>();
        for (int index = 0; index < 7; index++)
        {
            string field = $"Form.Days[{index}]";
            foreach (string typed in (Days.ElementAtOrDefault(index) ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                string[] ends = typed.Split(['-', '–'], StringSplitOptions.TrimEntries);
                if (ends.Length != 2 || ClockTimes.Read(ends[0]) is not { } opens || ClockTimes.Read(ends[1]) is not { } closes)
                {
                    problems.Add(field, text["hours.wrong", typed]);
                }
                else if (closes <= opens)
                {
                    problems.Add(field, text["hours.order", typed]);
                }
                else if (hours.Exists(row => row.Weekday == index + 1 && row.Opens < closes && opens < row.Closes))
                {
                    problems.Add(field, text["hours.overlap", typed]);
                }
                else
                {
                    hours.Add(new ClinicHours { Id = Guid.CreateVersion7(), FacilityId = facility, Weekday = index + 1, Opens = opens, Closes = closes });
                }
            }
        }

        var closures = new Dictionary<LocalDate, ClinicClosure>();
        foreach (string line in (Closed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Days stand first, without spaces; what follows is the reason.
            string[] parts = line.Replace(" - ", "-", StringComparison.Ordinal).Replace('–', '-').Split(' ', 2, StringSplitOptions.TrimEntries);
            string why = parts.Length > 1 ? parts[1] : "";
            if (ReadDays(parts[0]) is not var (from, until))
            {
                problems.Add("Form.Closed", text["closed.wrong", line]);
            }
            else if (until < from)
            {
                problems.Add("Form.Closed", text["closed.order", line]);
            }
            else if (Period.DaysBetween(from, until) >= LongestClosure)
            {
                problems.Add("Form.Closed", text["closed.long", line, LongestClosure]);
            }
            else if (why.Length > LongestReason)
            {
                problems.Add("Form.Closed", text["closed.reason", line[..40], LongestReason]);
            }
            else
            {
                for (LocalDate day = from; day <= until; day = day.PlusDays(1))
                {
                    if (!closures.TryAdd(day, new ClinicClosure { Id = Guid.CreateVersion7(), FacilityId = facility, Day = day, Why = why }))
                    {
                        problems.Add("Form.Closed", text["closed.twice", ClinicDates.ToRead(day)]);
                    }
                }
            }
        }

        return problems.None ? (hours, [.. closures.Values]) : null;
    }

    // "16/02/2026" or "16/02/2026-22/02/2026"; a date itself may be typed with dashes, so the middle one parts two dates.
    private static (LocalDate From, LocalDate Until)? ReadDays(string typed)
    {
        if (ClinicDates.Read(typed) is { } one)
        {
            return (one, one);
        }

        string[] parts = typed.Split('-');
        int half = parts.Length / 2;
        return parts.Length % 2 == 0 && ClinicDates.Read(string.Join('-', parts[..half])) is { } from && ClinicDates.Read(string.Join('-', parts[half..])) is { } until ? (from, until) : null;
    }

    private static IEnumerable<(LocalDate From, LocalDate Until, string Why)> Stretches(IEnumerable<ClinicClosure> closures)
    {
        (LocalDate From, LocalDate Until, string Why)? open = null;
        foreach (ClinicClosure closure in closures.OrderBy(row => row.Day))
        {
            if (open is { } running && running.Until.PlusDays(1) == closure.Day && running.Why == closure.Why && Period.DaysBetween(running.From, closure.Day) < LongestClosure)
            {
                open = (running.From, closure.Day, running.Why);
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (closure.Day, closure.Day, closure.Why);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }
}
