using NodaTime;
using Threadwell.Care.Outcomes;

namespace Threadwell.Care.Tests.Outcomes;

/// <summary>When visits are due, and which readings cannot be.</summary>
public sealed class FollowUpTests
{
    private static readonly LocalDate Treated = new(2026, 1, 31);

    [Fact]
    public void Visits_lie_where_the_schedule_says()
    {
        Assert.Equal(
            ["2026-02-14", "2026-02-28", "2026-04-30", "2026-07-31", "2027-01-31", "2028-01-31", "2029-01-31", "2030-01-31", "2031-01-31"],
            FollowUpSchedule.Visits.Select(visit => visit.DueOn(Treated).ToString("uuuu-MM-dd", null)));
        Assert.Equal(FollowUpSchedule.Visits.Count, FollowUpSchedule.Visits.Select(visit => visit.Id).Distinct().Count());
    }

    [Fact]
    public void Every_day_from_the_first_week_to_the_end_belongs_to_one_visit_and_its_own_day_to_itself()
    {
        Assert.All(FollowUpSchedule.Visits, visit => Assert.Same(visit, FollowUpSchedule.At(Treated, visit.DueOn(Treated))));
        Assert.Null(FollowUpSchedule.At(Treated, Treated.PlusDays(3)));
        Assert.Null(FollowUpSchedule.At(Treated, new LocalDate(2031, 9, 1)));
        int last = -1;
        for (LocalDate day = Treated.PlusDays(7); day < new LocalDate(2031, 7, 31); day = day.PlusDays(1))
        {
            ScheduledVisit visit = FollowUpSchedule.At(Treated, day) ?? throw new InvalidOperationException($"{day} belongs to no visit.");
            int index = FollowUpSchedule.Visits.ToList().IndexOf(visit);
            Assert.InRange(index, last, last + 1);
            last = Math.Max(last, index);
        }
    }

    [Fact]
    public void The_next_visit_is_the_first_that_is_neither_done_nor_past()
    {
        Assert.Equal("week2", FollowUpSchedule.Next(Treated, [], Treated)?.Id);

        // A visit that is a few days late is still the next one; one whose time has passed is not asked for any more.
        Assert.Equal("week2", FollowUpSchedule.Next(Treated, [], Treated.PlusDays(18))?.Id);
        Assert.Equal("month3", FollowUpSchedule.Next(Treated, [], Treated.PlusMonths(3))?.Id);
        Assert.Equal("month6", FollowUpSchedule.Next(Treated, ["month3"], Treated.PlusMonths(3))?.Id);
        Assert.Equal("month60", FollowUpSchedule.Next(Treated, ["month48"], Treated.PlusMonths(59))?.Id);
        Assert.Null(FollowUpSchedule.Next(Treated, ["month60"], Treated.PlusMonths(60)));
        Assert.Null(FollowUpSchedule.Next(Treated, [], Treated.PlusMonths(67)));
    }

    [Theory]
    [InlineData(2, 0.35, 0.8, 0.6, 0.45, "")]
    [InlineData(8, 1.9, 0.7, 0.5, 0.4, "")]
    [InlineData(2, 2.4, 0.8, 0.6, 0.45, "R0")]
    [InlineData(8, 0.0, 0.8, 0.6, 0.45, "R0")]
    [InlineData(2, 0.35, 80.0, 0.6, 0.45, "R2")]
    [InlineData(2, 0.35, 0.8, 6.0, 0.45, "R5")]
    [InlineData(2, 0.35, 0.4, 0.6, 0.45, "R7")]
    [InlineData(2, 0.35, 0.8, 0.3, 0.45, "R7")]
    public void A_reading_that_cannot_be_is_told(int probe, double r0, double r2, double r5, double r7, string problems) =>
        Assert.Equal(problems, string.Join(' ', new CutometerReading("cheek", probe, r0, r2, r5, r7).Problems()));

    [Fact]
    public void What_was_not_read_is_no_problem() => Assert.Empty(new CutometerReading("cheek", 2, null, 0.8, null, null).Problems());

    [Fact]
    public void Names_are_single_words_that_a_record_can_keep()
    {
        Assert.All(TechniqueDepartures.All, departure => Assert.Matches("^[a-zA-Z]+$", departure.Id));
        Assert.True(string.Join(' ', TechniqueDepartures.All.Select(departure => departure.Id)).Length <= 300);
        Assert.Equal(ImprovementScale.Worst, ImprovementScale.All.Count);
    }
}
