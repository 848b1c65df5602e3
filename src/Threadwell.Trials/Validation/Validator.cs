using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Trials.Validation;

/// <summary>Holds the model against published measurements.</summary>
public static class Validator
{
    /// <summary>Draws behind the bands of bench tests with which the whole takes a few minutes of two cores; patients and pulls have a 32nd of them.</summary>
    public const int UsualSamples = 1024;

    /// <summary>Computes every target.</summary>
    /// <param name="threads">Threads of execution; the result does not depend on it.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="samples">Draws of the uncertain facts behind the bands; 0 for no bands.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">The draws are too few.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ValidationReport Run(int threads, int samples = 0, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default)
    {
        PredictionOptions.CheckSamples(samples);
        double all = ValidationTargets.All.Sum(target => Effort(target, samples)), done = 0;
        var outcomes = new List<ValidationOutcome>();
        foreach (ValidationTarget target in ValidationTargets.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = new ProgressPart(progress, done / all, Effort(target, samples) / all, $"{target.Id}: {target.Quantity}");
            outcomes.Add(Hold(target, FactValues.Catalogue, threads, part, cancellation, samples));
            done += Effort(target, samples);
        }

        return new ValidationReport { ModelVersion = CoursePredictor.ModelVersion, Samples = samples, Targets = outcomes };
    }

    /// <summary>Holds the model against one target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="facts">Values to go by, in a fit others than the catalogue's.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="samples">Draws behind its bands; 0 for none.</param>
    internal static ValidationOutcome Hold(ValidationTarget target, FactValues facts, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation, int samples = 0)
    {
        int draws = DrawnTrial.Draws(target.Trial, samples);
        (TrialResult result, TrialResult?[] drawn) = DrawnTrial.Run(target.Trial, facts, draws, threads, progress, cancellation);
        TrialResult[] found = [.. drawn.OfType<TrialResult>()];
        TrialResult? without = target.LeftOut is { } leftOut
            ? TrialRunner.Run(target.Trial with { Facts = facts.With(leftOut.Facts).Replaced.ToDictionary(StringComparer.Ordinal) }, threads, progress: null, cancellation)
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
            Values = [.. target.Values.Select(value => Banded(Compare(value, value.Read(result), target.Use) with { WithoutFit = without is null ? null : value.Read(without) }, [.. found.Select(value.Read)]))],
            Draws = found.Length,
            FailedDraws = draws - found.Length,
            Warnings = result.Warnings,
        };
    }

    // Of few draws that are left percentiles say nothing, nor do they of a value that some draws do not have.
    private static ValidationValue Banded(ValidationValue value, double[] drawn)
    {
        if (drawn.Length < PredictionOptions.FewestSamples || !drawn.All(double.IsFinite))
        {
            return value;
        }

        NumberBand band = Bands.Of([.. drawn.Select(one => (double?)one)]);
        return value with { BandLow = band.Low90, BandHigh = band.High90 };
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

    // Seconds, about: patients and pulls take nearly all of the time.
    private static double Effort(ValidationTarget target, int samples)
    {
        double patients = target.Trial.Arms.Sum(arm => arm.Cohort.Patients), pulls = target.Trial.SuturePulls.Sum(pull => pull.ForcesN.Count), draws = DrawnTrial.Draws(target.Trial, samples);
        return 1 + (patients * (10 + (0.3 * draws))) + (pulls * (2 + draws));
    }
}
