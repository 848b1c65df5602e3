namespace Threadwell.Care.Rules;

/// <summary>Checks that a condition has one form and fits the questions that it names.</summary>
/// <param name="problem">How a problem is said.</param>
/// <param name="questions">The questions that the condition may name, by id.</param>
/// <param name="course">What conditions on a course may name; null for a file whose conditions look at one sheet alone.</param>
internal sealed class ConditionCheck(RuleFileProblem problem, IReadOnlyDictionary<string, Question> questions, CourseNames? course = null)
{
    private const int MostParts = 50;
    private const int DeepestNames = 8;
    private static readonly string[] OfCourse = ["rises", "first", "toldBefore", "exceeds", "mentions", "mentionsEvenDenied"];
    private int depth;

    /// <summary>Checks a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="place">Where it stands ("rules[3].when").</param>
    /// <param name="items">The question of whose items one is at hand; null outside of a rule for each item.</param>
    /// <exception cref="Geometry.InvalidInputException">A problem, with its place.</exception>
    public void Check(Condition condition, string place, Question? items)
    {
        object?[] ofCourse = [condition.Named, condition.HoursFrom, condition.HoursUpTo, condition.DaysFrom, condition.Treated, condition.Sides];
        int forms = new object?[] { condition.All, condition.Any, condition.Not, condition.Item, condition.Question }.Concat(ofCourse).Count(form => form is not null);
        problem.Require(forms == 1, place, "exactly one of 'all', 'any', 'not', 'item' and 'question' is needed.");
        problem.Require(condition.Question is not null || Tests(condition).Length == 0, place, "a test needs a 'question'.");
        problem.Require(condition.Since is null || condition.HoursFrom is not null || condition.HoursUpTo is not null, $"{place}.since", "it belongs to 'hoursFrom' or 'hoursUpTo'.");
        problem.Require(condition.ComparedFromHour is null || condition.Rises is not null, $"{place}.comparedFromHour", "it belongs to 'rises'.");
        problem.Require((condition.By is null) == (condition.Exceeds is null), $"{place}.by", "'exceeds' and 'by' belong together.");
        if (ofCourse.Any(form => form is not null))
        {
            CheckCourse(condition, place, items);
        }
        else if ((condition.All ?? condition.Any) is { } parts)
        {
            string name = condition.All is null ? "any" : "all";
            problem.Require(parts.Count is >= 1 and <= MostParts, $"{place}.{name}", $"1 to {MostParts} conditions are needed.");
            for (int index = 0; index < parts.Count; index++)
            {
                problem.Require(parts[index] is not null, $"{place}.{name}[{index}]", "a condition is needed.");
                Check(parts[index], $"{place}.{name}[{index}]", items);
            }
        }
        else if (condition.Not is { } not)
        {
            Check(not, $"{place}.not", items);
        }
        else if (condition.Item is { } item)
        {
            problem.Require(items is not null, $"{place}.item", "there is no item here; the rule needs 'forEach', or the question 'per'.");
            CheckWords(item, $"{place}.item", [.. items!.Choices.Select(choice => choice.Id)]);
        }
        else
        {
            CheckTest(condition, place, items);
        }
    }

    private void CheckCourse(Condition condition, string place, Question? items)
    {
        problem.Require(course is not null, place, "this looks at a course of answers; here there is one sheet alone.");
        if (condition.Named is { } name)
        {
            // A name that leads back to itself is as deep as one likes.
            problem.Require(course!.Conditions.TryGetValue(name, out Condition? named) && depth < DeepestNames, $"{place}.named", $"no condition is named '{name}', or it leads back to itself.");
            depth++;
            Check(named!, place, items);
            depth--;
        }

        double? least = condition.HoursFrom ?? condition.HoursUpTo ?? condition.DaysFrom;
        problem.Require(least is null or (>= 0 and <= 40000), place, "a number from 0 to 40000 is needed.");
        if (condition.Treated is { } areas)
        {
            CheckWords(areas, $"{place}.treated", course!.Areas);
        }

        problem.Require(condition.Sides is null or { Count: >= 1 }, $"{place}.sides", "at least one word is needed.");
    }

