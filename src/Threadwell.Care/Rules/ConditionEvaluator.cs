using NodaTime;

namespace Threadwell.Care.Rules;

/// <summary>What became of a condition.</summary>
/// <param name="Truth">Whether it holds.</param>
/// <param name="Missing">The places of the answers on which it hangs, each once; empty unless <see cref="Truth.Unknown"/>.</param>
public readonly record struct Verdict(Truth Truth, IReadOnlyList<AnswerKey> Missing);

/// <summary>
/// Evaluates conditions on one sheet of answers and one day. A missing answer and "unknown" make a test unknown, never false; a question that is
/// not asked and not answered makes it false. Answering one more question that is asked never changes a condition from true to false or back.
/// </summary>
/// <param name="questionnaire">The questions.</param>
/// <param name="answers">The answers.</param>
/// <param name="today">The day on which they are judged.</param>
/// <param name="course">Times and earlier answers, for conditions on a course; null where there is one sheet alone.</param>
/// <remarks>
/// What nobody answered stays unknown, so that it is asked. What the course leaves open (a time, an area) is settled at once as whatever makes the condition
/// hold: true where it stands plainly, false where it is negated.
/// </remarks>
public sealed class ConditionEvaluator(Questionnaire questionnaire, AnswerSheet answers, LocalDate today, AnswerCourse? course = null)
{
    /// <summary>Evaluates a condition that has passed <see cref="ConditionCheck"/>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="item">The item of a rule for each item; null outside of one.</param>
    public Verdict Evaluate(Condition condition, string? item = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Evaluate(condition, item, negated: false);
    }

    /// <summary>Whether the question at a place is asked.</summary>
    public Truth IsAsked(AnswerKey place) => Asked(place).Truth;

    /// <summary>What is to be answered first so that a place can be: itself, or the questions on which it hangs whether it is asked.</summary>
    public IEnumerable<AnswerKey> ToAnswer(AnswerKey place)
    {
        // A question hangs on earlier ones only, so that this ends.
        Verdict asked = Asked(place);
        return asked.Truth == Truth.Unknown ? asked.Missing.SelectMany(ToAnswer) : [place];
    }

    private Verdict Asked(AnswerKey place) => questionnaire.Get(place.Question).AskedWhen is { } when ? Evaluate(when, place.Item) : Settled(true);

    private static Verdict Settled(bool holds) => new(holds ? Truth.True : Truth.False, []);

    private AnswerCourse Course => course ?? throw new InvalidOperationException("The condition looks at a course of answers; it was not checked.");

    private Verdict Evaluate(Condition condition, string? item, bool negated)
    {
        Verdict Open(Truth fact) => Settled(fact == Truth.Unknown ? !negated : fact == Truth.True);
        return condition switch
        {
            { All: { } all } => Join(all, item, decisive: Truth.False, negated),
            { Any: { } any } => Join(any, item, decisive: Truth.True, negated),
            { Not: { } not } => Opposite(Evaluate(not, item, !negated)),
            { Item: { } items } => Settled(item is not null && items.Contains(item, StringComparer.Ordinal)),
            { Question: { } id } => Test(condition, questionnaire.Get(id), item),
            { Named: { } name } => Evaluate(Course.Named[name], item, negated),
            { HoursFrom: { } hours } => Open(Course.Since(condition.Since).AtLeast(hours)),
            { HoursUpTo: { } hours } => Open(Course.Since(condition.Since).AtMost(hours)),
            { DaysFrom: { } days } => Open(Course.Days.AtLeast(days)),
            { Treated: { } areas } => Open(Course.Treated(areas)),
            { Sides: { } sides } => Open(Course.Sides is { } treated ? (sides.Contains(treated) ? Truth.True : Truth.False) : Truth.Unknown),
            _ => throw new ArgumentException("The condition has no form; it was not checked.", nameof(condition)),
        };
    }

    private static Verdict Opposite(Verdict verdict) => verdict.Truth == Truth.Unknown ? verdict : Settled(verdict.Truth == Truth.False);

    private Verdict Join(IReadOnlyList<Condition> parts, string? item, Truth decisive, bool negated)
    {
        var missing = new List<AnswerKey>();
        foreach (Condition part in parts)
        {
            Verdict verdict = Evaluate(part, item, negated);
            if (verdict.Truth == decisive)
            {
                return Settled(decisive == Truth.True);
            }

            missing.AddRange(verdict.Missing.Except(missing));
        }

        return missing.Count > 0 ? new Verdict(Truth.Unknown, missing) : Settled(decisive == Truth.False);
    }

    private Verdict Test(Condition condition, Question question, string? item)
    {
        var place = new AnswerKey(question.Id, question.Per is null ? null : item);
        Answer? answer = answers.Find(place);
        if (question.Kind == QuestionKind.Text)
        {
            // A text may stay empty; its words only raise.
            return Settled(answer is TextAnswer(var text) && Course.Words.Mentions(text, condition.Mentions ?? condition.MentionsEvenDenied ?? [], evenDenied: condition.MentionsEvenDenied is not null));
        }

        if (!question.IsAnsweredBy(answer))
        {
            return answer is null && IsAsked(place) == Truth.False ? Settled(false) : new Verdict(Truth.Unknown, [place]);
        }

        if (condition.Exceeds is { } other)
        {
            return answers.Find(new AnswerKey(other)) is NumberAnswer(var bound) && double.IsFinite(bound) ? Settled(((NumberAnswer)answer!).Value >= bound + condition.By) : new Verdict(Truth.Unknown, [new AnswerKey(other)]);
        }

        return Settled(
            condition.Rises is { } rise ? Course.Baseline(question, condition.ComparedFromHour) is { } before && AnswerCourse.Rank(question, answer!) >= before + rise
            : condition.First is not null ? !Course.WasAnswered(question)
            : condition.ToldBefore is { } told ? Course.WasTold(question, told)
            : Holds(condition, answer!));
    }

    private bool Holds(Condition condition, Answer answer) => (condition, answer) switch
    {
        ({ Is: { } words }, WordAnswer(var word)) => words.Contains(word, StringComparer.Ordinal),
        ({ Includes: { } words }, WordsAnswer(var chosen)) => words.Any(word => chosen.Contains(word, StringComparer.Ordinal)),
        ({ AtLeast: { } least }, NumberAnswer(var value)) => value >= least,
        ({ Below: { } bound }, NumberAnswer(var value)) => value < bound,
        ({ DaysAgoBelow: { } days }, DateAnswer(var day)) => day.PlusDays(days) > today,
        ({ MonthsAgoBelow: { } months }, DateAnswer(var day)) => day.PlusMonths(months) > today,
        ({ YearsAgoBelow: { } years }, DateAnswer(var day)) => WholeYears(day) < years,
        ({ YearsAgoAtLeast: { } years }, DateAnswer(var day)) => WholeYears(day) >= years,
        _ => false, // "never" has no distance from today.
    };

    // Of somebody born on 29 February the year is full on 1 March where there is no such day: the later, so that nobody is too young by a day.
    private int WholeYears(LocalDate day)
    {
        int years = today.Year - day.Year;
        return (today.Month, today.Day).CompareTo((day.Month, day.Day)) < 0 ? years - 1 : years;
    }
}
