using CsCheck;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>Dates, lengths and refusals of the aftercare of a treatment.</summary>
public class AftercareGeneratorTests
{
    [Fact]
    public void A_jawline_of_26_November_gets_its_dates()
    {
        AftercarePlan plan = (Treatments.Jawline with { Helmet = HelmetAnswer.Presses }).Plan();
        Assert.Equal("to the morning of 1 December 2026", plan.Item("sleep-on-back").Until.Says.En);
        Assert.Equal("đến sáng ngày 01/12/2026", plan.Item("sleep-on-back").Until.Says.Vi);
        Assert.Equal("to the end of 29 November 2026", plan.Item("clean-and-dry").Until.Says.En);
        Assert.Equal("until the entries have closed, and at least until 10:30 on 28 November 2026", plan.Item("make-up").Until.Says.En);
        Assert.Equal(new LocalDate(2026, 12, 10), plan.Item("exercise").Until.Day);
        Assert.Equal(Instant.FromUtc(2026, 12, 10, 17, 0), plan.Item("exercise").Until.Ends);
        Assert.Equal(new LocalDate(2026, 12, 17), plan.Item("heat").Until.Day);
        Assert.Equal(new LocalDate(2027, 1, 21), plan.Item("facial-massage").Until.Day);
        Assert.Equal(new LocalDate(2026, 12, 3), plan.Item("helmet-presses").Until.Day);
        Assert.Equal("until 14:30 on 26 November 2026", plan.Item("upright").Until.Says.En);
        Assert.Equal("until your doctor agrees", plan.Item("energy-devices").Until.Says.En);
        Assert.Equal("always", plan.Item("own-medicines").Until.Says.En);
        Assert.Equal(new LocalDate(2027, 7, 26), plan.Item("threads-dissolve").Until.Day);
        Assert.Equal(["upright"], plan.Items.Take(1).Select(item => item.Id));
        Assert.Equal([1, 1, 2, 3, 5, 7, 10, 14, 14, 21, 30, 30, 42, 60, 92], plan.Checks.Take(15).Select(check => check.Day));
    }

    [Fact]
    public void Every_item_of_any_treatment_has_a_why_an_until_and_a_source_and_stands_in_order() => Treatments.Any.Sample(facts =>
    {
        AftercarePlan plan = facts.Plan();
        Assert.NotEmpty(plan.Items);
        Assert.Equal(plan.Items.Count, plan.Items.Select(item => item.Id).Distinct().Count());
        foreach (AftercareItem item in plan.Items)
        {
            Assert.All([item.Says, item.Why, item.Until.Says], text => Assert.False(string.IsNullOrWhiteSpace(text.En) || string.IsNullOrWhiteSpace(text.Vi)));
            Assert.True(item.Judgement || item.Sources.Count > 0, item.Id);
            Assert.All(item.Sources, source => Assert.Contains(EvidenceCatalogue.Rows, row => row.Id == source));
            Assert.True(item.Until.Ends is null || item.Until.Ends > item.From, item.Id);
            bool openEnd = item.Until.End is AftercareEnd.Always or AftercareEnd.DoctorAgrees or AftercareEnd.Closed or AftercareEnd.Dissolved;
            Assert.True(openEnd || item.Until.Ends is not null, item.Id);
            Assert.Equal(item.Until.End == AftercareEnd.Closed, item.Until.NotBefore is not null);
        }

        Instant[] ends = [.. plan.Items.Select(item => item.Until.Ends ?? item.Until.NotBefore ?? Instant.MaxValue)];
        Assert.Equal(ends.Order(), ends);
        Assert.Equal(plan.Checks.Select(check => check.Date).Order(), plan.Checks.Select(check => check.Date));
        Assert.Equal(facts.Medicines.Count, plan.Items.Count(item => item.Until.End == AftercareEnd.Ordered));
    });

