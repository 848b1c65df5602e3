using System.Text.Json;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction;

/// <summary>
/// What decides the result of a plan: grouped Sobol indices of the four causes of mission M5, over the uncertain facts of each and the choices that belong to it (which absorbable material, how far the aftercare
/// is followed), and the same patient with one thing changed.
/// </summary>
public static class CauseAnalysis
{
    /// <summary>Pairs of draws with which intervals come to less than a tenth either side on the jaw, though not on the forehead (<c>docs/theory/uncertainty.md</c>), in less than five minutes of two cores.</summary>
    public const int UsualSamples = 128;

    private const double MonthsOfYear = 12;

    private static readonly ThreadMaterial[] Materials = Enum.GetValues<ThreadMaterial>();
    private static readonly AftercareAdherence[] Adherences = Enum.GetValues<AftercareAdherence>();

    /// <summary>Computes the causes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scan">The scan, mm, patient frame.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How courses are computed; its samples are the pairs of draws.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="enough">Ends the draws where they have come to: what was drawn whole by then is what is told.</param>
    /// <exception cref="InvalidInputException">The plan does not fit the scan, the pairs are too few, or hardly any course found its equilibria.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CauseDocument Run(
        ThreadPlan plan, TriangleMesh scan, string source, PredictionOptions options, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default, CancellationToken enough = default)
    {
        const double ShareOfSingle = 0.05;

        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        PredictionOptions.CheckSamples(options.Samples);
        ArgumentOutOfRangeException.ThrowIfZero(options.Samples, nameof(options));
        CoursePrediction single = CoursePredictor.Predict(plan, scan, source, options with { Samples = 0 }, new ProgressPart(progress, 0, ShareOfSingle), cancellation);
        PredictionDocument document = single.Document;
        SampleCourse curves = SampleCourse.Of(document.Landmarks, [.. document.SupportIndex], [.. document.UntreatedSupportIndex]);
        ReducedModel model = CoursePredictor.Reduce(plan, scan, source, options, single.Tissue, curves, cancellation);
        CauseOutcome[] outcomes = [.. Enum.GetValues<CauseOutcome>().Where(outcome => outcome != CauseOutcome.LiftAfterYear || options.Months >= MonthsOfYear)];

        // First, so that the draws take whatever time is left.
        WhatIf[] changed = [.. Changes(plan).Select(change => Told(change.Name, model.Sample(options.Facts, cancellation, change.Plan), document)).OfType<WhatIf>()];
        var draws = new CauseDraws(model, plan, options.Facts, sample => [.. outcomes.Select(outcome => ValueOf(outcome, sample, document))]);
        CauseDraws.Pair?[] pairs = draws.Run(options.Samples, options.Threads, new ProgressPart(progress, ShareOfSingle, 1 - ShareOfSingle), cancellation, enough);
        if (pairs.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"the time was over after {pairs.Length} of {options.Samples} draws, too few to tell causes: ask again when the machine has less to do.");
        }

        CauseDraws.Pair[] found = [.. pairs.OfType<CauseDraws.Pair>()];
        if (found.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"only {found.Length} of {options.Samples} draws found an equilibrium: the causes of this plan cannot be told.");
        }

        return new CauseDocument
        {
            ModelVersion = CoursePredictor.ModelVersion,
            InputSha256 = PredictionFile.InputSha256(plan, options.Months, options.Facts),
            Months = options.Months,
            Asked = options.Samples,
            Samples = found.Length,
            Failed = pairs.Length - found.Length,
            Outcomes = [.. outcomes.Select((outcome, index) =>
            {
                double[][] values = [.. found.Select(pair => pair.Whole.Select(course => course[index]).ToArray())];
                return outcome == CauseOutcome.SupportGain
                    ? CauseIndices.Of(outcome, values, [.. found.Select(pair => pair.Quick)], [.. found.SelectMany(pair => pair.More)], plan.Seed)
                    : CauseIndices.Of(outcome, values, plan.Seed);
            })],
            WhatIf = changed,
            ReducedModel = model.Facts,
        };
    }

    private static double ValueOf(CauseOutcome outcome, SampleCourse sample, PredictionDocument single) => outcome switch
    {
        CauseOutcome.LiftNow => SummaryOf(sample, single).LiftNowMm,
        CauseOutcome.LiftAfterYear => LiftAt(MonthsOfYear, sample, single),
        CauseOutcome.LiftHalfLife => SummaryOf(sample, single).LiftHalfLifeMonths ?? single.Summary.SimulatedMonths,
        CauseOutcome.SupportGain => SampleCourse.LargestGain(sample.Support, sample.UntreatedSupport),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static PredictionSummary SummaryOf(SampleCourse sample, PredictionDocument single) => CourseSummary.Of(
        single.TimesDays,
        [.. single.Landmarks.Select((landmark, target) => landmark with { LiftMm = sample.LiftMm[target], UntreatedMm = sample.UntreatedMm[target] })],
        sample.Support,
        sample.UntreatedSupport);

    private static double LiftAt(double months, SampleCourse sample, PredictionDocument single)
    {
        double day = Math.Min(months * CourseTimes.DaysPerMonth, single.TimesDays[^1]);
        return sample.LiftMm.Average(curve => CourseTimes.At(curve, single.TimesDays, day));
    }

    /// <summary>The plan as it is, each other material, each other degree of aftercare, and the other answer to smoking.</summary>
    private static IEnumerable<(string Name, ThreadPlan Plan)> Changes(ThreadPlan plan)
    {
        yield return ("asPlanned", plan);
        foreach (ThreadMaterial material in Materials.Where(material => plan.Threads.Any(thread => thread.Material != material)))
        {
            yield return ($"material:{material.ToString().ToUpperInvariant()}", CauseDraws.Of(plan, material));
        }

        foreach (AftercareAdherence adherence in Adherences.Where(adherence => adherence != plan.Aftercare))
        {
            yield return ($"aftercare:{JsonNamingPolicy.CamelCase.ConvertName(adherence.ToString())}", plan with { Aftercare = adherence });
        }

        yield return ($"smoker:{(plan.Patient.Smoker ? "false" : "true")}", plan with { Patient = plan.Patient with { Smoker = !plan.Patient.Smoker } });
    }

    private static WhatIf? Told(string change, SampleCourse? sample, PredictionDocument single) => sample is null
        ? null
        : new WhatIf
        {
            Change = change,
            Summary = SummaryOf(sample, single),
            LiftAfterYearMm = single.Summary.SimulatedMonths >= MonthsOfYear ? LiftAt(MonthsOfYear, sample, single) : null,
            SupportGain = SampleCourse.LargestGain(sample.Support, sample.UntreatedSupport),
        };
}
