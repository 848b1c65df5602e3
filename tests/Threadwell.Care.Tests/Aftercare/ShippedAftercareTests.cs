using Threadwell.Anatomy;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Rules;
using Threadwell.Plans.Text;
using static Threadwell.Care.Aftercare.AftercareEnd;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>The shipped rules hold what the product promises (M12, M13).</summary>
public class ShippedAftercareTests
{
    private static AftercareRulebook Shipped => AftercareRulebookFile.Shipped;

    [Theory]
    [InlineData("upright", AftercareKind.Avoid, Hours, 4, 4)]
    [InlineData("sleep-on-back", AftercareKind.Do, Nights, 5, 3)]
    [InlineData("clean-and-dry", AftercareKind.Do, Days, 3, 3)]
    [InlineData("soaking", AftercareKind.Avoid, Days, 14, 14)]
    [InlineData("make-up", AftercareKind.Avoid, Closed, 48, 48)]
    [InlineData("pressure", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("facial-massage", AftercareKind.Avoid, Days, 56, 28)]
    [InlineData("helmet-presses", AftercareKind.Avoid, Days, 7, 7)]
    [InlineData("helmet-check", AftercareKind.Avoid, Days, 7, 7)]
    [InlineData("movement", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("brow-movement", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("alcohol-tobacco", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("stimulants", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("exercise", AftercareKind.Avoid, Days, 14, 14)]
    [InlineData("heat", AftercareKind.Avoid, Days, 21, 14)]
    [InlineData("dental-work", AftercareKind.Avoid, Days, 21, 14)]
    [InlineData("sun", AftercareKind.Do, Days, 14, 14)]
    [InlineData("cold-packs", AftercareKind.Do, Days, 2, 0)]
    [InlineData("breast-support", AftercareKind.Do, Days, 28, 14)]
    [InlineData("breast-lifting", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("abdomen-support", AftercareKind.Do, Days, 28, 14)]
    [InlineData("abdomen-lifting", AftercareKind.Avoid, Days, 14, 7)]
    [InlineData("desk-work", AftercareKind.Know, Days, 1, 0)]
    [InlineData("photographs", AftercareKind.Know, Days, 14, 0)]
    public void Each_counted_rule_has_its_length_and_its_minimum(string id, AftercareKind kind, AftercareEnd end, int length, int minimum)
    {
        AftercareRule rule = Shipped.Find(id)!;
        Assert.Equal((kind, new RuleUntil(end, length), minimum), (rule.Kind, rule.Until, rule.Minimum!.Length));
    }

    [Theory]
    [InlineData("helmet-always", AftercareKind.Do, Always)]
    [InlineData("own-medicines", AftercareKind.Avoid, Always)]
    [InlineData("energy-devices", AftercareKind.Avoid, DoctorAgrees)]
    [InlineData("medicines", AftercareKind.Do, Ordered)]
    [InlineData("threads-dissolve", AftercareKind.Know, Dissolved)]
    public void Each_other_rule_has_its_end(string id, AftercareKind kind, AftercareEnd end) =>
        Assert.Equal((kind, new RuleUntil(end)), (Shipped.Find(id)!.Kind, Shipped.Find(id)!.Until));

    [Fact]
    public void The_first_days_and_two_weeks_of_the_doctors_advice_cannot_be_undercut()
    {
        // M12: first days; M13: one to two weeks at least, of which the longer end is kept.
        Assert.All(["movement", "pressure", "clean-and-dry", "alcohol-tobacco", "stimulants"], id => Assert.True(Shipped.Find(id)!.Minimum!.Length >= 3));
        Assert.True(Shipped.Find("make-up")!.Minimum!.Length >= 48);
        Assert.All(["exercise", "heat"], id => Assert.True(Shipped.Find(id)!.Minimum!.Length >= 14));
        Assert.All(["exercise", "heat", "movement", "pressure", "make-up", "alcohol-tobacco", "stimulants"], id => Assert.Contains("E-188", Shipped.Find(id)!.Sources));
    }

    [Fact]
    public void A_number_without_a_source_is_marked_as_clinical_judgement()
    {
        Assert.All(
            ["helmet-presses", "energy-devices", "own-medicines", "desk-work", "photographs", "clean-and-dry", "soaking", "make-up", "breast-support", "abdomen-support"],
            id => Assert.True(Shipped.Find(id)!.Judgement));
        Assert.All(Shipped.Rules.Where(rule => rule.Sources.Count == 0), rule => Assert.True(rule.Judgement));
        Assert.Equal(
            ["alcohol-tobacco", "brow-movement", "cold-packs", "dental-work", "exercise", "facial-massage", "heat", "movement", "sleep-on-back", "sun", "upright"],
            Shipped.Rules.Where(rule => !rule.Judgement).Select(rule => rule.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Breast_and_abdomen_have_their_own_sets_in_place_of_sleep_and_jaw()
    {
        string[] Rules(TreatmentArea area) => [.. Shipped.Rules.Where(rule => rule.Areas.Contains(area)).Select(rule => rule.Id)];
        string[] face = ["sleep-on-back", "movement", "facial-massage", "helmet-presses", "upright"];
        Assert.Subset(Rules(TreatmentArea.Jawline).ToHashSet(), face.ToHashSet());
        foreach ((TreatmentArea area, string[] own) in new[] { (TreatmentArea.Breast, new[] { "breast-support", "breast-lifting" }), (TreatmentArea.Abdomen, new[] { "abdomen-support", "abdomen-lifting" }) })
        {
            Assert.Subset(Rules(area).ToHashSet(), own.ToHashSet());
            Assert.Empty(Rules(area).Intersect(face));
            Assert.Subset(Rules(area).ToHashSet(), new HashSet<string> { "clean-and-dry", "make-up", "pressure", "exercise", "heat", "alcohol-tobacco", "stimulants", "medicines", "own-medicines", "energy-devices" });
        }
    }

    [Fact]
    public void Every_text_is_there_in_both_languages_with_joined_letters()
    {
        IEnumerable<Wording> texts = Shipped.Rules.SelectMany(rule => new[] { rule.Says, rule.Why }).Concat(Shipped.Checks.SelectMany(check => new[] { check.Says, check.Why })).Concat(Shipped.Signs.Select(sign => sign.Says)).Append(Shipped.Title);
        Assert.All(texts, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.En) || string.IsNullOrWhiteSpace(text.Vi));
            Assert.NotEqual(text.En, text.Vi);
            Assert.Equal(LatinLetters.Compose(text.Vi), text.Vi);
            Assert.Matches(@"[\u00C0-\u1EF9]", text.Vi);
            Assert.DoesNotMatch(@"[\u0100-\u1EF9]", text.En);
        });
    }

    [Fact]
    public void Each_day_of_the_guide_has_all_columns_for_every_area()
    {
        Assert.Equal([0, 1, 3, 7, 14, 30, 90], Shipped.GuideDays);
        foreach (TreatmentArea area in Enum.GetValues<TreatmentArea>())
        {
            AftercarePlan plan = (Treatments.Jawline with { Areas = [area] }).Plan();
            Assert.All(plan.GuideDays, day => Assert.All(Enum.GetValues<SignLevel>(), level => Assert.NotEmpty(plan.Guide(day, level))));
        }
    }

    [Theory]
    [InlineData("swelling", SignLevel.Usual, 0, 6)]
    [InlineData("swelling-stays", SignLevel.TellUs, 7, null)]
    [InlineData("redness", SignLevel.Urgent, 2, null)]
    [InlineData("late-lump", SignLevel.Urgent, 14, null)]
    [InlineData("anaesthetic", SignLevel.Emergency, 0, 1)]
    [InlineData("sight", SignLevel.Emergency, 0, null)]
    public void A_sign_has_its_level_on_its_days(string id, SignLevel level, int from, int? to)
    {
        CareSign sign = Assert.Single(Shipped.Signs, sign => sign.Id == id);
        Assert.Equal((level, from, to), (sign.Level, sign.FromDay, sign.ToDay));
        Assert.True(sign.IsOf(from));
        Assert.False(sign.IsOf(from - 1));
        Assert.Equal(to is null, sign.IsOf(to + 1 ?? 3650));
    }

    [Fact]
    public void What_is_urgent_stays_so()
    {
        // An infection shows after weeks too. Only the anaesthetic wears off.
        Assert.Equal(["anaesthetic"], Shipped.Signs.Where(sign => sign is { Level: SignLevel.Urgent or SignLevel.Emergency, ToDay: not null }).Select(sign => sign.Id));
    }
}