    private static (string Name, QuestionKind[] Kinds)[] Tests(Condition condition)
    {
        var tests = new List<(string, QuestionKind[])>();
        void Add(object? test, string name, params QuestionKind[] kinds)
        {
            if (test is not null)
            {
                tests.Add((name, kinds));
            }
        }

        Add(condition.Is, "is", QuestionKind.YesNo, QuestionKind.Choice, QuestionKind.Date);
        Add(condition.Includes, "includes", QuestionKind.Choices);
        Add(condition.AtLeast, "atLeast", QuestionKind.Number);
        Add(condition.Below, "below", QuestionKind.Number);
        Add(condition.DaysAgoBelow, "daysAgoBelow", QuestionKind.Date);
        Add(condition.MonthsAgoBelow, "monthsAgoBelow", QuestionKind.Date);
        Add(condition.YearsAgoBelow, "yearsAgoBelow", QuestionKind.Date);
        Add(condition.YearsAgoAtLeast, "yearsAgoAtLeast", QuestionKind.Date);
        Add(condition.Rises, "rises", QuestionKind.Number, QuestionKind.Choice);
        Add(condition.First, "first", QuestionKind.Number, QuestionKind.Choice, QuestionKind.YesNo, QuestionKind.Choices);
        Add(condition.ToldBefore, "toldBefore", QuestionKind.Choices);
        Add(condition.Exceeds, "exceeds", QuestionKind.Number);
        Add(condition.Mentions, "mentions", QuestionKind.Text);
        Add(condition.MentionsEvenDenied, "mentionsEvenDenied", QuestionKind.Text);
        return [.. tests];
    }

    private void CheckTest(Condition condition, string place, Question? items)
    {
        bool known = questions.TryGetValue(condition.Question!, out Question? question);
        problem.Require(known, $"{place}.question", $"no question is named '{condition.Question}' (or it is asked later than this one).");
        (string Name, QuestionKind[] Kinds)[] tests = Tests(condition);
        problem.Require(tests.Length == 1, place, "exactly one test is needed: 'is', 'includes', 'atLeast', 'below', 'daysAgoBelow', 'monthsAgoBelow', 'yearsAgoBelow' or 'yearsAgoAtLeast'.");
        problem.Require(course is not null || !OfCourse.Contains(tests[0].Name), place, "this looks at a course of answers; here there is one sheet alone.");
        problem.Require(tests[0].Kinds.Contains(question!.Kind), $"{place}.{tests[0].Name}", $"this test does not fit the question '{question.Id}'.");
        problem.Require(!question.Optional || question.Kind == QuestionKind.Text, $"{place}.question", $"'{question.Id}' may stay open, so no condition can hang on it.");
        problem.Require(
            question.Per is null || question.Per == items?.Id,
            $"{place}.question",
            $"'{question.Id}' is asked for each of '{question.Per}'; the rule needs \"forEach\": \"{question.Per}\".");
        if ((condition.Is ?? condition.Includes ?? condition.ToldBefore) is { } words)
        {
            string[] possible = question.Kind switch
            {
                QuestionKind.YesNo => ["yes", "no"],
                QuestionKind.Date => question.Never ? ["never"] : [],
                _ => [.. question.Choices.Select(choice => choice.Id)],
            };
            CheckWords(words, $"{place}.{tests[0].Name}", possible);
        }

        if ((condition.Mentions ?? condition.MentionsEvenDenied) is { } lists)
        {
            CheckWords(lists, $"{place}.{tests[0].Name}", course!.WordLists);
        }

        problem.Require(condition.Exceeds is null || (questions.TryGetValue(condition.Exceeds, out Question? other) && other.Kind == QuestionKind.Number), $"{place}.exceeds", $"'{condition.Exceeds}' is no question for a number.");
        problem.Require(!(condition.Rises <= 0) && !(condition.By <= 0), $"{place}.{tests[0].Name}", "a number above 0 is needed.");
        problem.Require(condition.First is not false, $"{place}.first", "only true has a meaning.");
        int? span = condition.DaysAgoBelow ?? condition.MonthsAgoBelow ?? condition.YearsAgoBelow ?? condition.YearsAgoAtLeast;
        problem.Require(span is null or (>= 1 and <= 40000), $"{place}.{tests[0].Name}", "a whole number from 1 to 40000 is needed.");
    }

    private void CheckWords(IReadOnlyList<string> words, string place, string[] possible)
    {
        problem.Require(words.Count >= 1, place, "at least one word is needed.");
        for (int index = 0; index < words.Count; index++)
        {
            problem.Require(possible.Contains(words[index]), $"{place}[{index}]", $"'{words[index]}' is not an answer; answers are {string.Join(", ", possible)}.");
        }
    }
}