    [Fact]
    public void Exactly_the_rules_of_the_areas_and_the_helmet_are_there() => Treatments.Any.Sample(facts =>
    {
        string[] rules = [.. facts.Plan().Items.Select(item => item.Rule).Distinct()];
        bool head = facts.Areas.Any(Treatments.HeadAreas.Contains);
        Assert.Equal(head, rules.Contains("sleep-on-back"));
        Assert.Equal(head, rules.Contains("movement"));
        Assert.Equal(facts.Areas.Contains(TreatmentArea.Breast), rules.Contains("breast-support"));
        Assert.Equal(facts.Areas.Contains(TreatmentArea.Abdomen), rules.Contains("abdomen-support"));
        Assert.Equal(facts.Helmet != HelmetAnswer.DoesNotRide, rules.Contains("helmet-always"));
        Assert.Equal(head && facts.Helmet == HelmetAnswer.Presses, rules.Contains("helmet-presses"));
        Assert.Equal(head && facts.Helmet == HelmetAnswer.Unknown, rules.Contains("helmet-check"));
        foreach (string always in (string[])["clean-and-dry", "make-up", "pressure", "alcohol-tobacco", "stimulants", "exercise", "heat", "dental-work", "sun", "cold-packs", "energy-devices", "own-medicines", "desk-work", "photographs"])
        {
            Assert.Contains(always, rules);
        }
    });

    [Fact]
    public void More_areas_never_take_a_rule_away() => Gen.Select(Treatments.Any, Gen.Enum<TreatmentArea>()).Sample((facts, more) =>
    {
        TreatmentFacts wider = facts with { Areas = [.. facts.Areas.Append(more).Distinct()] };
        Assert.Subset(wider.Plan().Items.Select(item => item.Id).ToHashSet(), facts.Plan().Items.Select(item => item.Id).ToHashSet());
    });

    [Fact]
    public void A_longer_duration_of_the_clinic_never_shortens() =>
        Gen.Select(Treatments.Any, Treatments.OneOf<AftercareRule>([.. AftercareRulebookFile.Shipped.Rules.Where(rule => rule.Minimum is not null)]), Gen.Int[0, 700], Gen.Int[0, 700]).Sample((facts, rule, one, more) =>
        {
            int shorter = rule.Minimum!.Length + one;
            AftercareItem? Made(int length) => (facts with { Durations = new Dictionary<string, int> { [rule.Id] = length } }).Plan().Items.FirstOrDefault(item => item.Rule == rule.Id);
            AftercareItem? first = Made(shorter);
            AftercareItem? second = Made(shorter + more);
            Assert.Equal(first is null, second is null);
            if (first is not null)
            {
                Instant End(AftercareItem item) => (item.Until.Ends ?? item.Until.NotBefore)!.Value;
                Assert.True(End(second!) >= End(first));
                Assert.Equal(more > 0, End(second!) > End(first));
                Assert.Equal(shorter != rule.Until.Length, first.SetByClinic);
            }
        });

