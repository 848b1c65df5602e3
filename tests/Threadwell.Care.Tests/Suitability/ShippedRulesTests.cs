using System.Text.RegularExpressions;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Risks;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Care.Treatments;
using Threadwell.Care.Triage;
using Threadwell.Evidence;

namespace Threadwell.Care.Tests.Suitability;

/// <summary>What the shipped rules say, rule by rule.</summary>
public class ShippedRulesTests
{
    [Fact]
    public void With_everything_answered_and_nothing_against_the_doctor_decides()
    {
        SuitabilityResult result = Sheets.Healthy().Assess();
        Assert.Equal(Outcome.NoReasonAgainst, result.Outcome);
        Assert.Empty(result.Reasons);
        Assert.Empty(result.Open);
        Assert.Equal([new AreaOutcome("jawline", Outcome.NoReasonAgainst)], result.Areas);
    }

    public static TheoryData<string, string, string, Outcome> Single => new()
    {
        { "areas", "nose", "area.nose", Outcome.NotSuitable },
        { "areas", "buttock", "area.buttock", Outcome.NotSuitable },
        { "areas", "other", "area.other", Outcome.NotSuitable },
        { "laxity.jawline", "none", "laxity.none", Outcome.NotNow },
        { "laxity.jawline", "minimal", "laxity.none", Outcome.NotNow },
        { "laxity.jawline", "severe", "laxity.severe", Outcome.Refer },
        { "birthDate", "2008-11-27", "age.under-18", Outcome.NotSuitable },
        { "birthDate", "1975-11-26", "age.over-50", Outcome.WithConditions },
        { "skinThickness", "thin", "skin.thin", Outcome.WithConditions },
        { "sunDamage", "heavy", "skin.sun-damaged", Outcome.WithConditions },
        { "heavyFace", "yes", "face.heavy", Outcome.WithConditions },
        { "skinType", "type5", "skin.dark", Outcome.WithConditions },
        { "permanentFiller", "yes", "filler.permanent", Outcome.NotSuitable },
        { "pregnant", "yes", "pregnancy", Outcome.NotNow },
        { "breastfeeding", "yes", "breastfeeding", Outcome.NotNow },
        { "infection", "yes", "infection", Outcome.NotNow },
        { "herpes", "yes", "herpes", Outcome.NotNow },
        { "inflamedSkin", "yes", "skin.inflamed", Outcome.NotNow },
        { "autoimmuneFlare", "yes", "autoimmune.flare", Outcome.NotNow },
        { "uncontrolledDisease", "yes", "disease.uncontrolled", Outcome.NotNow },
        { "dentalWork", "2026-11-13", "dental.recent", Outcome.NotNow },
        { "vaccine", "2026-11-20", "vaccine.recent", Outcome.NotNow },
        { "filler", "2026-11-01", "filler.recent", Outcome.NotNow },
        { "allergyPolymer", "yes", "allergy.polymer", Outcome.NotSuitable },
        { "allergyAnaesthetic", "yes", "allergy.anaesthetic", Outcome.NotSuitable },
        { "keloid", "yes", "keloid", Outcome.NotSuitable },
        { "cancerAtSite", "yes", "cancer.site", Outcome.NotSuitable },
        { "radiotherapyAtSite", "yes", "radiotherapy.site", Outcome.NotSuitable },
        { "bleedingDisorder", "yes", "bleeding.disorder", Outcome.NotNow },
        { "connectiveTissue", "yes", "connective-tissue", Outcome.WithConditions },
        { "neuromuscular", "yes", "neuromuscular", Outcome.WithConditions },
        { "bodyImage", "yes", "body-image", Outcome.WithConditions },
        { "weightChange", "yes", "weight.change", Outcome.WithConditions },
        { "bloodThinner", "yes", "blood-thinner.continues", Outcome.WithConditions },
        { "immunosuppression", "yes", "immunosuppression", Outcome.WithConditions },
        { "isotretinoin", "yes", "isotretinoin", Outcome.WithConditions },
        { "smoking", "yes", "smoking", Outcome.WithConditions },
    };

