using Threadwell.Evidence;
using Threadwell.Prediction;

namespace Threadwell.Trials.Validation;

/// <summary>Holds the model against published measurements.</summary>
public static class Validator
{
    /// <summary>Computes every target.</summary>
    /// <param name="threads">Threads of execution; the result does not depend on it.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ValidationReport Run(int threads, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default)
    {
        double all = ValidationTargets.All.Sum(Effort), done = 0;
        var outcomes = new List<ValidationOutcome>();
        foreach (ValidationTarget target in ValidationTargets.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = new ProgressPart(progress, done / all, Effort(target) / all, $"{target.Id}: {target.Quantity}");
            outcomes.Add(Hold(target, FactValues.Catalogue, threads, part, cancellation));
            done += Effort(target);
        }

        return new ValidationReport { ModelVersion = CoursePredictor.ModelVersion, Targets = outcomes };
    }

    /// <summary>Holds the model against one target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="facts">Values to go by, in a fit others than the catalogue's.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static ValidationOutcome Hold(ValidationTarget target, FactValues facts, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        Trial trial = target.Trial with { Facts = facts.Replaced.ToDictionary(StringComparer.Ordinal) };
        TrialResult result = TrialRunner.Run(trial, threads, progress, cancellation);
        TrialResult? without = target.LeftOut is { } leftOut
            ? TrialRunner.Run(trial with { Facts = facts.With(leftOut.Facts).Replaced.ToDictionary(StringComparer.Ordinal) }, threads, progress: null, cancellation)
            : null;
        return new ValidationOutcome
        {
            Id = target.Id,
            Quantity = target.Quantity,
            Conditions = target.Conditions,
            Published = target.Published,
            Sources = target.Sources,
            Use = target.Use,
            FittedFacts = target.FittedFacts,
            WithoutFitBy = target.LeftOut?.By ?? "",
            Remark = target.Remark,
            Values = [.. target.Values.Select(value => Compare(value, value.Read(result), target.Use) with { WithoutFit = without is null ? null : value.Read(without) })],
            Warnings = result.Warnings,
        };
    }

    private static ValidationValue Compare(TargetValue value, double model, ValidationUse use) => new()
    {
        What = value.What,
        Low = value.Low,
        High = value.High,
        Unit = value.Unit,
        Model = model,
        Passed = use == ValidationUse.Shown ? null : !(model < value.Low) && !(model > value.High) && double.IsFinite(model),
    };

    // Patients take nearly all of the time.
    private static double Effort(ValidationTarget target) => 1 + (10 * target.Trial.Arms.Sum(arm => arm.Cohort.Patients)) + (2 * target.Trial.SuturePulls.Sum(pull => pull.ForcesN.Count));
}