    [Fact]
    public void A_clinic_never_goes_below_the_minimum()
    {
        foreach (AftercareRule rule in AftercareRulebookFile.Shipped.Rules.Where(rule => rule.Minimum is not null))
        {
            TreatmentFacts With(int length) => Treatments.Jawline with { Durations = new Dictionary<string, int> { [rule.Id] = length } };
            _ = With(rule.Minimum!.Length).Plan();
            InvalidInputException refused = Assert.Throws<InvalidInputException>(() => With(rule.Minimum.Length - 1).Plan());
            Assert.Equal($"durations.{rule.Id}", refused.Place);
            Assert.Contains($"never set it below {rule.Minimum.Length}", refused.Problem, StringComparison.Ordinal);
            Assert.Contains("is too long", Assert.Throws<InvalidInputException>(() => With(100_000).Plan()).Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_clinic_length_outside_the_sources_is_marked_as_judgement()
    {
        AftercareItem Heat(int days) => (Treatments.Jawline with { Durations = new Dictionary<string, int> { ["heat"] = days } }).Plan().Item("heat");
        Assert.Equal((false, false), (Heat(21).Judgement, Heat(21).SetByClinic));
        Assert.Equal((false, true), (Heat(28).Judgement, Heat(28).SetByClinic));
        Assert.Equal((true, true), (Heat(29).Judgement, Heat(29).SetByClinic));
    }

    [Theory]
    [InlineData("sauna", "durations.sauna", "there is no such rule")]
    [InlineData("own-medicines", "durations.own-medicines", "it has no length")]
    [InlineData("medicines", "durations.medicines", "it has no length")]
    public void A_duration_of_no_counted_rule_is_refused(string id, string place, string says)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => (Treatments.Jawline with { Durations = new Dictionary<string, int> { [id] = 30 } }).Plan());
        Assert.Equal(place, refused.Place);
        Assert.Contains(says, refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_settled_ends_but_never_before_its_minimum()
    {
        AftercareUntil MakeUp(int day) => (Treatments.Jawline with { Settled = new Dictionary<string, LocalDate> { ["make-up"] = new(2026, 11, day) } }).Plan().Item("make-up").Until;
        Assert.Equal(Treatments.Jawline.TreatedAt + Duration.FromHours(48), MakeUp(27).Ends);
        Assert.Equal(Instant.FromUtc(2026, 11, 29, 17, 0), MakeUp(30).Ends);
        Assert.Contains("before the treatment", Assert.Throws<InvalidInputException>(() => MakeUp(25)).Message, StringComparison.Ordinal);

        TreatmentFacts agreed = Treatments.Jawline with { Settled = new Dictionary<string, LocalDate> { ["energy-devices"] = new(2027, 3, 1) } };
        Assert.Equal(Instant.FromUtc(2027, 2, 28, 17, 0), agreed.Plan().Item("energy-devices").Until.Ends);
        Assert.Contains("ends by itself", Assert.Throws<InvalidInputException>(() => (Treatments.Jawline with { Settled = new Dictionary<string, LocalDate> { ["heat"] = new(2027, 3, 1) } }).Plan()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ThreadMaterial.Pdo, "2027-07-26", "E-188")]
    [InlineData(ThreadMaterial.Pcl, "2029-11-26", "E-018")]
    [InlineData(ThreadMaterial.Plla, null, "E-030")]
    [InlineData(ThreadMaterial.Plcl, null, null)]
    public void Threads_dissolve_by_the_evidence_of_their_material(ThreadMaterial material, string? until, string? source)
    {
        AftercareItem item = (Treatments.Jawline with { Materials = [material] }).Plan().Item("threads-dissolve");
        Assert.Equal(until, item.Until.Day is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : null);
        Assert.Equal(source is null ? [] : [source], item.Sources);
    }

    [Fact]
    public void The_last_of_several_materials_decides()
    {
        Assert.Equal(new LocalDate(2029, 11, 26), (Treatments.Jawline with { Materials = [ThreadMaterial.Pdo, ThreadMaterial.Pcl] }).Plan().Item("threads-dissolve").Until.Day);
        Assert.Null((Treatments.Jawline with { Materials = [ThreadMaterial.Pdo, ThreadMaterial.Plla] }).Plan().Item("threads-dissolve").Until.Day);
    }

    [Fact]
    public void Days_and_hours_hold_over_a_change_of_the_clocks()
    {
        // Paris leaves summer time on 25 October 2026 at 03:00.
        TreatmentFacts facts = Treatments.Of(new LocalDateTime(2026, 10, 24, 10, 0).InZoneStrictly(Treatments.Paris).ToInstant(), "Europe/Paris", TreatmentArea.Neck);
        AftercarePlan plan = facts.Plan();
        Assert.Equal(facts.TreatedAt + Duration.FromHours(48), plan.Item("make-up").Until.NotBefore);
        Assert.Equal("until the entries have closed, and at least until 09:00 on 26 October 2026", plan.Item("make-up").Until.Says.En);
        Assert.Equal(new LocalDateTime(2026, 10, 28, 0, 0).InZoneStrictly(Treatments.Paris).ToInstant(), plan.Item("clean-and-dry").Until.Ends);
    }

    [Fact]
    public void A_file_of_any_aftercare_reads_back_the_same() => Treatments.Any.Sample(
        facts =>
        {
            byte[] bytes = facts.Plan().ToJson();
            Assert.Equal(bytes, AftercarePlan.Parse(bytes, "again").ToJson());
        },
        iter: 30);

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion: version 2 is not known")]
    [InlineData("Asia/Ho_Chi_Minh", "Asia/Hanoi", "timeZone: 'Asia/Hanoi' is no time zone")]
    [InlineData("2026-11-26T03:30:00Z", "yesterday", "items[0].from")]
    [InlineData("2026-11-26T10:30:00+07:00", "26/11/2026", "treatedAt")]
    [InlineData("\"kind\": \"avoid\"", "\"kind\": \"maybe\"", "items[0].kind")]
    public void A_file_that_is_no_aftercare_is_refused_with_its_place(string from, string to, string says)
    {
        string file = System.Text.Encoding.UTF8.GetString(Treatments.Jawline.Plan().ToJson());
        Assert.Contains(from, file, StringComparison.Ordinal);
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => AftercarePlan.Parse(System.Text.Encoding.UTF8.GetBytes(file.Replace(from, to, StringComparison.Ordinal)), "aftercare.json"));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }
}
