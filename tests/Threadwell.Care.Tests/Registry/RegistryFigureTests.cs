using CsCheck;
using Threadwell.Care.Registry;

namespace Threadwell.Care.Tests.Registry;

/// <summary>The registry's figures against published worked examples and against their own definitions.</summary>
public sealed class RegistryFigureTests
{
    // Months of remission under 6-mercaptopurine; true where the remission ended (E. J. Freireich and others, Blood 21 (1963) 699; the example of most textbooks of survival).
    private static readonly TimeToEvent[] Freireich =
    [
        new(6, true), new(6, true), new(6, true), new(6, false), new(7, true), new(9, false), new(10, true), new(10, false), new(11, false), new(13, true), new(16, true),
        new(17, false), new(19, false), new(20, false), new(22, true), new(23, true), new(25, false), new(32, false), new(32, false), new(34, false), new(35, false),
    ];

    [Theory]
    [InlineData(6, 21, 0.857, 0.0764)]
    [InlineData(7, 17, 0.807, 0.0869)]
    [InlineData(10, 15, 0.753, 0.0963)]
    [InlineData(13, 12, 0.690, 0.1068)]
    [InlineData(16, 11, 0.627, 0.1141)]
    [InlineData(22, 7, 0.538, 0.1282)]
    [InlineData(23, 6, 0.448, 0.1346)]
    public void The_curve_of_the_textbooks_is_met(double months, int atRisk, double without, double error)
    {
        SurvivalStep step = KaplanMeier.Of(Freireich).Steps.Single(candidate => candidate.Months == months);
        Assert.Equal(atRisk, step.AtRisk);
        Assert.Equal(without, step.Without, 0.0005);
        Assert.Equal(error, step.StandardError, 0.00006);
    }

    [Fact]
    public void The_median_of_the_textbooks_is_met_and_its_upper_end_is_not_known()
    {
        (double? median, double? low, double? high) = KaplanMeier.Of(Freireich).TimeUntil();
        Assert.Equal((23, 13, null), (median, low, high));
    }

    // Begin, end and event: the second data set of appendix E of T. M. Therneau and P. M. Grambsch, Modeling Survival Data (Springer 2000). Who is at risk was counted by hand.
    private static readonly TimeToEvent[] Therneau =
    [
        new(2, true, 1), new(3, true, 2), new(6, true, 5), new(7, true, 2), new(8, true, 1), new(9, true, 7), new(9, true, 3), new(9, false, 4), new(14, false, 8), new(17, false, 8),
    ];

    [Theory]
    [InlineData(2, 2, 1, 1 / 2d)]
    [InlineData(3, 3, 1, 1 / 3d)]
    [InlineData(6, 5, 1, 4 / 15d)]
    [InlineData(7, 4, 1, 1 / 5d)]
    [InlineData(8, 4, 1, 3 / 20d)]
    [InlineData(9, 5, 2, 9 / 100d)]
    public void Who_is_followed_from_later_on_counts_from_then_on(double months, int atRisk, int events, double without)
    {
        SurvivalStep step = KaplanMeier.Of(Therneau).Steps.Single(candidate => candidate.Months == months);
        Assert.Equal((atRisk, events), (step.AtRisk, step.Events));
        Assert.Equal(without, step.Without, 1e-12);
        Assert.Equal(atRisk, Therneau.Count(time => time.IsAtRisk(months)));
    }

    [Fact]
    public void Greenwoods_variance_goes_by_those_who_are_followed()
    {
        // 1/(2·1) + 1/(3·2) + 1/(5·4) + 1/(4·3) + 1/(4·3) + 2/(5·3)
        double sum = (1 / 2d) + (1 / 6d) + (1 / 20d) + (1 / 12d) + (1 / 12d) + (2 / 15d);
        Assert.Equal(0.09 * Math.Sqrt(sum), KaplanMeier.Of(Therneau).Steps[^1].StandardError, 12);

        // What was there when she was first seen did not happen while she was followed.
        Assert.Equal(KaplanMeier.Of(Therneau).Steps, KaplanMeier.Of([.. Therneau, new TimeToEvent(3, true, 3)]).Steps);
    }

