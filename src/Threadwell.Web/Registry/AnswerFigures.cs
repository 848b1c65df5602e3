using System.Numerics;
using NodaTime;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;

namespace Threadwell.Web.Registry;

/// <summary>What patients told at one check-in of the schedule.</summary>
/// <param name="CheckIn">The check-in.</param>
/// <param name="Answered">How many answered it, of those for whom its day is over.</param>
/// <param name="Levels">Share of each level among the answers, by <see cref="TriageLevel"/>; empty where too few answered.</param>
public sealed record AnswerRow(ScheduledCheckIn CheckIn, RateInterval Answered, IReadOnlyList<RateInterval> Levels);

/// <summary>How fast the clinic acted on what had to be acted on at once.</summary>
/// <param name="Step">What had to be done ("acknowledged", "spoken").</param>
/// <param name="WithinMinutes">Within so many minutes.</param>
/// <param name="InTime">How often it was, of those whose time is over.</param>
/// <param name="MedianMinutes">Half were done within so many minutes, those not yet done counted as longer; null where fewer than half were.</param>
public sealed record ClockRow(string Step, int WithinMinutes, RateInterval InTime, double? MedianMinutes);

/// <summary>What patients told in a selection, and how fast it was acted on.</summary>
/// <param name="Rows">By check-in; those whose day is over for too few are left out.</param>
/// <param name="Clocks">By level, the steps of its clock; levels with too few patients are left out.</param>
public sealed record AnswerFigures(IReadOnlyList<AnswerRow> Rows, IReadOnlyList<(TriageLevel Level, IReadOnlyList<ClockRow> Rows)> Clocks)
{
    /// <summary>Computes them.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="today">Today in the clinic.</param>
    /// <param name="now">Now.</param>
    internal static AnswerFigures Of(RegistrySelection selection, LocalDate today, Instant now)
    {
        TriageLevel[] urgent = [TriageLevel.Emergency, TriageLevel.Red];
        return new(Answers(selection, today), [.. urgent.Where(level => selection.Disclosure.MaySay(row => selection.Codes.TreatmentAt(row).Alarms.Any(alarm => alarm.Level == level))).Select(level => (level, Clock(selection, level, now)))]);
    }

    private static IReadOnlyList<AnswerRow> Answers(RegistrySelection selection, LocalDate today)
    {
        RegistryCodes codes = selection.Codes;
        IReadOnlyList<ScheduledCheckIn> schedule = RegistryReader.Schedule;
        int[] last = [.. schedule.Select(item => RegistryCodes.DayNumber(LastTreatedFor(item, today)))];
        var byDay = new Dictionary<int, ulong>();
        bool[] mayTellDue = selection.Disclosure.MaySay(schedule.Count, (row, _) => Due(row));
        bool[] mayTellLevels = selection.Disclosure.MaySay(schedule.Count, (row, asked) => (Due(row) & asked) is > 0 and var due ? due & Answered(row) : 0);
        int[] due = new int[schedule.Count];
        int[,] levels = new int[schedule.Count, Enum.GetValues<TriageLevel>().Length];
        for (int row = 0; row < codes.Count; row++)
        {
            if (selection.Disclosure.IsSelected(row))
            {
                ReadOnlySpan<byte> told = codes.LevelsOf(row);
                for (ulong asked = Due(row); asked != 0; asked &= asked - 1)
                {
                    int position = BitOperations.TrailingZeroCount(asked);
                    due[position]++;
                    if (told[position] != RegistryTreatment.NotAnswered)
                    {
                        levels[position, told[position]]++;
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, schedule.Count).Where(position => mayTellDue[position]).Select(Row)];

        AnswerRow Row(int position)
        {
            int[] counts = [.. Enumerable.Range(0, levels.GetLength(1)).Select(level => levels[position, level])];
            int answered = counts.Sum();
            return new AnswerRow(schedule[position], WilsonInterval.Of(answered, due[position]), mayTellLevels[position] ? [.. counts.Select(count => WilsonInterval.Of(count, answered))] : []);
        }

        // A bit for each check-in whose day is over. Nobody is asked after she was lost or died.
        ulong Due(int row)
        {
            if (!byDay.TryGetValue(codes.Days[row], out ulong asked))
            {
                for (int position = 0; position < last.Length; position++)
                {
                    asked |= codes.Days[row] <= last[position] ? 1UL << position : 0;
                }

                byDay[codes.Days[row]] = asked;
            }

            if (codes.Lost[row] || codes.Died[row])
            {
                RegistryTreatment treatment = codes.TreatmentAt(row);
                for (int position = 0; position < last.Length; position++)
                {
                    LocalDate day = Day(schedule[position], treatment.Day);
                    asked &= treatment.LostOn < day || treatment.DiedOn < day ? ~(1UL << position) : ulong.MaxValue;
                }
            }

            return asked;
        }

        ulong Answered(int row)
        {
            ReadOnlySpan<byte> told = codes.LevelsOf(row);
            ulong answered = 0;
            for (int position = 0; position < told.Length; position++)
            {
                answered |= told[position] == RegistryTreatment.NotAnswered ? 0 : 1UL << position;
            }

            return answered;
        }
    }

    private static LocalDate Day(ScheduledCheckIn item, LocalDate treated) => item.Months is { } months ? treated.PlusMonths(months) : treated.PlusDays(item.Days!.Value);

    // The last day of treatment for which the check-in's day is over.
    private static LocalDate LastTreatedFor(ScheduledCheckIn item, LocalDate today)
    {
        LocalDate last = item.Months is { } months ? today.PlusDays(-1).PlusMonths(-months) : today.PlusDays(-1 - item.Days!.Value);
        while (Day(item, last.PlusDays(1)) < today)
        {
            last = last.PlusDays(1);
        }

        return last;
    }

    private static IReadOnlyList<ClockRow> Clock(RegistrySelection selection, TriageLevel level, Instant now)
    {
        RegistryAlarm[] alarms = [.. selection.Codes.WithAlarms.Where(selection.Disclosure.IsSelected).SelectMany(row => selection.Codes.TreatmentAt(row).Alarms).Where(alarm => alarm.Level == level)];
        return [.. TriageFile.Shipped.Get(level).Steps.Where(step => step is { Id: "acknowledged" or "spoken", Minutes: not null }).Select(step => Clock(alarms, step.Id, step.Minutes!.Value, now))];
    }

    private static ClockRow Clock(RegistryAlarm[] alarms, string step, int minutes, Instant now)
    {
        double[] taken = [.. alarms.Select(alarm => (step == "spoken" ? alarm.ContactedAt : alarm.AcknowledgedAt) is { } at ? (at - alarm.OpenedAt).TotalMinutes : double.PositiveInfinity)];
        Array.Sort(taken);
        int over = alarms.Count(alarm => (now - alarm.OpenedAt).TotalMinutes > minutes || (step == "spoken" ? alarm.ContactedAt : alarm.AcknowledgedAt) is not null);
        double median = taken[(taken.Length - 1) / 2];
        return new ClockRow(step, minutes, WilsonInterval.Of(taken.Count(time => time <= minutes), over), double.IsFinite(median) ? median : null);
    }
}
