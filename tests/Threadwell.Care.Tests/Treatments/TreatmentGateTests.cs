using NodaTime;
using Threadwell.Care.Suitability;
using Threadwell.Care.Treatments;

namespace Threadwell.Care.Tests.Treatments;

/// <summary>Each thing that stands against a start, alone.</summary>
public class TreatmentGateTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    // 06:30 on 27 November in Ho Chi Minh City, still the 26th in Greenwich.
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 26, 23, 30);

    private static readonly LocalDate Today = new(2026, 11, 27);

    private static readonly Guid Plan = Guid.Parse("11111111-1111-1111-1111-111111111111");

    private static readonly DayRecheck GoodRecheck = new()
    {
        On = Today,
        Fever = false,
        Herpes = false,
        Pregnant = false,
        PregnancyIsPossible = true,
        MedicinesChanged = false,
        NewAllergy = false,
        SystolicMmHg = 128,
        DiastolicMmHg = 82,
    };

    private static readonly GateFacts Good = new()
    {
        Now = Now,
        Zone = Zone,
        Purpose = TreatmentPurpose.ThreadLift,
        Assessment = new AcceptedAssessment(Today.PlusDays(-90), Outcome.WithConditions),
        Recheck = GoodRecheck,
        Plan = Plan,
        Consents = [new TreatmentConsent(Plan, Now - Duration.FromHours(24), false)],
        Photos = StandardPhotos.Needed.ToArray(),
        Lidocaine = [new LidocaineDose(200, false)],
        WeightKg = 55,
        SterileSteps = [.. SterilityChecklist.Steps.Select(step => step.Id)],
        OperatorLicences = [new PractisingLicence("dermatology", Today, Today)],
        Place = new TreatmentPlace(PlaceKind.SpecialistClinic, "123/HCM", Today, Today, true),
        OnCall = [new DateInterval(Today, Today.PlusDays(6)), new DateInterval(Today.PlusDays(7), Today.PlusDays(13))],
        PhoneChecked = true,
    };

    [Fact]
    public void With_everything_in_place_on_the_last_day_and_minute_it_may_start() => Assert.Equal((true, false, 0), Of(Good));

    public static TheoryData<string, Func<GateFacts, GateFacts>> Single => new()
    {
        { "assessment.missing", f => f with { Assessment = null } },
        { "assessment.old", f => f with { Assessment = new(Today.PlusDays(-91), Outcome.NoReasonAgainst) } },
        { "assessment.old", f => f with { Assessment = new(Today.PlusDays(1), Outcome.NoReasonAgainst) } },
        { "assessment.against", f => f with { Assessment = new(Today, Outcome.NotSettled) } },
        { "assessment.against", f => f with { Assessment = new(Today, Outcome.NotNow) } },
        { "assessment.against", f => f with { Assessment = new(Today, Outcome.NotSuitable) } },
        { "assessment.against", f => f with { Assessment = new(Today, Outcome.Refer) } },
        { "recheck.missing", f => f with { Recheck = null } },
        { "recheck.missing", f => f with { Recheck = GoodRecheck with { On = Today.PlusDays(-1) } } },
        { "recheck.fever", f => f with { Recheck = GoodRecheck with { Fever = true } } },
        { "recheck.fever.open", f => f with { Recheck = GoodRecheck with { Fever = null } } },
        { "recheck.herpes", f => f with { Recheck = GoodRecheck with { Herpes = true } } },
        { "recheck.herpes.open", f => f with { Recheck = GoodRecheck with { Herpes = null } } },
        { "recheck.pregnancy", f => f with { Recheck = GoodRecheck with { Pregnant = true } } },
        { "recheck.pregnancy.open", f => f with { Recheck = GoodRecheck with { Pregnant = null } } },
        { "recheck.medicines", f => f with { Recheck = GoodRecheck with { MedicinesChanged = true } } },
        { "recheck.medicines.open", f => f with { Recheck = GoodRecheck with { MedicinesChanged = null } } },
        { "recheck.allergy", f => f with { Recheck = GoodRecheck with { NewAllergy = true } } },
        { "recheck.allergy.open", f => f with { Recheck = GoodRecheck with { NewAllergy = null } } },
        { "recheck.pressure", f => f with { Recheck = GoodRecheck with { SystolicMmHg = 180 } } },
        { "recheck.pressure", f => f with { Recheck = GoodRecheck with { DiastolicMmHg = 110 } } },
        { "recheck.pressure.open", f => f with { Recheck = GoodRecheck with { DiastolicMmHg = null } } },
        { "no-plan", f => f with { Plan = null } },
        { "consent.missing", f => f with { Consents = [] } },
        { "consent.missing", f => f with { Consents = [new(Guid.NewGuid(), Now - Duration.FromDays(3), false)] } },
        { "consent.withdrawn", f => f with { Consents = [new(Plan, Now - Duration.FromDays(3), true)] } },
        { "consent.too-fresh", f => f with { Consents = [new(Plan, Now - Duration.FromHours(24) + Duration.FromSeconds(1), false)] } },
        { "place.missing", f => f with { Place = null } },
        { "place.kind", f => f with { Place = f.Place! with { Kind = PlaceKind.GeneralClinic } } },
        { "place.kind", f => f with { Place = f.Place! with { Kind = PlaceKind.NotMedical } } },
        { "place.licence", f => f with { Place = f.Place! with { LicenceNumber = " " } } },
        { "place.licence", f => f with { Place = f.Place! with { Until = Today.PlusDays(-1) } } },
        { "place.licence", f => f with { Place = f.Place! with { From = Today.PlusDays(1), Until = null } } },
        { "place.licence", f => f with { Place = f.Place! with { From = null } } },
        { "place.procedure", f => f with { Place = f.Place! with { PermitsThreadLift = false } } },
        { "operator.licence", f => f with { OperatorLicences = [] } },
        { "operator.licence", f => f with { OperatorLicences = [new("dermatology", Today.PlusDays(-9), Today.PlusDays(-1))] } },
        { "operator.licence", f => f with { OperatorLicences = [new("dermatology", Today.PlusDays(1), null)] } },
        { "operator.specialty", f => f with { OperatorLicences = [new("nursing", Today, null), new("dermatology", Today.PlusDays(-9), Today.PlusDays(-1))] } },
        { "operator.specialty", f => f with { OperatorLicences = [new("no such", Today, null)] } },
        { "on-call", f => f with { OnCall = [] } },
        { "on-call", f => f with { OnCall = [new(Today, Today.PlusDays(12))] } },
        { "on-call", f => f with { OnCall = [new(Today.PlusDays(1), Today.PlusDays(30))] } },
        { "phone", f => f with { PhoneChecked = false } },
        { "photos", f => f with { Photos = [StandardView.Front, StandardView.ProfileLeft] } },
        { "dose.open", f => f with { Lidocaine = null } },
        { "dose.weight", f => f with { WeightKg = null } },
        { "dose.limit", f => f with { Lidocaine = [new(248, false)] } },
        { "sterility", f => f with { SterileSteps = [.. f.SterileSteps.Skip(1)] } },
    };

    [Theory]
    [MemberData(nameof(Single))]
    public void One_thing_amiss_blocks_and_says_what_to_do(string code, Func<GateFacts, GateFacts> change)
    {
        GateResult result = TreatmentGate.Check(change(Good));
        GateBlock block = Assert.Single(result.Blocks);
        Assert.Equal(code, block.Code);
        Assert.False(result.MayStart);
        Assert.Matches(@"^Cannot start: [^.].*\. Fix: .+\.$", block.Line.En);
        Assert.Matches(@"^Chưa thể bắt đầu: .+\. Cách xử lý: .+\.$", block.Line.Vi);
        Assert.DoesNotContain("..", block.Line.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_known_blocks_on_everything_at_once()
    {
        GateResult result = TreatmentGate.Check(new GateFacts { Now = Now, Zone = Zone, Purpose = TreatmentPurpose.ThreadLift });
        Assert.Equal(
            ["assessment.missing", "recheck.missing", "no-plan", "place.missing", "operator.licence", "on-call", "phone", "photos", "dose.open", "sterility"],
            result.Blocks.Select(block => block.Code));
    }

    [Fact]
    public void A_signed_emergency_override_starts_and_keeps_what_stood_against_it()
    {
        GateFacts blocked = Good with { Assessment = null, PhoneChecked = false };
        Assert.Equal((true, true, 2), Of(blocked with { Override = new("airway compromised by a thread", "Dr Lan") }));
        Assert.Equal((false, false, 2), Of(blocked with { Override = new(" ", "Dr Lan") }));
        Assert.Equal((false, false, 2), Of(blocked with { Override = new("emergency", "") }));
        Assert.Equal((true, false, 0), Of(Good with { Override = new("not needed", "Dr Lan") }));
    }

    [Fact]
    public void Care_for_a_complication_of_unknown_threads_is_never_blocked() =>
        Assert.Equal((true, false, 0), Of(new GateFacts { Now = Now, Zone = Zone, Purpose = TreatmentPurpose.ComplicationCare }));

    [Fact]
    public void Pregnancy_is_asked_only_where_it_is_possible() =>
        Assert.Equal((true, false, 0), Of(Good with { Recheck = GoodRecheck with { Pregnant = null, PregnancyIsPossible = false } }));

    [Fact]
    public void No_anaesthetic_needs_no_weight_and_more_than_the_limit_a_signed_reason()
    {
        Assert.Equal((true, false, 0), Of(Good with { Lidocaine = [], WeightKg = null }));
        Assert.Equal((true, false, 0), Of(Good with { Lidocaine = [new(300, false)], SignedDoseReason = "second session of the day, four hours apart" }));
    }

    [Theory]
    [InlineData(50, 225, 0, true)] // 4.5 mg/kg
    [InlineData(50, 226, 0, false)]
    [InlineData(50, 0, 350, true)] // 7 mg/kg with adrenaline
    [InlineData(50, 0, 351, false)]
    [InlineData(50, 112.5, 175, true)] // half of each
    [InlineData(50, 113, 175, false)]
    [InlineData(90, 300, 0, true)] // never more than 300 mg plain
    [InlineData(90, 301, 0, false)]
    [InlineData(90, 0, 500, true)]
    [InlineData(90, 0, 501, false)]
    public void Cream_and_injection_add_up_against_the_weight(double weightKg, double plainMg, double withAdrenalineMg, bool allowed) =>
        Assert.Equal(allowed, AnaesthesiaDose.Of([new(plainMg, false), new(withAdrenalineMg, true)], weightKg).Share <= 1);

    [Fact]
    public void Strength_and_amount_give_the_dose()
    {
        Assert.Equal(200, LidocaineDose.Of(2, 10, true).Milligrams); // 10 ml of 2 %
        Assert.Equal(150, LidocaineDose.Of(5, 3, false).Milligrams); // 3 g of cream of 5 %
        Assert.Throws<ArgumentOutOfRangeException>(() => LidocaineDose.Of(-1, 1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnaesthesiaDose.Of([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnaesthesiaDose.Of([new(double.NaN, false)], 50));
    }

    private static (bool, bool, int) Of(GateFacts facts)
    {
        GateResult result = TreatmentGate.Check(facts);
        return (result.MayStart, result.IsOverridden, result.Blocks.Count);
    }
}
