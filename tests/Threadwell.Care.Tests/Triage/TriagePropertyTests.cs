using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>What must hold of every course, tried on some thousands made by chance.</summary>
public sealed class TriagePropertyTests
{
    private const int Courses = 3000;

    private static IReadOnlyList<Question> Questions => CheckIns.Rulebook.Questionnaire.Questions;

    [Fact]
    public void A_worse_answer_never_lowers_the_level()
    {
        var random = new RandomCourses(11);
        int tried = 0;
        for (int course = 0; course < Courses / 3; course++)
        {
            RandomCourse one = random.Next();
            if (one.History.Count == 0 || one.Contradicts || one.History.Any(checkIn => checkIn.AnsweredAt is null) || one.History.DistinctBy(checkIn => checkIn.AnsweredAt).Count() < one.History.Count)
            {
                continue;
            }

            // The last answers decide. Worse earlier answers are another matter: after them today's are not a rise.
            CheckIn last = one.History.MaxBy(checkIn => checkIn.AnsweredAt!.Value.ToInstant())!;
            TriageLevel? before = Judge(one).Level;
            foreach ((Question question, AnswerSheet worse) in Questions.SelectMany(question => Worse(question, last.Answers).Select(sheet => (question, sheet))))
            {
                tried++;
                TriageLevel? after = Judge(one with { History = [.. one.History.Select(checkIn => ReferenceEquals(checkIn, last) ? checkIn with { Answers = worse } : checkIn)] }).Level;
                Assert.True(after >= before, $"course {course}, {question.Id}: {before} became {after}");
            }
        }

        Assert.True(tried > 20_000, $"{tried} tries");
    }

    [Fact]
    public void An_open_safety_question_is_never_green_and_is_asked_again()
    {
        var random = new RandomCourses(12);
        Question[] screen = [.. Questions.Where(question => question.Group == TriageRulebook.SafetyGroup)];
        int asked = 0;
        for (int course = 0; course < Courses / 3; course++)
        {
            RandomCourse one = random.Next();
            foreach (Question question in screen)
            {
                TriageResult result = Judge(one with { History = [.. one.History.Select(checkIn => checkIn with { Answers = checkIn.Answers.With(new AnswerKey(question.Id), null) })] });

                // The numbing injection is asked of for a day, chest and belly where they were treated.
                if (one.History.Count > 0 && question.AskedWhen is null)
                {
                    asked++;
                    Assert.Contains(question.Id, result.Ask);
                    Assert.True(result.Level >= TriageLevel.Amber);
                }

                Assert.False(result.Level == TriageLevel.Green && result.Ask.Count > 0);
            }
        }

        Assert.True(asked > 5000, $"{asked} asked");
    }

    [Fact]
    public void Every_sign_of_the_safety_screen_is_above_green_on_every_day()
    {
        foreach (double hours in new double[] { 1, 11, 23, 30, 50, 80, 200, 400, 5000 })
        {
            OffsetDateTime at = CheckIns.TreatedAt + Duration.FromHours(hours);
            foreach (Question question in Questions.Where(question => question.Group == TriageRulebook.SafetyGroup))
            {
                foreach (Choice choice in question.Choices.Where(choice => choice.Id != "none"))
                {
                    CheckIn one = new(at, CheckIns.Well.With(new AnswerKey(question.Id), new WordsAnswer([choice.Id])));
                    Assert.True(Judge(new RandomCourse([one], CheckIns.Facts, at)).Level >= TriageLevel.Amber, $"{question.Id} {choice.Id} at {hours} h");
                }
            }
        }
    }

    [Fact]
    public void What_is_not_known_of_the_treatment_never_lowers_the_level()
    {
        var random = new RandomCourses(13);
        for (int course = 0; course < Courses; course++)
        {
            RandomCourse one = random.Next();
            if (one.Contradicts)
            {
                // Times that contradict each other raise more than times that are missing.
                continue;
            }

            TriageLevel? before = Judge(one).Level;
            Assert.All(
                new[] { one.Facts with { TreatedAt = null }, one.Facts with { AnaestheticAt = null }, one.Facts with { Areas = null }, one.Facts with { Sides = null } },
                facts => Assert.True(!(Judge(one with { Facts = facts }).Level < before), $"course {course}"));
        }
    }

