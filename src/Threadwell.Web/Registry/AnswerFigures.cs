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
    internal static AnswerFigures Of(RegistrySelection selection, LocalDate today, Instant now) => new(
        [.. RegistryReader.Schedule.Select((item, position) => Row(selection, item, position, today)).OfType<AnswerRow>()],
        [.. ((TriageLevel[])[TriageLevel.Emergency, TriageLevel.Red]).Where(level => selection.Disclosure.MaySay(treatment => Has(treatment, level))).Select(level => (level, Clock(selection, level, now)))]);

    private static bool Has(RegistryTreatment treatment, TriageLevel level) => treatment.Alarms.Count > 0 && treatment.Alarms.Any(alarm => alarm.Level == level);

    private static AnswerRow? Row(RegistrySelection selection, ScheduledCheckIn item, int position, LocalDate today)
    {
        LocalDate last = LastTreatedFor(item, today);
        if (!selection.Disclosure.MaySay(IsDue))
        {
            return null;
        }

        int due = 0;
        int answered = 0;
        int[] levels = new int[Enum.GetValues<TriageLevel>().Length];
        foreach (RegistryTreatment treatment in selection.Treatments)
        {
            if (IsDue(treatment))
            {
                due++;
                if (treatment.Levels[position] is not RegistryTreatment.NotAnswered and var level)
                {
                    answered++;
                    levels[level]++;
                }
            }
        }

        bool mayTell = selection.Disclosure.MaySay(treatment => treatment.Levels[position] != RegistryTreatment.NotAnswered && IsDue(treatment));
        return new AnswerRow(item, WilsonInterval.Of(answered, due), mayTell ? [.. levels.Select(count => WilsonInterval.Of(count, answered))] : []);

        // Nobody is asked after she was lost or died.
        bool IsDue(RegistryTreatment treatment) => treatment.Day <= last
            && ((treatment.LostOn is null && treatment.DiedOn is null) || Day(item, treatment.Day) is var day && !(treatment.LostOn < day) && !(treatment.DiedOn < day));
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
        RegistryAlarm[] alarms = [.. selection.Treatments.SelectMany(treatment => treatment.Alarms).Where(alarm => alarm.Level == level)];
        return [.. TriageFile.Shipped.Get(level).Steps.Where(step => step is { Id: "acknowledged" or "spoken", Minutes: not null }).Select(step => Clock(alarms, step.Id, step.Minutes!.Value, now))];
    }

    private static ClockRow Clock(RegistryAlarm[] alarms, string step, int minutes, Instant now)
    {
        double[] taken = [.. alarms.Select(alarm => (step == "spoken" ? alarm.ContactedAt : alarm.AcknowledgedAt) is { } at ? (at - alarm.OpenedAt).TotalMinutes : double.PositiveInfinity).Order()];
        int over = alarms.Count(alarm => (now - alarm.OpenedAt).TotalMinutes > minutes || (step == "spoken" ? alarm.ContactedAt : alarm.AcknowledgedAt) is not null);
        double median = taken[(taken.Length - 1) / 2];
        return new ClockRow(step, minutes, WilsonInterval.Of(taken.Count(time => time <= minutes), over), double.IsFinite(median) ? median : null);
    }
}