    [Theory]
    [MemberData(nameof(Single))]
    public void One_answer_gives_its_one_reason(string place, string word, string rule, Outcome outcome)
    {
        SuitabilityResult result = Sheets.Healthy().But(place, word).Assess();
        SuitabilityReason reason = Assert.Single(result.Reasons);
        Assert.Equal((rule, outcome), (reason.Rule, reason.Outcome));
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == Outcome.NotNow, reason.Until > Sheets.Today);
        Assert.Equal(reason.Until, result.Until);
        Assert.Equal(outcome == Outcome.Refer, reason.Letter is not null);
    }

    [Theory]
    [InlineData("breast", "laxity.breast", "moderate", "body.moderate", Outcome.Refer)]
    [InlineData("breast", "breastImplant", "yes", "breast.implant", Outcome.NotSuitable)]
    [InlineData("breast", "breastFinding", "yes", "breast.finding", Outcome.Refer)]
    [InlineData("breast", "breastExamined", "no", "breast.not-examined", Outcome.NotNow)]
    [InlineData("abdomen", "laxity.abdomen", "moderate", "body.moderate", Outcome.Refer)]
    [InlineData("abdomen", "lastBirth", "2026-05-27", "abdomen.birth", Outcome.NotNow)]
    [InlineData("abdomen", "weightStable", "no", "abdomen.weight", Outcome.NotNow)]
    [InlineData("abdomen", "hernia", "yes", "abdomen.hernia", Outcome.Refer)]
    [InlineData("abdomen", "muscleGap", "wide", "abdomen.muscle-gap", Outcome.Refer)]
    [InlineData("abdomen", "plannedPregnancy", "yes", "abdomen.pregnancy-planned", Outcome.NotNow)]
    public void Breast_and_abdomen_have_their_own_rules(string area, string place, string word, string rule, Outcome outcome)
    {
        Assert.Equal("body.unmeasured", Assert.Single(Sheets.Healthy(area).Assess().Reasons).Rule);
        SuitabilityResult result = Sheets.Healthy(area).But(place, word).Assess();
        Assert.Equal([rule, "body.unmeasured"], result.Reasons.Select(reason => reason.Rule));
        Assert.Equal(outcome, result.Outcome);
    }

    [Theory]
    [InlineData("birthDate", "2008-11-26")] // the 18th birthday
    [InlineData("birthDate", "1975-11-27")] // 50 until tomorrow
    [InlineData("dentalWork", "2026-11-12")] // two weeks ago
    [InlineData("filler", "2026-10-29")] // four weeks ago
    [InlineData("laxity.jawline", "moderate")]
    [InlineData("skinType", "type4")]
    public void The_last_day_and_the_last_grade_of_a_bound_give_no_reason(string place, string word) =>
        Assert.Equal(Outcome.NoReasonAgainst, Sheets.Healthy().But(place, word).Assess().Outcome);

    [Fact]
    public void Six_months_after_the_birth_the_abdomen_may_be_treated() =>
        Assert.DoesNotContain(Sheets.Healthy("abdomen").But("lastBirth", "2026-05-26").Assess().Reasons, reason => reason.Rule == "abdomen.birth");

    [Theory]
    [InlineData("2008-02-29", "2026-02-28", true)]
    [InlineData("2008-02-29", "2026-03-01", false)]
    [InlineData("2008-11-27", "2026-11-26", true)]
    [InlineData("2008-11-26", "2026-11-26", false)]
    public void Eighteen_years_are_full_on_the_birthday(string birth, string today, bool tooYoung) => Assert.Equal(
        tooYoung,
        Sheets.Healthy().But("birthDate", birth).Assess(NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value).Reasons.Any(reason => reason.Rule == "age.under-18"));

    [Fact]
    public void The_most_severe_reason_decides_and_every_reason_is_given()
    {
        SuitabilityResult result = Sheets.Healthy("jawline", "neck", "nose").But("laxity.neck", "severe").But("pregnant", "yes").But("smoking", "yes").Assess();
        Assert.Equal(Outcome.Refer, result.Outcome);
        Assert.Equal(["laxity.severe", "area.nose", "pregnancy", "smoking"], result.Reasons.Select(reason => reason.Rule));
        Assert.Equal(["neck", "nose", null, null], result.Reasons.Select(reason => reason.Area));
        Assert.Equal([new("jawline", Outcome.NotNow), new("neck", Outcome.Refer), new AreaOutcome("nose", Outcome.NotSuitable)], result.Areas);
        Assert.Null(result.Until);
    }

    [Fact]
    public void The_day_until_which_to_wait_is_the_latest_of_all()
    {
        SuitabilityResult result = Sheets.Healthy().But("dentalWork", "2026-11-20").But("pregnant", "yes").But("dueDate", "2027-03-01").Assess();
        Assert.Equal(new LocalDate(2027, 6, 1), result.Until);
        Assert.Equal(new LocalDate(2026, 12, 4), result.Reasons.Single(reason => reason.Rule == "dental.recent").Until);
        Assert.False(result.Reasons.Single(reason => reason.Rule == "pregnancy").UntilIsReview);
        Assert.True(Sheets.Healthy().But("pregnant", "yes").Assess().Reasons.Single().UntilIsReview);
    }

    [Fact]
    public void A_due_date_long_past_gives_a_day_to_look_again_that_lies_ahead()
    {
        SuitabilityReason reason = Sheets.Healthy().But("pregnant", "yes").But("dueDate", "2020-01-01").Assess().Reasons.Single();
        Assert.Equal(Sheets.Today.PlusMonths(12), reason.Until);
        Assert.True(reason.UntilIsReview);
    }

    [Fact]
    public void A_blood_thinner_that_is_not_settled_is_no_treatment_now()
    {
        AnswerSheet taken = Sheets.Healthy().But("bloodThinner", "yes");
        Assert.Equal("blood-thinner.not-settled", Assert.Single(taken.But("bloodThinnerPlan", "notSettled").Assess().Reasons).Rule);
        SuitabilityResult open = taken.But("bloodThinnerPlan", "").Assess();
        Assert.Equal(Outcome.NotSettled, open.Outcome);
        Assert.Equal("bloodThinnerPlan", Assert.Single(open.Open).Question);
    }

    [Fact]
    public void Nobody_is_asked_what_cannot_be_so()
    {
        AnswerSheet man = Sheets.Healthy().But("sex", "male").But("pregnant", "").But("breastfeeding", "").But("bloodThinnerPlan", "");
        Assert.Equal(Outcome.NoReasonAgainst, man.Assess().Outcome);
        var evaluator = new ConditionEvaluator(RulebookFile.Shipped.Questionnaire, man, Sheets.Today);
        Assert.All((string[])["pregnant", "breastfeeding", "lastBirth", "bloodThinnerPlan"], question => Assert.Equal(Truth.False, evaluator.IsAsked(new AnswerKey(question))));
    }

    [Fact]
    public void Nothing_answered_leaves_every_question_open_that_is_asked_of_everybody_and_what_others_hang_on()
    {
        SuitabilityResult result = AnswerSheet.Empty.Assess();
        Assert.Equal(Outcome.NotSettled, result.Outcome);
        Assert.Empty(result.Reasons);
        string[] hanging = [.. RulebookFile.Shipped.Questionnaire.Questions.Where(q => q is { Optional: false, AskedWhen: null }).Select(q => q.Id)];
        Assert.Equal(hanging, result.Open.Select(open => open.Question));
        Assert.Contains("pregnancy", result.Open.Single(open => open.Question == "sex").Rules);
    }

    [Fact]
    public void Every_rule_can_give_its_reason_and_every_question_matters()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        void Walk(Condition condition)
        {
            if (condition.Question is { } id)
            {
                used.Add(id);
            }

            foreach (Condition part in (condition.All ?? condition.Any ?? []).Concat(condition.Not is { } not ? [not] : []))
            {
                Walk(part);
            }
        }

        Rulebook book = RulebookFile.Shipped;
        foreach (SuitabilityRule rule in book.Rules)
        {
            Walk(rule.When);
            used.UnionWith(rule.Until.Select(until => until.After).OfType<string>());
        }

        foreach (Question question in book.Questionnaire.Questions.Where(question => question.AskedWhen is not null))
        {
            Walk(question.AskedWhen!);
        }

        Assert.Empty(book.Questionnaire.Questions.Select(question => question.Id).Except(used));
        string[] tested = [.. Single.Select(row => row.Data.Item3)];
        string[] elsewhere = ["body.moderate", "breast.implant", "breast.finding", "breast.not-examined", "abdomen.birth", "abdomen.weight", "abdomen.hernia", "abdomen.muscle-gap", "abdomen.pregnancy-planned", "body.unmeasured", "blood-thinner.not-settled"];
        Assert.Equal(book.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal), tested.Concat(elsewhere).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_refusal_of_nose_and_buttocks_says_why()
    {
        foreach (string area in (string[])["nose", "buttock"])
        {
            SuitabilityReason reason = Assert.Single(Sheets.Healthy(area).Assess().Reasons);
            Assert.Contains("cannot hold a shape", reason.Says.En, StringComparison.Ordinal);
            Assert.Contains("complications", reason.Says.En, StringComparison.Ordinal);
            Assert.Equal(["E-188"], reason.Sources);
        }
    }

    [Fact]
    public void Every_statement_is_cited_by_a_rule_a_risk_a_step_or_the_scale()
    {
        // Rows about scales stand behind the wording of the laxity grades, which is our own because of them; rows that other rows rest on are cited there.
        string[] scale = ["E-118", "E-119", "E-120", "E-121", "E-122", "E-126", "E-130"];
        string[] cited =
        [
            .. RulebookFile.Shipped.Rules.SelectMany(rule => rule.Sources),
            .. AftercareRulebookFile.Shipped.Rules.SelectMany(rule => rule.Sources),
            .. AftercareRulebookFile.Shipped.Signs.SelectMany(sign => sign.Sources),
            .. TriageFile.Shipped.Rules.SelectMany(rule => rule.Sources),
            .. ComplicationRates.All.SelectMany(rate => rate.Sources),
            .. ExpectedCourse.Effects.SelectMany(effect => effect.Sources),
            .. PreparationPlan.For(Sheets.Today, true, true).SelectMany(step => step.Sources),
            .. EvidenceCatalogue.Statements.Select(row => row.Conditions + row.Source).Concat(ThreadChecks.Package(false, null, "", Sheets.Today).Select(block => block.Reason.En)).SelectMany(text => Regex.Matches(text, "E-[0-9]{3}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value)),
            .. EvidenceCatalogue.All.Select(fact => fact.Id),
            .. scale,
        ];

        // Those that the model is held against are cited by its targets.
        Assert.Empty(EvidenceCatalogue.Statements.Where(row => row.Topic != "validation").Select(row => row.Id).Except(cited));
    }
}
