using CsCheck;
using NodaTime;
using Threadwell.Care.Aftercare;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>What holds at an instant.</summary>
public class AftercareTodayTests
{
    [Fact]
    public void At_any_instant_each_item_is_in_exactly_one_list() => Gen.Select(Treatments.Any, Gen.Int[-40, 3000], Gen.Int[0, 86_399]).Sample((facts, days, seconds) =>
    {
        AftercarePlan plan = facts.Plan();
        AftercareToday today = AftercareToday.At(plan, facts.TreatedAt + Duration.FromDays(days) + Duration.FromSeconds(seconds));
        AftercareItem[] shown = [.. today.Do, .. today.Avoid, .. today.Know, .. today.Ended, .. today.ToCome];
        Assert.Equal(plan.Items.Select(item => item.Id).Order(StringComparer.Ordinal), shown.Select(item => item.Id).Order(StringComparer.Ordinal));
        Assert.All(today.Do, item => Assert.Equal(AftercareKind.Do, item.Kind));
        Assert.All(today.Avoid, item => Assert.Equal(AftercareKind.Avoid, item.Kind));
        Assert.All(today.Checks, check => Assert.Equal(today.Day, check.Day));
    });

    [Fact]
    public void What_has_ended_stays_so() => Gen.Select(Treatments.Any, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((facts, first, more) =>
    {
        AftercarePlan plan = facts.Plan();
        HashSet<string> Ended(int days) => [.. AftercareToday.At(plan, facts.TreatedAt + Duration.FromDays(days)).Ended.Select(item => item.Id)];
        Assert.Subset(Ended(first + more), Ended(first));
    });

    [Theory]
    [InlineData("2026-12-10T23:59", true, 14)]
    [InlineData("2026-12-11T00:00", false, 15)]
    public void A_day_ends_at_the_patients_midnight(string local, bool holds, int day)
    {
        AftercareToday today = At(local);
        Assert.Equal(day, today.Day);
        Assert.Equal(holds, today.Avoid.Any(item => item.Id == "exercise"));
        Assert.Equal(!holds, today.Ended.Any(item => item.Id == "exercise"));
    }

    [Theory]
    [InlineData("2026-12-01T08:00", true)]
    [InlineData("2026-12-01T12:00", false)]
    public void The_fifth_night_lasts_until_the_patient_is_up(string local, bool holds) =>
        Assert.Equal(holds, At(local).Do.Any(item => item.Id == "sleep-on-back"));

    [Fact]
    public void Open_ends_stay_and_medicines_come_and_go()
    {
        Assert.Contains(At("2036-01-01T10:00").Avoid, item => item.Id == "own-medicines");
        Assert.Contains(At("2036-01-01T10:00").Avoid, item => item.Id == "make-up");
        Assert.Contains(At("2026-11-28T20:00").Do, item => item.Id == "medicines-1");
        Assert.Contains(At("2026-11-29T00:00").Ended, item => item.Id == "medicines-1");
        Assert.Equal("medicines-2", At("2026-11-26T20:00").ToCome.Single().Id);
        Assert.Equal(["call", "check-in"], At("2026-11-27T00:00").Checks.Select(check => check.Rule));
        Assert.Empty(At("2026-11-30T10:00").Checks);
    }

    private static AftercareToday At(string local)
    {
        TreatmentFacts facts = Treatments.Jawline with { Allergies = [], Medicines = [Treatments.Paracetamol, Treatments.Paracetamol with { From = new LocalDate(2026, 11, 27) }] };
        LocalDateTime time = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value;
        return AftercareToday.At(facts.Plan(), time.InZoneStrictly(Treatments.HoChiMinh).ToInstant());
    }
}
