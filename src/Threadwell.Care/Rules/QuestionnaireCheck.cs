namespace Threadwell.Care.Rules;

/// <summary>Checks that the questions of a rule file hold together.</summary>
internal static class QuestionnaireCheck
{
    private const int MostQuestions = 500;
    private const int MostChoices = 50;

    /// <summary>Words that a choice may not take, because they are answers of their own.</summary>
    private static readonly string[] Reserved = ["unknown", "never"];

    /// <summary>Checks questions and builds the questionnaire of them.</summary>
    /// <param name="problem">How a problem is said.</param>
    /// <param name="groups">Headings.</param>
    /// <param name="questions">Questions.</param>
    /// <param name="course">What conditions on a course may name; null for a questionnaire that is answered once, which has no free text.</param>
    /// <exception cref="Geometry.InvalidInputException">A problem, with its place.</exception>
    public static Questionnaire Build(RuleFileProblem problem, IReadOnlyList<QuestionGroup> groups, IReadOnlyList<Question> questions, CourseNames? course = null)
    {
        var headings = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < groups.Count; index++)
        {
            problem.Require(groups[index] is not null, $"groups[{index}]", "a heading is needed.");
            problem.RequireId(groups[index].Id, $"groups[{index}].id");
            problem.Require(headings.Add(groups[index].Id), $"groups[{index}].id", $"'{groups[index].Id}' is used twice.");
            problem.RequireText(groups[index].Text, $"groups[{index}].text");
        }

        problem.Require(questions.Count is >= 1 and <= MostQuestions, "questions", $"1 to {MostQuestions} questions are needed.");
        var earlier = new Dictionary<string, Question>(StringComparer.Ordinal);
        var conditions = new ConditionCheck(problem, earlier, course);
        for (int index = 0; index < questions.Count; index++)
        {
            string place = $"questions[{index}]";
            Question question = questions[index];
            problem.Require(question is not null, place, "a question is needed.");
            problem.RequireId(question!.Id, $"{place}.id");
            problem.Require(!question.Id.Contains('.', StringComparison.Ordinal), $"{place}.id", "a question's id has no dot.");
            problem.Require(headings.Contains(question.Group), $"{place}.group", $"no group is named '{question.Group}'.");
            problem.RequireText(question.Text, $"{place}.text");
            problem.RequireText(question.Help, $"{place}.help");
            problem.Require(question.Kind != QuestionKind.Text || (course is not null && question is { Optional: true, Per: null }), $"{place}.kind", "a free text belongs to check-ins, may stay empty and is asked once.");
            CheckKind(problem, question, place, earlier);
            if (question.AskedWhen is { } when)
            {
                // Only earlier questions: whether a question is asked can then never hang on itself.
                conditions.Check(when, $"{place}.askedWhen", question.Per is null ? null : earlier[question.Per]);
            }

            problem.Require(earlier.TryAdd(question.Id, question), $"{place}.id", $"'{question.Id}' is used twice.");
        }

        return new Questionnaire(groups, questions);
    }

    private static void CheckKind(RuleFileProblem problem, Question question, string place, Dictionary<string, Question> earlier)
    {
        bool chooses = question.Kind is QuestionKind.Choice or QuestionKind.Choices;
        problem.Require(chooses == question.Choices.Count > 0 && question.Choices.Count <= MostChoices, $"{place}.choices", $"'choice' and 'choices' need 1 to {MostChoices} choices; no other kind has any.");
        var ids = new HashSet<string>(Reserved, StringComparer.Ordinal);
        for (int index = 0; index < question.Choices.Count; index++)
        {
            problem.Require(question.Choices[index] is not null, $"{place}.choices[{index}]", "a choice is needed.");
            problem.RequireId(question.Choices[index].Id, $"{place}.choices[{index}].id");
            problem.Require(ids.Add(question.Choices[index].Id), $"{place}.choices[{index}].id", $"'{question.Choices[index].Id}' is used twice or has a meaning of its own.");
            problem.RequireText(question.Choices[index].Text, $"{place}.choices[{index}].text");
        }

        problem.Require(!question.Never || question.Kind == QuestionKind.Date, $"{place}.never", "only a day can be 'never'.");
        bool bounded = question.Lowest is not null || question.Highest is not null || question.Unit is not null;
        problem.Require(!bounded || question.Kind == QuestionKind.Number, place, "only a number has bounds and a unit.");
        problem.Require(!(question.Lowest > question.Highest), $"{place}.lowest", "the lowest number is above the highest.");
        problem.Require(
            question.Per is null || (earlier.TryGetValue(question.Per, out Question? per) && per is { Kind: QuestionKind.Choices, Per: null }),
            $"{place}.per",
            $"'{question.Per}' is no earlier question of the kind 'choices'.");
        problem.Require(question.Per is null || question.Kind != QuestionKind.Choices, $"{place}.per", "a question of the kind 'choices' is asked once.");
    }
}