    // Table I of R. G. Newcombe, Stat. Med. 17 (1998) 857.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Intervals_of_rates_are_the_published_ones(int events, int of, double low, double high)
    {
        RateInterval interval = WilsonInterval.Of(events, of);
        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Theory]
    [InlineData(0.6827, 1.0000)]
    [InlineData(0.90, 1.644854)]
    [InlineData(0.95, 1.959964)]
    [InlineData(0.998, 3.090232)]
    [InlineData(0.999999, 4.891638)]
    public void Factors_of_intervals_are_those_of_the_tables(double level, double factor) => Assert.Equal(factor, NormalQuantile.TwoSided(level), 0.00003);

    [Fact]
    public void Without_anybody_lost_the_curve_is_the_plain_share() => Gen.Double[0, 60].Array[1, 60].Sample(months =>
    {
        var curve = KaplanMeier.Of(months.Select(month => new TimeToEvent(month, true)));
        foreach (double at in months)
        {
            Assert.Equal(months.Count(month => month > at) / (double)months.Length, curve.WithoutAt(at)!.Value, 1e-9);
        }
    });

    [Fact]
    public void A_curve_only_falls_within_its_interval_and_who_is_lost_changes_nothing_before() =>
        Gen.Select(Gen.Select(Gen.Int[0, 60], Gen.Bool, (month, happened) => new TimeToEvent(month, happened)).Array[1, 60], Gen.Int[0, 60]).Sample((times, lost) =>
        {
            var curve = KaplanMeier.Of(times);
            double before = 1;
            foreach (SurvivalStep step in curve.Steps)
            {
                Assert.InRange(step.Without, 0, before);
                Assert.InRange(step.Without, step.Low - 1e-12, step.High + 1e-12);
                before = step.Without;
            }

            // One more patient who was lost: earlier shares rise or stay, for one more was seen without it.
            var more = KaplanMeier.Of([.. times, new TimeToEvent(lost, false)]);
            Assert.All(curve.Steps, step => Assert.True(more.WithoutAt(step.Months) >= step.Without - 1e-12));
            Assert.Null(curve.WithoutAt(curve.LastSeenMonths + 1));
        });

    [Fact]
    public void Times_that_are_counted_give_the_curves_of_the_times_themselves() =>
        Gen.Select(Gen.Select(Gen.Int[0, 24], Gen.Int[0, 24], Gen.Bool, (one, other, happened) => new TimeToEvent(Math.Max(one, other), happened, Math.Min(one, other))).Array[1, 40], Gen.Int[0, 39]).Sample((times, which) =>
        {
            var counted = CountedTimes.Of(times);
            Assert.All(Enumerable.Range(0, 50), half => Assert.Equal(times.Count(time => time.IsAtRisk(half / 2.0)), counted.AtRisk(half / 2.0)));
            Assert.Equal(KaplanMeier.Of(times.Select(time => new TimeToEvent(time.Months, !time.Happened))).Steps, KaplanMeier.Of(counted.FollowUp()).Steps);
            double from = times[which % times.Length].EntryMonths;
            TimeToEvent[] rest = [.. times.Where(time => time.Months > from || from == 0).Select(time => time with { EntryMonths = Math.Max(time.EntryMonths, from) })];
            Assert.Equal(rest.Length, counted.From(from).Count);
            Assert.Equal(KaplanMeier.Of(rest).Steps, KaplanMeier.Of(counted.From(from)).Steps);
            Assert.All(KaplanMeier.Of(counted).Steps, step => Assert.Equal((times.Count(time => time.IsAtRisk(step.Months)), times.Count(time => time.Happened && time.Months == step.Months && time.IsAtRisk(step.Months))), (step.AtRisk, step.Events)));
        });

