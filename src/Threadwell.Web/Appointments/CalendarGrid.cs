using NodaTime;
using Threadwell.Storage.Appointments;

namespace Threadwell.Web.Appointments;

/// <summary>An appointment as the calendar shows it.</summary>
/// <param name="Row">The appointment.</param>
/// <param name="Patient">Name of the patient.</param>
/// <param name="Doctor">Name of the doctor.</param>
/// <param name="Start">When it begins, in the clinic's time.</param>
/// <param name="End">When it ends.</param>
public sealed record CalendarEntry(Appointment Row, string Patient, string Doctor, LocalDateTime Start, LocalDateTime End);

/// <summary>A column of the calendar: a day, or a doctor or room on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Head">Its heading.</param>
/// <param name="IsOne">Whether it is of one doctor or one room, so that nothing in it overlaps.</param>
/// <param name="Entries">Its appointments.</param>
/// <param name="Free">The time that is free at a start; null for none.</param>
internal sealed record CalendarColumn(LocalDate Day, string Head, bool IsOne, IReadOnlyList<CalendarEntry> Entries, Func<LocalDateTime, FreeTime?> Free);

/// <summary>A cell of the calendar.</summary>
/// <param name="Rows">How many rows it spans.</param>
/// <param name="Entries">What lies in it.</param>
/// <param name="Free">What is free in it.</param>
internal sealed record CalendarCell(int Rows, IReadOnlyList<CalendarEntry> Entries, FreeTime? Free);

/// <summary>The table of a calendar: half hours down, days or doctors or rooms across.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Times">The times of the rows.</param>
/// <param name="Cells">Per row and column; null where a cell above spans it.</param>
internal sealed record CalendarGrid(IReadOnlyList<CalendarColumn> Columns, IReadOnlyList<LocalTime> Times, IReadOnlyList<IReadOnlyList<CalendarCell?>> Cells)
{
    private const int Step = FreeTimes.Step;

    /// <summary>Lays appointments out.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="opens">Earliest opening of the days, as a minute of the day.</param>
    /// <param name="closes">Latest closing.</param>
    public static CalendarGrid Of(IReadOnlyList<CalendarColumn> columns, int opens, int closes)
    {
        CalendarEntry[] all = [.. columns.SelectMany(column => column.Entries)];
        int first = all.Select(entry => Minute(entry.Start)).Append(opens).Min() / Step;
        int last = (all.Select(EndMinute).Append(closes).Max() + Step - 1) / Step;
        var cells = new CalendarCell?[last - first][];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = new CalendarCell?[columns.Count];
        }

        for (int index = 0; index < columns.Count; index++)
        {
            CalendarColumn column = columns[index];
            for (int row = first; row < last;)
            {
                (int end, CalendarEntry[] within) = column.IsOne ? Block(column.Entries, row) : (row + 1, [.. column.Entries.Where(entry => Minute(entry.Start) / Step == row)]);
                LocalDateTime start = column.Day + LocalTime.Midnight.PlusMinutes(row * Step);
                cells[row - first][index] = new CalendarCell(Math.Min(end, last) - row, within, within.Length > 0 && column.IsOne ? null : column.Free(start));
                row = Math.Min(end, last);
            }
        }

        return new CalendarGrid(columns, [.. Enumerable.Range(first, last - first).Select(row => LocalTime.Midnight.PlusMinutes(row * Step))], cells);
    }

    // The rows from one on that the appointments which begin in it fill, with all that begin before those end.
    private static (int End, CalendarEntry[] Within) Block(IReadOnlyList<CalendarEntry> entries, int row)
    {
        var within = new List<CalendarEntry>();
        int end = row + 1;
        foreach (CalendarEntry entry in entries.Where(entry => Minute(entry.Start) / Step >= row).OrderBy(entry => entry.Start))
        {
            if (Minute(entry.Start) / Step >= end)
            {
                break;
            }

            within.Add(entry);
            end = Math.Max(end, (EndMinute(entry) + Step - 1) / Step);
        }

        return (within.Count == 0 ? row + 1 : end, [.. within]);
    }

    private static int Minute(LocalDateTime time) => (time.Hour * 60) + time.Minute;

    // One that ends on the next day fills the rest of its own.
    private static int EndMinute(CalendarEntry entry) => entry.End.Date > entry.Start.Date ? 24 * 60 : Minute(entry.End);
}
