using CsCheck;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;

namespace Threadwell.Care.Tests.Suitability;

/// <summary>A missing answer is never a no, and a worse answer never makes an outcome milder: over thousands of random sheets.</summary>
public class MissingAnswerTests
{
    private static readonly Questionnaire Questions = RulebookFile.Shipped.Questionnaire;

    private static readonly string[] Areas = ["nasolabial", "forehead", "brow", "jawline", "neck", "abdomen", "breast", "nose"];

    private static readonly Gen<AnswerSheet> Complete =
        from areas in Gen.Int[0, Areas.Length - 1].Array[1, 3]
        from picks in Gen.Int[0, 99].Array[100]
        select Fill(AnswerSheet.Empty.With(new AnswerKey("areas"), new WordsAnswer([.. areas.Distinct().Order().Select(area => Areas[area])])), picks);

    [Fact]
    public void A_full_sheet_is_always_settled() =>
        Complete.Sample(sheet => Assert.NotEqual(Outcome.NotSettled, sheet.Assess().Outcome), iter: 2000);

    [Fact]
    public void Taking_answers_away_never_makes_the_outcome_milder_than_the_mildest_way_to_answer_them() =>
        Gen.Select(Complete, Gen.Int[0, 999].Array[1, 4]).Sample(
            (sheet, picks) =>
            {
                AnswerKey[] places = [.. sheet.All.Select(answer => answer.Key).Where(key => key.Question != "areas")];
                AnswerKey[] gone = [.. picks.Select(pick => places[pick % places.Length]).Distinct()];
                AnswerSheet partial = gone.Aggregate(sheet, (left, key) => left.With(key, null));
                SuitabilityResult open = partial.Assess();
                Outcome mildest = Completions(partial, gone).Min(full => full.Assess().Outcome);
                Assert.True(open.Outcome >= mildest, $"without {string.Join(", ", gone)}: {open.Outcome}, although answered it is at least {mildest}");

                // What lets a treatment go ahead is never said while an open question could still be against it.
                if (open.Outcome < Outcome.NotSettled)
                {
                    Assert.All(Completions(partial, gone), full => Assert.Equal(open.Outcome, full.Assess().Outcome));
                }
            },
            iter: 600);

    [Fact]
    public void Unknown_is_as_open_as_no_answer() =>
        Gen.Select(Complete, Gen.Int[0, 999]).Sample(
            (sheet, pick) =>
            {
                AnswerKey[] places = [.. sheet.All.Select(answer => answer.Key).Where(key => key.Question != "areas" && !Questions.Get(key.Question).Optional && new ConditionEvaluator(Questions, sheet, Sheets.Today).IsAsked(key) == Truth.True)];
                AnswerKey place = places[pick % places.Length];
                Assert.Equal(sheet.With(place, null).Assess().Outcome, sheet.With(place, Answer.Unknown).Assess().Outcome);
            },
            iter: 2000);

    [Fact]
    public void A_worse_answer_never_makes_the_outcome_milder() =>
        Gen.Select(Complete, Gen.Int[0, 999]).Sample(
            (sheet, pick) =>
            {
                (AnswerKey Key, Answer Worse)[] steps = [.. sheet.All.SelectMany(answer => Worse(answer.Key, answer.Value).Select(worse => (answer.Key, worse)))];
                if (steps.Length > 0)
                {
                    (AnswerKey key, Answer worse) = steps[pick % steps.Length];
                    Outcome before = sheet.Assess().Outcome;
                    Outcome after = sheet.With(key, worse).Assess().Outcome;
                    Assert.True(after >= before, $"{key} made worse: {before} became {after}");
                }
            },
            iter: 5000);

    private static AnswerSheet Fill(AnswerSheet sheet, int[] picks)
    {
        int next = 0;
        foreach (Question question in Questions.Questions.Where(question => question is { Id: not "areas" }))
        {
            foreach (AnswerKey place in Questionnaire.Places(question, sheet))
            {
                Answer[] all = [.. Possible(question)];

                // Mostly the harmless end, so that most sheets are not decided by one answer alone.
                int pick = picks[next++ % picks.Length];
                sheet = sheet.With(place, pick < 80 ? Harmless(question, all) : all[pick % all.Length]);
            }
        }

        return sheet;
    }

    private static Answer Harmless(Question question, Answer[] all) => question.Id is "breastExamined" or "weightStable" ? Answer.Yes
        : question.Id == "laxity" ? new WordAnswer("mild")
        : question.Id == "birthDate" ? new DateAnswer(new LocalDate(1986, 5, 1))
        : question.Kind == QuestionKind.YesNo ? Answer.No
        : question.Kind == QuestionKind.Date ? all[^1]
        : all[0];

    private static IEnumerable<Answer> Possible(Question question) => question.Kind switch
    {
        QuestionKind.YesNo => [Answer.Yes, Answer.No],
        QuestionKind.Choice => question.Choices.Select(choice => new WordAnswer(choice.Id)),
        _ when question.Id == "birthDate" => [new DateAnswer(new LocalDate(2012, 1, 1)), new DateAnswer(new LocalDate(1950, 1, 1)), new DateAnswer(new LocalDate(1990, 1, 1))],
        _ => new Answer[] { new DateAnswer(Sheets.Today.PlusDays(-3)), new DateAnswer(Sheets.Today.PlusMonths(-4)), new DateAnswer(Sheets.Today.PlusYears(-3)) }.Concat(question.Never ? [Answer.Never] : []),
    };

    // Filled in the order in which they are asked; what an earlier answer makes needless is not asked and stays open.
    private static IEnumerable<AnswerSheet> Completions(AnswerSheet partial, AnswerKey[] open) => open
        .OrderBy(place => Questions.Questions.ToList().FindIndex(question => question.Id == place.Question))
        .Aggregate((IEnumerable<AnswerSheet>)[partial], (sheets, place) => sheets.SelectMany(sheet => Answered(sheet, place)));

    private static IEnumerable<AnswerSheet> Answered(AnswerSheet sheet, AnswerKey place) =>
        new ConditionEvaluator(Questions, sheet, Sheets.Today).IsAsked(place) == Truth.False
            ? [sheet]
            : Possible(Questions.Get(place.Question)).Select(answer => sheet.With(place, answer));

    private static IEnumerable<Answer> Worse(AnswerKey key, Answer answer)
    {
        string[] order = key.Question switch
        {
            "breastExamined" or "weightStable" => ["yes", "no"],
            "laxity" => ["mild", "moderate", "severe"],
            "skinThickness" => ["normal", "thin"],
            "sunDamage" => ["little", "some", "heavy"],
            "muscleGap" => ["narrow", "wide"],
            "bloodThinnerPlan" => ["prescriberAgrees", "continues", "notSettled"],
            _ => Questions.Get(key.Question).Kind == QuestionKind.YesNo ? ["no", "yes"] : [],
        };
        int at = answer is WordAnswer word ? Array.IndexOf(order, word.Word) : -1;
        return at < 0 ? [] : order[(at + 1)..].Select(worse => new WordAnswer(worse));
    }
}