    [Fact]
    public void A_funnel_leaves_out_no_more_than_it_says() => Gen.Select(Gen.Double[0.01, 0.99], Gen.Int[1, 300], Gen.Bool).Sample((rate, of, inner) =>
    {
        double level = inner ? FunnelLimits.Inner : FunnelLimits.Outer;
        (double low, double high) = FunnelLimits.Of(rate, of, level);
        (int least, int most) = ((int)Math.Round(low * of), (int)Math.Round(high * of));
        double[] chance = Chances(rate, of);
        double tail = (1 - level) / 2;
        Assert.True(chance.Take(least).Sum() <= tail + 1e-9);
        Assert.True(chance.Take(least + 1).Sum() > tail - 1e-9);
        Assert.True(chance.Skip(most + 1).Sum() <= tail + 1e-9);
        Assert.True(chance.Skip(most).Sum() > tail - 1e-9);
    });

    [Theory]
    [InlineData(0, 40, 0, 0)]
    [InlineData(1, 40, 40, 40)]
    [InlineData(1e-300, 40, 0, 0)]
    [InlineData(1 - 1e-16, 40, 40, 40)]
    [InlineData(1e-9, 1, 0, 0)]
    public void A_funnel_of_what_never_or_always_happens_is_a_line(double rate, int of, int least, int most) => Assert.Equal(((double)least / of, (double)most / of), FunnelLimits.Of(rate, of, FunnelLimits.Outer));

    [Fact]
    public void One_small_group_is_not_had_by_subtraction()
    {
        Assert.Equal(["a", "b", "c"], Shown(("a", 40), ("b", 12), ("c", 10)));
        Assert.Equal(["a"], Shown(("a", 40), ("b", 12), ("c", 3)));
        Assert.Equal(["a", "b"], Shown(("a", 40), ("b", 12), ("c", 3), ("d", 9)));
        Assert.Equal(["a"], Shown(("a", 40), ("b", 12), ("c", 3), ("d", 4)));
        Assert.Empty(Shown(("a", 40), ("c", 3)));
        Assert.Equal(["a", "c"], Shown(("a", 40), ("c", 0)));
        Assert.Empty(Shown(("a", 3)));
    }

    [Fact]
    public void What_is_withheld_is_never_one_group_and_never_few() => Gen.Select(Gen.Int[0, 30].Array[1, 8], Gen.Int[0, 7]).Sample((sizes, other) =>
    {
        var groups = sizes.Select((size, index) => (Key: index, Size: size)).ToDictionary(group => group.Key, group => group.Size);
        IReadOnlySet<int> shown = SmallGroups.Shown(groups, withheld: new HashSet<int> { other });
        int[] hidden = [.. groups.Where(group => group.Value > 0 && !shown.Contains(group.Key)).Select(group => group.Value)];
        Assert.DoesNotContain(shown, key => groups[key] is > 0 and < SmallGroups.Least);
        Assert.DoesNotContain(other, shown.Where(key => groups[key] > 0));

        // With nothing left to withhold nothing is shown, and there is nothing to subtract from but the whole.
        Assert.True(hidden.Length == 0 || (hidden.Length > 1 && hidden.Sum() >= SmallGroups.Least) || !shown.Any(key => groups[key] > 0));
    });

    [Fact]
    public void Impossible_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => FunnelLimits.Of(1.2, 10));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Of([new TimeToEvent(-1, true)]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Of([new TimeToEvent(2, true, 3)]));
        Assert.Throws<ArgumentException>(() => new CountedTimes([1, 1]));
        Assert.Throws<ArgumentException>(() => new CountedTimes([1]).From(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountedTimes([1, 2]).Add(1, 0, true));
        Assert.Equal((0d, 1d), (WilsonInterval.Of(0, 0).Low, WilsonInterval.Of(0, 0).High));
    }

    private static string[] Shown(params (string Key, int Size)[] groups) => [.. SmallGroups.Shown(groups.ToDictionary(group => group.Key, group => group.Size, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];

    // By the recurrence of Pascal's triangle: another way than the one that is tested.
    private static double[] Chances(double rate, int of)
    {
        double[] chances = new double[of + 1];
        chances[0] = 1;
        for (int trial = 1; trial <= of; trial++)
        {
            for (int count = trial; count >= 0; count--)
            {
                chances[count] = (chances[count] * (1 - rate)) + (count > 0 ? chances[count - 1] * rate : 0);
            }
        }

        return chances;
    }
}