    [Fact]
    public void A_time_of_answering_that_is_not_known_never_lowers_the_level()
    {
        var random = new RandomCourses(14);
        for (int course = 0; course < Courses; course++)
        {
            RandomCourse one = random.Next();
            TriageLevel? before = Judge(one).Level;
            for (int index = 0; index < one.History.Count; index++)
            {
                CheckIn[] history = [.. one.History];
                history[index] = history[index] with { AnsweredAt = null };
                Assert.True(!(Judge(one with { History = history }).Level < before), $"course {course}, answers {index}");
            }
        }
    }

    [Fact]
    public void The_order_of_the_input_does_not_matter_and_the_same_input_gives_the_same()
    {
        var random = new RandomCourses(15);
        for (int course = 0; course < Courses; course++)
        {
            RandomCourse one = random.Next();
            string first = Told(Judge(one));
            Assert.Equal(first, Told(Judge(one)));
            Assert.Equal(first, Told(Judge(one with { History = [.. one.History.Reverse()] })));
        }
    }

    [Fact]
    public void Chance_reaches_every_level_and_every_rule()
    {
        var random = new RandomCourses(16);
        TriageResult[] results = [.. Enumerable.Range(0, Courses).Select(_ => Judge(random.Next()))];
        Assert.All(new TriageLevel?[] { null, TriageLevel.Green, TriageLevel.Amber, TriageLevel.Red, TriageLevel.Emergency }, level => Assert.True(results.Count(result => result.Level == level) > 30, $"{level}"));
        HashSet<string> held = [.. results.SelectMany(result => result.Reasons.Select(rule => rule.Id))];
        Assert.Equal("", string.Join(' ', CheckIns.Rulebook.Rules.Select(rule => rule.Id).Where(id => !held.Contains(id))));
    }

    private static TriageResult Judge(RandomCourse course) => TriageEngine.Judge(CheckIns.Rulebook, course.History, course.Facts, course.Now, RandomCourses.Calendar);

    private static string Told(TriageResult result) => string.Join(' ', [result.Level, result.Day, result.Missed, .. result.Reasons.Select(rule => rule.Id), .. result.Ask, .. result.Deadlines.Select(deadline => deadline.Due)]);

    /// <summary>Sheets on which one answer is worse: a sign more, a stronger choice, "yes", more pain, more heat, a word that alarms.</summary>
    private static IEnumerable<AnswerSheet> Worse(Question question, AnswerSheet sheet)
    {
        var key = new AnswerKey(question.Id);
        switch (sheet.Find(key))
        {
            case WordsAnswer(var words):
                return question.Choices.Where(choice => choice.Id != "none" && !words.Contains(choice.Id)).Select(choice => sheet.With(key, new WordsAnswer([.. words.Where(word => word != "none"), choice.Id])));
            case WordAnswer(var word) when question.Kind == QuestionKind.Choice:
                return question.Choices.SkipWhile(choice => choice.Id != word).Skip(1).Select(choice => sheet.With(key, new WordAnswer(choice.Id)));
            case WordAnswer("no") when question.Id != "temperatureTaken":
                return [sheet.With(key, Answer.Yes)];
            case NumberAnswer(var value) when value < question.Highest:
                // More pain on the side that hurts less makes the pain less one-sided; there both sides get worse.
                string? otherSide = question.Id switch { "painLeft" => "painRight", "painRight" => "painLeft", _ => null };
                AnswerSheet worse = sheet.With(key, new NumberAnswer(Math.Min(value + 1, question.Highest!.Value)));
                return otherSide is null || sheet.Find(new AnswerKey(otherSide)) is not NumberAnswer(var other) || value >= other ? [worse]
                    : other + 1 > question.Highest ? []
                    : [worse.With(new AnswerKey(otherSide), new NumberAnswer(other + 1))];
            case TextAnswer(var text):
                return [sheet.With(key, new TextAnswer($"{text}. khó thở"))];
            default:
                return [];
        }
    }
}
