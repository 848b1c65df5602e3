using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Outcomes;

/// <summary>A visit that belongs to every treatment.</summary>
/// <param name="Id">Name by which a record keeps it ("month3").</param>
/// <param name="After">Time from the treatment.</param>
/// <param name="Text">What it is called: "3 months".</param>
public sealed record ScheduledVisit(string Id, Period After, Wording Text)
{
    /// <summary>Its day.</summary>
    /// <param name="treated">Day of the treatment.</param>
    public LocalDate DueOn(LocalDate treated) => treated + After;
}

/// <summary>The visits after a treatment (M14): after 2 weeks, then after 1, 3, 6, 12, 24, 36, 48 and 60 months.</summary>
public static class FollowUpSchedule
{
    // The last visit has no next one that would end its time.
    private static readonly Period LastOpenFor = Period.FromMonths(6);

    /// <summary>The visits in order.</summary>
    public static IReadOnlyList<ScheduledVisit> Visits { get; } =
    [
        new("week2", Period.FromDays(14), new("2 weeks", "2 tuần")),
        new("month1", Period.FromMonths(1), new("1 month", "1 tháng")),
        new("month3", Period.FromMonths(3), new("3 months", "3 tháng")),
        new("month6", Period.FromMonths(6), new("6 months", "6 tháng")),
        new("month12", Period.FromMonths(12), new("1 year", "1 năm")),
        new("month24", Period.FromMonths(24), new("2 years", "2 năm")),
        new("month36", Period.FromMonths(36), new("3 years", "3 năm")),
        new("month48", Period.FromMonths(48), new("4 years", "4 năm")),
        new("month60", Period.FromMonths(60), new("5 years", "5 năm")),
    ];

    /// <summary>A visit by its identifier; null for none.</summary>
    public static ScheduledVisit? Find(string id) => Visits.FirstOrDefault(visit => visit.Id == id);

    /// <summary>The visit to whose time a day belongs: from half-way after the one before to half-way to the next. Null before the first one's time and after the last one's.</summary>
    /// <param name="treated">Day of the treatment.</param>
    /// <param name="day">The day.</param>
    public static ScheduledVisit? At(LocalDate treated, LocalDate day) => Visits.Where((_, index) => Opens(treated, index) <= day && day < Closes(treated, index)).FirstOrDefault();

    /// <summary>The visit that comes next: the first whose time has not passed and that has not taken place. Null where the five years are over.</summary>
    /// <param name="treated">Day of the treatment.</param>
    /// <param name="done">Identifiers of the visits that took place.</param>
    /// <param name="today">Today.</param>
    public static ScheduledVisit? Next(LocalDate treated, IReadOnlyCollection<string> done, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(done);
        return Visits.Where((visit, index) => today < Closes(treated, index) && !done.Contains(visit.Id)).FirstOrDefault();
    }

    private static LocalDate Opens(LocalDate treated, int index) => index == 0 ? Middle(treated, Visits[0].DueOn(treated)) : Closes(treated, index - 1);

    private static LocalDate Closes(LocalDate treated, int index) =>
        index == Visits.Count - 1 ? Visits[index].DueOn(treated) + LastOpenFor : Middle(Visits[index].DueOn(treated), Visits[index + 1].DueOn(treated));

    private static LocalDate Middle(LocalDate from, LocalDate to) => from.PlusDays((Period.DaysBetween(from, to) + 1) / 2);
}
