using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Suitability;

/// <summary>Applies a rulebook to answers on a day.</summary>
public static class SuitabilityEngine
{
    /// <summary>Assesses. A rule that holds gives its reason; a rule that hangs on a missing or unknown answer leaves the assessment unsettled; the most severe decides.</summary>
    /// <param name="rulebook">The rules.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="today">The day of the assessment, in the clinic's time zone.</param>
    public static SuitabilityResult Assess(Rulebook rulebook, AnswerSheet answers, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(answers);
        var evaluator = new ConditionEvaluator(rulebook.Questionnaire, answers, today);
        var reasons = new List<SuitabilityReason>();
        var open = new List<(AnswerKey Place, string? Area, SuitabilityRule Rule)>();
        foreach (SuitabilityRule rule in rulebook.Rules)
        {
            if (rule.ForEach is null)
            {
                Try(rule, null);
            }
            else if (answers.Find(new AnswerKey(rule.ForEach)) is WordsAnswer chosen)
            {
                foreach (string item in chosen.Words)
                {
                    Try(rule, item);
                }
            }
            else
            {
                open.Add((new AnswerKey(rule.ForEach), null, rule));
            }
        }

        return Result(rulebook, answers, today, [.. reasons.OrderByDescending(reason => reason.Outcome)], open);

        void Try(SuitabilityRule rule, string? item)
        {
            Verdict verdict = evaluator.Evaluate(rule.When, item);
            if (verdict.Truth == Truth.True)
            {
                reasons.Add(Reason(rule, item, answers, today));
            }
            else if (verdict.Truth == Truth.Unknown)
            {
                open.AddRange(verdict.Missing.SelectMany(evaluator.ToAnswer).Distinct().Select(place => (place, item, rule)));
            }
        }
    }

    private static SuitabilityReason Reason(SuitabilityRule rule, string? item, AnswerSheet answers, LocalDate today)
    {
        LocalDate? until = null;
        bool review = false;
        foreach (UntilRule option in rule.Until)
        {
            LocalDate? from = option.After is null ? today : (answers.Find(new AnswerKey(option.After)) as DateAnswer)?.Day;
            LocalDate? day = from?.PlusMonths(option.PlusMonths).PlusDays(option.PlusDays);

            // A day that has passed although the reason still holds says nothing: the next option is tried, the last of which lies ahead.
            if (day > today)
            {
                (until, review) = (day, option.After is null);
                break;
            }
        }

        return new SuitabilityReason
        {
            Rule = rule.Id,
            Area = item,
            Outcome = rule.Outcome,
            Until = until,
            UntilIsReview = review,
            Says = rule.Says,
            Change = rule.Change,
            Letter = rule.Letter,
            Sources = rule.Sources,
            Judgement = rule.Judgement,
        };
    }

    private static SuitabilityResult Result(
        Rulebook rulebook, AnswerSheet answers, LocalDate today, SuitabilityReason[] reasons, List<(AnswerKey Place, string? Area, SuitabilityRule Rule)> open)
    {
        Outcome Worst(string? area)
        {
            Outcome settled = reasons.Where(r => area is null || r.Area is null || r.Area == area).Select(r => r.Outcome).DefaultIfEmpty(Outcome.NoReasonAgainst).Max();
            bool isOpen = open.Exists(o => area is null || o.Area is null || o.Area == area);
            return isOpen && settled < Outcome.NotSettled ? Outcome.NotSettled : settled;
        }

        Outcome outcome = Worst(null);
        string[] areas = [.. rulebook.Rules.Select(rule => rule.ForEach).OfType<string>().Distinct(StringComparer.Ordinal)
            .SelectMany(question => (answers.Find(new AnswerKey(question)) as WordsAnswer)?.Words ?? [])];
        return new SuitabilityResult
        {
            RulebookVersion = rulebook.Version,
            AssessedOn = today,
            Outcome = outcome,
            Until = outcome == Outcome.NotNow ? reasons.Max(reason => reason.Until) : null,
            Areas = [.. areas.Select(area => new AreaOutcome(area, Worst(area)))],
            Reasons = reasons,
            Open = [.. open.GroupBy(o => o.Place).Select(place => Open(rulebook.Questionnaire.Get(place.Key.Question), place.Key, [.. place.Select(o => o.Rule).Distinct()]))
                .OrderBy(question => Array.FindIndex([.. rulebook.Questionnaire.Questions], q => q.Id == question.Question))],
        };
    }

    private static OpenQuestion Open(Question question, AnswerKey place, SuitabilityRule[] rules) => new()
    {
        Question = question.Id,
        Area = place.Item,
        Text = question.Text,
        Of = question.Of,
        Worst = rules.Max(rule => rule.Outcome),
        Rules = [.. rules.Select(rule => rule.Id)],
    };
}
